"""What was made of one attempt, as the sealed record that only the person can open."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

from stillwater.gate.judging import Judgement

VERSION = 1


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


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)
