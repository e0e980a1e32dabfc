"""MentalManip in MentalMAD's split: trained on its train part only, threshold set on valid.

Film dialogues, manipulative or not. Goals: macro-F1 .69, AUC .76; to compare with:
../shared/data/README.md (TF-IDF baseline .653 / .719).
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.understanding.figures import area_under_roc, interval
from benchmarks.understanding.public import PublicModel

STRENGTHS = (0.5, 2.0, 8.0)  # inverse regularisation; the one with the best AUC on valid is taken


def measure(folder: Path, seed: int = 1) -> dict[str, Any]:
    """macro_f1, auc and accuracy on the test part, each with ``…_interval``."""
    parts = {name: _part(folder / f"mentalmanip-con-{name}.json") for name in _PARTS}
    texts, truth = parts["train"]
    valid_truth, test_truth = parts["valid"][1], parts["test"][1]
    best = None
    for strength in STRENGTHS:
        model = PublicModel(texts, strength, seed)
        valid, test = model.scores(truth.tolist(), parts["valid"][0], parts["test"][0])
        auc = area_under_roc(valid_truth, valid)
        if best is None or auc > best[0]:
            best = (auc, valid, test)
    assert best is not None
    _, valid, test = best
    return _figures(test_truth, test, _threshold(valid_truth, valid), seed)


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
