"""Making the weights from labelled messages. Needs scikit-learn; the reader does not.

1. Every message becomes three blocks of numbers (see ``scoring``) and is read by the rules.
2. One logistic regression for each label, in five folds that keep writers together;
   each fold's messages are scored by weights that never saw their writers.
3. On those scores the second step (``judging.evidence``) and the thresholds are set.
4. The weights that are shipped are made from all messages.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from stillwater.core.errors import ExitCode, UserError
from stillwater.reading.model import features, judging, labels
from stillwater.reading.model.features import Features, Vectors
from stillwater.reading.model.judging import LAST, OTHER, STRANGER, TAKEN_BACK, Rules, evidence
from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.model.scoring import Scorer
from stillwater.reading.model.weights import Weights, in_steps

FOLDS = 5
SEED = 20260101
STRENGTH = 8.0  # inverse regularisation of the first step
LAST_STRENGTH = 0.5
RECALL_OTHER = 0.985  # of tier 1 from a known other, by rules and model together
MOST_FALSE = 0.0015  # wanted messages raised for nothing, from anyone else
NEVER = 2.0  # a threshold that no probability reaches


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message, read by the rules. ``known``: its tactics and needs were labelled."""

    text: Text
    before: tuple[Text, ...]
    rules: Rules
    labels: frozenset[str]
    writer: str
    from_other: bool
    known: bool = True


@dataclass(slots=True)
class Trained:
    """The weights, and each message's chances by weights that never saw its writer: [N, L]."""

    weights: Weights
    chances: Floats
    notes: list[str] = field(default_factory=list)


def train(
    examples: Sequence[Example], vectors: Vectors, told: Callable[[str], None] = lambda _: None
) -> Trained:
    """Train on all examples. Raises UserError where scikit-learn is missing."""
    _needs_sklearn()
    truth = _truth(examples)
    folds = _folds([one.writer for one in examples])
    seen = np.zeros((len(examples), len(labels.LABELS), LAST), np.float32)
    for fold in range(FOLDS):
        told(f"fold {fold + 1} of {FOLDS}")
        inside = folds != fold
        weights = _first_step([e for e, on in zip(examples, inside, strict=True) if on], vectors)
        scorer = _Scoring(weights)
        for at in np.flatnonzero(~inside).tolist():
            seen[at] = scorer.seen(examples[at])
    told("second step and thresholds")
    last, chances = _second_step(seen, truth, examples, folds)
    told("all messages")
    first = _first_step(examples, vectors)
    thresholds = _thresholds(chances, truth, examples)
    return Trained(_with(first, last, thresholds), chances)


def _needs_sklearn() -> None:
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise UserError(
            "Training needs scikit-learn, which the program itself does not.",
            "Make the development environment with tools/environment dev, and train there.",
            ExitCode.BROKEN,
        ) from error


class _Scoring:
    def __init__(self, weights: Weights) -> None:
        self._scorer = Scorer(weights)
        self._model = judging.Model(weights)

    def seen(self, one: Example) -> Floats:
        earlier = self._model.earlier(one.before)
        scores = self._scorer.score(one.text)
        return evidence(scores, earlier, one.rules, from_other=one.from_other)


def _truth(examples: Sequence[Example]) -> npt.NDArray[np.bool_]:
    return np.array([[label in one.labels for label in labels.LABELS] for one in examples])


def _folds(writers: Sequence[str]) -> npt.NDArray[np.int64]:
    """A fold for each message: all of one writer's in the same, the folds about equally large."""
    sizes = Counter(writers)
    order = sorted(sizes, key=lambda one: (-sizes[one], one))
    filled = [0] * FOLDS
    of: dict[str, int] = {}
    for writer in order:
        of[writer] = filled.index(min(filled))
        filled[of[writer]] += sizes[writer]
    return np.array([of[writer] for writer in writers])


# The first step: weights on features.


def _first_step(examples: Sequence[Example], vectors: Vectors) -> Weights:
    """Weights of the first step; those of the second are empty."""
    known, table = features.fit([one.text for one in examples], vectors)
    return _laid_out(_fit_all(table, examples), known, vectors)


def _fit_all(table: Any, examples: Sequence[Example]) -> Floats:
    """[features + 1, L]; the last row is the constant."""
    from sklearn.linear_model import LogisticRegression

    truth = _truth(examples)
    trusted = np.array([one.known for one in examples])
    found = np.zeros((table.shape[1] + 1, truth.shape[1]), np.float32)
    for at, label in enumerate(labels.LABELS):
        used = np.ones(len(examples), bool) if _is_danger(label) else trusted
        if truth[used, at].sum() < 2:
            found[-1, at] = -8
            continue
        fit = LogisticRegression(
            C=STRENGTH, solver="liblinear", intercept_scaling=10, tol=1e-4, random_state=SEED
        )
        fit.fit(table[used], truth[used, at])
        found[:-1, at] = fit.coef_[0]
        found[-1, at] = fit.intercept_[0]
    return found


def _is_danger(label: str) -> bool:
    return labels.COLUMN[label] >= len(labels.TACTICS) + len(labels.NEEDS)


def _laid_out(found: Floats, known: Features, vectors: Vectors) -> Weights:
    size = len(known.keys)
    cut, words = found[:size], found[size : 2 * size]
    rows = np.where(known.in_pieces[:, None], cut, words) * known.rarity[:, None]
    meaning = found[2 * size : 2 * size + vectors.rows.shape[1]] * features.VECTOR_SCALE
    count = len(labels.LABELS)
    return Weights(
        keys=known.keys,
        rarity=np.round(known.rarity, 4),
        rows=in_steps(rows),
        vector_words=vectors.keys,
        vector_weight=np.round(known.vector_weight, 4),
        vector_rows=in_steps((vectors.rows @ meaning) * known.vector_weight[:, None]),
        circumstance=np.round(found[2 * size + vectors.rows.shape[1] :], 4),
        last=np.zeros((count, LAST), np.float32),
        thresholds=np.full((count, 3), NEVER, np.float32),
    )


def _with(first: Weights, last: Floats, thresholds: Floats) -> Weights:
    return replace(first, last=np.round(last, 4), thresholds=np.round(thresholds, 4))


# The second step, and the thresholds.


def _second_step(
    seen: Floats,
    truth: npt.NDArray[np.bool_],
    examples: Sequence[Example],
    folds: npt.NDArray[np.int64],
) -> tuple[Floats, Floats]:
    """The second step's weights [L, LAST], and chances by folds [N, L]."""
    trusted = np.array([one.known for one in examples])
    last = np.zeros((truth.shape[1], LAST), np.float32)
    chances = np.zeros(truth.shape, np.float32)
    for at, label in enumerate(labels.LABELS):
        used = np.ones(len(examples), bool) if _is_danger(label) else trusted
        last[at] = _fit_last(seen[used, at], truth[used, at])
        for fold in range(FOLDS):
            inside = used & (folds != fold)
            weights = _fit_last(seen[inside, at], truth[inside, at])
            chances[folds == fold, at] = judging.logistic(seen[folds == fold, at] @ weights)
    return last, chances


def _fit_last(seen: Floats, truth: npt.NDArray[np.bool_]) -> Floats:
    from sklearn.linear_model import LogisticRegression

    if truth.sum() < 2:
        return np.array([-8, *[0] * (LAST - 1)], np.float32)
    fit = LogisticRegression(C=LAST_STRENGTH, max_iter=1000, tol=1e-6)
    fit.fit(seen[:, 1:], truth)
    return np.array([fit.intercept_[0], *fit.coef_[0]], np.float32)


def _thresholds(
    chances: Floats, truth: npt.NDArray[np.bool_], examples: Sequence[Example]
) -> Floats:
    """[L, 3]: from which chance on a danger is raised, and below which a doubt is taken back."""
    found = np.full((truth.shape[1], 3), NEVER, np.float32)
    other = np.array([one.from_other for one in examples])
    at = labels.COLUMN[labels.ANY_TIER_1]
    plain = np.array([any(c in labels.TIER_1 for c in one.rules.direct) for one in examples])
    harmless = ~truth[:, len(labels.TACTICS) + len(labels.NEEDS) :].any(1)
    missed = truth[:, at] & other & ~plain
    grave = int((truth[:, at] & other).sum())
    found[at, OTHER] = _low_enough(chances[missed, at], grave)
    found[at, TAKEN_BACK] = found[at, OTHER]
    found[at, STRANGER] = _high_enough(chances[~other & harmless & ~plain, at])
    for one in labels.DANGERS:
        column = labels.COLUMN[one.value]
        found[column, STRANGER] = _high_enough(chances[~other & harmless, column])
        found[column, OTHER] = _best(chances[other, column], truth[other, column])
    return found


def _low_enough(missed: Floats, grave: int) -> float:
    """Of the grave ones that no plain rule finds, all but what RECALL_OTHER lets go."""
    if not len(missed):
        return NEVER
    let_go = int(grave * (1 - RECALL_OTHER))
    return float(np.sort(missed)[min(let_go, len(missed) - 1)])


def _high_enough(harmless: Floats) -> float:
    """Above all but MOST_FALSE of the harmless ones."""
    if not len(harmless):
        return NEVER
    ordered = np.sort(harmless)[::-1]
    return float(max(0.05, ordered[int(len(harmless) * MOST_FALSE)] + 1e-3))


def _best(chances: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """The threshold with the best F2: to find counts four times as much as not to raise."""
    best, at = -1.0, NEVER
    for tried in np.linspace(0.05, 0.9, 35):
        raised = chances >= tried
        hit = float((raised & truth).sum())
        score = 5 * hit / max(1.0, 4 * float(truth.sum()) + float(raised.sum()))
        if score > best and hit:
            best, at = score, float(tried)
    return at
