"""Training: the same messages give the same weights, and what is missing is said plainly."""

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.understanding import figures, own
from stillwater.core.errors import UserError
from stillwater.reading.model import labels, weights
from stillwater.reading.model.examples import example_of, rows_in
from stillwater.reading.model.features import Vectors
from stillwater.reading.model.judging import Model, Rules, shipped_model
from stillwater.reading.model.pieces import Text, whole, windows
from stillwater.reading.model.training import train

NO_VECTORS = Vectors(np.array([whole("sorry")], np.uint32), np.ones((1, 4), np.float32) / 2)


def _row(number: int, text: str, **labelled: list[str]) -> dict[str, Any]:
    held = {"tactics": [], "needs": [], "facts": [], "danger": []}
    return {
        "id": f"t{number}",
        "text": text,
        "relation": "other",
        "author": f"a{number % 10}",
        "labels": {**held, **labelled},
    }


ROWS = [
    row
    for at in range(20)
    for row in (
        _row(at, f"sorry forgive me number {at}", tactics=["apology"]),
        _row(at, f"school trip for the kids on day {at}", needs=["children"]),
        _row(at, f"i see your window light {at}", danger=["location"]),
        _row(at, f"the bins are full {at}"),
    )
]


def test_the_same_messages_give_the_same_weights() -> None:
    examples = [example_of(row) for row in ROWS]
    once, again = train(examples, NO_VECTORS).weights, train(examples, NO_VECTORS).weights
    assert weights.differences(once, again) == ""


def test_what_was_learnt_is_found_and_survives_the_file(tmp_path: Path) -> None:
    examples = [example_of(row) for row in ROWS]
    made = train(examples, NO_VECTORS).weights
    weights.save(made, tmp_path / "made.npz")
    held = weights.load(tmp_path / "made.npz")
    assert weights.differences(made, held) == ""
    learnt = Model(held).judge(
        example_of(_row(1, "sorry, forgive me")).text, (), Rules(), from_other=True
    )
    assert max(learnt.tactics, key=lambda one: learnt.tactics[one]).value == "apology"


def test_the_shipped_weights_fit_the_labels() -> None:
    held = weights.shipped()
    assert held.rows.shape == (len(held.keys), len(labels.LABELS))
    assert held.last.shape[0] == held.thresholds.shape[0] == len(labels.LABELS)
    assert bool((np.diff(held.keys.astype(np.int64)) > 0).all())


def test_a_text_without_words_is_judged_too() -> None:
    learnt = shipped_model().judge(Text((), (), ()), (), Rules(), from_other=True)
    assert learnt.dangers == ()
    assert learnt.spans == ()


def test_long_sentences_are_windows_that_cover_every_word() -> None:
    found = windows(["."] + ["a"] * 100 + ["."] + ["b"] * 3)
    covered = {at for first, last in found for at in range(first, last)}
    assert covered == {*range(1, 101), *range(102, 105)}


def test_without_scikit_learn_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "sklearn":
            raise ImportError(name)
        return plain(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UserError, match="scikit-learn"):
        train([example_of(ROWS[0])], NO_VECTORS)


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "a"}'])
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "bad.jsonl").write_text(f"{json.dumps(ROWS[0])}\n{line}\n", "utf-8")
    with pytest.raises(UserError, match=r"bad\.jsonl, line 2"):
        rows_in(tmp_path)


def test_training_without_data_says_what_is_missing(stillwater: Callable[..., Any]) -> None:
    said = stillwater("models", "train", "--data", "no/such/folder")
    assert said.code == 2
    assert "no/such/folder" in said.err


def test_average_precision_and_area_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score

    chance = np.random.default_rng(3)
    truth, scores = chance.random(300) < 0.2, np.round(chance.random(300), 1)
    assert figures.average_precision(truth, scores) == pytest.approx(
        average_precision_score(truth, scores)
    )
    assert figures.area_under_roc(truth, scores) == pytest.approx(roc_auc_score(truth, scores))


def test_the_figures_of_a_small_file_have_their_intervals(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    measured = own.measure(path, seed=1)
    for name in ("tactics_map", "needs_map", "tier1_recall"):
        low, high = measured[f"{name}_interval"]
        assert low <= measured[name] <= high
    assert measured["facts_f1"] is None
    assert own.measure(path, seed=1) == measured
