"""The shipped weights: plain arrays in one file, never pickled, equal to four decimals.

``keys`` are sorted hashes of features; ``rows`` the weight of each for every label
in whole steps of ``STEP``; ``rarity`` how much a feature counts. ``vector_words``
(their hashes, sorted) have ``vector_rows``: what the meaning of a word, as a
multilingual encoder gave it, says for each label. ``circumstance`` is one row for each of the
circumstances and then the constant. ``last`` is the second step: for each label
how message, strongest sentence, earlier messages and rules make its logit.
"""

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

STEP = 1e-3
FORMAT = 1
_NAME = "weights.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """See the module. Shapes: K features, V words, L labels."""

    keys: npt.NDArray[np.uint32]  # [K]
    rarity: npt.NDArray[np.float32]  # [K]
    rows: npt.NDArray[np.int16]  # [K, L]
    vector_words: npt.NDArray[np.uint32]  # [V]
    vector_weight: npt.NDArray[np.float32]  # [V]
    vector_rows: npt.NDArray[np.int16]  # [V, L]
    circumstance: npt.NDArray[np.float32]  # [CIRCUMSTANCES + 1, L]
    last: npt.NDArray[np.float32]  # [L, 9]
    thresholds: npt.NDArray[np.float32]  # [L, 2]: of a stranger, of a known other


def in_steps(values: npt.NDArray[Any]) -> npt.NDArray[np.int16]:
    """Real weights as whole steps."""
    return np.clip(np.rint(values / STEP), -32_767, 32_767).astype(np.int16)


def save(weights: Weights, path: Path) -> None:
    """Write the file; the same weights make the same arrays."""
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            format=np.array([FORMAT]),
            **{field.name: getattr(weights, field.name) for field in fields(Weights)},
        )


def load(path: Path) -> Weights:
    """Read a file of weights. Raises ValueError, KeyError or OSError where it is none."""
    with np.load(path, allow_pickle=False) as held:
        if int(held["format"][0]) != FORMAT:
            raise ValueError("weights of another format")
        return Weights(**{field.name: held[field.name] for field in fields(Weights)})


def shipped_path() -> Path:
    """Where the weights lie that come with the package."""
    return Path(str(files("stillwater.reading.model"))) / _NAME


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return load(shipped_path())


def differences(one: Weights, two: Weights) -> str:
    """Which arrays differ when rounded to four decimals; as JSON, empty: none."""
    found = {}
    for field in fields(Weights):
        first, second = getattr(one, field.name), getattr(two, field.name)
        if first.shape != second.shape:
            found[field.name] = "another shape"
        elif not np.array_equal(_rounded(first), _rounded(second)):
            found[field.name] = "other values"
    return json.dumps(found) if found else ""


def _rounded(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.round(values, 4) if values.dtype.kind == "f" else values
