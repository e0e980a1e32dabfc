"""The entries of custody: openings and exports of what is shown, as the ledger has them."""

import json
from dataclasses import dataclass
from typing import Any

from stillwater.evidence.verifier.tables import Row
from stillwater.gate.exports import about_other
from stillwater.people.models import Other
from stillwater.vault.models import Leaf

_OPENED, _EXPORTED, _DISCARDED = "opened", "exported", "discarded"
_MARKS = tuple(f'"kind":"{kind}"'.encode() for kind in (_OPENED, _EXPORTED, _DISCARDED))


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaf that tells of custody, and its row."""

    row: Row
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Custody:
    entries: list[Entry]
    discards: int  # in the whole ledger, whatever they were of


def custody_of(other: Other, numbers: dict[str, int]) -> Custody:
    """Openings of these items (public id to number) and exports about this other, in order.

    Only of what is shown: other openings and exports stay the person's own.
    """
    entries: list[Entry] = []
    discards = 0
    leaves = Leaf.objects.filter(person=other.person).order_by("log__number", "index")
    found = leaves.values_list("log__number", "index", "data").iterator(chunk_size=10_000)
    for log, index, data in found:
        leaf = bytes(data)
        if not any(mark in leaf for mark in _MARKS):
            continue
        fields = json.loads(leaf)
        discards += fields["kind"] == _DISCARDED
        items = _items(fields, numbers, other)
        if items is not None:
            row = _row(len(entries) + 1, fields, items, log, index)
            entries.append(Entry(row, leaf))
    return Custody(entries, discards)


def _items(fields: dict[str, Any], numbers: dict[str, int], other: Other) -> str | None:
    """Which of the shown items a leaf is about, in words; None: about none of them."""
    if fields["kind"] == _OPENED and fields.get("item") in numbers:
        return f"item {numbers[fields['item']]}"
    if fields["kind"] == _EXPORTED and fields["about"] == about_other(other, fields["salt"]):
        return f"{fields['items']} items of this other"
    return None


def _row(number: int, fields: dict[str, Any], items: str, log: int, index: int) -> Row:
    return {
        "number": number,
        "what": fields["kind"],
        "at": fields["at"],
        "items": items,
        "reason": fields.get("reason", ""),
        "log": log,
        "leaf_index": index,
    }
