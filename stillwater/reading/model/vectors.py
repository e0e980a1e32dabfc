"""Meanings of words for training: data/vectors/words.npz (docs/model-card.md says from what)."""

from pathlib import Path

import numpy as np

from stillwater.core.errors import UserError
from stillwater.reading.model import pieces
from stillwater.reading.model.features import Vectors


def vectors_in(path: Path) -> Vectors:
    """Unit rows for each word. Raises UserError where the file is missing or of another form."""
    try:
        with np.load(path, allow_pickle=False) as held:
            words, rows = held["words"], held["rows"].astype(np.float32)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(
            f"The meanings of words are not in {path}.", "Train from a whole copy of the project."
        ) from error
    keys = np.array([pieces.whole(str(word)) for word in words], np.uint32)
    order = np.unique(keys, return_index=True)[1]
    rows = rows[order]
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return Vectors(keys[order], rows)
