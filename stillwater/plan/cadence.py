"""When a digest is due: the times that the person set, on the clock on their wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stillwater.core.plans import Other

AT = time(18)  # where the plan names no time of day
WEEKLY_ON = 0  # Monday


def due(other: Other, received_at: datetime, timezone: str) -> datetime:
    """When the plan lets the person hear of what came in at ``received_at`` (aware).

    ``at_once``: that very time. ``daily``: the next ``at`` after it; ``weekly``: the next
    Monday's; both in ``timezone`` (an IANA name), with the offset of that day. A time that a
    clock change leaves out is taken after it, one that comes twice the first time.
    """
    if other.cadence == "at_once":
        return received_at
    zone = ZoneInfo(timezone)
    today = received_at.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(9)]
    if other.cadence == "weekly":
        days = [day for day in days if day.weekday() == WEEKLY_ON]
    times = (_on_the_wall(day, other.at or AT, zone) for day in days)
    return next(at for at in times if at > received_at)


def _on_the_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0), zone)
    return local.astimezone(UTC).astimezone(zone)


def is_over(other: Other, received_at: datetime, timezone: str) -> bool:
    """Whether the contact that the plan allows had ended by then; its last day still counts."""
    today = received_at.astimezone(ZoneInfo(timezone)).date()
    return other.until is not None and today > other.until
