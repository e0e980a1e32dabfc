"""What was written by hand: times are never guessed, and nothing is lost on the way to the seal."""

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.channels.by_hand import entry
from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import Picture, checked, ending_of
from stillwater.channels.by_hand.times import (
    EARLIEST,
    Exactness,
    Happened,
    clock_in,
    days_in,
    on_a_day,
    right_now,
)
from stillwater.core.errors import UserError
from stillwater.core.words import Tier
from tests.support.pictures import camera_picture, plain_picture

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 20, 0, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


class TestDays:
    @pytest.mark.parametrize("text", ["3/6/2026", "3-6-2026", "3 6 2026", "03/06/26"])
    def test_day_and_month_that_can_change_places_are_both_given(self, text: str) -> None:
        assert days_in(text, TODAY) == (date(2026, 3, 6), date(2026, 6, 3))

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-03-06", date(2026, 3, 6)),
            ("3.6.2026", date(2026, 6, 3)),
            ("25/12/2025", date(2025, 12, 25)),
            ("12/25/2025", date(2025, 12, 25)),
            ("4/4/2026", date(2026, 4, 4)),
            ("25.12.", date(2025, 12, 25)),
            ("24.11", date(2026, 11, 24)),
        ],
    )
    def test_what_has_one_reading_is_that_day(self, text: str, day: date) -> None:
        assert days_in(text, TODAY) == (day,)

    @pytest.mark.parametrize("text", ["soon", "", "31/31/2026", "2026-02-30", "1", "0.0.2026"])
    def test_what_is_no_day_is_said(self, text: str) -> None:
        with pytest.raises(UserError):
            days_in(text, TODAY)

    @given(st.text(max_size=60))
    def test_any_text_is_one_day_or_two_or_said(self, text: str) -> None:
        try:
            found = days_in(text, TODAY)
        except UserError:
            return
        assert 1 <= len(found) <= 2

    @given(st.dates(date(1990, 1, 1), TODAY))
    def test_the_form_of_a_calendar_is_read_back(self, day: date) -> None:
        assert days_in(day.isoformat(), TODAY) == (day,)


class TestClock:
    @pytest.mark.parametrize(
        ("text", "clock"),
        [("18:05", time(18, 5)), ("6:05 pm", time(18, 5)), ("12 am", time(0)),
         ("7.30", time(7, 30)), ("18:05:00", time(18, 5)), ("", None)],
    )  # fmt: skip
    def test_a_time_is_read(self, text: str, clock: time | None) -> None:
        assert clock_in(text) == clock

    @pytest.mark.parametrize("text", ["6", "25:00", "13 pm", "0 am", "noonish", "18:5"])
    def test_what_is_no_time_is_said(self, text: str) -> None:
        with pytest.raises(UserError):
            clock_in(text)


class TestHappened:
    def test_now_is_to_the_minute(self) -> None:
        found = right_now(NOW, BERLIN)
        assert found.at.isoformat() == "2026-11-24T21:00:00+01:00"
        assert found.exactness is Exactness.EXACT

    def test_a_day_alone_says_so(self) -> None:
        found = on_a_day(TODAY, None, BERLIN, NOW, about=False)
        assert found.exactness is Exactness.DAY

    def test_today_without_a_time_may_be_said_in_the_morning(self) -> None:
        early = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
        assert on_a_day(TODAY, None, BERLIN, early, about=False).at.date() == TODAY

    def test_the_hour_that_came_twice_is_said(self) -> None:
        found = on_a_day(date(2026, 10, 25), time(2, 30), BERLIN, NOW, about=False)
        assert found.note
        assert found.at.isoformat() == "2026-10-25T02:30:00+02:00"

    def test_the_hour_that_was_left_out_is_refused(self) -> None:
        with pytest.raises(UserError):
            on_a_day(date(2026, 3, 29), time(2, 30), BERLIN, NOW, about=False)

    def test_what_is_to_come_is_refused(self) -> None:
        with pytest.raises(UserError):
            on_a_day(TODAY, time(23, 59), BERLIN, NOW, about=True)
        with pytest.raises(UserError):
            on_a_day(TODAY + timedelta(days=1), None, BERLIN, NOW, about=True)

    @given(st.dates(EARLIEST, date(2026, 11, 23)), st.times(), st.booleans())
    def test_what_is_taken_is_what_the_clock_on_the_wall_showed(
        self, day: date, clock: time, about: bool
    ) -> None:
        clock = clock.replace(second=0, microsecond=0, tzinfo=None)
        try:
            found = on_a_day(day, clock, BERLIN, NOW, about=about)
        except UserError:
            assert day.month in (3, 4)  # the hour that was left out
            return
        assert (found.at.date(), found.at.time()) == (day, clock)
        assert Happened.from_json(json.loads(json.dumps(found.as_json()))).at == found.at


drafts = st.builds(
    entry.Draft,
    id=st.just("a" * 32),
    happening=st.sampled_from(Happening),
    begun_at=st.just(NOW),
    other=st.sampled_from(["", "b" * 32, entry.NOT_SURE]),
    happened=st.none() | st.just(right_now(NOW, BERLIN)),
    when=st.just((("choice", "now"),)),
    pictures=st.just(()) | st.just((Picture("c" * 32, "jpg", 3, "d" * 64, says_place=True),)),
    **dict.fromkeys((*entry.TOLD, *entry.APART), texts),
)


class TestEntry:
    @given(drafts)
    def test_a_draft_comes_back_as_it_was(self, draft: entry.Draft) -> None:
        assert entry.Draft.from_bytes(draft.to_bytes()) == draft

    @given(drafts)
    def test_the_sealed_entry_has_every_word_but_what_is_kept_apart(
        self, draft: entry.Draft
    ) -> None:
        said = json.loads(entry.canonical(entry.sealed_entry(draft, NOW, "Europe/Berlin")))
        for name in entry.TOLD:
            assert said[name] == getattr(draft, name)
        assert not set(entry.APART) & set(said)
        assert said["written_at"] == NOW.isoformat()

    @given(drafts)
    def test_its_form_is_one(self, draft: entry.Draft) -> None:
        said = entry.sealed_entry(draft, NOW, "UTC")
        backwards = dict(reversed(said.items()))
        assert entry.canonical(said) == entry.canonical(backwards)

    def test_half_a_character_does_not_break_it(self) -> None:
        draft = entry.Draft("a" * 32, Happening.ELSE, NOW, words="\ud800 so")
        assert b"so" in entry.canonical(entry.sealed_entry(draft, NOW, "UTC"))

    @pytest.mark.parametrize(
        ("happening", "tier"),
        [
            (Happening.VISIT, Tier.SAME_DAY),
            (Happening.DRIVE_BY, Tier.SAME_DAY),
            (Happening.GIFT, Tier.SAME_DAY),
            (Happening.WORD_CARRIED, Tier.SAME_DAY),
            (Happening.CHILD_TOLD, Tier.NONE),
            (Happening.HANG_UP, Tier.NONE),
            (Happening.LETTER, Tier.NONE),
        ],
    )
    def test_each_has_the_tier_of_the_rules(self, happening: Happening, tier: Tier) -> None:
        assert happening.tier is tier


class TestPictures:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "TIFF", "WEBP"])
    def test_a_picture_is_known_by_its_bytes(self, form: str) -> None:
        assert ending_of(plain_picture(form=form)) in {"jpg", "png", "gif", "tif", "webp"}

    def test_a_telephones_own_form_is_known(self) -> None:
        assert ending_of(b"\0\0\0\x18ftypheic\0\0\0\0") == "heic"

    @given(st.binary(max_size=64))
    def test_any_bytes_are_a_picture_or_said(self, raw: bytes) -> None:
        try:
            assert checked(raw, "a" * 32).length == len(raw)
        except UserError:
            assert ending_of(raw) == ""

    def test_what_comes_as_a_camera_writes_it_is_taken(self) -> None:
        assert checked(camera_picture(), "a" * 32).ending == "jpg"
