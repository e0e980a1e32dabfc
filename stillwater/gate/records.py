"""What was made of one attempt, as the sealed record that only the person can open."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from stillwater.gate.judging import Judgement

VERSION = 2
FOUND_FROM = 0.5  # from here on the reader says that a tactic or need is there


def sealed_record(judgement: Judgement) -> bytes:
    """The record as JSON (docs/formats/attempt-record.md), to be sealed to the person.

    It holds whatever is derived from content, and who the sender claimed to be;
    nothing of it stands anywhere in the open.
    """
    reading = judgement.reading
    record: dict[str, Any] = {
        "version": VERSION,
        "senders": [asdict(address) for address in judgement.arrival.senders],
        "match": {
            "other": judgement.match.other,
            "how": judgement.match.how,
            "confidence": judgement.match.confidence,
            "reasons": judgement.match.reasons,
            "relay": judgement.match.relay,
        },
        "reading": None
        if reading is None
        else {
            "danger": [category.value for category in reading.danger.categories],
            "spans": [asdict(span) for span in reading.danger.spans],
            "facts": [asdict(fact) for fact in reading.facts],
            "tactics": _found(reading.tactics),
            "needs": _found(reading.needs),
            "legal_service": reading.legal_service,
            "unread": reading.unread,
        },
        "decision": {
            "action": judgement.decision.action,
            "reasons": judgement.decision.reasons,
            "when": judgement.decision.when,
            "shown": asdict(judgement.decision.shown) if judgement.decision.shown else None,
        },
    }
    return json.dumps(record, ensure_ascii=True, separators=(",", ":"), default=_plain).encode()


def _found(chances: Mapping[Any, float]) -> dict[str, float]:
    """What is there, the likeliest first; what only might be there says nothing to anybody."""
    there = [(label.value, round(chance, 2)) for label, chance in chances.items()]
    return dict(sorted((one for one in there if one[1] >= FOUND_FROM), key=lambda one: -one[1]))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)
