"""What of an arrival is read: the text as read, and which part of it is whose words.

The *text as read* is the subject, what is shown beside it (sentences in the name
of a sender or of a file, letters shown from right to left), and the body, with an
empty line between those that there are. Spans count characters of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stillwater.reading.question import ReadingInput
from stillwater.text.body import CUT, NOT_DECODED, NOT_ENCODED
from stillwater.text.mail import body, envelope
from stillwater.text.parts import AMBIGUOUS, NO_PARTS, TOO_MANY_PARTS
from stillwater.text.quotes import own_words

MOST_PARTS = 1_000  # beyond that, all that follows is taken for their own words
BETWEEN = "\n\n"  # subject and body
LONGEST_BESIDE = 20_000  # characters of what is shown beside subject and body
_SENTENCE = 3  # words in a name that make it more than a name
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_REVERSED = re.compile("\u202e([^\u202c\u2069\n]{1,2000})")

# What is left unread of anybody's mail, and what may be of an other's, who may have meant it.
_LEFT_UNREAD = frozenset({CUT, TOO_MANY_PARTS})
_MAYBE_UNREAD = _LEFT_UNREAD | {AMBIGUOUS, NO_PARTS, NOT_DECODED, NOT_ENCODED}


@dataclass(frozen=True, slots=True)
class Part:
    """One run of the text as read, beginning at ``start``. ``own``: their words of now."""

    text: str
    start: int
    own: bool


@dataclass(frozen=True, slots=True)
class AsRead:
    """The text that the spans of a reading point into; and why it may not be all there is."""

    text: str
    unread: str | None = None
    from_list: bool = False  # a mailing list's: full of other people's words


def as_read(asked: ReadingInput) -> AsRead:
    """What of an arrival is read."""
    text = asked.text or ""
    names: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    from_list = False
    if asked.text is None and asked.raw is not None:
        found = body(asked.raw)
        text, problems = found.text, found.problems
        head = envelope(asked.raw)
        senders, from_list = head.senders[:MOST_PARTS], head.is_bulk
        names = (
            *(one.name or "" for one in senders),
            *(one.name.rpartition(".")[0] or one.name for one in found.attachments),
        )
    beside = "\n".join(_beside(f"{asked.subject or ''}\n{text}", names))[:LONGEST_BESIDE]
    counts = _MAYBE_UNREAD if asked.from_other else _LEFT_UNREAD
    return AsRead(
        BETWEEN.join(piece for piece in (asked.subject, beside, text) if piece),
        next((problem for problem in problems if problem in counts), None),
        from_list,
    )


def _beside(text: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        words = _WORDS.findall(name[:LONGEST_BESIDE])
        if len(words) >= _SENTENCE:
            yield " ".join(words)
    if "\u202e" in text:
        yield from (found[::-1] for found in _REVERSED.findall(text))


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
