"""Held, and the pause before it: found by its day, asked for, taken back, opened with a reason."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Visit
from tests.browser.looking import is_wider_than_the_window, violations
from tests.browser.mails import mail
from tests.browser.test_leaving import WAYS, Leaves, is_away, is_the_lock

SUBJECT, WORDS = "the brindle kettle", "The quillow harbour sings tonight."


def looks_right(page: Page, *, scripts: bool) -> None:
    text = page.content()
    assert WORDS not in text
    assert SUBJECT not in text
    if scripts:
        assert violations(page) == []
        assert is_wider_than_the_window(page) == []


def find(one: Visit, day: str, day_in_words: str) -> Page:
    """To the one that came in on a day, as a person finds it: by the day, through its week."""
    one.house.asked("takes_in", mails=[mail(day_in_words, SUBJECT, WORDS)])
    page = one.new_page()
    page.goto(one.address("held"))
    page.get_by_role("link", name="Find one of them").click()
    page.get_by_label("Day").fill(day)
    page.get_by_role("button", name="Show that week").click()
    page.locator(".list a").click()  # no other came in that week
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you open this")
    return page


@pytest.mark.parametrize(
    ("scripts", "day", "in_words"),
    [(True, "2026-03-05", "5 Mar 2026"), (False, "2026-03-19", "19 Mar 2026")],
    ids=["scripts", "no scripts"],
)
def test_asked_for_taken_back_and_opened_with_a_reason(
    visit: NewVisit, scripts: bool, day: str, in_words: str
) -> None:
    one = visit(java_script_enabled=scripts)
    page = find(one, day, in_words)
    looks_right(page, scripts=scripts)
    item = page.url

    page.get_by_role("button", name="Begin the wait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 day more")
    looks_right(page, scripts=scripts)
    expect(page.get_by_role("button", name="Open it now")).to_have_count(0)

    page.goto(one.address("held"))
    looks_right(page, scripts=scripts)
    waiting = page.locator(".cards").filter(has=page.locator(f'a[href="{path(item)}"]'))
    waiting.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_have_text("Taken back. It stays sealed.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you open this")
    looks_right(page, scripts=scripts)

    page.get_by_role("button", name="Begin the wait").click()
    page.get_by_text("It cannot wait").click()
    page.get_by_role("button", name="A court").click()
    opened = page.get_by_role("region", name="The original")
    expect(opened).to_contain_text(WORDS)
    if scripts:
        assert violations(page) == []
    page.get_by_role("button", name="Close").first.click()
    page.wait_for_url(one.address("today"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Held")
    looks_right(page, scripts=scripts)
    page.goto(one.address("access"))
    expect(page.locator("main")).to_contain_text("a court")
    looks_right(page, scripts=scripts)


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@WAYS
def test_an_open_original_is_gone_when_one_leaves(
    desk: Visit, leave: Leaves, request: pytest.FixtureRequest
) -> None:
    by = request.node.callspec.id
    day, in_words = {
        "button": ("2026-04-02", "2 Apr 2026"),
        "shift": ("2026-04-16", "16 Apr 2026"),
    }[by]
    page = find(desk, day, in_words)
    page.get_by_text("It cannot wait").click()
    page.get_by_role("button", name="Danger", exact=True).click()
    expect(page.get_by_role("region", name="The original")).to_contain_text(WORDS)
    at = page.url
    leave(page)
    is_away(desk, page)
    assert WORDS not in page.content()
    page.go_back()
    is_the_lock(page)
    page.goto(at)
    is_the_lock(page)
    assert WORDS not in page.content()
