"""What protects a reviewer: how many a day, quiet hours, a rest. Pure.

A machine that could make somebody open ten threats a night would harm them too. Danger
passes these limits, since somebody may be hurt; but nobody is ever made to open anything.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum


class Held(StrEnum):
    """Why a reviewer is asked to leave it for today."""

    REST = "rest"
    QUIET = "quiet"
    LIMIT = "limit"


def what_holds(
    *,
    now: datetime,
    opened_today: int,
    daily_limit: int,
    quiet_from: time | None,
    quiet_until: time | None,
    rests_until: datetime | None,
) -> Held | None:
    """What speaks against one more, at ``now`` in the reviewer's own time; None: nothing."""
    if rests_until is not None and now < rests_until:
        return Held.REST
    if is_quiet(now.time(), quiet_from, quiet_until):
        return Held.QUIET
    return Held.LIMIT if opened_today >= daily_limit else None


def is_quiet(at: time, start: time | None, end: time | None) -> bool:
    """Whether quiet hours are on; they may go over midnight. The same hour twice: never."""
    if start is None or end is None or start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def day_began(now: datetime) -> datetime:
    """Midnight of the day of ``now``, in its own zone."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def tomorrow_morning(now: datetime) -> datetime:
    """Seven o'clock of the next day: how long a rest lasts at least."""
    return day_began(now) + timedelta(days=1, hours=7)
