"""Joining the encoder with the linear weights, on messages whose writers neither has seen.

Needs scikit-learn; the reader does not. The chances that come of it are plain chances (a
logistic fit is one calibration), moved for tactics and needs as ``training.centred`` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stillwater.core.words import DangerCategory
from stillwater.reading.model import judging, labels, training
from stillwater.reading.model.judging import OTHER, PLAIN_TAKEN_BACK, STRANGER, TAKEN_BACK
from stillwater.reading.model.pieces import Floats
from stillwater.reading.model.training import NEVER, Example

WORTH_TEN = 1 / 11  # a missed one of tier 1 is worse than ten raised for nothing (safety.md)
SURE = 0.9  # a stranger's words: at least this, where no rule speaks
LET_GO = 0.5  # of the least chance that a plain threat had: below it a plain rule is taken back

_ANY = labels.COLUMN[labels.ANY_TIER_1]
_DANGER = len(labels.TACTICS) + len(labels.NEEDS)


@dataclass(frozen=True, slots=True)
class Stacked:
    """Weights [L, 5], thresholds [L, 4], and each message's chances by folds [N, L]."""

    weights: Floats
    thresholds: Floats
    chances: Floats


def stack(linear: Floats, heard: Floats, examples: Sequence[Example]) -> Stacked:
    """From the logits of both, [N, L] each."""
    seen = np.array(
        [
            judging.stacked(one, other, from_other=example.from_other)
            for one, other, example in zip(linear, heard, examples, strict=True)
        ]
    )
    truth = training.truth_of(examples)
    folds = training.folds_of([one.writer for one in examples])
    weights, chances = training.second_step(seen, truth, examples, folds)
    chances = training.centred(weights, chances, truth, examples)
    return Stacked(weights, _thresholds(chances, truth, examples), chances)


def _thresholds(
    chances: Floats, truth: npt.NDArray[np.bool_], examples: Sequence[Example]
) -> Floats:
    found = np.full((truth.shape[1], 4), NEVER, np.float32)
    theirs = np.array([one.from_other for one in examples])
    came = np.array([one.whole for one in examples])
    plain = np.array([any(c in labels.TIER_1 for c in one.rules.direct) for one in examples])
    doubted = np.array([any(c in labels.TIER_1 for c in one.rules.doubt) for one in examples])
    grave = truth[:, _ANY]
    harmless = ~truth[:, _DANGER:].any(1)
    any_of = chances[:, _ANY]
    found[_ANY, OTHER] = WORTH_TEN
    lost = training.low_enough(
        any_of[grave & theirs & came & doubted & ~plain], int((grave & theirs & came).sum())
    )
    found[_ANY, TAKEN_BACK] = min(WORTH_TEN, lost)
    found[_ANY, STRANGER] = max(SURE, training.high_enough(any_of[~theirs & harmless & ~plain]))
    threats = any_of[grave & plain]
    found[_ANY, PLAIN_TAKEN_BACK] = threats.min() * LET_GO if len(threats) else 0
    for one in labels.DANGERS:
        if one is not DangerCategory.HANDOVER_CHANGE:  # hangs on the clock: rules alone
            at = labels.COLUMN[one.value]
            used = theirs & came
            found[at, OTHER] = training.best(chances[used, at], truth[used, at])
    return found
