"""Set-up in a browser: from the link to what happens now, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisit
from tests.browser.house import House
from tests.browser.looking import is_wider_than_the_window, violations
from tests.browser.test_leaving import by_button, is_the_lock, shift

PASSPHRASE = "seven quiet harbour lamps"
TITLE = "Recipes"
LAST = 15


class SettingUp:
    """Somebody at the pages of set-up, who looks at each of them before going on."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts

    def at(self, heading: str, step: int | None = None) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        if step is not None:
            expect(self.page.locator(".progress")).to_contain_text(f"Step {step} of {LAST}")
        assert self.page.locator("h1").count() == 1
        if self.scripts:
            assert violations(self.page) == []
            assert is_wider_than_the_window(self.page) == []

    def is_told(self, what: str) -> None:
        """Something did not go yet, and the page says what."""
        expect(self.page.get_by_role("alert")).to_contain_text(what)
        if self.scripts:
            assert violations(self.page) == []

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).click()

    def choose(self, name: str, role: str = "radio") -> None:
        self.page.get_by_role(role, name=name).check()  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def comes_in(self, house: House) -> None:
        self.page.goto(house.at + house.asked("link"))

    def before_there_are_keys(self) -> None:
        self.at("First: who else could see this?", 1)
        self.press("I am not sure")
        self.at("Another device is safer", 1)
        self.follow("Go on here all the same")
        self.at("What is left on this device", 2)
        self.follow("Go on")
        self.at("How it looks from outside", 3)
        self.fill("Name of these pages", TITLE)
        self.page.get_by_label("Time zone").select_option("Europe/Berlin")
        self.press("Go on")
        self.at("Two waits, for hard days", 4)
        self.page.get_by_role("group", name="Before you loosen").get_by_label("A week").check()
        self.press("Go on")

    def makes_keys(self) -> None:
        self.at("Your passphrase", 5)
        self.fill("Passphrase", PASSPHRASE)
        self.fill("Once more", "something else by mistake")
        self.press("Make my keys")
        self.is_told("The two are not the same.")
        self.fill("Passphrase", PASSPHRASE)
        self.fill("Once more", PASSPHRASE)
        self.press("Make my keys")
        self.at("Your recovery sheet", 6)
        assert self.page.locator(".sheet li").count() == 24
        self.press("Go on")
        expect(self.page.get_by_role("alert")).to_be_visible()
        self.choose("The words are on paper", "checkbox")
        self.press("Go on")

    def tells_of_somebody(self) -> None:
        self.at("Who is this about?", 7)
        self.fill("What to call them here", "J")
        self.page.get_by_label("Who they are to you").select_option(label="A parent of mine")
        self.page.get_by_label("Mail addresses").fill("no address")
        self.press("Keep this")
        self.is_told("Line 1 of the mail addresses is no address.")
        expect(self.page.get_by_label("What to call them here")).to_have_value("J")
        self.page.get_by_label("Mail addresses").fill("jordan@mail.example")
        self.press("Keep this")
        self.at("Who this is about", 7)
        expect(self.page.get_by_role("heading", name="J", exact=True)).to_be_visible()
        self.press("That is all")

    def answers_the_questions(self) -> None:
        self.at("Are there children that you both have to do with?", 8)
        self.page.get_by_role("radio", name="No", exact=True).check()
        self.press("Go on")
        self.at("Has a court decided anything?", 9)
        self.choose("None of these", "checkbox")
        self.press("Go on")
        self.at("Do you share a home, or money?", 10)
        self.choose("None of these", "checkbox")
        self.press("Go on")

    def says_why(self) -> None:
        self.at("Anger and hope are normal. What should this protect?", 11)
        self.choose("My calm, and my sleep", "checkbox")
        self.choose("I hope that it makes them come back, or change", "checkbox")
        self.press("Go on")
        self.at("What silence can do, and cannot", 11)
        self.follow("Go on")

    def settles(self) -> None:
        self.at("How much may reach you?", 12)
        self.choose("No contact")
        self.press("Go on")
        self.at("Who must always reach you?", 13)
        self.press("Go on")
        self.at("Your plan", 14)
        expect(self.page.locator("main")).to_contain_text("No contact")
        self.press("This is my plan")
        self.at("Your mail", 15)
        self.press("Done, or later")
        self.at("It is set up. Breathe.")
        expect(self.page.locator("main")).to_contain_text("This is what happens now:")

    def leaves_half_way(self, house: House) -> None:
        """Gone from a form that is half filled, and back again: at that very step."""
        self.at("Who is this about?", 7)
        self.fill("What to call them here", "Violet")
        if self.scripts:
            shift(self.page)
        else:
            by_button(self.page)
        self.page.wait_for_url("**/away")
        self.page.go_back()
        is_the_lock(self.page)
        assert "Violet" not in self.page.content()
        self.page.goto(f"{house.at}/c/g/new")
        is_the_lock(self.page)
        self.fill("Passphrase", PASSPHRASE)
        self.press("Open")
        self.at("Who is this about?", 7)
        expect(self.page.get_by_label("What to call them here")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_link_to_what_happens_now(
    visit: NewVisit, empty_house: House, scripts: bool
) -> None:
    screen = PHONE if scripts else DESK
    one = visit(at=empty_house, signed_in=False, viewport=screen, java_script_enabled=scripts)
    page = one.new_page()
    somebody = SettingUp(page, scripts=scripts)
    somebody.comes_in(empty_house)
    somebody.before_there_are_keys()
    somebody.makes_keys()
    somebody.leaves_half_way(empty_house)
    somebody.tells_of_somebody()
    somebody.answers_the_questions()
    somebody.says_why()
    somebody.settles()
    somebody.follow("To today")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing needs you.")
    expect(page).to_have_title(TITLE)


def test_whoever_leaves_before_there_are_keys_begins_anew(
    visit: NewVisit, empty_house: House
) -> None:
    one = visit(at=empty_house, signed_in=False)
    page = one.new_page()
    somebody = SettingUp(page, scripts=True)
    somebody.comes_in(empty_house)
    page.goto(f"{empty_house.at}/c/c")
    somebody.fill("Name of these pages", TITLE)
    somebody.press("Go on")
    page.wait_for_url(lambda url: not url.endswith("/c/c"))  # or going back overtakes it
    page.go_back()
    page.wait_for_url("**/c/c")
    somebody.fill("Name of these pages", "Violet")
    shift(page)
    page.wait_for_url("**/away")
    assert "Violet" not in page.content()
    page.go_back()
    page.goto(f"{empty_house.at}/c/c")
    somebody.at("How it looks from outside", 3)
    kept = page.get_by_label("Name of these pages").input_value()
    assert kept not in ("Violet", TITLE)
