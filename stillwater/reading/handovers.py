"""A change of a planned hand-over of the children within the next 24 hours."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from stillwater.core.plans import Handover

CHANGE, SOON, LATER = "handover_change", "time_soon", "time_later"
WITHIN = timedelta(hours=24)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def changes_a_handover(
    names: Collection[str],
    weekdays: Iterable[str],
    handovers: Iterable[Handover],
    received_at: datetime,
) -> bool:
    """``names``: which of CHANGE, SOON, LATER were found; ``weekdays`` named in the text.

    ``received_at`` is local time. A day that is named decides; otherwise a
    hand-over of the plan that falls within 24 hours does.
    """
    if CHANGE not in names:
        return False
    soon = {_DAYS[(received_at + timedelta(days=n)).weekday()] for n in (0, 1)}
    named = set(weekdays)
    if SOON in names or named & soon:
        return True
    if LATER in names or named:
        return False
    return any(is_within(one, received_at) for one in handovers)


def is_within(handover: Handover, received_at: datetime) -> bool:
    """Whether the next of these weekly hand-overs falls within 24 hours."""
    ahead = (_DAYS.index(handover.day) - received_at.weekday()) % 7
    planned = datetime.combine(
        received_at.date() + timedelta(days=ahead), handover.time, received_at.tzinfo
    )
    if planned < received_at:
        planned += timedelta(days=7)
    return planned - received_at <= WITHIN
