"""What of an arrival is read: the text as read, and which part of it is whose words.

The *text as read* is the subject, an empty line, and the body; without a
subject, the body alone. Spans count characters of it.
"""

from dataclasses import dataclass

from stillwater.reading.question import ReadingInput
from stillwater.text.mail import body
from stillwater.text.quotes import own_words

MOST_PARTS = 1_000  # beyond that, all that follows is taken for their own words
BETWEEN = "\n\n"  # subject and body


@dataclass(frozen=True, slots=True)
class Part:
    """One run of the text as read, beginning at ``start``. ``own``: their words of now."""

    text: str
    start: int
    own: bool


def text_as_read(asked: ReadingInput) -> str:
    """The text that the spans of a reading point into."""
    return BETWEEN.join(piece for piece in (asked.subject, _body(asked)) if piece)


def parts_of(text: str) -> list[Part]:
    """The parts of a text as read, in order. A signature is theirs: it can hold a threat."""
    if "\n" not in text:
        return [Part(text, 0, own=True)]
    found = own_words(text)
    quoted = set(found.quoted)
    parts: list[Part] = []
    for start, end in sorted([*found.own, *found.signature, *found.quoted]):
        if len(parts) >= MOST_PARTS:
            return [*parts, Part(text[start:], start, own=True)]
        own = (start, end) not in quoted
        follows = parts and parts[-1].own == own and parts[-1].start + len(parts[-1].text) == start
        first = parts.pop().start if follows else start
        parts.append(Part(text[first:end], first, own))
    return parts


def _body(asked: ReadingInput) -> str:
    if asked.text is not None or asked.raw is None:
        return asked.text or ""
    return body(asked.raw).text
