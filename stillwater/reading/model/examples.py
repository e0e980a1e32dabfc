"""Labelled messages (docs/formats/labelled-message.md) as questions and as examples."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.words import Channel, DangerCategory, Kind, Tier
from stillwater.reading import reader
from stillwater.reading.model import labels
from stillwater.reading.model.training import Example
from stillwater.reading.parts import as_read
from stillwater.reading.question import ReadingInput

THEIRS = frozenset({"other", "relay"})
DANGER_ALONE = "danger alone is labelled"  # in ``source``: tactics and needs were not looked at
_WITHOUT_A_TIME = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)


def rows_in(path: Path) -> list[dict[str, Any]]:
    """The messages of a file, or of every .jsonl in a folder. Raises UserError."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise UserError(f"There are no .jsonl files in {path}.", "Name a folder that has some.")
    return [row for file in files for row in _rows_of(file)]


def _rows_of(file: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{file} cannot be read.", "Check its name and that it is UTF-8."
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["text"], row["relation"], row["labels"]
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"{file.name}, line {number}: not a labelled message.",
                "Its form is in docs/formats/labelled-message.md.",
                ExitCode.USAGE,
            ) from error
        yield row


def asked_of(row: Mapping[str, Any], relation: str | None = None) -> ReadingInput:
    """The question that a labelled message asks; ``relation`` in place of its own."""
    said = row.get("received_at")
    return ReadingInput(
        text=row["text"],
        subject=row.get("subject"),
        raw=None,
        kind=Kind(row.get("kind") or Kind.MESSAGE),
        channel=Channel(row.get("channel") or Channel.SMS),
        received_at=datetime.fromisoformat(said) if said else _WITHOUT_A_TIME,
        timezone=row.get("timezone") or "UTC",
        from_other=(relation or row["relation"]) in THEIRS,
        from_relay=(relation or row["relation"]) == "relay",
        children=tuple(row.get("children") or ()),
        nicknames=tuple(
            (nickname, own) for own, *also in row.get("child_names") or () for nickname in also
        ),
        before=tuple(_earlier(row)),
    )


def _earlier(row: Mapping[str, Any]) -> Iterator[str]:
    for one in row.get("before") or ():
        if isinstance(one, str):
            yield one
        elif one.get("direction") != "out" and one.get("text"):
            yield one["text"]


def example_of(row: Mapping[str, Any]) -> Example:
    """A labelled message as the rules and the model see it."""
    asked = asked_of(row)
    whole = DANGER_ALONE not in (row.get("source") or "")
    found = reader.look(asked, as_read(asked).text)
    moves = reader.moves_a_handover(
        asked, found.own, reader.local(asked.received_at, asked.timezone)
    )
    also = reader.names_for(asked)
    return Example(
        text=found.text,
        before=tuple(reader.earlier_text(asked, said, also) for said in asked.before),
        rules=reader.rules_in(found, moves),
        labels=labels_of(row),
        writer=str(row.get("author") or row["id"]),
        from_other=asked.from_other,
        known=row["relation"] != "friend" and whole,
        whole=whole,
    )


def labels_of(row: Mapping[str, Any]) -> frozenset[str]:
    """Every label of a message, and whether any is of tier 1."""
    said = row["labels"]
    danger = set(said.get("danger") or ())
    grave = any(DangerCategory(one).tier is Tier.AT_ONCE for one in danger)
    return frozenset(
        {
            *(said.get("tactics") or ()),
            *(said.get("needs") or ()),
            *danger,
            *([labels.ANY_TIER_1] if grave else []),
        }
    )
