"""The lock: by idling, by its button, in every tab."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisit, Visit
from tests.browser.looking import violations
from tests.browser.test_leaving import is_the_lock
from tests.refusals.browsing import PASSPHRASE

IDLE = 300  # seconds, where nothing else was chosen
HEARD = """window.heard = new Promise((done) => {
  const tabs = new BroadcastChannel('page');
  tabs.addEventListener('message', (event) => done(event.data));
}); 0"""


def begin(one: Visit) -> Page:
    """At the first page, touched a moment ago, with a clock that goes only as it is told to."""
    page = one.new_page()
    page.clock.install()
    page.goto(one.address("today"))
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 10)
    page.keyboard.press("ArrowDown")
    return page


def later(page: Page, seconds: float) -> None:
    page.clock.fast_forward(int(seconds * 1000))


def is_in(page: Page) -> None:
    expect(page.get_by_role("navigation")).to_be_visible()


def test_when_nobody_touches_it_the_page_gives_way_to_the_lock(desk: Visit) -> None:
    page = begin(desk)
    later(page, IDLE - 1)
    is_in(page)
    later(page, 2)
    is_the_lock(page)
    assert not desk.is_open
    page.go_back()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_a_touch_begins_the_time_anew(desk: Visit) -> None:
    page = begin(desk)
    for touch in (
        lambda: page.keyboard.press("ArrowDown"),
        lambda: page.mouse.move(300, 300),
        lambda: page.mouse.click(300, 300),
    ):
        later(page, IDLE - 20)
        touch()
    later(page, IDLE - 1)
    is_in(page)
    later(page, 2)
    is_the_lock(page)


def test_whoever_types_for_long_is_not_locked_out_by_the_server(desk: Visit) -> None:
    page = begin(desk)
    desk.house.asked("untouched_for", cookie=desk.session, seconds=IDLE - 20)
    with page.expect_response("**/stay") as told:
        later(page, 60)
    assert told.value.status == 204
    assert desk.house.asked("untouched_since", cookie=desk.session) < IDLE - 20


def test_what_the_server_locked_is_not_shown_on(desk: Visit) -> None:
    page = begin(desk)
    desk.house.asked("untouched_for", cookie=desk.session, seconds=IDLE + 1)
    later(page, 60)  # the touch is told
    is_the_lock(page)


def test_a_machine_that_slept_locks_at_the_first_touch(desk: Visit) -> None:
    page = begin(desk)
    now = page.evaluate("Date.now()")
    page.clock.set_system_time(now + (IDLE + 1) * 1000)  # and no timer has rung
    page.keyboard.press("a")
    is_the_lock(page)
    assert not desk.is_open


def test_the_time_is_the_one_that_was_chosen(visit: NewVisit, chosen: Callable[..., None]) -> None:
    chosen(idle_minutes=2)
    page = begin(visit())
    later(page, 119)
    is_in(page)
    later(page, 2)
    is_the_lock(page)


def test_a_touch_in_one_tab_counts_for_the_others(desk: Visit) -> None:
    desk.context.clock.install()
    first, second = desk.new_page(), desk.new_page()
    for page in (first, second):
        page.goto(desk.address("today"))
    second.evaluate(HEARD)
    desk.context.clock.fast_forward((IDLE - 10) * 1000)
    first.keyboard.press("a")
    assert second.evaluate("window.heard") == "here"
    desk.context.clock.fast_forward(20_000)
    is_in(second)
    desk.context.clock.fast_forward(IDLE * 1000)
    is_the_lock(first)
    is_the_lock(second)


def test_the_button_locks_every_tab(desk: Visit) -> None:
    first, second = desk.new_page(), desk.new_page()
    for page in (first, second):
        page.goto(desk.address("today"))
    first.get_by_role("button", name="Lock").click()
    is_the_lock(first)
    is_the_lock(second)
    assert not desk.is_open


@pytest.mark.parametrize("scripts", [True, False])
def test_in_again_with_the_passphrase(visit: NewVisit, scripts: bool) -> None:
    one = visit(java_script_enabled=scripts)
    page = one.new_page()
    page.goto(one.address("today"))
    page.get_by_role("button", name="Lock").click()
    is_the_lock(page)
    page.get_by_label("Passphrase").fill("not the passphrase")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not open it.")
    expect(page.get_by_label("Passphrase")).to_have_value("")
    if scripts:
        assert violations(page) == []
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    is_in(page)


def test_words_that_were_not_sent_are_in_the_form_again_after_the_lock(desk: Visit) -> None:
    page = desk.new_page()
    page.clock.install()
    where = desk.address("plan_why")
    page.goto(where)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 10)
    page.get_by_label("In your own words").press_sequentially("So that the mornings are mine.")
    with page.expect_response(where) as kept:
        later(page, 5)
    assert kept.value.status == 204
    later(page, IDLE)
    is_the_lock(page)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    is_in(page)
    page.goto(where)
    expect(page.get_by_label("In your own words")).to_have_value("So that the mornings are mine.")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_label("In your own words")).to_have_value("")


def test_without_scripts_the_page_gives_way_by_itself(no_js: Visit) -> None:
    page = no_js.new_page()
    page.goto(no_js.address("today"))
    refresh = page.locator("meta[http-equiv=refresh]")
    assert refresh.get_attribute("content") == f"{IDLE};url=/in"
