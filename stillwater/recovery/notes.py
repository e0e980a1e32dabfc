"""The form of what is said of a day: kept sealed, read only in the person's session. Pure."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

VERSION = 1


class What(StrEnum):
    """What the person says."""

    CONTACT = "contact"  # I made contact
    LOOKED = "looked"  # I looked: a lapse, but nobody was reached, so the day stays
    NO_LAPSE = "no_lapse"  # what left was within the plan, or for safety, or asked for

    @property
    def costs_the_day(self) -> bool:
        return self is What.CONTACT


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was said. ``attempt``: the id of what left, where it is about that."""

    what: What
    day: date
    at: datetime
    attempt: str = ""


def written(note: Note) -> bytes:
    """As it is sealed."""
    return json.dumps(
        {
            "version": VERSION,
            "what": note.what,
            "day": note.day.isoformat(),
            "at": note.at.isoformat(),
            "attempt": note.attempt,
        }
    ).encode()


def read(plain: bytes) -> Note:
    """What ``written`` wrote."""
    data = json.loads(plain)
    return Note(
        What(data["what"]),
        date.fromisoformat(data["day"]),
        datetime.fromisoformat(data["at"]),
        data["attempt"],
    )
