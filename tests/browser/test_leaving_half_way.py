"""Leave quickly amid something: what was typed and what was seen is gone, and stays gone."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Visit
from tests.browser.test_leaving import WAYS, Leaves, by_button, is_away, is_the_lock, shift
from tests.refusals.browsing import PASSPHRASE

TYPED = "violet brindle"
Fills = Callable[[Page], None]


def into(label: str, text: str, page: Page) -> None:
    page.get_by_label(label, exact=True).fill(text)


def wish(page: Page) -> None:
    page.get_by_text("It cannot wait").click()


# The page, where on it something is typed, and the heading that it has.
AMID: dict[str, tuple[str, Fills]] = {
    "a new recovery sheet": ("setup_sheet", partial(into, "Your passphrase", TYPED)),
    "somebody new": ("person_new", partial(into, "What to call them here", TYPED)),
    "what happened": ("story", partial(into, "In your own words", TYPED)),
    "which day": ("held_go", partial(into, "Day", "2026-03-05")),
    "before opening": ("held_one", wish),
}
EVERYWHERE = pytest.mark.parametrize("amid", AMID)


def go(one: Visit, amid: str) -> tuple[Page, str]:
    """At that page, by way of another, with something typed; and where it is."""
    name, fills = AMID[amid]
    one.address("person")  # there is a plan
    at = step(one, "story") if name == "story" else one.address(name)
    page = one.new_page()
    page.goto(one.address("today"))
    page.goto(at)
    fills(page)
    return page, at


def step(one: Visit, name: str) -> str:
    return one.address("record_step").removesuffix("when") + name


def holds_nothing(page: Page) -> None:
    assert TYPED not in page.content()
    values = page.locator("input, textarea").evaluate_all("(all) => all.map((one) => one.value)")
    assert not any(TYPED in each for each in values)


@WAYS
@EVERYWHERE
def test_nothing_of_it_is_found_by_back_history_or_address(
    desk: Visit, amid: str, leave: Leaves
) -> None:
    page, at = go(desk, amid)
    leave(page)
    is_away(desk, page)
    holds_nothing(page)
    page.go_back()
    is_the_lock(page)
    holds_nothing(page)
    page.go_back()
    page.go_forward()
    is_the_lock(page)
    page.goto(at)
    is_the_lock(page)
    into("Passphrase", PASSPHRASE, page)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("navigation")).to_be_visible()
    page.goto(at)
    expect(page.get_by_role("navigation")).to_be_visible()
    holds_nothing(page)


@EVERYWHERE
def test_nor_where_no_scripts_run(no_js: Visit, amid: str) -> None:
    page, at = go(no_js, amid)
    by_button(page)
    is_away(no_js, page)
    page.go_back()
    is_the_lock(page)
    holds_nothing(page)
    page.goto(at)
    is_the_lock(page)


def test_a_form_that_was_answered_is_not_sent_again_by_going_back(desk: Visit) -> None:
    page = desk.new_page()
    page.goto(desk.address("settings"))
    page.goto(desk.address("passphrase"))
    sends = page.locator("main form").first
    for field in sends.locator("input[type=password]").all():
        field.fill(TYPED)
    sends.get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(desk.address("today"))
    page.go_back()
    expect(page.get_by_role("alert")).to_have_count(0)
    holds_nothing(page)
    page.go_forward()
    shift(page)
    is_away(desk, page)
    page.go_back()
    is_the_lock(page)


def test_what_was_kept_while_it_was_typed_is_there_after_signing_in(visit: NewVisit) -> None:
    one = visit()
    at = step(one, "story")
    page = one.new_page()
    page.goto(one.address("today"))
    page.clock.install()
    page.goto(at)
    into("In your own words", TYPED, page)
    with page.expect_response(at) as kept:
        page.clock.fast_forward(5_000)
    assert kept.value.status < 400
    shift(page)
    is_away(one, page)
    page.go_back()
    is_the_lock(page)
    holds_nothing(page)
    into("Passphrase", PASSPHRASE, page)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("navigation")).to_be_visible()
    page.goto(at)
    field = page.get_by_label("In your own words", exact=True)
    expect(field).to_have_value(TYPED)
    field.fill("")
    page.get_by_role("button", name="Go on", exact=True).click()
