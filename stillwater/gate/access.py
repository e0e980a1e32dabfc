"""Entries of the ledger that tell of access: everything but what was sealed.

A hundred thousand attempts may lie between two openings: an index of the database holds the
leaves that record no original, and nothing else of the ledger is looked at.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, F, Func

from stillwater.people.models import Person
from stillwater.vault.models import Leaf, Log

AT_ONCE = 40  # entries


@dataclass(frozen=True, slots=True)
class Place:
    """Before which leaf to look: log number and index, as ``2.4500``."""

    log: int
    index: int

    def __str__(self) -> str:
        return f"{self.log}.{self.index}"

    @classmethod
    def read(cls, untrusted_place: str) -> "Place | None":
        log, _, index = untrusted_place.partition(".")
        fits = all(len(one) <= 9 and one.isascii() and one.isdigit() for one in (log, index))
        return cls(int(log), int(index)) if fits else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaf, read."""

    at: datetime | None
    kind: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first, and before which place the next ones are."""

    entries: list[Entry]
    earlier: Place | None


def entries_before(person: Person, place: Place | None) -> Page:
    """The newest entries, or those before a place."""
    logs = Log.objects.filter(person=person).order_by("-number")
    if place is not None:
        logs = logs.filter(number__lte=place.log)
    found: list[tuple[Place, bytes]] = []
    for log in logs:
        end = place.index if place and place.log == log.number else log.size
        found += _rows(log, end, AT_ONCE + 1 - len(found))
        if len(found) > AT_ONCE:
            break
    shown, more = found[:AT_ONCE], len(found) > AT_ONCE
    return Page([_entry(data) for _, data in shown], shown[-1][0] if more else None)


def _rows(log: Log, end: int, most: int) -> list[tuple[Place, bytes]]:
    others = Leaf.objects.filter(_RecordsNoOriginal(F("data")), log=log, index__lt=end)
    rows = others.order_by("-index").values_list("index", "data")[:most]
    return [(Place(log.number, index), bytes(data)) for index, data in rows]


class _RecordsNoOriginal(Func):
    """That a leaf has no ``"commitment":"``, in the very words of the index.

    A database uses such an index only where the question is written as the index was made:
    web/migrations/0002_access_index.py. docs/formats/ledger.md says which leaves have one.
    """

    output_field = BooleanField()
    template = "(INSTR(%(expressions)s, X'22636F6D6D69746D656E74223A22') = 0)"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        words = r"(POSITION('\x22636F6D6D69746D656E74223A22'::bytea IN %(expressions)s) = 0)"
        return self.as_sql(compiler, connection, template=words, **more)


def _entry(leaf: bytes) -> Entry:
    fields = json.loads(leaf)
    return Entry(_moment(fields.get("at")), str(fields.get("kind", "")), fields)


def _moment(said: object) -> datetime | None:
    try:
        return datetime.strptime(str(said), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
