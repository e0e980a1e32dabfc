"""Scores of one text for every label: of the whole, and of each sentence.

Three blocks (pieces of words, words with their neighbours, meanings of words) are
each a sum over the words, divided by the root of the sum of their squares, so that
long and short texts weigh alike. Sums of runs of words are differences of running
sums: the sentences cost no more than the whole.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stillwater.reading.model import pieces
from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.model.weights import STEP, Weights
from stillwater.reading.phrases import BOUNDARY

REMEMBERED = 16_384  # words whose sums are kept
BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits [L] of the whole; [W, L] of its sentences, whose words are ``windows``."""

    whole: Floats
    parts: Floats
    windows: list[tuple[int, int]]


class Scorer:
    """Weights made ready. Not for several threads at once."""

    def __init__(self, weights: Weights) -> None:
        # As they lie in the file: as real numbers they would take twice the memory.
        self._rows, self._vector_rows = weights.rows, weights.vector_rows
        self._rarity = weights.rarity
        self._vector_weight = weights.vector_weight
        self._at = {int(key): at for at, key in enumerate(weights.keys)}
        self._vector_at = {int(key): at for at, key in enumerate(weights.vector_words)}
        self._around = weights.circumstance
        self.labels = weights.rows.shape[1]
        self._width = BLOCKS * self.labels + BLOCKS
        self._entries = np.zeros((1024, self._width), np.float32)
        self._entry_of: dict[str, int] = {}

    def score(self, text: Text) -> Scores:
        """The logits of a text; a text without words has those of its circumstances."""
        around = self._around[:-1].T @ np.asarray(text.around, np.float32) + self._around[-1]
        running = np.zeros((len(text.words) + 1, self._width), np.float32)
        if text.words:
            np.cumsum(self._of_words(text.words), axis=0, out=running[1:])
        whole = running[-1].copy()
        self._add_marks(whole, text.marks)
        found = pieces.windows(text.words)
        if len(found) <= 1:
            logits = self._logits(whole[None], around)
            return Scores(logits[0], logits, found or [(0, 0)])
        ends = np.array(found)
        sums = np.vstack([whole, running[ends[:, 1]] - running[ends[:, 0]]])
        logits = self._logits(sums, around)
        return Scores(logits[0], logits[1:], found)

    def _logits(self, sums: Floats, around: Floats) -> Floats:
        labels = self.labels
        norms = np.sqrt(np.maximum(sums[:, BLOCKS * labels :], 1e-6))
        logits: Floats = around + sum(
            sums[:, block * labels : (block + 1) * labels] / norms[:, block : block + 1]
            for block in range(BLOCKS)
        )
        return logits

    def _of_words(self, words: tuple[str, ...]) -> Floats:
        """What each word brings: [words, width]."""
        entries = [self._entry(word) for word in words]  # first: it may enlarge the table
        of_words = self._entries[entries]
        if len(self._entry_of) > REMEMBERED:
            self._entry_of.clear()
        rows, places = self._neighbours(words)
        if rows:
            block = slice(self.labels, 2 * self.labels)
            np.add.at(of_words[:, block], places, _real(self._rows[rows]))
            np.add.at(of_words[:, BLOCKS * self.labels + 1], places, self._rarity[rows] ** 2)
        return of_words

    def _neighbours(self, words: tuple[str, ...]) -> tuple[list[int], list[int]]:
        rows: list[int] = []
        places: list[int] = []
        find = self._at.get
        for at in range(1, len(words)):
            row = find(pieces.pair(words[at - 1], words[at]))
            if row is not None:
                rows.append(row)
                places.append(at)
            if at > 1:
                row = find(pieces.triple(words[at - 2], words[at - 1], words[at]))
                if row is not None:
                    rows.append(row)
                    places.append(at)
        return rows, places

    def _entry(self, word: str) -> int:
        """The row of a word in the table of what words bring, made when first needed."""
        known = self._entry_of.get(word)
        if known is not None:
            return known
        at = len(self._entry_of)
        if at >= len(self._entries):
            self._entries = np.vstack([self._entries, np.zeros_like(self._entries)])
        self._entries[at] = self._made(word)
        self._entry_of[word] = at
        return at

    def _made(self, word: str) -> Floats:
        entry = np.zeros(self._width, np.float32)
        labels, norms = self.labels, BLOCKS * self.labels
        if word == BOUNDARY:
            return entry
        rows = [row for key in pieces.word_pieces(word) if (row := self._at.get(key)) is not None]
        if rows:
            entry[:labels] = _real(self._rows[rows]).sum(0)
            entry[norms] = (self._rarity[rows] ** 2).sum()
        row = self._at.get(pieces.whole(word))
        if row is not None:
            entry[labels : 2 * labels] = _real(self._rows[row])
            entry[norms + 1] = self._rarity[row] ** 2
        row = self._vector_at.get(pieces.whole(word))
        if row is not None:
            entry[2 * labels : norms] = _real(self._vector_rows[row])
            entry[norms + 2] = self._vector_weight[row] ** 2
        return entry

    def _add_marks(self, whole: Floats, marks: tuple[str, ...]) -> None:
        for mark in marks:
            row = self._at.get(pieces.mark_hash(mark))
            if row is not None:
                whole[self.labels : 2 * self.labels] += _real(self._rows[row])
                whole[BLOCKS * self.labels + 1] += self._rarity[row] ** 2


def _real(steps: npt.NDArray[np.int16]) -> Floats:
    return steps.astype(np.float32) * np.float32(STEP)
