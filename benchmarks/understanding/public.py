"""The reader's own features under a classifier for public data; nothing of it is ever shipped.

The public sets are NonCommercial: their models live only while the bench runs.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stillwater.core.words import Channel
from stillwater.reading.model import features
from stillwater.reading.model.encoder import Encoder
from stillwater.reading.model.pieces import Text
from stillwater.reading.model.seeing import text_of
from stillwater.reading.model.vectors import vectors_in
from stillwater.reading.parts import Part
from stillwater.reading.tokens import words_of

VECTORS = Path(__file__).parents[2] / "data" / "vectors" / "words.npz"


def text_seen(said: str) -> Text:
    """A text as the reader's model sees it."""
    return text_of(Channel.ELSEWHERE, [(Part(said, 0, own=True), words_of(said))], {})


class PublicModel:
    """One logistic regression on the reader's features."""

    def __init__(self, texts: Sequence[str], strength: float, seed: int) -> None:
        self._vectors = vectors_in(VECTORS)
        self._known, self._table = features.fit([text_seen(one) for one in texts], self._vectors)
        self._strength, self._seed = strength, seed

    def scores(
        self, truth: Sequence[bool], *others: Sequence[str]
    ) -> list[npt.NDArray[np.float64]]:
        """Trained on ``truth`` for the texts given at first: scores of other texts."""
        from sklearn.linear_model import LogisticRegression

        fit: Any = LogisticRegression(
            C=self._strength,
            solver="liblinear",
            class_weight="balanced",
            random_state=self._seed,
        ).fit(self._table, np.array(truth))
        return [fit.decision_function(self._seen(texts)) for texts in others]

    def _seen(self, texts: Sequence[str]) -> Any:
        return features.table([text_seen(one) for one in texts], self._known, self._vectors)


class HeardModel:
    """One logistic regression on what the shipped encoder hears: means and most of its states."""

    def __init__(self, texts: Sequence[str], encoder: Encoder, seed: int) -> None:
        self._encoder, self._seed = encoder, seed
        heard = self.heard(texts)
        self._mean, self._spread = heard.mean(0), heard.std(0) + 1e-6
        self._table = (heard - self._mean) / self._spread

    def heard(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """[N, 2 D]"""
        return np.array([self._heard(text_seen(one)) for one in texts], np.float64)

    def scores(
        self, truth: Sequence[bool], strength: float, *others: npt.NDArray[np.float64]
    ) -> list[npt.NDArray[np.float64]]:
        """Trained on ``truth`` for the texts given at first: scores of what else was heard."""
        from sklearn.linear_model import LogisticRegression

        fit: Any = LogisticRegression(
            C=strength, class_weight="balanced", max_iter=2_000, random_state=self._seed
        ).fit(self._table, np.array(truth))
        return [fit.decision_function((one - self._mean) / self._spread) for one in others]

    def _heard(self, text: Text) -> npt.NDArray[Any]:
        windows, _ = self._encoder.windows(text, (), from_other=True)
        width = self._encoder.width
        if not windows:
            return np.zeros(2 * width)
        seen = np.array([self._encoder.seen(one) for one in windows])
        return np.concatenate([seen[:, :width].mean(0), seen[:, width : 2 * width].max(0)])
