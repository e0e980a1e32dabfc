"""A text as words, each with its place in the text as read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stillwater.reading.phrases import BOUNDARY
from stillwater.text.lookalikes import fold

MOST_PICTURES = 200  # that are read in one text
LONGEST_WORD = 40  # letters; what follows does not tell words apart

# Pictures that mean something in a threat; all others are left out.
PICTURES = "🔪🗡⚔🔫💣🧨🔥⚰🪦☠💀🩸🪓🏹💥👊🤛🤜🖕⏳⌛⏰👀📸🔨🧸🪢"

_TOKEN = re.compile(
    rf"[^\W_]+(?:[*'’‘`´][^\W_]+)*|[.!?]+|\n[ \t]*\n|[{PICTURES}]",
)
# Letters put apart: "k i l l", "k.i.l.l", letters struck through. Groups stand two spaces apart.
_LETTERS_APART = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[ .\-_*~+\u0335-\u0338][^\W\d_](?![^\W_])){2,30}"
)
_APART = re.compile(r"[\W_]")
_APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True, slots=True)
class Words:
    """``words[n]`` stood at [starts[n], ends[n]) of the original text."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def words_of(text: str) -> Words:
    """The words of a text, folded, with the edges of sentences between them."""
    folded = fold(text)
    plain, offsets = folded.text, folded.offsets
    found = Words([BOUNDARY], [0], [0])
    pictures = 0
    for word, first, last in _tokens(plain):
        if word in PICTURES:
            pictures += 1
            if pictures > MOST_PICTURES:
                continue
        if word[0] in ".!?\n":
            if _is_edge(word, plain, last):
                _add(found, BOUNDARY, offsets[first], offsets[last] + 1)
            continue
        _add(found, word[:LONGEST_WORD].translate(_APOSTROPHES), offsets[first], offsets[last] + 1)
    _add(found, BOUNDARY, len(text), len(text))
    return found


def _tokens(plain: str) -> Iterator[tuple[str, int, int]]:
    """Each word with its first and last character; letters put apart are one word."""
    at = 0
    for run in _LETTERS_APART.finditer(plain):
        yield from _plain_tokens(plain, at, run.start())
        yield _APART.sub("", run[0]), run.start(), run.end() - 1
        at = run.end()
    yield from _plain_tokens(plain, at, len(plain))


def _plain_tokens(plain: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for token in _TOKEN.finditer(plain, start, end):
        yield token[0], token.start(), token.end() - 1


def _add(found: Words, word: str, start: int, end: int) -> None:
    found.words.append(word)
    found.starts.append(start)
    found.ends.append(end)


def _is_edge(mark: str, plain: str, last: int) -> bool:
    """Dots that trail off and dots inside a word end no sentence."""
    if mark.startswith(".."):
        return False
    following = plain[last + 1 : last + 2]
    return mark[0] == "\n" or not following or not following.isalnum() or mark[0] in "!?"
