"""The second door: the passphrase, whose it is, and the pause after wrong ones."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from stillwater.core.home import Home
from stillwater.web import here, signing_in
from stillwater.web.patience import FORGOTTEN_AFTER, MOST_NAMES, PAUSES, Patience
from tests.integration.mail.conftest import PASSPHRASE, Life
from tests.integration.mail_page.conftest import Browser, everything_kept
from tests.support.dovecot import dovecot

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_where_one_person_lives_no_name_is_asked_for(life: Life, browser: Browser) -> None:
    assert "Your name here" not in browser.enter().get("/in").text
    assert "Mailboxes" in browser.sign_in().text


def test_two_people_see_their_own_mailboxes_and_never_the_others(
    new_life: Callable[..., Life], home: Home
) -> None:
    people = {name: new_life(name) for name in ("samira", "robin")}
    addresses = {name: f"{name}@home.example" for name in people}
    with dovecot(tuple(addresses.values())) as server:
        rows = {name: life.add(server, addresses[name]) for name, life in people.items()}
        for mine, theirs in (("samira", "robin"), ("robin", "samira")):
            browser = Browser(home)
            browser.enter()
            first = browser.get("/")
            told = browser.sign_in(name=mine)
            assert addresses[mine] in told.text
            browser.post(f"/a/b/{rows[mine].public_id}/look")
            browser.get(f"/a/b/{rows[mine].public_id}")
            for secret in (addresses[theirs], rows[theirs].public_id, theirs):
                assert secret not in "\n".join(browser.answers)
            assert addresses[mine] not in first.text
            assert "Passphrase" in first.text
    with_another = Browser(home)
    with_another.enter().get("/in")
    told = with_another.post("/in", status=422, name="samira", passphrase="of somebody else")
    assert "That did not open it." in told.text


def test_a_name_that_nobody_has_is_answered_like_a_wrong_passphrase(
    new_life: Callable[..., Life], browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_life("sam")
    new_life("robin")
    tried = []
    real = signing_in.wrapping.unwrap

    def counted(wrapped: object, passphrase: str, person: str) -> bytes:
        tried.append(person)
        return real(wrapped, passphrase, person)  # type: ignore[arg-type]

    monkeypatch.setattr("stillwater.vault.wrapping.unwrap", counted)
    browser.enter().get("/in")
    told = {
        name: browser.post("/in", status=422, name=name, passphrase="something")
        for name in ("sam", "nobody", "")
    }
    shown = {told[name].text for name in told}
    assert len(shown) == 1
    assert len(tried) == 3, "a key is derived for each of them"


def test_after_a_few_wrong_ones_there_is_a_pause_and_then_it_opens(
    life: Life, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NOW]

    class Set:
        def now(self) -> datetime:
            return clock[0]

    for module in (signing_in, here):
        monkeypatch.setattr(module, "SystemClock", Set)
    browser.enter().get("/in")
    for _ in range(2):
        told = browser.post("/in", status=422, passphrase="no")
        assert "Try again, slowly" in told.text
    assert "Wait 5 seconds" in browser.post("/in", status=422, passphrase="no").text
    # The right one is not even tried, so nobody learns anything from guessing on.
    told = browser.post("/in", status=422, passphrase=PASSPHRASE)
    assert "Try again in 5 seconds. Nothing is locked" in told.text
    clock[0] += timedelta(seconds=5)
    assert "Mailboxes" in browser.post("/in", passphrase=PASSPHRASE).text


def test_the_pause_grows_to_a_minute_and_no_further() -> None:
    patience, now = Patience(), NOW
    pauses = []
    for _ in range(20):
        patience.was_wrong("sam", now)
        pauses.append(patience.left("sam", now))
        now += pauses[-1]
    assert pauses == sorted(pauses)
    assert pauses[-1] == PAUSES[-1] == timedelta(minutes=1)
    assert patience.left("robin", now) == timedelta(0)
    assert patience.left("sam", now - timedelta(days=1)) == timedelta(0), "a clock set back"
    assert patience.left("sam", now + FORGOTTEN_AFTER) == timedelta(0)


def test_names_that_are_made_up_fill_no_memory() -> None:
    patience = Patience()
    for number in range(MOST_NAMES + 50):
        patience.was_wrong(str(number) * 100, NOW)
    assert len(patience._tries) == MOST_NAMES


@pytest.mark.parametrize("passphrase", ["", "x" * 1001, "x" * 500_000])
def test_what_is_no_passphrase_costs_nothing(life: Life, browser: Browser, passphrase: str) -> None:
    browser.enter().get("/in")
    started = time.monotonic()
    told = browser.post("/in", status=422, passphrase=passphrase)
    assert "The passphrase is missing." in told.text
    assert time.monotonic() - started < 5


def test_the_session_holds_who_and_when_and_nothing_that_opens_anything(
    life: Life, browser: Browser, logged: list[str]
) -> None:
    browser.sign_in()
    assert set(browser.client.session.keys()) == {"entered"}
    for text in (everything_kept(), *logged, *browser.answers):
        assert PASSPHRASE not in text
        assert "AGE-SECRET-KEY" not in text
