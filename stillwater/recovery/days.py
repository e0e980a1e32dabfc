"""Protected days: those on which the person did not reach out. No Django here.

What the other does is no argument of anything in here, so it can cost no day. A day that
was held stays held: a later lapse costs its own day and nothing else, and the count goes on
where it was (docs/decisions/0064). A day is counted once it is over, in the person's own zone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

FRAME = 30  # days that are looked at together; a convention that helps, and no more
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days that count: from ``first`` to before ``until``; None: it goes on."""

    first: date
    until: date | None = None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, date) and self.first <= day and (self.until is None or day < self.until)
        )


@dataclass(frozen=True, slots=True)
class Days:
    """How the days stand. ``held`` and ``longest`` never fall as time goes on."""

    held: int  # protected days that are over, all together
    longest: int  # most of them in a row; days that were not counted do not end a row
    is_today_counted: bool
    reached_out_today: bool

    @property
    def frame(self) -> int:
        """The thirty that are being filled: 1 for the first."""
        return max(1, -(-self.held // FRAME))

    @property
    def in_frame(self) -> int:
        """Held days of this thirty: 0 to 30."""
        return self.held - (self.frame - 1) * FRAME

    @property
    def is_frame_full(self) -> bool:
        return self.in_frame == FRAME


def count(spans: Iterable[Span], reached_out: Collection[date], today: date) -> Days:
    """How the days stand on ``today``, which is not over and so not counted yet.

    ``reached_out``: the days on which the person made contact of their own accord.
    """
    counted = list(spans)
    held = longest = run = 0
    for day in _days_before(counted, today):
        run = 0 if day in reached_out else run + 1
        held += run > 0
        longest = max(longest, run)
    return Days(
        held,
        longest,
        is_today_counted=any(today in one for one in counted),
        reached_out_today=today in reached_out,
    )


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day that it was with the person."""
    return moment.astimezone(zone).date()


def _days_before(spans: list[Span], today: date) -> Iterator[date]:
    """Every day of a span that is over, each once, in order."""
    day = min((one.first for one in spans), default=today)
    while day < today:
        if any(day in one for one in spans):
            yield day
        day += _DAY
