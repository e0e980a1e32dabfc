"""One item, one custody entry: do row, leaf and file say the same?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stillwater.evidence.verifier.problems import WrongError, plain
from stillwater.evidence.verifier.tables import Row, canonical

SALT = 32  # bytes
LEAF_VERSION = 1


@dataclass(frozen=True)
class ItemCheck:
    """What the files of one item came to."""

    length: int
    sha256: str
    commitment: str  # SHA-256(salt || original), hexadecimal
    salt_length: int


def leaf_fields(leaf: bytes, where: str) -> dict[str, Any]:
    """A leaf's fields; raises WrongError where it is not canonical JSON."""
    try:
        value = json.loads(leaf)
        same = canonical(value).encode("ascii") == leaf
    except (ValueError, RecursionError) as why:
        raise WrongError(where, "canonical JSON", "something else") from why
    if not same or not isinstance(value, dict):
        raise WrongError(where, "canonical JSON", "another form")
    return value


def check_row(row: Row, leaf: dict[str, Any], item: ItemCheck, stem: str) -> None:
    """Step 10's last part; raises WrongError."""
    where = f"data/leaves/{stem}.json"
    if item.salt_length != SALT:
        raise WrongError(f"data/salts/{stem}.salt", f"{SALT} bytes", f"{item.salt_length}")
    _same(where, "a leaf of version", LEAF_VERSION, leaf.get("version"))
    # Only the leaf of an item has a commitment.
    _same(where, "the commitment of salt and original", item.commitment, leaf.get("commitment"))
    _same(where, "the original's length", item.length, leaf.get("length"))
    for field in ("received_at", "channel", "kind"):
        _same("data/items.json", f"{field} of {where}", leaf.get(field), row[field])
    _same_moment(row)
    _same("data/items.json", f"length of {row['file']}", item.length, row["length"])
    _same("data/items.json", f"sha256 of {row['file']}", item.sha256, row["sha256"])


def check_custody_row(number: int, row: Row, leaf: dict[str, Any], where: str) -> None:
    """Step 11; raises WrongError."""
    _same("data/custody.json", f"entry {number} in its place", number, row["number"])
    _same("data/custody.json", f"kind of {where}", leaf.get("kind"), row["what"])
    _same("data/custody.json", f"time of {where}", leaf.get("at"), row["at"])
    _same("data/custody.json", f"reason of {where}", leaf.get("reason", ""), row["reason"])


def _same_moment(row: Row) -> None:
    """The local time is the one of receipt, and its offset is the one shown."""
    where = f"data/items.json, item {row['number']}"
    try:
        local = datetime.fromisoformat(row["received_local"])
        same = local == datetime.fromisoformat(row["received_at"])
    except (TypeError, ValueError) as why:
        raise WrongError(where, "times in their form", "another form") from why
    if not same:
        raise WrongError(where, "a received_local that is received_at", "another moment")
    offset = f"{local:%z}"
    shown = f"UTC{offset[:3]}:{offset[3:5]}"
    _same(where, "the offset of received_local", shown, row["utc_offset"])


def _same(where: str, what: str, expected: object, found: object) -> None:
    # bool is a number to Python, and no number of ours.
    if type(expected) is not type(found) or expected != found:
        raise WrongError(where, f"{what}: {plain(str(expected))}", plain(str(found)))
