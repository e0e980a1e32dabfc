"""Unhealthy Comments Corpus: trained on its val part, AUC of each label on the test part.

Goal: the published BERT (Price et al. 2020) on every label, at a hundredth of its cost.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.understanding.figures import area_under_roc, interval
from benchmarks.understanding.public import PublicModel

PUBLISHED_BERT = {
    "antagonize": 0.82,
    "hostile": 0.84,
    "dismissive": 0.82,
    "condescending": 0.78,
    "sarcastic": 0.64,
}
STRENGTH = 1.0


def measure(test_file: Path, train_file: Path | None = None, seed: int = 1) -> dict[str, Any]:
    """{label: {auc, auc_interval, published_bert}}; ``train_file``: ucc-val.jsonl beside it."""
    train = _rows(train_file or test_file.with_name("ucc-val.jsonl"))
    test = _rows(test_file)
    model = PublicModel([row["comment"] for row in train], STRENGTH, seed)
    comments = [row["comment"] for row in test]
    found = {}
    for label, published in PUBLISHED_BERT.items():
        (scores,) = model.scores([row[label] == "1" for row in train], comments)
        truth = np.array([row[label] == "1" for row in test])
        found[label] = {
            "auc": round(area_under_roc(truth, scores), 4),
            "auc_interval": interval(
                lambda at, truth=truth, scores=scores: area_under_roc(truth[at], scores[at]),
                len(truth),
                seed,
                draws=200,
            ),
            "published_bert": published,
        }
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
