"""Questions for the reader, and the labelled messages."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from stillwater.core.judgements import Reading
from stillwater.core.plans import Handover
from stillwater.core.words import Channel, Kind
from stillwater.reading.question import ReadingInput
from stillwater.reading.reader import read

FRIDAY_NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
FRIDAY_HANDOVER = Handover("friday", time(17), "school")


def ask(text: str | None, **more: Any) -> ReadingInput:
    told: dict[str, Any] = {
        "subject": None,
        "raw": None,
        "kind": Kind.MESSAGE,
        "channel": Channel.SMS,
        "received_at": FRIDAY_NOON,
        "children": ("Mia", "Mimi"),
        "names": ("Jordan",),
    }
    return ReadingInput(text=text, **{**told, **more})


def from_other(text: str, **more: Any) -> Reading:
    return read(ask(text, from_other=True, **more))


def from_stranger(text: str, **more: Any) -> Reading:
    return read(ask(text, **more))


def dangers(reading: Reading) -> set[str]:
    return {category.value for category in reading.danger.categories}


def labelled(name: str) -> list[dict[str, Any]]:
    """Messages written for this purpose: id, from, categories, text, handover?."""
    path = Path(__file__).parent / "data" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_labelled(message: dict[str, Any]) -> set[str]:
    handovers = (FRIDAY_HANDOVER,) if message.get("handover") else ()
    asked = ask(message["text"], from_other=message["from"] == "other", handovers=handovers)
    return dangers(read(asked))
