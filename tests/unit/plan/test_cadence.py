"""When a digest is due: on the wall clock of the plan's zone, over clock changes too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.plans import Other
from stillwater.core.words import Mode
from stillwater.plan.cadence import due, is_over

BERLIN = "Europe/Berlin"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def other(cadence: str = "daily", at: time | None = None, until: date | None = None) -> Other:
    return Other("J", Mode.LOW_CONTACT, cadence=cadence, at=at, until=until)


@pytest.mark.parametrize(
    ("cadence", "at", "received", "expected"),
    [
        ("at_once", None, "2026-03-01T09:00:30+02:00", "2026-03-01T09:00:30+02:00"),
        ("daily", None, "2026-03-01T09:00:00+01:00", "2026-03-01T18:00:00+01:00"),
        ("daily", time(7, 30), "2026-03-01T09:00:00+01:00", "2026-03-02T07:30:00+01:00"),
        # At that very time today's digest is being made: the next one has it.
        ("daily", None, "2026-03-01T18:00:00+01:00", "2026-03-02T18:00:00+01:00"),
        # 23:30 in New York is the next morning in Berlin.
        ("daily", None, "2026-03-01T23:30:00-05:00", "2026-03-02T18:00:00+01:00"),
        ("daily", None, "2026-12-31T19:00:00+01:00", "2027-01-01T18:00:00+01:00"),
        # 2026-03-02 is a Monday.
        ("weekly", None, "2026-03-01T23:59:00+01:00", "2026-03-02T18:00:00+01:00"),
        ("weekly", None, "2026-03-02T17:59:00+01:00", "2026-03-02T18:00:00+01:00"),
        ("weekly", None, "2026-03-02T18:01:00+01:00", "2026-03-09T18:00:00+01:00"),
        # Clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
        ("daily", None, "2026-03-28T19:00:00+01:00", "2026-03-29T18:00:00+02:00"),
        ("daily", time(2, 30), "2026-03-28T19:00:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("daily", None, "2026-10-24T19:00:00+02:00", "2026-10-25T18:00:00+01:00"),
        ("daily", time(2, 30), "2026-10-24T19:00:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("weekly", None, "2026-03-28T09:00:00+01:00", "2026-03-30T18:00:00+02:00"),
    ],
)
def test_when_it_is_due(cadence: str, at: time | None, received: str, expected: str) -> None:
    assert due(other(cadence, at), datetime.fromisoformat(received), BERLIN).isoformat() == expected


@given(
    st.integers(0, 365 * 24 * 60).map(lambda n: BEGIN + timedelta(minutes=n)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["daily", "weekly"]),
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
)
def test_it_is_always_ahead_and_near(received: datetime, at: time, cadence: str, zone: str) -> None:
    when = due(other(cadence, at), received, zone)
    longest = timedelta(days=1 if cadence == "daily" else 7, hours=2)
    assert timedelta(0) < when - received <= longest
    assert when.utcoffset() == when.astimezone(ZoneInfo(zone)).utcoffset()


def test_the_last_day_still_counts_and_is_the_plans_day() -> None:
    ends = other(until=date(2026, 6, 30))
    assert not is_over(ends, datetime(2026, 6, 30, 21, 59, tzinfo=UTC), BERLIN)
    assert is_over(ends, datetime(2026, 6, 30, 22, 1, tzinfo=UTC), BERLIN)
    assert not is_over(other(), datetime(2099, 1, 1, tzinfo=UTC), BERLIN)
