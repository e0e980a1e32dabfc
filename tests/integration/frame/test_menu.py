"""The menu: few ways in sight, and always the one to where one is."""

import re

import pytest
from django.conf import settings
from django.test import Client

from stillwater.circle.permissions import Permission
from stillwater.web import frame
from stillwater.web.apps import in_memory
from stillwater.web.frame import FEW, WAYS, Way
from stillwater.web.leaving import only_https
from tests.refusals.browsing import new_browser, sign_in, somebody

pytestmark = pytest.mark.django_db
OTHERS = tuple(
    Way(name, f"Way {number}", Permission.SEE_TODAY)
    for number, name in enumerate(["home", "away", "style", "sign_in", "home", "away"])
)


@pytest.fixture
def browser() -> Client:
    settings.HOME.prepare()
    in_memory().ready()
    somebody()
    browser = new_browser()
    sign_in(browser)
    return browser


def menu(browser: Client, path: str) -> tuple[list[str], list[str], dict[str, str]]:
    """What is in sight, what is behind "More", and which is marked as where one is."""
    html = browser.get(path).content.decode()
    whole = re.search(r'<nav class="menu".*?</nav>', html, re.DOTALL)
    assert whole is not None
    sight, _, more = whole[0].partition("<details>")
    link = re.compile(r"<a [^>]*>([^<]+)</a>")
    marked = dict(re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', whole[0]))
    return link.findall(sight), link.findall(more), marked


def test_a_few_ways_are_all_in_sight(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = (Way("today", "Today", Permission.SEE_TODAY), *OTHERS[: FEW - 1])
    monkeypatch.setattr(frame, "WAYS", few)
    sight, more, marked = menu(browser, "/b/")
    assert (len(sight), more, marked) == (FEW, [], {"/b/": "page"})


def test_of_many_ways_some_are_behind_more(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes = Way("mailboxes", "Mailboxes", Permission.CHANGE_MAILBOXES)
    today = Way("today", "Today", Permission.SEE_TODAY, first=True)
    monkeypatch.setattr(frame, "WAYS", (today, *OTHERS, mailboxes))
    assert menu(browser, "/b/")[0] == ["Today"]
    sight, more, marked = menu(browser, "/a/")
    assert sight == ["Today", "Mailboxes"]
    assert more == [*(way.label for way in OTHERS), "Mailboxes"]  # in the order of every page
    assert marked == {"/a/": "page"}
    assert menu(browser, "/a/c")[2] == {"/a/": "true"}


def test_the_first_page_is_always_in_sight() -> None:
    assert next(way for way in WAYS if way.name == "today").first


def test_what_one_may_not_is_not_in_the_menu(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = Way("away", "Review", Permission.REVIEW)
    monkeypatch.setattr(frame, "WAYS", (*WAYS, review))
    sight, more, _ = menu(browser, "/b/")
    assert "Review" not in sight + more


@pytest.mark.parametrize(
    ("given", "goes"),
    [
        ("", False),
        ("https://weather.example/today", True),
        ("HTTPS://weather.example", True),
        ("http://weather.example/", False),
        ("//weather.example/", False),
        ("javascript:alert(1)", False),
        ("https:///path", False),
        ("https://[", False),
        ("data:text/html,x", False),
    ],
)
def test_one_leaves_for_https_or_for_the_calendar(given: str, goes: bool) -> None:
    assert only_https(given) == (given if goes else "")


def test_the_page_of_components_is_not_there_for_others(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = browser.get("/nowhere")
    answer = browser.get("/m/")
    assert answer.status_code == nothing.status_code == 403
    monkeypatch.setattr(settings, "STYLE_PAGE", True)
    assert browser.get("/m/").status_code == 200
