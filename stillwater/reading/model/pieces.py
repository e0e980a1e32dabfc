"""A text as the model sees it: words, neighbours, pieces of words, marks, circumstances.

Features are named by 32-bit hashes, so that the shipped table holds numbers and
no words of anybody. Pieces of words (two to five letters, with the word's edges)
read misspellings and languages with long words; words and their neighbours read
phrases. Everything is a sum over words: that makes it fast, and it makes every
score traceable to the words that brought it about.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from stillwater.core.words import Channel
from stillwater.reading.phrases import BOUNDARY

Floats = npt.NDArray[np.float32]

SHORTEST, LONGEST = 2, 5  # letters of a piece
LONGEST_WORD = 32  # letters of a word that are cut into pieces
MOST_MARKS = 200  # marks that are read in one text
FIRST_WORDS, LAST_WORDS = 6_000, 2_000  # of a very long text; rules read all of it
LONGEST_SENTENCE, WINDOW, STRIDE = 24, 16, 8  # words; voice turned into text has no full stops

_MARK = re.compile(r"[!?]+|\.{2,}|[\U0001F000-\U0001FAFF\u2600-\u27BF]")
CIRCUMSTANCES = 7  # how many numbers ``circumstances`` gives


@dataclass(frozen=True, slots=True)
class Text:
    """Words with their places in the text as read, and marks beside them."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[str, ...] = ()
    around: tuple[float, ...] = (0.0,) * CIRCUMSTANCES


def word_pieces(word: str) -> list[int]:
    """The hashes of one word's pieces."""
    edged = f"<{word[:LONGEST_WORD]}>"
    return [
        crc32(f"c{edged[at : at + size]}".encode())
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(max(1, len(edged) - size + 1))
        if at + size <= len(edged)
    ]


def whole(word: str) -> int:
    """The hash of a word as a whole."""
    return crc32(f"w{word}".encode())


def pair(one: str, two: str) -> int:
    """The hash of two neighbours."""
    return crc32(f"b{one} {two}".encode())


def triple(one: str, two: str, three: str) -> int:
    """The hash of three neighbours."""
    return crc32(f"t{one} {two} {three}".encode())


def mark_hash(mark: str) -> int:
    return crc32(f"p{mark}".encode())


def marks_in(text: str) -> list[str]:
    """Runs of ! and ? (as one or two), trailing dots, pictures."""
    return [found[:2] if found[0] in "!?." else found for found in _some_marks(text)]


def _some_marks(text: str) -> Iterable[str]:
    for count, found in enumerate(_MARK.finditer(text)):
        if count >= MOST_MARKS:
            return
        yield found[0]


def circumstances(text: str, words: int, channel: Channel) -> tuple[float, ...]:
    """Seven numbers between 0 and about 1 that are no words."""
    return (
        float(channel in (Channel.MAIL, Channel.LETTER)),
        float(channel is Channel.VOICEMAIL),
        min(1.0, float(np.log1p(words)) / 6),
        float(text.isupper()),
        float("?" in text),
        float(words <= 4),
        float(words == 0),
    )


def windows(words: Sequence[str]) -> list[tuple[int, int]]:
    """Sentences as [first, last) of the words; long ones in windows that overlap."""
    found: list[tuple[int, int]] = []
    start = 0
    for at, word in enumerate([*words, BOUNDARY]):
        if word != BOUNDARY:
            continue
        if at > start:
            found.extend(_split(start, at))
        start = at + 1
    return found


def _split(start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= LONGEST_SENTENCE:
        return [(start, end)]
    return [(at, min(end, at + WINDOW)) for at in range(start, end - STRIDE, STRIDE)]
