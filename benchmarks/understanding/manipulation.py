"""MentalManip in MentalMAD's split: trained on its train part only, threshold set on valid.

Film dialogues, manipulative or not. Goals: macro-F1 .69, AUC .76; to compare with:
../shared/data/README.md (TF-IDF baseline .653 / .719).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.understanding.figures import area_under_roc, interval
from benchmarks.understanding.public import HeardModel, PublicModel
from stillwater.reading.model import encoder as encoders

# Inverse regularisations, and how much the encoder counts: what has the best AUC on valid is taken.
STRENGTHS = (0.5, 2.0, 8.0)
HEARD_STRENGTHS = (1e-3, 3e-3, 1e-2)
SHARES = tuple(tenths / 10 for tenths in range(11))

Scores = npt.NDArray[np.float64]


def measure(folder: Path, seed: int = 1) -> dict[str, Any]:
    """macro_f1, auc and accuracy on the test part, each with ``…_interval``.

    Of the reader's linear features joined with its encoder; under ``linear`` of the first alone.
    """
    parts = {name: _part(folder / f"mentalmanip-con-{name}.json") for name in _PARTS}
    valid_truth, test_truth = parts["valid"][1], parts["test"][1]
    linear = _linear(parts, seed)
    joined = _joined(linear, _heard(parts, seed), valid_truth)
    figures = {
        name: _figures(test_truth, test, _threshold(valid_truth, valid), seed)
        for name, (valid, test) in (("linear", linear), ("joined", joined))
    }
    return {**figures["joined"], "linear": figures["linear"]}


def _linear(parts: "Parts", seed: int) -> tuple[Scores, Scores]:
    """Scores of valid and test by the reader's features."""
    texts, truth = parts["train"]
    models = (PublicModel(texts, strength, seed) for strength in STRENGTHS)
    return _best(
        (model.scores(truth.tolist(), parts["valid"][0], parts["test"][0]) for model in models),
        parts["valid"][1],
    )


def _heard(parts: "Parts", seed: int) -> tuple[Scores, Scores] | None:
    """The same by the encoder; None where it was left out."""
    encoder = encoders.shipped()
    if encoder is None:
        return None
    texts, truth = parts["train"]
    model = HeardModel(texts, encoder, seed)
    others = [model.heard(parts[name][0]) for name in ("valid", "test")]
    return _best(
        (model.scores(truth.tolist(), strength, *others) for strength in HEARD_STRENGTHS),
        parts["valid"][1],
    )


def _joined(
    linear: tuple[Scores, Scores], heard: tuple[Scores, Scores] | None, truth: npt.NDArray[Any]
) -> tuple[Scores, Scores]:
    if heard is None:
        return linear
    even = [[one / both[0].std() for one in both] for both in (linear, heard)]
    return _best(
        (
            [(1 - share) * one + share * other for one, other in zip(*even, strict=True)]
            for share in SHARES
        ),
        truth,
    )


def _best(tried: Iterable[Sequence[Scores]], truth: npt.NDArray[Any]) -> tuple[Scores, Scores]:
    """Of pairs of scores (valid, test) the one with the best AUC on valid."""
    valid, test = max(tried, key=lambda both: area_under_roc(truth, both[0]))
    return valid, test


Parts = Mapping[str, tuple[list[str], npt.NDArray[np.bool_]]]
_PARTS = ("train", "valid", "test")


def _part(path: Path) -> tuple[list[str], npt.NDArray[np.bool_]]:
    rows = json.loads(path.read_text("utf-8"))
    return [row["dialogue"] for row in rows], np.array(
        [str(row["manipulative"]) == "1" for row in rows]
    )


def macro_f1(truth: npt.NDArray[Any], said: npt.NDArray[Any]) -> float:
    """The mean of F1 for yes and F1 for no."""
    both = []
    for yes in (True, False):
        right = ((truth == yes) & (said == yes)).sum()
        both.append(2 * right / max(1, (truth == yes).sum() + (said == yes).sum()))
    return float(np.mean(both))


def _threshold(truth: npt.NDArray[Any], scores: npt.NDArray[Any]) -> float:
    tried = np.quantile(scores, np.linspace(0.02, 0.98, 97))
    return float(max(tried, key=lambda at: macro_f1(truth, scores >= at)))


def _figures(
    truth: npt.NDArray[Any], scores: npt.NDArray[Any], least: float, seed: int
) -> dict[str, Any]:
    said = scores >= least
    found: dict[str, Any] = {"messages": len(truth)}
    for name, figure in {
        "macro_f1": lambda at: macro_f1(truth[at], said[at]),
        "auc": lambda at: area_under_roc(truth[at], scores[at]),
        "accuracy": lambda at: float((truth[at] == said[at]).mean()),
    }.items():
        found[name] = round(figure(np.arange(len(truth))), 4)
        found[f"{name}_interval"] = interval(figure, len(truth), seed)
    return found
