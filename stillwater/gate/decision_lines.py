"""What was decided of one arrival, as a line of JSON: docs/formats/decision.md. No Django here."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from stillwater.core.judgements import Decision, Fact, Match, Reading
from stillwater.gate.judging import Judgement

_DIGITS = 2  # of a number between 0 and 1: more would say more than is known


def decision_line(judgement: Judgement) -> str:
    """One line without its end, in ASCII: no character in it can be taken for a line's end."""
    return json.dumps(decision_object(judgement), ensure_ascii=True)


def decision_object(judgement: Judgement) -> dict[str, Any]:
    """The decision as the object that replay.md shows."""
    decision = judgement.decision
    shown = decision.shown
    return {
        "id": judgement.arrival.id,
        "match": _match(judgement.match),
        "reading": None if judgement.reading is None else _reading(judgement.reading),
        "decision": _decision(decision),
        "shown": None if shown is None else {"text": shown.text, "facts": _facts(shown.facts)},
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "other": match.other,
        "how": match.how.value,
        "confidence": round(match.confidence, _DIGITS),
        "reasons": list(match.reasons),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "tactics": _numbers(reading.tactics),
        "needs": _numbers(reading.needs),
        "facts": _facts(reading.facts),
        "danger": {
            "tier": int(reading.danger.tier),
            "categories": [category.value for category in reading.danger.categories],
        },
    }


def _numbers(scores: Mapping[Any, float]) -> dict[str, float]:
    return {_word(key): round(float(value), _DIGITS) for key, value in scores.items()}


def _word(key: StrEnum) -> str:
    return key.value


def _facts(facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
    return [
        {
            "kind": fact.kind.value,
            "value": fact.value,
            "need": None if fact.need is None else fact.need.value,
        }
        for fact in facts
    ]


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "action": decision.action.value,
        "reasons": list(decision.reasons),
        "when": None if decision.when is None else decision.when.isoformat(),
    }
