"""Reading again what one wrote down: one's own words, with corrections and pictures.

Nothing here shows a word of what anybody else sent.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from stillwater.channels.by_hand.entry import FORMAT
from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import Picture
from stillwater.channels.by_hand.times import Happened
from stillwater.gate.models import HandEntry, HandPart
from stillwater.vault.keys import Session

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Correction:
    """What was added later."""

    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as its writer reads it. ``id`` is the attempt's opaque id."""

    id: str
    item: str
    happening: Happening
    happened: Happened
    written_at: datetime
    other: str  # the opaque id; "" where it is not said whose it was
    told: dict[str, str]
    not_mine: bool
    corrections: list[Correction] = field(default_factory=list)
    apart: dict[str, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)


def is_said(one: Written, text: str) -> bool:
    """Whether these words stand in an entry already, or in what was added to it."""
    said = (*one.told.values(), *one.apart.values(), *(more.text for more in one.corrections))
    return any(text in each for each in ("", *said))


def row_of(session: Session, untrusted_id: str) -> HandEntry | None:
    """The entry of this person under that id of its attempt."""
    if not _ID.fullmatch(untrusted_id):
        return None
    return _rows(session).filter(attempt__public_id=untrusted_id).first()


def written(session: Session, row: HandEntry) -> Written:
    """One entry, opened."""
    said = _opened(session, row.sealed)
    one = Written(
        id=row.attempt.public_id,
        item=row.attempt.item.public_id,
        happening=Happening(said["happening"]),
        happened=Happened.from_json(said["happened"]),
        written_at=datetime.fromisoformat(said["written_at"]),
        other=row.attempt.other.public_id if row.attempt.other else "",
        told=told_of(said),
        not_mine=_last_word(row),
    )
    for part in sorted(row.parts.all(), key=lambda part: part.pk):
        _add(one, part, _opened(session, part.sealed))
    return one


def rows_by_day(session: Session) -> QuerySet[HandEntry]:
    """Every entry of the person: what happened last stands first. ``written`` opens one."""
    return _rows(session).order_by("-attempt__received_at", "-pk")


def _last_word(row: HandEntry) -> bool:
    said = sorted(row.attempt.item.authorships.all(), key=lambda one: one.pk)
    return bool(said) and said[-1].not_mine


def told_of(said: dict[str, Any]) -> dict[str, str]:
    """The texts of an entry that are not empty."""
    assert said["format"] == FORMAT
    names = ("place", "words", "technology", "witnesses", "officer", "badge", "report_number")
    return {name: said[name] for name in names if said[name]}


def _rows(session: Session) -> QuerySet[HandEntry]:
    found = HandEntry.objects.filter(person=session.person)
    whole = found.select_related("attempt__item", "attempt__other")
    return whole.prefetch_related("parts", "attempt__item__authorships")


def _add(one: Written, part: HandPart, said: dict[str, Any]) -> None:
    if part.role == HandPart.Role.PICTURE:
        facts = {name: value for name, value in said.items() if name != "part"}
        one.pictures.append(Picture.from_json(facts))
    elif part.role == HandPart.Role.CORRECTION:
        at = datetime.fromisoformat(said["written_at"])
        one.corrections.append(Correction(at, said["text"]))
    else:
        one.apart[said["part"]] = said["text"]


def _opened(session: Session, sealed: bytes | memoryview) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(session.open_private(bytes(sealed)))
    return said
