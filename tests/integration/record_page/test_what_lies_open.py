"""Of what was written down no word lies open."""

import pytest

from tests.integration.record_page.conftest import (
    Browser,
    Life,
    everything_kept,
)
from tests.support.pictures import camera_picture

pytestmark = pytest.mark.django_db


class TestWhatLiesOpen:
    def test_no_word_of_it_lies_open_anywhere(
        self, browser: Browser, life: Life, logged: list[str]
    ) -> None:
        words = {
            name: f"canary-{name}-xylophone"
            for name in ("words", "place", "witnesses", "officer", "effect", "medical")
        }
        browser.begin("visit")
        browser.post(go="skip")
        browser.post(choice="yesterday", time="", go="on")
        browser.post(words=words["words"], place=words["place"], technology="", go="on")
        browser.post(witnesses=words["witnesses"], go="on")
        browser.post(officer=words["officer"], badge="", report_number="", go="on")
        browser.post(effect=words["effect"], medical=words["medical"], go="on")
        picture = camera_picture(place=True, noise=b"canary-picture-xylophone")
        browser.upload(picture, name="canary-name-xylophone.jpg", go="on")
        kept = everything_kept(life.home)
        browser.save()
        browser.post(browser.at + "/more", text="canary-correction-xylophone", key="c" * 32)
        kept += everything_kept(life.home)
        assert b"xylophone" not in kept
        assert picture[:64] not in kept
        assert b"2026:03:01" not in kept
        assert "xylophone" not in "\n".join(logged)

    def test_the_list_shows_nothing_that_the_other_sent(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("check").save()
        browser.get("/e/all")
        assert "They came by" in browser.text
        assert "jordan@mail.example" not in "".join(browser.seen)
