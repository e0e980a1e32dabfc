"""Leave quickly: by button, by Shift three times, in every tab; and nothing is found afterwards."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewVisit, Visit

EXIT = "https://weather.example/today"


def at_today(one: Visit) -> Page:
    """By way of another page, so that there is something to go back to."""
    page = one.new_page()
    page.goto(one.address("mailboxes"))
    page.goto(one.address("today"))
    return page


def shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def by_button(page: Page) -> None:
    page.get_by_role("button", name="Leave quickly").click()


def is_away(one: Visit, page: Page) -> None:
    page.wait_for_url("**/away")
    expect(page).to_have_title("Calendar")
    assert "Today" not in page.inner_text("body")
    assert not one.is_open


def is_the_lock(page: Page) -> None:
    page.wait_for_url("**/in")
    expect(page.get_by_label("Passphrase")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


Leaves = Callable[[Page], None]
WAYS = pytest.mark.parametrize("leave", [by_button, shift], ids=["button", "shift"])


@WAYS
def test_one_is_away_and_the_keys_are_dropped(desk: Visit, leave: Leaves) -> None:
    page = at_today(desk)
    leave(page)
    is_away(desk, page)
    kept = "[localStorage.length, sessionStorage.length]"
    assert page.evaluate(kept) == [0, 0]


@WAYS
def test_back_and_history_show_the_lock_and_never_the_page(desk: Visit, leave: Leaves) -> None:
    page = at_today(desk)
    leave(page)
    is_away(desk, page)
    page.go_back()
    is_the_lock(page)
    page.go_back()
    page.go_forward()
    is_the_lock(page)
    page.goto(f"{desk.house.at}/b/")
    is_the_lock(page)


def test_a_page_that_the_browser_kept_is_emptied_and_asked_for_anew(desk: Visit) -> None:
    page = at_today(desk)
    desk.house.asked("untouched_for", cookie=desk.session, seconds=301)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    is_the_lock(page)


def test_capital_letters_are_no_wish_to_leave(visit: NewVisit) -> None:
    one = visit(signed_in=False)
    one.house.let_in(one.context)
    page = one.new_page()
    page.goto(f"{one.house.at}/in")
    page.get_by_label("Passphrase").click()
    for letter in ("A", "B", "C", "D"):
        page.keyboard.press(f"Shift+{letter}")
    shift(page, 2)
    expect(page.get_by_label("Passphrase")).to_have_value("ABCD")
    shift(page, 1)
    page.wait_for_url("**/away")


def test_three_shifts_within_five_seconds_and_not_longer(desk: Visit) -> None:
    page = desk.new_page()
    page.clock.install()
    page.goto(desk.address("today"))
    for _ in range(4):
        page.clock.fast_forward(2600)
        shift(page, 1)
    assert page.url.endswith("/b/")
    page.clock.fast_forward(1000)
    shift(page, 1)
    is_away(desk, page)


def test_a_server_that_does_not_answer_holds_nobody(desk: Visit) -> None:
    page = at_today(desk)
    page.route("**/leave", lambda _: None)
    shift(page)
    page.wait_for_url("**/away")


@WAYS
def test_it_works_when_the_session_has_ended(desk: Visit, leave: Leaves) -> None:
    page = at_today(desk)
    desk.house.asked("untouched_for", cookie=desk.session, seconds=301)
    leave(page)
    is_away(desk, page)


@WAYS
def test_it_works_when_the_browser_forgot_its_cookies(desk: Visit, leave: Leaves) -> None:
    page = at_today(desk)
    desk.context.clear_cookies()
    leave(page)
    page.wait_for_url("**/away")


@pytest.mark.parametrize("name", ["closed", "lock"])
def test_it_works_where_nobody_is_signed_in(visit: NewVisit, name: str) -> None:
    one = visit(signed_in=False)
    if name == "lock":
        one.house.let_in(one.context)
    page = one.new_page()
    page.goto(f"{one.house.at}/in")
    by_button(page)
    page.wait_for_url("**/away")


def test_every_tab_leaves(desk: Visit) -> None:
    first, second = at_today(desk), at_today(desk)
    shift(first)
    is_away(desk, first)
    is_away(desk, second)


def test_without_scripts_the_button_does_it(no_js: Visit) -> None:
    page = at_today(no_js)
    by_button(page)
    is_away(no_js, page)
    page.go_back()
    is_the_lock(page)


@WAYS
def test_one_goes_where_one_chose_to(
    desk: Visit, chosen: Callable[..., None], leave: Leaves
) -> None:
    chosen(exit_target=EXIT)
    desk.exit_host = "weather.example"
    said: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        said.append(route.request.all_headers())
        route.fulfill(body="<title>Weather</title>sun", content_type="text/html")

    desk.context.route("https://weather.example/**", answer)
    page = at_today(desk)
    leave(page)
    page.wait_for_url(EXIT)
    assert not desk.is_open
    assert "referer" not in said[0]
    page.go_back()
    is_the_lock(page)


@pytest.mark.parametrize(
    "target",
    ["http://weather.example/", "javascript:alert(1)", "//weather.example/", "https:", "x"],
)
def test_only_https_or_the_calendar_is_gone_to(
    desk: Visit, chosen: Callable[..., None], target: str
) -> None:
    chosen(exit_target=target)
    page = at_today(desk)
    by_button(page)
    is_away(desk, page)
