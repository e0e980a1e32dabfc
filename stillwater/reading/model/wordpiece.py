"""Words as numbered pieces for the encoder: greedy, longest first, bounded, linear.

The vocabulary is that of the encoder (BERT, uncased), without the pieces that neither
English, German nor Spanish text of our kind uses. It is fed folded words, never raw text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from stillwater.reading.phrases import BOUNDARY

UNKNOWN, CLS, SEP = "[UNK]", "[CLS]", "[SEP]"
LONGEST = 24  # letters of a word that are read, and of a piece
REMEMBERED = 16_384  # words whose pieces are kept
STOP = "."
NAMES = {"@child": "child", "@other": "name"}

_PARTS = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPiece:
    """Pieces of words by their number. Not for several threads at once."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._at = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}
        self.cls, self.sep = self._at[CLS], self._at[SEP]
        self._unknown = self._at[UNKNOWN]

    def numbers(self, words: Iterable[str], most: int) -> list[int]:
        """The pieces of folded words, no more than ``most``; edges of sentences are full stops."""
        found: list[int] = []
        for word in words:
            found.extend(self.of_word(word))
            if len(found) >= most:
                return found[:most]
        return found

    def of_word(self, word: str) -> list[int]:
        """The pieces of one folded word."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            known = self._known[word] = [
                piece for part in _parts(word) for piece in self._cut(part)
            ]
        return known

    def _cut(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(len(part), start, -1):
                number = self._at.get(mark + part[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start = end
        return found


def _parts(word: str) -> list[str]:
    if word == BOUNDARY:
        return [STOP]
    word = NAMES.get(word, word)[:LONGEST]
    plain = unicodedata.normalize("NFD", word)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [part[:LONGEST] for part in _PARTS.findall(plain.lower())]
