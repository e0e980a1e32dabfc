"""When it was: nothing is guessed."""

import re
from datetime import timedelta

import pytest

from stillwater.core.clock import SystemClock
from stillwater.people.models import Settings
from tests.integration.record_page.conftest import (
    Browser,
    Life,
)

pytestmark = pytest.mark.django_db


class TestTime:
    def test_a_day_with_two_readings_is_asked_about(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("when").post(choice="other", day="3/6/2026", go="on")
        assert browser.status == 422
        assert "3 June 2026" not in browser.text or "6 March 2026" in browser.text
        days = re.findall(r'name="this_day" value="([\d-]+)"', browser.text)
        assert days == ["2026-03-06", "2026-06-03"]
        assert life.drafts.all()[0].happened is None
        browser.post(this_day=days[0], choice="other", day="3/6/2026", time="", go="")
        happened = life.drafts.all()[0].happened
        assert happened
        assert happened.at.date().isoformat() == "2026-03-06"
        assert happened.exactness == "day"

    def test_now_is_the_moment_of_pressing_and_not_of_saving(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("hang_up").step("when").post(choice="now", go="on")
        happened = life.drafts.all()[0].happened
        assert happened
        assert timedelta(0) <= SystemClock().now() - happened.at < timedelta(minutes=2)

    def test_what_is_still_to_come_is_refused(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("when").post(choice="other", day="2999-01-01", go="on")
        assert browser.status == 422
        assert "still to come" in browser.text

    @pytest.mark.parametrize(
        ("language", "said"), [("de", "Das liegt noch in der Zukunft."), ("es", "por venir")]
    )
    def test_what_is_refused_is_said_in_the_persons_language(
        self, browser: Browser, life: Life, language: str, said: str
    ) -> None:
        Settings.objects.update_or_create(person=life.person, defaults={"language": language})
        browser.begin("visit").step("when").post(choice="other", day="2999-01-01", go="on")
        assert browser.status == 422
        assert said in browser.text
