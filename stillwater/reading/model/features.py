"""Texts as rows of numbers, for training: what ``scoring`` sums word by word, all at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stillwater.reading.model import pieces
from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.phrases import BOUNDARY

LEAST_MESSAGES = 2  # in which a feature stands before it counts
VECTOR_SCALE = 0.7  # how much meanings count beside words and pieces
COMMON = 0.01  # share of messages from which on a word's meaning counts half


@dataclass(frozen=True, slots=True)
class Vectors:
    """Meanings of words from an encoder: unit rows [V, D], and the hashes of the words."""

    keys: npt.NDArray[np.uint32]
    rows: Floats


@dataclass(frozen=True, slots=True)
class Features:
    keys: npt.NDArray[np.uint32]
    rarity: Floats
    column: dict[int, int]
    in_pieces: npt.NDArray[np.bool_]
    vector_at: dict[int, int]
    vector_weight: Floats


def _counts(text: Text) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """Features of the three blocks, and how often each stands in the text."""
    words = text.words
    cut = Counter(key for word in words if word != BOUNDARY for key in pieces.word_pieces(word))
    whole = Counter(pieces.whole(word) for word in words if word != BOUNDARY)
    near = Counter(map(pieces.pair, words, words[1:]))
    near.update(map(pieces.triple, words, words[1:], words[2:]))
    near.update(pieces.mark_hash(mark) for mark in text.marks)
    return cut, whole + near, whole


def _known(counts: Sequence[Any], vectors: Vectors) -> Features:
    pieces_in = Counter(key for cut, _, _ in counts for key in cut)
    words_in = Counter(key for _, words, _ in counts for key in words)
    whole_in = Counter(key for _, _, whole in counts for key in whole)
    kept = {key: n for key, n in (pieces_in | words_in).items() if n >= LEAST_MESSAGES}
    keys = np.array(sorted(kept), np.uint32)
    rarity = np.array(
        [np.log((1 + len(counts)) / (1 + kept[int(key)])) + 1 for key in keys], np.float32
    )
    share = np.array([whole_in[int(key)] / len(counts) for key in vectors.keys])
    return Features(
        keys,
        rarity,
        {int(key): at for at, key in enumerate(keys)},
        np.array([int(key) in pieces_in for key in keys]),
        {int(key): at for at, key in enumerate(vectors.keys)},
        (1 / (1 + share / COMMON)).astype(np.float32),
    )


def _block(counts: Sequence[Counter[int]], column: dict[int, int], weight: Floats) -> Any:
    """Rows of weight x count, divided as ``scoring`` divides them."""
    from scipy.sparse import csr_matrix

    ends = [0]
    columns: list[int] = []
    values: list[float] = []
    for one in counts:
        held = [(column[key], times) for key, times in one.items() if key in column]
        norm = np.sqrt(sum(times * weight[at] ** 2 for at, times in held)) or 1.0
        columns.extend(at for at, _ in held)
        values.extend(times * weight[at] / norm for at, times in held)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(counts), len(weight)))


def fit(texts: Sequence[Text], vectors: Vectors) -> tuple[Features, Any]:
    """The features of these texts, and the texts as a sparse table of them."""
    counts = [_counts(one) for one in texts]
    known = _known(counts, vectors)
    return known, _table(counts, texts, known, vectors)


def table(texts: Sequence[Text], known: Features, vectors: Vectors) -> Any:
    """Other texts as a table of the same features.

    Columns: pieces of words, words and neighbours, meanings, circumstances.
    """
    return _table([_counts(one) for one in texts], texts, known, vectors)


def _table(counts: Sequence[Any], texts: Sequence[Text], known: Features, vectors: Vectors) -> Any:
    from scipy.sparse import csr_matrix, hstack

    cut = _block([one[0] for one in counts], known.column, known.rarity)
    words = _block([one[1] for one in counts], known.column, known.rarity)
    meant = _block([one[2] for one in counts], known.vector_at, known.vector_weight)
    meaning = csr_matrix(meant @ vectors.rows * VECTOR_SCALE)
    around = csr_matrix(np.array([one.around for one in texts]))
    return hstack([cut, words, meaning, around]).tocsr()
