"""Record by hand on a phone, with one thumb: the whole way, a picture with it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewVisit
from tests.browser.looking import is_wider_than_the_window, violations
from tests.support.pictures import camera_picture

WORDS = "They rang twice, and waited at the gate."
PICTURE = {"name": "gate.jpg", "mimeType": "image/jpeg", "buffer": camera_picture(place=True)}


class Thumb:
    """Somebody at a phone: what they press is large enough, and in sight or scrolled to."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts

    def at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state()  # sizes are those of the style sheets
        if self.scripts:
            assert violations(self.page) == []
            assert is_wider_than_the_window(self.page) == []

    def press(self, name: str, role: str = "button") -> None:
        button = self.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= (24 if "link" in (button.get_attribute("class") or "") else 44)
        button.tap()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visit_is_written_down_with_a_picture(visit: NewVisit, scripts: bool) -> None:
    one = visit(viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)
    one.address("person")  # there is a plan, and somebody in it
    page = one.new_page()
    thumb = Thumb(page, scripts=scripts)
    page.goto(one.address("today"))
    thumb.press("Something happened", "link")

    thumb.at("What happened?")
    thumb.press("They came by")
    thumb.at("Who was it?")
    thumb.press("J")
    thumb.at("When was it?")
    page.get_by_label("Yesterday").tap()
    page.get_by_label("The time").fill("18:05")
    thumb.press("Go on")
    thumb.at("What happened?")
    page.get_by_label("In your own words").fill(WORDS)
    thumb.press("Go on")
    thumb.at("Did anyone see it?")
    thumb.press("Back")
    expect(page.get_by_label("In your own words")).to_have_value(WORDS)
    thumb.at("What happened?")
    thumb.press("Go on")
    for heading in ("Did anyone see it?", "Did the police come?", "Were you hurt?"):
        thumb.at(heading)
        thumb.press("Leave this out")

    thumb.at("Any pictures?")
    page.get_by_label("Choose photos or screenshots").set_input_files([PICTURE])  # type: ignore[list-item]
    thumb.press("Add, then choose more")
    expect(page.get_by_text("Picture 1", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text("This picture says where it was taken.")
    thumb.at("Any pictures?")
    thumb.press("Go on")

    thumb.at("Look it over")
    expect(page.locator("main")).to_contain_text(WORDS)
    thumb.press("Save it")
    thumb.at("They came by")
    entry = page.locator("main")
    for said in ("18:05", "J", WORDS, "A picture says where it was taken."):
        expect(entry).to_contain_text(said)
    assert page.locator("main img").count() == 0
    page.goto(one.address("record_all"))
    expect(page.get_by_role("link", name="They came by").first).to_be_visible()
