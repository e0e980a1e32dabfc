"""From what the rules took apart to what the model sees: the same for reading and training."""

from collections.abc import Iterable, Mapping

from stillwater.core.words import Channel
from stillwater.reading.model import pieces
from stillwater.reading.model.pieces import Text
from stillwater.reading.parts import Part
from stillwater.reading.phrases import BOUNDARY
from stillwater.reading.tokens import Words

MOST_PARTS = 50  # whose marks are read


def text_of(channel: Channel, parts: Iterable[tuple[Part, Words]], also: Mapping[str, str]) -> Text:
    """Their own words. ``also``: names → what they stand for, so that no name is learnt."""
    own = [(part, found) for part, found in parts if part.own]
    kept = _kept([len(found.words) for _, found in own])
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for (part, found), runs in zip(own, kept, strict=True):
        for run in runs:
            words.extend(also.get(word, word) for word in found.words[run])
            starts.extend(part.start + at for at in found.starts[run])
            ends.extend(part.start + at for at in found.ends[run])
    marks = [mark for part, _ in own[:MOST_PARTS] for mark in pieces.marks_in(part.text)]
    said = sum(word != BOUNDARY for word in words)
    plain = own[0][0].text[:2000] if own else ""
    return Text(
        tuple(words),
        tuple(starts),
        tuple(ends),
        tuple(marks[: pieces.MOST_MARKS]),
        pieces.circumstances(plain, said, channel),
    )


def _kept(lengths: list[int]) -> list[list[slice]]:
    """Which words of each part are read: of a very long text its beginning and its end."""
    left, first = sum(lengths), pieces.FIRST_WORDS
    kept = []
    for length in lengths:
        head = min(length, first)
        tail = length - head - max(0, left - head - pieces.LAST_WORDS)
        kept.append([slice(0, head), slice(length - max(0, tail), length)])
        left -= length
        first -= head
    return kept
