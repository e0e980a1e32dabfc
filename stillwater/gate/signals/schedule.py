"""When a notice is said again, and when it goes to whom the person agreed on. Pure.

What has been done and the time now decide; nothing else. A clock that was set back never
silences anything: where the last time lies in the future, it is said once more, and time
is counted from there.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from stillwater.core.words import Tier

LONGEST_GAP = timedelta(hours=1)
AGREED_TIMES = 3  # whoever was agreed on is told so often of one notice, and no more
_FIRST_RETRY, _LONGEST_RETRY = timedelta(seconds=15), timedelta(minutes=10)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Pace:
    """What the person chose: danger is said again after ``repeat``, and goes to whom they
    agreed on ``agreed_after`` it was opened."""

    repeat: timedelta = timedelta(minutes=5)
    agreed_after: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which ordinary notes wait, in the person's own zone; may go over midnight."""

    begins: time
    ends: time


def gap(said: int, repeat: timedelta) -> timedelta:
    """How long after the ``said``-th time it is said again: growing, an hour at most."""
    doubled: int = 2 ** min(max(said - 2, 0), 10)
    return min(repeat * doubled, max(LONGEST_GAP, repeat))


def repeats(said: int, last: datetime | None, now: datetime, repeat: timedelta) -> bool:
    """Whether danger is due, having been said so often, last at ``last``."""
    return said == 0 or last is None or not _NONE <= now - last < gap(said, repeat)


def tells_agreed(
    opened_at: datetime,
    said_to_person: int,
    said: int,
    last: datetime | None,
    now: datetime,
    pace: Pace,
) -> bool:
    """Whether whoever was agreed on is told of an unacknowledged tier 1 now.

    The wait is over by the clock, or by how often the person was told: a clock that was
    set back does not begin it anew.
    """
    told_for = sum((gap(one, pace.repeat) for one in range(1, said_to_person)), _NONE)
    if now - opened_at < pace.agreed_after and told_for < pace.agreed_after:
        return False
    return said < AGREED_TIMES and repeats(said, last, now, max(pace.agreed_after, pace.repeat))


def retries(tries: int, last: datetime | None, now: datetime) -> bool:
    """Whether it is tried again after so many times in vain: growing pauses."""
    if tries == 0 or last is None:
        return True
    pause = min(_FIRST_RETRY * 2 ** min(tries - 1, 10), _LONGEST_RETRY)
    return not _NONE <= now - last < pause


def waits_for_morning(tier: int, local: datetime, quiet: Quiet | None) -> bool:
    """Whether quiet hours hold it back at this local time. Tier 1 never waits.

    Tier 2 is told the same day: it waits where quiet hours end on this day, and not where
    they end on the next (docs/decisions/0077).
    """
    if quiet is None or tier == Tier.AT_ONCE:
        return False
    at = local.time()
    before_midnight = quiet.begins <= at
    if quiet.begins <= quiet.ends:
        return before_midnight and at < quiet.ends
    return at < quiet.ends or (before_midnight and tier != Tier.SAME_DAY)
