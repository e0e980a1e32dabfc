"""When it happened, out of what the person chose or typed. Nothing is guessed: ask, or say.

A day like 3/6 has two readings, and both are given back. A time in the hour that comes
twice when clocks go back is taken as its first coming, and that is said; one in the hour
that is left out is refused.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from stillwater.core.errors import UserError
from stillwater.core.saying import to_say

EARLIEST = date(1920, 1, 1)
_AHEAD = timedelta(minutes=2)  # a clock that is a little fast is no lie
_NOON = time(12)
_MOST = 40  # characters of a day or time
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_THREE = re.compile(r"(\d{1,2})\s?[./\- ]\s?(\d{1,2})(?:\s?[./\- ]\s?(\d{2}|\d{4})?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?", re.ASCII)


class Exactness(StrEnum):
    """How well the time is known."""

    EXACT = "exact"
    ABOUT = "about"
    DAY = "day"  # the day alone; noon stands for the time
    UNKNOWN = "unknown"  # the step was left out: the time of writing stands for it


@dataclass(frozen=True, slots=True)
class Happened:
    """When it happened: a moment with the offset that held there, and how well it is known."""

    at: datetime
    exactness: Exactness
    zone: str
    note: str = ""  # what else must be said of it, in our words

    def as_json(self) -> dict[str, Any]:
        """The form of docs/formats/by-hand.md."""
        return {
            "at": self.at.isoformat(),
            "exactness": self.exactness.value,
            "zone": self.zone,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Happened":
        at = datetime.fromisoformat(said["at"])
        return cls(at, Exactness(said["exactness"]), said["zone"], said["note"])


def right_now(now: datetime, zone: ZoneInfo, *, about: bool = False) -> Happened:
    """The moment of pressing, to the minute."""
    at = now.astimezone(zone).replace(second=0, microsecond=0)
    return Happened(at, Exactness.ABOUT if about else Exactness.EXACT, str(zone))


def on_a_day(
    day: date, clock: time | None, zone: ZoneInfo, now: datetime, *, about: bool
) -> Happened:
    """A day, with its time where one is known. Raises UserError for what cannot have been."""
    if day < EARLIEST:
        raise UserError(to_say("That day is very long ago."), to_say("Look at the year once more."))
    note = ""
    at = datetime.combine(day, clock or _NOON, zone)
    if clock is not None:
        if at.astimezone(UTC).astimezone(zone).time() != clock:
            raise UserError(
                to_say("Clocks went forward then, and that time was left out."),
                to_say("Choose the time just before or just after, or leave it out."),
            )
        if at.utcoffset() != at.replace(fold=1).utcoffset():
            note = to_say(
                "Clocks went back then, and this time came twice: the first of the two stands."
            )
    # A day alone is in the past from its beginning.
    earliest = at if clock is not None else datetime.combine(day, time(0), zone)
    if earliest > now + _AHEAD:
        raise UserError(
            to_say("That is still to come."), to_say("Look at the day and the time once more.")
        )
    exactness = Exactness.EXACT if clock is not None else Exactness.DAY
    if clock is not None and about:
        exactness = Exactness.ABOUT
    return Happened(at, exactness, str(zone), note)


def clock_in(untrusted_text: str) -> time | None:
    """``18:05``, ``18.05``, ``6 pm``; None where nothing was typed. Raises UserError."""
    text = untrusted_text.strip().lower()
    if not text:
        return None
    found = _CLOCK.fullmatch(text) if len(text) <= _MOST else None
    if found is None or (found[2] is None and found[3] is None):
        raise _no_time()
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise _no_time()
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise _no_time() from None


def days_in(untrusted_text: str, today: date) -> tuple[date, ...]:
    """The days that a text may mean: one, or two where day and month can change places.

    A day without a year is the last one of that name. Raises UserError where it is none.
    """
    text = " ".join(untrusted_text.split())
    if len(text) > _MOST:
        raise _no_day()
    if iso := _ISO.fullmatch(text):
        found = {_date(int(iso[1]), int(iso[2]), int(iso[3]))}
    elif three := _THREE.fullmatch(text):
        one, two = int(three[1]), int(three[2])
        # 3.6. is written with points where the day stands first, and nowhere else.
        orders = [(two, one)] if "." in text else [(two, one), (one, two)]
        found = {_of(month, day, three[3], today) for month, day in orders}
    else:
        raise _no_day()
    days = sorted(day for day in found if day is not None)
    if not days:
        raise _no_day()
    return tuple(days)


def _of(month: int, day: int, year: str | None, today: date) -> date | None:
    if year is not None:
        whole = int(year)
        return _date(whole if whole > 99 else 2000 + whole, month, day)
    # 29 February is looked for in the leap years before this one.
    for back in range(9):
        found = _date(today.year - back, month, day)
        if found is not None and found <= today:
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_day() -> UserError:
    return UserError(
        to_say("That day could not be read."),
        to_say("Write it like 2026-03-06, or choose it in the calendar."),
    )


def _no_time() -> UserError:
    return UserError(
        to_say("That time could not be read."), to_say("Write it like 18:05, or leave it out.")
    )
