"""What protects a reviewer: how many a day, quiet hours, a rest."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.circle.limits import Held, is_quiet, tomorrow_morning, what_holds

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def holds(**more: object) -> Held | None:
    given: dict[str, object] = {
        "now": NOON,
        "opened_today": 0,
        "daily_limit": 5,
        "quiet_from": None,
        "quiet_until": None,
        "rests_until": None,
        **more,
    }
    return what_holds(**given)  # type: ignore[arg-type]


def test_nothing_speaks_against_the_first() -> None:
    assert holds() is None


@pytest.mark.parametrize(("opened", "said"), [(4, None), (5, Held.LIMIT), (9, Held.LIMIT)])
def test_the_limit_is_how_many_not_one_more(opened: int, said: Held | None) -> None:
    assert holds(opened_today=opened) is said


def test_a_rest_ends_by_itself() -> None:
    assert holds(rests_until=NOON + timedelta(minutes=1)) is Held.REST
    assert holds(rests_until=NOON) is None


@pytest.mark.parametrize(
    ("at", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("07:00", False)]
)
def test_quiet_hours_go_over_midnight(at: str, quiet: bool) -> None:
    assert is_quiet(time.fromisoformat(at), time(22), time(7)) is quiet


@given(at=st.times(), start=st.times(), end=st.times())
def test_at_every_time_either_these_hours_are_quiet_or_the_others(
    at: time, start: time, end: time
) -> None:
    if start != end:
        assert is_quiet(at, start, end) is not is_quiet(at, end, start)


@given(at=st.times(), end=st.none() | st.times())
def test_without_a_beginning_no_hour_is_quiet(at: time, end: time | None) -> None:
    assert not is_quiet(at, None, end)


@given(st.integers(0, 10**10).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_a_rest_until_the_morning_lasts_over_the_night(now: datetime) -> None:
    until = tomorrow_morning(now)
    assert timedelta(hours=7) < until - now <= timedelta(hours=31)
