"""Figures and their bootstrap intervals, with numpy alone."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

DRAWS = 500
LEVEL = 0.95

Interval = tuple[float, float] | None


def average_precision(truth: npt.NDArray[Any], score: npt.NDArray[Any]) -> float:
    """Mean of the precision at each positive; ties count as in scikit-learn. NaN: no positive."""
    positives = int(truth.sum())
    if not positives:
        return float("nan")
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    ranks = np.arange(1, len(order) + 1)
    last = np.append(np.flatnonzero(np.diff(score[order])), len(order) - 1)
    precision = hits[last] / ranks[last]
    gained = np.diff(np.append(0, hits[last])) / positives
    return float((precision * gained).sum())


def area_under_roc(truth: npt.NDArray[Any], score: npt.NDArray[Any]) -> float:
    """The chance that a positive scores above a negative; ties count half. NaN: one kind only."""
    positive, negative = np.sort(score[truth.astype(bool)]), score[~truth.astype(bool)]
    if not len(positive) or not len(negative):
        return float("nan")
    above = len(positive) - np.searchsorted(positive, negative, "right")
    level = len(positive) - np.searchsorted(positive, negative, "left") - above
    return float((above + level / 2).sum() / (len(positive) * len(negative)))


def interval(
    figure: Callable[[npt.NDArray[np.int64]], float], size: int, seed: int, draws: int = DRAWS
) -> Interval:
    """95 % by percentiles; ``figure`` gets the indices of one draw. None: nothing to draw from."""
    if not size:
        return None
    chance = np.random.default_rng(seed)
    drawn = [figure(chance.integers(0, size, size)) for _ in range(draws)]
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return (round(float(low), 4), round(float(high), 4))


def share(found: Sequence[bool], seed: int) -> tuple[float | None, Interval]:
    """A share and its interval; Wilson's where all or none are, since no draw would differ."""
    if not found:
        return None, None
    hits = np.array(found, float)
    value = float(hits.mean())
    if 0 < value < 1:
        return round(value, 4), interval(lambda at: float(hits[at].mean()), len(hits), seed)
    return value, _wilson(value, len(hits))


def _wilson(value: float, size: int) -> Interval:
    z = 1.96
    middle = (value + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * np.sqrt(value * (1 - value) / size + z * z / (4 * size * size))
    return (round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))
