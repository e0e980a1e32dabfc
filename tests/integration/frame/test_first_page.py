"""The first page says the state, in words that weigh nothing."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

import stillwater.web
from stillwater.core.clock import SetClock
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import SelfCheck
from stillwater.web.apps import in_memory
from stillwater.web.today.state import Checked, Today, state_of_today
from tests.refusals.browsing import PAGES, new_browser, sign_in, somebody

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLOCK = SetClock(NOW)
FORBIDDEN = re.compile(r"\b(fail\w*|relapse\w*|reset\w*|streak\w*|victim\w*)\b", re.IGNORECASE)
ROOM = Path(stillwater.web.__file__).parent


@pytest.fixture
def me() -> Person:
    settings.HOME.prepare()
    in_memory().ready()
    return somebody()


def notice(person: Person, *, acknowledged: bool = False) -> Notice:
    return Notice.objects.create(
        person=person,
        tier=1,
        opened_at=NOW,
        last_joined_at=NOW,
        acknowledged_at=NOW if acknowledged else None,
        sealed=b"",
    )


def checked(person: Person, ago: timedelta, *, passed: bool = True) -> None:
    SelfCheck.objects.create(person=person, at=NOW - ago, passed=passed, items=1)


def state(person: Person) -> Today:
    return state_of_today(person, MachineKey.load_or_create(settings.HOME), CLOCK)


def page() -> str:
    browser = new_browser()
    sign_in(browser)
    return browser.get("/b/").content.decode()


def test_nothing_needs_you(me: Person) -> None:
    notice(me, acknowledged=True)
    assert not state(me).something_needs_you
    assert "Nothing needs you." in page()


def test_something_needs_you_without_a_number_or_a_name(me: Person) -> None:
    notice(me)
    before = page()
    for _ in range(3):
        notice(me)
    assert "Something needs you." in before
    without_tokens = [re.sub(r'value="[^"]+"', "", text) for text in (before, page())]
    assert without_tokens[0] == without_tokens[1]


@pytest.mark.parametrize(
    ("ago", "how", "words"),
    [
        (timedelta(minutes=5), Checked.PASSED, "within the last hour"),
        (timedelta(hours=1), Checked.PASSED, "1 hour ago"),
        (timedelta(hours=30), Checked.PASSED, "1 day ago"),
        (timedelta(days=2), Checked.PASSED, "2 days ago"),
        (timedelta(days=2, seconds=1), Checked.LATE, "2 days ago"),
        (timedelta(days=40), Checked.LATE, "40 days ago"),
    ],
)
def test_it_says_when_the_self_check_last_passed(
    me: Person, ago: timedelta, how: Checked, words: str
) -> None:
    checked(me, ago)
    shown = state(me)
    assert (shown.checked, shown.passed_ago) == (how, words)


def test_a_wrong_self_check_is_said_even_after_earlier_ones_passed(me: Person) -> None:
    checked(me, timedelta(days=1))
    checked(me, timedelta(hours=1), passed=False)
    assert state(me).checked is Checked.WRONG
    assert "not as it was sealed" in page()


def test_it_says_that_nothing_is_watched_and_how_old_it_is(me: Person) -> None:
    shown = page()
    assert "Nothing is being watched: there is no mailbox yet." in shown
    assert re.search(r"Version \d+\.\d+\.\d+, (made today|1 day old|\d+ days old)", shown)


def test_the_title_and_the_address_bar_give_nothing_away(me: Person) -> None:
    assert "<title>Home</title>" in page()
    assert (
        "<title>Calendar</title>"
        in Client(headers={"host": "localhost"}).get("/away").content.decode()
    )


class Links(HTMLParser):
    """Everything that makes a browser ask for something, and everything inline."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.inline.append(tag)
        if tag == "script" and "src" not in names:
            self.inline.append(tag)
        self.addresses += [
            value or "" for name, value in attrs if name in ("src", "href", "action", "srcset")
        ]


def test_no_page_asks_for_anything_beyond_this_machine(me: Person) -> None:
    browser = new_browser()
    sign_in(browser)
    for page in PAGES.values():
        if "get" not in page.methods or "ID" in page.address:
            continue
        found = Links()
        found.feed(browser.get(page.address).content.decode())
        assert found.inline == []
        for address in found.addresses:
            # A number is for the telephone, and for whoever presses it.
            assert re.match(r"/(?!/)|#|(tel|sms):", address), address


@pytest.mark.parametrize("path", sorted(ROOM.glob("static/**/*.*")), ids=lambda path: path.name)
def test_no_style_or_script_names_another_machine(path: Path) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")  # a name, never fetched
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"^//.*", "", text, flags=re.M))


@pytest.mark.parametrize(
    "path", sorted(ROOM.glob("templates/web/**/*.html")), ids=lambda path: path.name
)
def test_words_that_hurt_are_on_no_page(path: Path) -> None:
    assert not FORBIDDEN.search(path.read_text())


def test_static_files_are_served_and_only_those() -> None:
    browser = Client(headers={"host": "localhost:8123"})
    assert browser.get("/static/web/../apps.py").status_code == 403
    for name in ("page.css", "leave.js", "icon.svg"):
        answer = browser.get(f"/static/web/{name}")
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers
        b"".join(answer.streaming_content)
        answer.close()
