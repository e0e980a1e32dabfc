"""From the first question to the sealed entry."""

import json
import re

import pytest

from stillwater.channels.by_hand.happenings import Happening
from stillwater.core.clock import SystemClock
from stillwater.gate.models import (
    Attempt,
    HandDraft,
    HandEntry,
    HandPart,
    HandPicture,
    Notice,
)
from stillwater.vault.selfcheck import run_self_check
from tests.integration.record_page.conftest import (
    Browser,
    Life,
    entry_json,
    walk,
)
from tests.support.pictures import camera_picture, plain_picture

pytestmark = pytest.mark.django_db


class TestTheWholeWay:
    def test_an_entry_is_sealed_with_both_times_and_all_that_was_written(
        self, browser: Browser, life: Life
    ) -> None:
        before = SystemClock().now()
        walk(browser)
        for said in ("They rang", "At home", "A grey car", "A. Neighbour", "K. Stone", "2026/11"):
            assert said in browser.text
        assert "6 March 2026, about 18:05" in browser.text
        browser.save()
        assert browser.at.startswith("/e/n/")
        attempt = Attempt.objects.get()
        assert (attempt.channel, attempt.kind, attempt.direction) == ("visit", "visit", "in")
        assert (attempt.tier, attempt.action, attempt.how) == (2, "recorded", "none")
        assert attempt.other in life.person.others.all()
        assert attempt.received_at.isoformat() == "2026-03-06T17:05:00+00:00"
        assert attempt.recorded_at >= before
        said = entry_json(life, attempt)
        assert said["words"] == "They rang <b>twice</b>."
        assert said["happened"]["at"] == "2026-03-06T18:05:00+01:00"
        assert said["happened"]["exactness"] == "about"
        assert said["written_at"] >= before.replace(microsecond=0).isoformat()[:10]
        assert (said["officer"], said["badge"], said["report_number"]) == (
            "K. Stone", "77", "2026/11",
        )  # fmt: skip
        assert not HandDraft.objects.exists()
        assert not HandPicture.objects.exists()

    def test_the_person_is_not_paged_about_what_they_wrote_themself(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("gift")
        browser.step("check").save()
        assert Attempt.objects.get().tier == 2
        assert not Notice.objects.exists()
        assert not Attempt.objects.get().wants_review

    def test_effect_and_medical_are_items_of_their_own(self, browser: Browser, life: Life) -> None:
        walk(browser).save()
        attempt = Attempt.objects.get()
        assert "sleep" not in json.dumps(entry_json(life, attempt))
        assert "bruise" not in json.dumps(entry_json(life, attempt))
        apart = HandPart.objects.filter(role="apart")
        opened = [json.loads(life.session.open_item(one.item, life.home)) for one in apart]
        assert {one["part"]: one["text"] for one in opened} == {
            "effect": "No sleep for days.",
            "medical": "A bruise on the arm.",
        }
        assert {one["of"] for one in opened} == {attempt.item.public_id}

    def test_pictures_are_sealed_untouched_and_tied_to_the_entry(
        self, browser: Browser, life: Life
    ) -> None:
        raws = [camera_picture(place=True), plain_picture()]
        walk(browser)
        assert "taken 1 March 2026, 18:02" in browser.text
        browser.step("pictures")
        assert browser.text.count("says where it was taken") == 1
        browser.save()
        parts = HandPart.objects.filter(role="picture").order_by("pk")
        assert [life.session.open_item(one.item, life.home) for one in parts] == raws
        said = entry_json(life, Attempt.objects.get())
        assert [one["length"] for one in said["pictures"]] == [len(raw) for raw in raws]
        assert run_self_check(life.home, life.person, SystemClock().now()).passed

    @pytest.mark.parametrize("happening", list(Happening))
    def test_every_choice_can_be_saved_with_everything_left_out(
        self, browser: Browser, life: Life, happening: str
    ) -> None:
        browser.begin(happening)
        for _ in range(7):
            browser.post(go="skip")
        assert browser.at.endswith("/s/check")
        browser.save()
        attempt = Attempt.objects.get()
        assert (attempt.other, attempt.kind) == (None, Happening(happening).kind)
        assert entry_json(life, attempt)["happened"]["exactness"] == "unknown"
        assert attempt.received_at_is_guess
        assert "The time is not known." in browser.text


class TestNothingIsThereTwice:
    def test_save_pressed_twice_makes_one_entry(self, browser: Browser, life: Life) -> None:
        browser.begin("letter").step("check")
        draft = browser.draft
        browser.save()
        first = browser.at
        browser.post(f"/e/d/{draft}/save")
        assert browser.at == first
        assert Attempt.objects.count() == HandEntry.objects.count() == 1

    @pytest.mark.parametrize("step", ["s/check", "s/what", "pictures"])
    def test_back_after_saving_leads_to_what_was_saved(
        self, browser: Browser, life: Life, step: str
    ) -> None:
        browser.begin("letter").step("check")
        draft = browser.draft
        browser.save()
        entry = browser.at
        browser.get(f"/e/d/{draft}/{step}")
        assert browser.at == entry

    def test_the_first_choice_pressed_twice_begins_one_draft(
        self, browser: Browser, life: Life
    ) -> None:
        key = re.search(r'name="key" value="(\w+)"', browser.get("/e/").text)
        assert key
        for _ in range(2):
            browser.post("/e/", happening="visit", key=key[1])
        assert HandDraft.objects.count() == 1

    def test_the_same_picture_twice_is_there_once(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures")
        browser.upload(plain_picture(), plain_picture())
        browser.upload(plain_picture())
        assert HandPicture.objects.count() == 1


def test_where_the_plan_has_nobody_nobody_is_asked_about(browser: Browser, life: Life) -> None:
    from stillwater.plan.models import PlanVersion

    PlanVersion.objects.all().delete()
    browser.begin("visit")
    assert browser.at.endswith("/s/when")
    browser.step("check").save()
    assert Attempt.objects.get().plan_number == 0
