"""Days put together from what left, from plans and from notes; and the page of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from stillwater.core.clock import SetClock
from stillwater.gate.days import DaysState, state_of_days
from stillwater.people.models import Other
from stillwater.recovery.models import DayNote
from stillwater.vault.keys import sign_in
from stillwater.vault.machine import MachineKey
from tests.integration.today_page.conftest import PASSPHRASE, ZONE, Browser, Life
from tests.support.mailbox import PLAN
from tests.support.sealed import seal_one, set_plan

BERLIN = ZoneInfo(ZONE)


def state(life: Life, now: datetime | None = None) -> DaysState:
    machine = MachineKey.load_or_create(settings.HOME)
    return state_of_days(sign_in(life.person, PASSPHRASE), machine, now or life.now, BERLIN)


def held(life: Life) -> int:
    days = state(life).days
    assert days is not None
    return days.held


def leaves(life: Life, other: Other | None, days_ago: float) -> str:
    at = life.ago(days_ago)
    return seal_one(life.person, settings.HOME, at=at, direction="out", other=other).public_id


def test_without_a_plan_and_under_watch_no_days_are_counted(life: Life, browser: Browser) -> None:
    assert state(life).days is None
    life.plan("watch")
    assert state(life).days is None
    assert "protected days" not in browser.get("/b/")
    assert "Days are not counted now." in browser.get("/b/d")
    assert browser.client.get("/b/p").status_code == 403


def test_what_the_other_does_costs_no_day(life: Life) -> None:
    other = life.plan()
    before = held(life)
    for days_ago in (1, 2, 3):
        at = life.ago(days_ago)
        seal_one(life.person, settings.HOME, at=at, other=other)
    assert held(life) == before == 24


def test_what_left_for_them_costs_its_day_once(life: Life) -> None:
    other = life.plan()
    leaves(life, other, 3)
    leaves(life, other, 3)
    assert held(life) == 23


def test_what_left_for_somebody_else_or_before_the_plan_costs_nothing(life: Life) -> None:
    other = life.plan()
    leaves(life, None, 3)
    leaves(life, other, 30)
    assert held(life) == 24


@pytest.mark.parametrize("mode", ["low_contact", "parallel_parenting"])
def test_replies_within_a_plan_of_low_contact_cost_nothing(life: Life, mode: str) -> None:
    other = life.plan(mode)
    leaves(life, other, 3)
    assert held(life) == 24


def test_days_under_an_earlier_plan_stay_when_the_mode_becomes_watch_and_back(life: Life) -> None:
    other = life.plan(days_ago=24)
    session = sign_in(life.person, PASSPHRASE)
    for ago, mode in ((14, "watch"), (4, "no_contact")):
        set_plan(life.person, plan_of(mode), SetClock(life.ago(ago)), session)
    # To watch is a loosening and waits a day: the new plan held thirteen days ago.
    leaves(life, other, 8)  # nobody counted then
    assert held(life) == 11 + 4
    leaves(life, other, 20)
    assert held(life) == 10 + 4


def plan_of(mode: str) -> str:
    return PLAN.replace("since = 2026-01-10\n", "").replace("no_contact", mode)


def test_since_when_is_what_the_plan_says(life: Life) -> None:
    at = SetClock(life.ago(5))
    since = life.ago(40).astimezone(BERLIN).date()
    set_plan(life.person, PLAN.replace("2026-01-10", since.isoformat()), at)
    assert held(life) == 40


def test_the_persons_zone_says_which_day_it_was(life: Life) -> None:
    other = life.plan()
    night = datetime.combine((life.now - timedelta(days=4)).date(), datetime.min.time(), UTC)
    # 23:30 and 01:30 in Berlin: two days there, whatever the machine says.
    first = night.replace(tzinfo=BERLIN) - timedelta(minutes=30)
    for moment in (first, first + timedelta(hours=2)):
        seal_one(life.person, settings.HOME, at=moment, direction="out", other=other)
    assert held(life) == 22


def test_one_tap_notes_a_lapse_kindly_and_takes_no_day_that_was_held(
    life: Life, browser: Browser
) -> None:
    life.plan()
    assert "24 of 30 protected days" in browser.get("/b/d")
    said = browser.post("/b/d/on", what="contact")
    assert "24 of 30 protected days" in said
    assert "Everything that you held stays." in said
    assert "Looking reached nobody" in browser.post("/b/d/on", what="looked")
    found = state(life).days
    assert found is not None
    assert found.reached_out_today
    assert DayNote.objects.count() == 2


def test_a_note_says_nothing_in_the_open(life: Life, browser: Browser) -> None:
    life.plan()
    browser.get("/b/d")
    browser.post("/b/d/on", what="contact")
    (row,) = DayNote.objects.values()
    assert set(row) == {"id", "person_id", "public_id", "sealed"}
    assert bytes(row["sealed"]).startswith(b"age-encryption.org/v1")


def test_a_note_is_taken_back_and_nothing_of_it_stays(life: Life, browser: Browser) -> None:
    life.plan()
    browser.get("/b/d")
    browser.post("/b/d/on", what="contact")
    browser.post(f"/b/d/off/{DayNote.objects.get().public_id}")
    assert not DayNote.objects.exists()


@pytest.mark.parametrize("what", ["", "no_lapse", "else"])
def test_any_other_word_notes_nothing(life: Life, browser: Browser, what: str) -> None:
    browser.get("/b/d")
    browser.post("/b/d/on", what=what)
    assert not DayNote.objects.exists()


def test_what_left_for_safety_costs_no_day_once_that_is_said(life: Life, browser: Browser) -> None:
    other = life.plan()
    sent = leaves(life, other, 3)
    assert "Something went out from you" in browser.get("/b/d")
    said = browser.post(f"/b/d/not/{sent}")
    assert "It costs no day." in said
    assert "Something went out from you" not in said
    assert held(life) == 24
    browser.post(f"/b/d/not/{sent}")  # pressed twice
    assert DayNote.objects.count() == 1


def test_the_next_thirty_follow_and_the_longest_run_stays(life: Life, browser: Browser) -> None:
    other = life.plan(days_ago=35)
    leaves(life, other, 2)
    text = browser.get("/b/d")
    assert "4 of the next 30 protected days" in text
    assert "The longest run so far: 33 days." in text


def test_a_full_thirty_is_said(life: Life, browser: Browser) -> None:
    life.plan(days_ago=30)
    text = browser.get("/b/d")
    assert "30 of 30 protected days" in text
    assert "The next thirty begin." in text
