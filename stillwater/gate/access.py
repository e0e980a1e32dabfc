"""Entries of the ledger that tell of access: everything but what was sealed.

Newest first, and never more than a stretch of the ledger at once: a hundred thousand attempts
may lie between two openings.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import BooleanField, F, Func, Value

from stillwater.people.models import Person
from stillwater.vault.models import Leaf, Log

AT_ONCE = 40  # entries
STRETCH = 50_000  # leaves that are looked through for them: about 15 ms
# Of a leaf that records an original; no other has it (docs/formats/ledger.md).
_OF_AN_ORIGINAL = b'"commitment":"'


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
        fits = all(len(one) <= 12 and one.isascii() and one.isdigit() for one in (log, index))
        return cls(int(log), int(index)) if fits else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaf, read."""

    at: datetime | None
    kind: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries of a stretch, newest first, and where an earlier one begins."""

    entries: list[Entry]
    earlier: Place | None


def entries_before(person: Person, place: Place | None) -> Stretch:
    """The newest entries, or those before a place."""
    left, found = STRETCH, list[Entry]()
    logs = Log.objects.filter(person=person).order_by("-number")
    if place is not None:
        logs = logs.filter(number__lte=place.log)
    for log in logs:
        end = min(place.index, log.size) if place and place.log == log.number else log.size
        start = max(0, end - left)
        rows = _rows(log, start, end, AT_ONCE - len(found) + 1)
        for index, data in rows:
            if len(found) == AT_ONCE:
                return Stretch(found, Place(log.number, index + 1))
            found.append(_entry(data))
        left -= end - start
        if start > 0:
            return Stretch(found, Place(log.number, start))
    return Stretch(found, None)


def _rows(log: Log, start: int, end: int, most: int) -> list[tuple[int, bytes]]:
    looked = Leaf.objects.filter(log=log, index__gte=start, index__lt=end)
    others = looked.exclude(_Holds(F("data"), Value(_OF_AN_ORIGINAL)))
    rows = others.order_by("-index").values_list("index", "data")[:most]
    return [(index, bytes(data)) for index, data in rows]


class _Holds(Func):
    """Whether bytes hold other bytes, looked for where they lie."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="(INSTR(%(expressions)s) > 0)", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        found, looked_for = self.source_expressions
        turned = self.copy()
        turned.set_source_expressions([looked_for, found])
        return turned.as_sql(
            compiler,
            connection,
            template="(POSITION(%(expressions)s) > 0)",
            arg_joiner=" IN ",
            **more,
        )


def _entry(leaf: bytes) -> Entry:
    fields = json.loads(leaf)
    return Entry(_moment(fields.get("at")), str(fields.get("kind", "")), fields)


def _moment(said: object) -> datetime | None:
    try:
        return datetime.strptime(str(said), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
