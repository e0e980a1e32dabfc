"""What of an arrival is read: the text as read, and which part of it is whose words.

The *text as read* is the subject, an empty line, and the body; without a
subject, the body alone. Spans count characters of it.
"""

import email
import re
from dataclasses import dataclass

from stillwater.reading.question import ReadingInput

_QUOTED = re.compile(r"^>.*$|^-{3,} ?(?:original|forwarded).*\Z", re.M | re.S | re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """One run of the text as read, beginning at ``start``. ``own``: their words of now."""

    text: str
    start: int
    own: bool


def text_as_read(asked: ReadingInput) -> str:
    """The text that the spans of a reading point into."""
    return "\n\n".join(piece for piece in (asked.subject, _body(asked)) if piece)


def parts_of(text: str) -> list[Part]:
    """The parts of a text as read, in order."""
    parts: list[Part] = []
    at = 0
    for quoted in re.finditer(r"(?m)^[ \t]{0,3}>[^\n]*(?:\n|\Z)", text):
        if quoted.start() > at:
            parts.append(Part(text[at : quoted.start()], at, own=True))
        parts.append(Part(quoted[0], quoted.start(), own=False))
        at = quoted.end()
    if at < len(text):
        parts.append(Part(text[at:], at, own=True))
    return parts


def _body(asked: ReadingInput) -> str:
    if asked.text is not None or asked.raw is None:
        return asked.text or ""
    message = email.message_from_bytes(asked.raw)
    texts = []
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            payload = part.get_payload(decode=True)
            texts.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
    return "\n".join(texts)
