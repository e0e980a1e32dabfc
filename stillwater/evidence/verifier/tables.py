"""The tables of items and of custody, each in two written forms: JSON and CSV.

Writing and checking share this one form: a table is right when writing it
again gives the same bytes, so no key can stand twice and no cell can differ.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from typing import Any

from stillwater.evidence.verifier.problems import WrongError

FORMAT = "stillwater-bundle/1"
ITEM_COLUMNS = (
    "number",
    "file",
    "direction",
    "channel",
    "kind",
    "received_at",
    "received_at_basis",
    "received_local",
    "utc_offset",
    "zone",
    "daylight_saving",
    "sent_at",
    "sent_at_basis",
    "recorded_at",
    "from_as_shown",
    "to_as_shown",
    "attribution",
    "attribution_basis",
    "attribution_asserted_by",
    "length",
    "sha256",
    "log",
    "leaf_index",
)
CUSTODY_COLUMNS = ("number", "what", "at", "items", "reason", "log", "leaf_index")
# A cell that begins so is taken for a formula by spreadsheet programs.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

_CELLS = frozenset({str, int})
# The most of all cells: visible ASCII that no spreadsheet takes for a formula.
_HARMLESS = re.compile(r"(?:[!-*,./0-<>?A-~][ -~]*)?")
# Made once: json.dumps makes one for every call with options.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)

Row = dict[str, Any]


def canonical(value: object) -> str:
    """JSON in one form: keys sorted, no spaces, ASCII only."""
    return _CANONICAL.encode(value)


def write_json(head: dict[str, Any], rows: list[Row]) -> bytes:
    """The head, then one row a line, so that it can be read by eye."""
    body = ",\n".join(canonical(row) for row in rows)
    return f'{{"about":{canonical(head)},\n"items":[\n{body}\n]}}\n'.encode("ascii")


def read_json(
    untrusted_data: bytes, where: str, columns: tuple[str, ...]
) -> tuple[dict[str, Any], list[Row]]:
    """Head and rows; raises WrongError where the file is not of the one form."""
    try:
        value = json.loads(untrusted_data)
        head, rows = value["about"], value["items"]
        same = write_json(head, rows) == untrusted_data
    except (ValueError, RecursionError, KeyError, TypeError, IndexError) as why:
        raise WrongError(where, "JSON in the form of bundle.md", "something else") from why
    if not same:
        raise WrongError(where, "JSON in its one form", "another form")
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise WrongError(where, f"the format {FORMAT}", "another")
    wanted = tuple(sorted(columns))
    for row in rows:
        if not isinstance(row, dict) or tuple(row) != wanted:
            raise WrongError(where, "rows with the columns of bundle.md", "another row")
        # True is 1 to Python; a cell of ours is a text or a number.
        if not _CELLS.issuperset(map(type, row.values())):
            raise WrongError(where, "texts and whole numbers", "something else")
    return head, rows


def cell(value: object) -> str:
    """One cell's text: nothing unseen, nothing that a spreadsheet would run."""
    text = value if type(value) is str else str(value)
    if _HARMLESS.fullmatch(text):
        return text
    shown = "".join(f"\\u{{{ord(c):x}}}" if unicodedata.category(c) in _UNSEEN else c for c in text)
    return "'" + shown if shown.lstrip().startswith(_FORMULA) else shown


def write_csv(rows: list[Row], columns: tuple[str, ...]) -> bytes:
    """The same as CSV: UTF-8, every cell in quotes, lines end in CR LF (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode()
