"""One neutral sentence, built from facts alone, for a message that nobody need read.

A ladder: the fullest sentence that the facts carry stands first, the plainest last.
The first that shares no run of four words with the original is taken; of an
original shorter than four words no word at all is taken over.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stillwater.core.judgements import Fact
from stillwater.core.words import FactKind, Need
from stillwater.reading.facts.subjects import Event
from stillwater.reading.facts.tokens import LONGEST

RUN = 4  # words in a row of the original that none of our sentences may hold
_WORDS = re.compile(r"[^\W_]+")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SUBJECT = {
    Need.CHILDREN: "the children",
    Need.LEGAL: "a legal matter",
    Need.MONEY: "money",
    Need.PROPERTY: "home or belongings",
    Need.HEALTH: "health in the family",
    Need.WORK: "work",
}
_LAST = ("Practical question.", "Neutral note.")


@dataclass(frozen=True, slots=True)
class About:
    """What a request is made of."""

    need: Need
    facts: Sequence[Fact]
    event: Event | None
    is_change: bool
    received_at: datetime


def request_for(about: About, original: str) -> str:
    """The fullest sentence of the ladder that takes nothing from the original."""
    theirs = _words_of(original)
    runs = set(zip(*(theirs[n:] for n in range(RUN)), strict=False))
    for sentence in _ladder(about):
        if not _takes(sentence, theirs, runs):
            return sentence
    return _LAST[-1]


def _takes(sentence: str, theirs: Sequence[str], runs: set[tuple[str, ...]]) -> bool:
    ours = _words_of(sentence)
    if len(theirs) < RUN:
        return not set(theirs).isdisjoint(ours)
    return any(run in runs for run in zip(*(ours[n:] for n in range(RUN)), strict=False))


def _words_of(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text[: LONGEST * 2])[: LONGEST * 2]
    return _WORDS.findall(plain.casefold())


def _ladder(about: About) -> Iterator[str]:
    when = _when(about)
    subject = _SUBJECT[about.need]
    amounts = _values(about, FactKind.AMOUNT)
    if about.event and when and not amounts:
        yield from _of_event(about, about.event, when)
    if amounts:
        yield f"Asks about {subject}: {' and '.join(amounts[:2])}{when}."
    if when:
        yield f"Asks about {subject}:{when}."
        yield f"Concerns {subject};{when}."
    if about.event:
        yield f"Asks about {subject}: {about.event}."
    yield f"Asks about {subject}."
    yield f"Concerns {subject}."
    yield from _LAST


def _of_event(about: About, event: Event, when: str) -> Iterator[str]:
    times, days = _values(about, FactKind.TIME), _values(about, FactKind.DATE)
    if about.is_change and times:
        on = f" on {_day(about, days[0])}" if days else ""
        yield f"Change the {event}{on} to {times[0]}."
    if about.is_change and days and not times:
        yield f"Change the {event} to {_day(about, days[0])}."
    yield f"{event.capitalize()}:{when}."


def _values(about: About, kind: FactKind) -> list[str]:
    return [fact.value for fact in about.facts if fact.kind is kind]


def _when(about: About) -> str:
    """ " by 2026-03-09", " on Friday at 17:30", or nothing; a space leads."""
    deadlines = _values(about, FactKind.DEADLINE)
    if deadlines:
        return f" by {deadlines[0].replace('T', ' ')}"
    days, times = _values(about, FactKind.DATE), _values(about, FactKind.TIME)
    on = f" on {_day(about, days[0])}" if days else ""
    at = f" at {times[0]}" if times else ""
    return on + at


def _day(about: About, value: str) -> str:
    """A weekday where it is within a week, else the date."""
    found = date.fromisoformat(value)
    today = about.received_at.date()
    if today < found < today + timedelta(days=7):
        return _WEEKDAYS[found.weekday()]
    return value
