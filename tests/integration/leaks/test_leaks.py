"""Whatever was held: no word of it is on a page, in a log, a task, a column, or a file's name."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from stillwater.cli.try_year.mails import write_mbox
from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.core.words import Action, Direction
from stillwater.gate import exports, keeping, notices, tasks
from stillwater.gate.importing import import_paths
from stillwater.gate.models import Attempt
from stillwater.gate.opening import open_gate
from stillwater.gate.plans import Plans
from stillwater.people.models import Person, Settings
from stillwater.plan.form import parse
from stillwater.vault.keys import sign_in as unwrap
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item, Request
from stillwater.web.apps import in_memory
from tests.integration.leaks.looking import Canaries, Words, columns, files, runs
from tests.integration.leaks.own_texts import own_runs
from tests.integration.leaks.planted import (
    HANDLES,
    IN_THE_ORIGINALS,
    PLAN,
    THE_COURT,
    canaries,
    mails,
)
from tests.integration.leaks.touring import Seen, tour
from tests.refusals.areas import pages_that_show_handles
from tests.refusals.browsing import PASSPHRASE, ask, let_in, new_browser, sign_in, somebody

pytestmark = pytest.mark.django_db(transaction=True)

NOWHERE = Canaries(canaries())
ON_NO_PAGE = Canaries(IN_THE_ORIGINALS | HANDLES)
ON_A_PAGE_OF_HANDLES = Canaries(IN_THE_ORIGINALS)
ON_A_PAGE_OF_FACTS = Canaries((IN_THE_ORIGINALS | HANDLES) - THE_COURT)
PAGES_OF_FACTS = frozenset({"need", "held_facts"})
THEIR_RUNS = frozenset(run for one in mails() for text in one.words for run in runs(text))


@pytest.fixture(autouse=True)
def _this_home(home: Home, settings: object, tmp_path: Path) -> Iterator[None]:
    settings.HOME = home  # type: ignore[attr-defined]
    in_memory().ready()  # nothing that an earlier test kept in mind
    yield
    in_memory().ready()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would lie."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))
    return made


@pytest.fixture
def me(home: Home, tmp_path: Path, logged: list[str], temporary: Path) -> Person:
    """Somebody whose vault holds every planted mail, through the gate."""
    person = somebody()
    clock = SystemClock()
    Plans(person, home, MachineKey.load_or_create(home), clock).set(parse(PLAN))
    # One after the other: what is learnt of the first ones is known at the later ones.
    paths = [tmp_path / f"{number}.mbox" for number, _ in enumerate(mails())]
    for path, one in zip(paths, mails(), strict=True):
        write_mbox(path, [one.raw])
    with open_gate(home, person) as intake:
        import_paths(intake, paths)
    tasks.self_check.enqueue()
    tasks.sweep_and_recover.enqueue()
    return person


def held(person: Person) -> Item:
    attempt = Attempt.objects.filter(person=person, direction=Direction.IN).order_by("pk").first()
    assert attempt is not None
    return attempt.item


def signed_out(browser: Client, person: Person) -> None:
    """Somebody at this machine who has no link."""


def only_a_link(browser: Client, person: Person) -> None:
    let_in(browser)


def notices_open(browser: Client, person: Person) -> None:
    sign_in(browser)


def notices_seen(browser: Client, person: Person) -> None:
    with transaction.atomic():
        notices.acknowledge(person, SystemClock().now())
    sign_in(browser)


def an_opening_waits(browser: Client, person: Person) -> None:
    keeping.ask_to_open(held(person), clock=SystemClock())
    sign_in(browser)


def an_opening_is_ready(browser: Client, person: Person) -> None:
    request = keeping.ask_to_open(held(person), clock=SystemClock())
    Request.objects.filter(pk=request.pk).update(ready_at=SystemClock().now() - timedelta(hours=1))
    sign_in(browser)


def an_opening_was_taken_back(browser: Client, person: Person) -> None:
    keeping.cancel(keeping.ask_to_open(held(person), clock=SystemClock()))
    sign_in(browser)


def an_export_waits(browser: Client, person: Person) -> None:
    exports.ask(person, "0" * 64, clock=SystemClock())
    sign_in(browser)


def a_plan_waits(browser: Client, person: Person) -> None:
    looser = PLAN + '[[wanted]]\nname = "Leo"\nhandles = ["leo@friends.example"]\n'
    home = django_settings.HOME
    plans = Plans(person, home, MachineKey.load_or_create(home), SystemClock())
    assert not plans.set(parse(looser), unwrap(person, PASSPHRASE)).in_force
    sign_in(browser)


def locked(browser: Client, person: Person) -> None:
    sign_in(browser)
    assert ask(browser, "lock").status_code == 302


def left_quickly(browser: Client, person: Person) -> None:
    sign_in(browser)
    assert ask(browser, "leave").status_code == 303


STATES = (
    signed_out,
    only_a_link,
    notices_open,
    notices_seen,
    an_opening_waits,
    an_opening_is_ready,
    an_opening_was_taken_back,
    an_export_waits,
    a_plan_waits,
    locked,
    left_quickly,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_that_is_held_is_seen_anywhere(
    state: Callable[[Client, Person], None],
    me: Person,
    home: Home,
    logged: list[str],
    temporary: Path,
) -> None:
    browser = new_browser()
    state(browser, me)
    been = list(tour(browser, me))
    looks_at_all(been)
    assert {seen.name for seen in been} >= {"home", "sign_in", "today"}
    looks_at_what_is_kept(home, logged, temporary)


def test_what_was_planted_is_held_and_took_every_way(me: Person, home: Home) -> None:
    """Else nothing could leak, and the test above would show nothing."""
    rows = Attempt.objects.filter(person=me).select_related("item")
    assert {Action.HELD, Action.DIGEST, Action.ALERT} <= {row.action for row in rows}
    assert me.notices.filter(tier=1).exists()
    assert me.notices.filter(tier=0).exists()
    session = unwrap(me, PASSPHRASE)
    originals = {session.open_item(row.item, home).strip() for row in rows}
    planted = {one.raw.strip() for one in mails()}
    assert originals <= planted
    # Two stay where they were: the forged friend, and what claims to come from the court.
    left = sorted(one.splitlines()[0][:60] + one[-50:] for one in planted - originals)
    assert len(left) == 2, left


@pytest.mark.parametrize("kept", ["column", "session", "log", "file", "file's name", "task"])
def test_a_leak_would_be_found(
    kept: str, me: Person, home: Home, logged: list[str], temporary: Path
) -> None:
    looks_at_what_is_kept(home, logged, temporary)
    word = "Velmorquist"
    if kept == "column":
        Settings.objects.create(person=me, exit_target=f"https://x.example/{word.encode().hex()}")
    elif kept == "session":
        browser = new_browser()
        session = browser.session
        session["typed"] = word
        session.save()
    elif kept == "log":
        logging.getLogger("any").debug("it said %s", word)
    elif kept == "file":
        (home.root / "any").write_text(word, "utf-16")
    elif kept == "file's name":
        (home.root / word).touch()
    else:
        said = {"args": ["come back to the house"], "kwargs": {}}
        DBTaskResult.objects.update(args_kwargs=said)
    with pytest.raises(AssertionError):
        looks_at_what_is_kept(home, logged, temporary)


@pytest.mark.parametrize("shown", ["velmorquist", "Come back to the house"])
def test_a_leak_on_a_page_would_be_found(shown: str, me: Person) -> None:
    Settings.objects.create(person=me, display_name=shown)
    browser = new_browser()
    sign_in(browser)
    been = list(tour(browser, me))
    with pytest.raises(AssertionError):
        looks_at_all(been)


def test_our_own_words_are_known() -> None:
    assert ("close", "the", "page", "after") in own_runs()
    assert runs("It closes again by itself after a few quiet minutes.") <= own_runs()
    assert ("come", "back", "to", "the") not in own_runs()


def looks_at_all(been: list[Seen]) -> None:
    for seen in been:
        looks_at_a_page(seen)


def looks_at_a_page(seen: Seen) -> None:
    """No planted word and no run of theirs; and no browser may keep it."""
    may_show_handles = seen.name in pages_that_show_handles()
    sought = ON_A_PAGE_OF_HANDLES if may_show_handles else ON_NO_PAGE
    if seen.name in PAGES_OF_FACTS:
        sought = ON_A_PAGE_OF_FACTS
    assert not sought.found_in(seen.whole), seen.path
    if seen.is_page:
        theirs = (Words(seen.body.decode()).runs() & THEIR_RUNS) - own_runs()
        if seen.name in PAGES_OF_FACTS:
            theirs -= runs("District Court of Zwackelheim")
        assert not theirs, seen.path
    answer = seen.answer
    assert answer["Cache-Control"] == "no-store", seen.path
    assert answer["X-Frame-Options"] == "DENY", seen.path
    assert answer["X-Content-Type-Options"] == "nosniff", seen.path
    assert answer["Referrer-Policy"] == "same-origin", seen.path
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin", seen.path
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", seen.path
    assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()", seen.path
    assert "default-src 'none'" in answer["Content-Security-Policy"], seen.path
    assert "unsafe" not in answer["Content-Security-Policy"], seen.path
    for cookie in answer.cookies.values():
        assert cookie["httponly"], seen.path
        assert cookie["samesite"] == "Strict", seen.path


def looks_at_what_is_kept(home: Home, logged: list[str], temporary: Path) -> None:
    """Every column of every table, every task, every log line, every file of the home."""
    for where, value in columns():
        assert not NOWHERE.found_in(value), where
        assert not runs(value.decode("utf-8", "replace")) & THEIR_RUNS - own_runs(), where
    for line in logged:
        assert not NOWHERE.found_in(line.encode()), line[:40]
        assert not runs(line) & THEIR_RUNS - own_runs(), line[:40]
    for where, data in (*files(home), *files(Home(temporary)), *_database_files()):
        assert not NOWHERE.found_in(data), where


def _database_files() -> Iterator[tuple[str, bytes]]:
    """The database as it lies on the disk: pages that are free again, and the write-ahead log."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for path in (Path(name), Path(name + "-wal")):
            if path.exists():
                yield path.name, path.read_bytes()
