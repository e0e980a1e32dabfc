"""What holds for every page of the registry: a page that is added is looked at by itself."""

import pytest
from playwright.sync_api import Response, ViewportSize

from tests.browser.conftest import DESK, PAGES, PHONE, NewVisit, Tours
from tests.browser.house import House
from tests.browser.looking import (
    FORBIDDEN,
    inline,
    is_wider_than_the_window,
    larger_text,
    to_reach,
    violations,
    walk,
)

# A link's token is spent when it is asked for: it is no page to look at.
SEEN = sorted(name for name, page in PAGES.items() if "get" in page.methods and name != "enter")
AWAY = "away"  # nothing of ours is on it, and so no way out either
NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture(scope="module", params=SEEN)
def name(request: pytest.FixtureRequest) -> str:
    """Each page in turn, with all that is tested of it, so that it is asked for once."""
    found: str = request.param
    return found


def test_anybody_can_use_it(tour: Tours, name: str) -> None:
    """axe-core finds nothing, in light and dark, wide and narrow."""
    page = tour.go(name)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=["color-contrast"]) == []
    page.emulate_media(contrast="more")
    assert violations(page, only=["color-contrast"]) == []
    page.set_viewport_size(NARROW)
    assert violations(page) == []


def test_it_never_scrolls_sideways(tour: Tours, name: str) -> None:
    page = tour.go(name)
    for size in (NARROW, PHONE, DESK):
        for text in (16, 32):
            page.set_viewport_size(size)
            larger_text(page, text)
            assert is_wider_than_the_window(page) == [], (size, text)


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["wide", "narrow"])
def test_a_keyboard_reaches_all_of_it(tour: Tours, name: str, size: ViewportSize) -> None:
    page = tour.go(name, size, anew=True)  # a date remembers which of its parts was last
    steps = walk(page)
    for step in steps:
        assert step["seen"], step
        assert step["outlined"], step
        assert not step["covered"], step
    places = [step["at"] for step in steps]
    assert places == sorted(places)
    assert len(steps) >= to_reach(page)
    if name != AWAY:
        assert "Leave quickly" in steps[0]["html"]


def test_it_gives_nothing_away(tour: Tours, name: str) -> None:
    page = tour.go(name)
    assert page.title() == ("Calendar" if name == AWAY else "Home")
    assert inline(page) == []
    text = page.inner_text("body")
    assert not FORBIDDEN.search(text)
    assert "Stillwater" not in text
    leaves = page.get_by_role("button", name="Leave quickly", exact=True)
    assert leaves.count() == (0 if name == AWAY else 1)
    assert tour.visit.answered
    for answer in tour.visit.answered:
        strict(answer)


def strict(answer: Response) -> None:
    """What every answer says to the browser, pages and files alike."""
    headers = answer.all_headers()
    assert headers["cache-control"] == "no-store", answer.url
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers


def test_without_scripts_every_form_can_be_sent(tour_without_scripts: Tours, name: str) -> None:
    page = tour_without_scripts.go(name)
    idle = page.locator("button").evaluate_all(
        "(all) => all.filter((one) => one.type !== 'submit' || !one.form || one.disabled)"
        ".map((one) => one.outerHTML)"
    )
    mute = page.locator("form").evaluate_all(
        "(all) => all.filter((one) => ![...one.elements].some((each) => each.type === 'submit'))"
        ".map((one) => one.outerHTML)"
    )
    assert (idle, mute) == ([], [])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "phone"])
def test_what_is_pressed_is_large_enough(tour: Tours, name: str, size: ViewportSize) -> None:
    """44 pixels; where it stands in a line of text, at least 24 (WCAG 2.2, 2.5.8)."""
    small = tour.go(name, size).evaluate(
        """() => [...document.querySelectorAll(
            'button, .button, nav a, summary, select, input, textarea')]
          .filter((one) => one.type !== 'hidden' && one.checkVisibility())
          .map((one) => one.closest('label.choice') || one)
          .filter((one) => one.getBoundingClientRect().height
            < (one.matches('main .link') ? 24 : 44))
          .map((one) => one.outerHTML.slice(0, 160))"""
    )
    assert small == []


def test_the_closed_page_is_a_page_like_others(visit: NewVisit) -> None:
    one = visit()
    page = one.new_page()
    page.goto(f"{one.house.at}/nowhere")
    assert violations(page) == []
    assert page.title() == "Home"
    assert page.get_by_role("button", name="Leave quickly").is_visible()


def test_where_nobody_has_set_up_the_beginning_is_a_page_like_others(
    visit: NewVisit, empty_house: House
) -> None:
    one = visit(at=empty_house, signed_in=False)
    empty_house.let_in(one.context)
    page = one.new_page()
    page.goto(empty_house.at)
    assert violations(page) == []
    assert page.get_by_role("button", name="Leave quickly").is_visible()
