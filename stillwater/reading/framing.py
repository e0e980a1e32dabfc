"""What goes through the pipe to the child and back: lengths, JSON, raw bytes. Never pickle.

One question is ``header length ‖ raw length ‖ header ‖ raw``, one answer is
``length ‖ JSON``; lengths are unsigned, big-endian, 4 and 8 bytes. The raw mail
travels as it is. Whatever comes back from the child is checked word by word:
the child has read hostile bytes.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from stillwater.core.judgements import Danger, Fact, Reading, Span
from stillwater.core.plans import Handover
from stillwater.core.words import Channel, DangerCategory, FactKind, Kind, Need, Tactic
from stillwater.reading.question import ReadingInput

HEAD = struct.Struct(">IQ")
ANSWER_HEAD = struct.Struct(">I")
LONGEST_ANSWER = 4 << 20  # bytes; a reading is a few hundred
_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True).encode


def question(asked: ReadingInput) -> tuple[bytes, bytes]:
    """The frame of one question: its head with the header, and its raw bytes."""
    header = _ENCODE(_as_json(asked)).encode("ascii")
    raw = asked.raw or b""
    return HEAD.pack(len(header), len(raw)) + header, raw


def _as_json(asked: ReadingInput) -> dict[str, object]:
    told: dict[str, object] = {
        "kind": asked.kind.value,
        "channel": asked.channel.value,
        "received_at": asked.received_at.isoformat(),
        "timezone": asked.timezone,
    }
    optional: dict[str, object] = {
        "text": asked.text,
        "subject": asked.subject,
        "from_other": asked.from_other,
        "from_relay": asked.from_relay,
        "children": asked.children,
        "nicknames": asked.nicknames,
        "names": asked.names,
        "before": asked.before,
        "conversation": asked.conversation or None,
        "attachment_types": asked.attachment_types,
        "handovers": [[h.day, h.time.isoformat(), h.place] for h in asked.handovers],
        "has_raw": asked.raw is not None,
    }
    told.update((name, value) for name, value in optional.items() if value not in (None, ()))
    return told


def asked_in(header: bytes, raw: bytes) -> ReadingInput:
    """The question in a frame; in the child."""
    told = json.loads(header)
    return ReadingInput(
        text=told.get("text"),
        subject=told.get("subject"),
        raw=raw if told.get("has_raw") else None,
        kind=Kind(told["kind"]),
        channel=Channel(told["channel"]),
        received_at=datetime.fromisoformat(told["received_at"]),
        timezone=told["timezone"],
        from_other=bool(told.get("from_other")),
        from_relay=bool(told.get("from_relay")),
        children=tuple(told.get("children", ())),
        nicknames=tuple((nick, name) for nick, name in told.get("nicknames", ())),
        handovers=tuple(
            Handover(day, time.fromisoformat(at), place)
            for day, at, place in told.get("handovers", ())
        ),
        names=tuple(told.get("names", ())),
        before=tuple(told.get("before", ())),
        conversation=told.get("conversation", ""),
        attachment_types=tuple(told.get("attachment_types", ())),
    )


def answer(reading: Reading) -> bytes:
    """The frame of one answer; what says nothing is left out."""
    told: dict[str, object] = {}
    if reading.danger.categories or reading.danger.spans:
        told["danger"] = [category.value for category in reading.danger.categories]
        told["spans"] = [[span.start, span.end, span.why] for span in reading.danger.spans]
        told["of_own_death"] = [category.value for category in reading.danger.of_own_death]
    if reading.spans:
        told["shows"] = [[span.start, span.end, span.why] for span in reading.spans]
    if reading.facts:
        told["facts"] = [asdict(fact) for fact in reading.facts]
    for name in ("tactics", "needs", "mentions"):
        if value := getattr(reading, name):
            told[name] = value
    for name in ("legal_service", "one_time_code", "carries_word", "language", "unread"):
        if value := getattr(reading, name):
            told[name] = value
    body = _ENCODE(told).encode("ascii")
    return ANSWER_HEAD.pack(len(body)) + body


def reading_in(body: bytes) -> Reading:
    """The reading in an answer. Raises ValueError, KeyError or TypeError where it is none."""
    untrusted = json.loads(body)
    if not isinstance(untrusted, Mapping):
        raise TypeError("an answer is an object")
    return Reading(
        tactics={Tactic(k): float(v) for k, v in untrusted.get("tactics", {}).items()},
        needs={Need(k): float(v) for k, v in untrusted.get("needs", {}).items()},
        facts=tuple(map(_fact, untrusted.get("facts", ()))),
        danger=Danger(
            tuple(map(DangerCategory, untrusted.get("danger", ()))),
            tuple(map(_span, untrusted.get("spans", ()))),
            tuple(map(DangerCategory, untrusted.get("of_own_death", ()))),
        ),
        spans=tuple(map(_span, untrusted.get("shows", ()))),
        legal_service=bool(untrusted.get("legal_service")),
        one_time_code=_text(untrusted.get("one_time_code")),
        carries_word=bool(untrusted.get("carries_word")),
        mentions=tuple(str(one) for one in untrusted.get("mentions", ())),
        language=_text(untrusted.get("language")),
        unread=_text(untrusted.get("unread")),
    )


def _text(untrusted: object) -> str | None:
    return None if untrusted is None else str(untrusted)


def _fact(untrusted: Mapping[str, Any]) -> Fact:
    need = untrusted.get("need")
    return Fact(
        FactKind(untrusted["kind"]), str(untrusted["value"]), None if need is None else Need(need)
    )


def _span(untrusted: Sequence[Any]) -> Span:
    start, end, why = untrusted
    return Span(int(start), int(end), str(why))
