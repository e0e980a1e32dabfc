"""The laws of days: what may cost one, and what never may."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.recovery.days import FRAME, Days, Span, count, day_of
from stillwater.recovery.notes import Note, What, read, written

FIRST = date(2026, 1, 1)
days = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
reached = st.frozensets(days, max_size=40)
spans = st.lists(
    st.tuples(days, st.none() | days).map(lambda ends: Span(*ends)), min_size=1, max_size=4
)


def plain(held: int) -> Days:
    return Days(held, held, is_today_counted=True, reached_out_today=False)


@given(spans, reached, days)
def test_time_alone_never_takes_a_day(given: list[Span], out: frozenset[date], today: date) -> None:
    now, later = count(given, out, today), count(given, out, today + timedelta(days=1))
    assert now.held <= later.held <= now.held + 1
    assert now.longest <= later.longest


@given(spans, reached, days, days)
def test_a_lapse_costs_its_own_day_and_nothing_else(
    given: list[Span], out: frozenset[date], day: date, today: date
) -> None:
    before, after = count(given, out, today), count(given, out | {day}, today)
    was_held = day < today and any(day in one for one in given) and day not in out
    assert after.held == before.held - was_held


@given(spans, reached, days)
def test_reaching_out_today_takes_nothing_that_was_held(
    given: list[Span], out: frozenset[date], today: date
) -> None:
    before = count(given, out - {today}, today)
    after = count(given, out | {today}, today)
    assert (after.held, after.longest) == (before.held, before.longest)
    assert after.reached_out_today


@given(spans, reached, days)
def test_every_counted_day_is_either_held_or_one_of_reaching_out(
    given: list[Span], out: frozenset[date], today: date
) -> None:
    over = {FIRST + timedelta(days=n) for n in range(121)}
    counted = {day for day in over if day < today and any(day in one for one in given)}
    found = count(given, out, today)
    assert found.held == len(counted - out)
    assert found.longest <= found.held
    assert (found.longest > 0) == (found.held > 0)


@given(st.integers(0, 2000))
def test_a_thirty_is_followed_by_the_next(held: int) -> None:
    found = plain(held)
    assert (found.frame - 1) * FRAME + found.in_frame == held
    assert 0 <= found.in_frame <= FRAME
    assert (found.in_frame == 0) == (held == 0)


@pytest.mark.parametrize(
    ("held", "frame", "in_frame"), [(0, 1, 0), (22, 1, 22), (30, 1, 30), (31, 2, 1), (60, 2, 30)]
)
def test_frames(held: int, frame: int, in_frame: int) -> None:
    assert (plain(held).frame, plain(held).in_frame) == (frame, in_frame)


def test_the_longest_run_stays_when_a_new_one_begins() -> None:
    whole = [Span(FIRST)]
    found = count(whole, {FIRST + timedelta(days=10)}, FIRST + timedelta(days=13))
    assert (found.held, found.longest) == (12, 10)


def test_days_between_that_were_not_counted_end_no_run() -> None:
    two = [Span(FIRST, FIRST + timedelta(days=3)), Span(FIRST + timedelta(days=9))]
    assert count(two, set(), FIRST + timedelta(days=11)).longest == 5


def test_no_span_no_day() -> None:
    assert count([], set(), FIRST) == Days(0, 0, is_today_counted=False, reached_out_today=False)


def test_what_day_it_was_is_said_by_the_persons_own_zone() -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert day_of(late, ZoneInfo("Europe/Berlin")) == date(2026, 3, 2)
    assert day_of(late, ZoneInfo("America/New_York")) == date(2026, 3, 1)


@given(st.sampled_from(What), days, st.datetimes(timezones=st.just(UTC)), st.text(max_size=32))
def test_a_note_reads_as_it_was_written(what: What, day: date, at: datetime, attempt: str) -> None:
    note = Note(what, day, at, attempt)
    assert read(written(note)) == note


def test_only_contact_costs_a_day() -> None:
    assert [one for one in What if one.costs_the_day] == [What.CONTACT]
