"""When danger is said again: laws over every history of clocks and answers."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stillwater.gate.signals.schedule import (
    AGREED_TIMES,
    LONGEST_GAP,
    Pace,
    Quiet,
    gap,
    repeats,
    retries,
    tells_agreed,
    waits_for_morning,
)

START = datetime(2026, 11, 20, 22, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
minutes = st.integers(2, 15).map(lambda n: timedelta(minutes=n))
moments = st.timedeltas(timedelta(), timedelta(days=400)).map(lambda span: START + span)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.integers(1, 500), minutes)
def test_gaps_grow_and_never_beyond_an_hour(said: int, repeat: timedelta) -> None:
    assert repeat <= gap(said, repeat) <= gap(said + 1, repeat) <= LONGEST_GAP


@given(st.integers(1, 500), moments, minutes)
def test_danger_is_always_due_again_within_an_hour(
    said: int, last: datetime, repeat: timedelta
) -> None:
    assert repeats(said, last, last + LONGEST_GAP, repeat)
    assert not repeats(said, last, last + gap(said, repeat) - timedelta(seconds=1), repeat)
    assert not repeats(said, last, last, repeat)


@given(
    st.integers(0, 500), moments, minutes, st.timedeltas(timedelta(seconds=1), timedelta(days=9999))
)
def test_a_clock_that_was_set_back_never_silences_danger(
    said: int, last: datetime, repeat: timedelta, back: timedelta
) -> None:
    assert repeats(said, last, last - back, repeat)
    assert retries(said, last, last - back)


@given(minutes, st.sampled_from([10, 30, 120]), st.lists(st.integers(-600, 120), max_size=400))
def test_whoever_was_agreed_on_is_told_once_the_person_was_told_for_long_enough(
    repeat: timedelta, after: int, steps: list[int]
) -> None:
    """Whatever the clock does: it is counted by the clock, or by how often it was said."""
    pace = Pace(repeat, timedelta(minutes=after))
    now, said, last, told = START, 0, None, False
    for step in [*steps, *[1] * 200]:
        now += step * MINUTE
        told |= tells_agreed(START, said, 0, None, now, pace)
        if repeats(said, last, now, repeat):
            said, last = said + 1, now
    assert told


@given(minutes, st.integers(0, 119))
def test_and_not_before(repeat: timedelta, early: int) -> None:
    pace = Pace(repeat, timedelta(minutes=120))
    said, last = 0, None
    for minute in range(early + 1):
        now = START + minute * MINUTE
        assert not tells_agreed(START, said, 0, None, now, pace)
        if repeats(said, last, now, repeat):
            said, last = said + 1, now


def test_they_are_told_a_few_times_and_no_more() -> None:
    pace = Pace()
    said, last = 0, None
    for minute in range(60 * 24 * 7):
        now = START + minute * MINUTE
        if tells_agreed(START, 100, said, last, now, pace):
            said, last = said + 1, now
    assert said == AGREED_TIMES


@given(moments, st.one_of(st.none(), st.builds(Quiet, times, times)))
def test_no_quiet_hours_hold_back_tier_1(local: datetime, quiet: Quiet | None) -> None:
    assert not waits_for_morning(1, local, quiet)


@given(moments, st.builds(Quiet, times, times))
def test_tier_2_is_told_before_its_day_is_over(local: datetime, quiet: Quiet) -> None:
    assert not waits_for_morning(2, local.replace(hour=23, minute=59, second=59), quiet)
    if waits_for_morning(2, local, quiet):
        assert waits_for_morning(0, local, quiet)


@given(moments, st.builds(Quiet, times, times))
def test_quiet_hours_end(local: datetime, quiet: Quiet) -> None:
    ends = local.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    assert not waits_for_morning(0, ends, quiet)


def test_a_night() -> None:
    night = Quiet(time(22), time(7))
    at = START.replace
    assert waits_for_morning(0, at(hour=23), night)
    assert waits_for_morning(0, at(hour=6, minute=59), night)
    assert not waits_for_morning(0, at(hour=7), night)
    assert not waits_for_morning(0, at(hour=21, minute=59), night)
    assert not waits_for_morning(2, at(hour=23), night)
    assert waits_for_morning(2, at(hour=3), night)


@given(st.integers(1, 100), moments)
def test_what_did_not_go_out_is_tried_again_within_ten_minutes(tries: int, at: datetime) -> None:
    assert not retries(tries, at, at)
    assert not retries(tries, at, at + timedelta(seconds=14))
    assert retries(tries, at, at + timedelta(minutes=10))
