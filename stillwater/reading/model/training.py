"""Making the weights from labelled messages. Needs scikit-learn; the reader does not.

1. Every message becomes three blocks of numbers (see ``scoring``) and is read by the rules.
2. One logistic regression for each label, in five folds that keep writers together;
   each fold's messages are scored by weights that never saw their writers.
3. On those scores the second step (``judging.evidence``) and the thresholds are set.
4. The weights that are shipped are made from all messages.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.words import DangerCategory
from stillwater.reading.model import features, judging, labels
from stillwater.reading.model.features import Features, Vectors
from stillwater.reading.model.judging import LAST, OTHER, STRANGER, TAKEN_BACK, Rules, evidence
from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.model.scoring import Scorer
from stillwater.reading.model.weights import Weights, in_steps

FOLDS = 5
SEED = 20260101
STRENGTH = 4.0  # inverse regularisation of the first step
TOLD_APART, RARE = 0.5, 0.01  # of ``_worth``; on writers held back: .629 to .655, .652 to .678
MOST_WORTH = 4.0
LAST_STRENGTH = 0.5
LET_GO = 0.01  # share of tier 1 that taking back doubts may cost
FOUND = 0.5  # the chance at which a tactic or need counts as found
PICKED = 0.2  # what a grave message counts that was picked for being grave: see Example
WORTH_RAISING = 1 / 11  # one that is missed is worse than ten that are raised for nothing
MARGIN = 0.1  # above every wanted message that was seen: what a stranger's must reach
NEVER = 2.0  # a threshold that no probability reaches


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message, read by the rules.

    ``known``: its tactics and needs were labelled. ``whole``: it is one of a writer's messages as
    they came; others were picked for their danger, and teach words but no shares.
    """

    text: Text
    before: tuple[Text, ...]
    rules: Rules
    labels: frozenset[str]
    writer: str
    from_other: bool
    known: bool = True
    whole: bool = True


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
    truth = truth_of(examples)
    folds = folds_of([one.writer for one in examples])
    seen = np.zeros((len(examples), len(labels.LABELS), LAST), np.float32)
    for fold in range(FOLDS):
        told(f"fold {fold + 1} of {FOLDS}")
        inside = folds != fold
        weights = first_step([e for e, on in zip(examples, inside, strict=True) if on], vectors)
        scorer = Scoring(weights)
        for at in np.flatnonzero(~inside).tolist():
            seen[at] = scorer.seen(examples[at])
    told("second step and thresholds")
    last, chances = second_step(seen, truth, examples, folds)
    chances = centred(last, chances, truth, examples)
    told("all messages")
    first = first_step(examples, vectors)
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


class Scoring:
    def __init__(self, weights: Weights) -> None:
        self._scorer = Scorer(weights)
        self._model = judging.Model(weights)

    def seen(self, one: Example) -> Floats:
        earlier = self._model.earlier(one.before)
        scores = self._scorer.score(one.text)
        return evidence(scores, earlier, one.rules, from_other=one.from_other)


def truth_of(examples: Sequence[Example]) -> npt.NDArray[np.bool_]:
    return np.array([[label in one.labels for label in labels.LABELS] for one in examples])


def folds_of(writers: Sequence[str], folds: int = FOLDS) -> npt.NDArray[np.int64]:
    """A fold for each message: all of one writer's in the same, the folds about equally large."""
    sizes = Counter(writers)
    order = sorted(sizes, key=lambda one: (-sizes[one], one))
    filled = [0] * folds
    of: dict[str, int] = {}
    for writer in order:
        of[writer] = filled.index(min(filled))
        filled[of[writer]] += sizes[writer]
    return np.array([of[writer] for writer in writers])


# The first step: weights on features.


def first_step(examples: Sequence[Example], vectors: Vectors) -> Weights:
    """Weights of the first step; those of the second are empty."""
    known, table = features.fit([one.text for one in examples], vectors)
    return _laid_out(_fit_all(table, examples), known, vectors)


def _fit_all(table: Any, examples: Sequence[Example]) -> Floats:
    """[features + 1, L]; the last row is the constant."""
    truth = truth_of(examples)
    trusted = np.array([one.known for one in examples])
    picked = np.array([not one.whole and labels.ANY_TIER_1 in one.labels for one in examples])
    weight = np.where(picked, PICKED, 1.0)

    def fitted(at: int) -> Floats:
        used = np.ones(len(examples), bool) if _is_danger(labels.LABELS[at]) else trusted
        return _fit_one(table[used], truth[used, at], weight[used])

    # The solver works outside of Python's lock: labels are fitted side by side.
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        return np.stack(list(side_by_side.map(fitted, range(truth.shape[1]))), 1)


def _fit_one(table: Any, truth: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]) -> Floats:
    """[features + 1] for one label."""
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    if truth.sum() < 2:
        return np.array([*[0] * table.shape[1], -8], np.float32)
    worth = _worth(table, truth, weight)
    fit = LogisticRegression(
        C=STRENGTH, solver="liblinear", intercept_scaling=10, tol=1e-4, random_state=SEED
    )
    fit.fit(table @ diags(worth), truth, sample_weight=weight)
    return np.array([*fit.coef_[0] * worth, fit.intercept_[0]], np.float32)


def _worth(
    table: Any, truth: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """How freely each feature may be used: more where it tells the label apart by itself.

    The log of how much likelier it is in messages with the label, as in the support vectors
    with naive Bayes features of Wang and Manning (2012), mixed with 1.
    """
    size = abs(table)
    having, lacking = (RARE + size.T @ np.where(of, weight, 0) for of in (truth, ~truth))
    likelier = np.log(having / having.sum()) - np.log(lacking / lacking.sum())
    told_apart = np.abs(np.clip(likelier, -MOST_WORTH, MOST_WORTH))
    return np.asarray(TOLD_APART * told_apart + (1 - TOLD_APART))


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


def second_step(
    seen: Floats,
    truth: npt.NDArray[np.bool_],
    examples: Sequence[Example],
    folds: npt.NDArray[np.int64],
) -> tuple[Floats, Floats]:
    """The second step's weights [L, seen], and chances by folds [N, L]."""
    trusted = np.array([one.known for one in examples])
    as_came = np.array([one.whole for one in examples])
    last = np.zeros(seen.shape[1:], np.float32)
    chances = np.zeros(truth.shape, np.float32)
    for at, label in enumerate(labels.LABELS):
        used = as_came if _is_danger(label) else trusted
        last[at] = _fit_last(seen[used, at], truth[used, at])
        for fold in range(FOLDS):
            inside = used & (folds != fold)
            weights = _fit_last(seen[inside, at], truth[inside, at])
            chances[folds == fold, at] = judging.logistic(seen[folds == fold, at] @ weights)
    return last, chances


def centred(
    last: Floats,
    chances: Floats,
    truth: npt.NDArray[np.bool_],
    examples: Sequence[Example],
) -> Floats:
    """Tactics and needs moved so that FOUND is where finding them is worth most (F2).

    A rare label is hardly ever likelier than not; whoever asks at FOUND would miss most of
    it. The order of messages stays. ``last`` is changed in place; gives the new chances.
    """
    moved = chances.copy()
    trusted = np.array([one.known for one in examples])
    for at in range(len(labels.TACTICS) + len(labels.NEEDS)):
        least = best(chances[trusted, at], truth[trusted, at])
        if least < NEVER:
            shift = -np.log(least / (1 - least))
            last[at, 0] += shift
            kept = np.clip(chances[:, at], 1e-7, 1 - 1e-7)
            moved[:, at] = judging.logistic(np.log(kept / (1 - kept)) + shift)
    return moved


def _fit_last(seen: Floats, truth: npt.NDArray[np.bool_]) -> Floats:
    from sklearn.linear_model import LogisticRegression

    if truth.sum() < 2:
        return np.array([-8, *[0] * (seen.shape[1] - 1)], np.float32)
    fit = LogisticRegression(C=LAST_STRENGTH, max_iter=1000, tol=1e-6)
    fit.fit(seen[:, 1:], truth)
    return np.array([fit.intercept_[0], *fit.coef_[0]], np.float32)


def _thresholds(
    chances: Floats, truth: npt.NDArray[np.bool_], examples: Sequence[Example]
) -> Floats:
    """[L, 3]: from which chance on a danger is raised, and below which a doubt is taken back."""
    found = np.full((truth.shape[1], 3), NEVER, np.float32)
    theirs = np.array([one.from_other for one in examples])
    at = labels.COLUMN[labels.ANY_TIER_1]
    plain = np.array([any(c in labels.TIER_1 for c in one.rules.direct) for one in examples])
    in_doubt = np.array([any(c in labels.TIER_1 for c in one.rules.doubt) for one in examples])
    harmless = ~truth[:, len(labels.TACTICS) + len(labels.NEEDS) :].any(1)
    as_came = np.array([one.whole for one in examples])
    other = theirs & as_came
    grave = truth[:, at] & other
    # What a message that says nothing has, and no more than docs/danger.md promises.
    found[at, OTHER] = min(WORTH_RAISING, grave.sum() / max(1, other.sum()))
    doubted = chances[grave & in_doubt & ~plain, at]
    found[at, TAKEN_BACK] = min(found[at, OTHER], low_enough(doubted, int(grave.sum())))
    found[at, STRANGER] = high_enough(chances[~theirs & harmless & ~plain, at])
    for one in labels.DANGERS:
        if one is DangerCategory.HANDOVER_CHANGE:  # hangs on the clock: rules alone
            continue
        column = labels.COLUMN[one.value]
        found[column, OTHER] = best(chances[other, column], truth[other, column])
    return found


def low_enough(found_in_doubt: Floats, grave: int) -> float:
    """Below it no more than LET_GO of the grave ones lie that only a doubt finds."""
    if not len(found_in_doubt):
        return 0.0
    let_go = min(int(grave * LET_GO), len(found_in_doubt) - 1)
    return float(np.sort(found_in_doubt)[let_go])


def high_enough(harmless: Floats) -> float:
    """Above all of the harmless ones, and some more."""
    if not len(harmless):
        return NEVER
    return float(min(0.99, harmless.max() + MARGIN))


def best(chances: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """The threshold with the best F2: to find counts four times as much as not to raise."""
    best, at = -1.0, NEVER
    for tried in np.linspace(0.1, 0.9, 33):
        raised = chances >= tried
        hit = float((raised & truth).sum())
        score = 5 * hit / max(1.0, 4 * float(truth.sum()) + float(raised.sum()))
        if score > best and hit:
            best, at = score, float(tried)
    return at
