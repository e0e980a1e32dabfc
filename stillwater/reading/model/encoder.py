"""A small sentence encoder, tuned to our labels: four layers of attention over pieces of words.

Shipped as whole numbers of eight bits (one scale for each output), computed with numpy
alone. A text is read in windows of at most ``WINDOW`` pieces, ``MOST_WINDOWS`` of them, each
beside who speaks and the end of what they said before; for every label the strongest window
counts. Time grows with the windows, never with what stands in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stillwater.reading.model.pieces import Floats, Text
from stillwater.reading.model.wordpiece import WordPiece
from stillwater.reading.phrases import BOUNDARY

FORMAT = 1
WINDOW = 96  # pieces, with those that say who speaks
MOST_WINDOWS = 4  # the first ones and the last: half a second on a slow machine
LONGEST = 4_000  # words: what is longer is left to rules and linear weights
BEFORE_WORDS, BEFORE_PIECES = 10, 14
HEADS = 12
_TINY = 1e-12  # keeps a division by zero away
_NAME = "encoder.npz"


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer; D the width, F the inner one."""

    wqkv: Floats  # [D, 3 D]
    bqkv: Floats
    wo: Floats  # [D, D]
    bo: Floats
    g1: Floats
    h1: Floats
    wi: Floats  # [D, F]
    bi: Floats
    wf: Floats  # [F, D]
    bf: Floats
    g2: Floats
    h2: Floats


@dataclass(frozen=True, slots=True)
class Heard:
    """Logits [L] of a text, and whether all of it was read."""

    logits: Floats
    all_read: bool


class Encoder:
    """The encoder made ready. Not for several threads at once.

    ``stack`` [L, 5] and ``thresholds`` [L, 4] join its logits with the linear weights
    (``model.stacking``). Raises KeyError or ValueError where arrays are missing or misshapen.
    """

    def __init__(self, held: Any) -> None:
        if int(held["format"][0]) != FORMAT:
            raise ValueError("an encoder of another format")
        self._pieces = WordPiece(bytes(held["vocabulary"]).decode().split("\n"))
        self._words: npt.NDArray[np.int8] = held["words"]
        self._word_scale = held["words_scale"].astype(np.float32)[:, None]
        self._places = held["places"].astype(np.float32)
        self._norm = held["norm"].astype(np.float32)
        self._layers = [_layer(held, number) for number in range(int(held["layers"][0]))]
        self._head = _plain(held, "head")
        self._bias = held["bias"].astype(np.float32)
        self.stack: Floats = held["stack"].astype(np.float32)
        self.thresholds: Floats = held["thresholds"].astype(np.float32)

    @property
    def width(self) -> int:
        """D: how many numbers a piece has."""
        return int(self._words.shape[1])

    def hear(self, text: Text, before: Sequence[Text], *, from_other: bool) -> Heard | None:
        """What a text says, after the last of ``before``; None: nothing to read, or too much."""
        windows, all_read = self.windows(text, before, from_other=from_other)
        if not windows:
            return None
        return Heard(np.max([self.logits(one) for one in windows], axis=0), all_read)

    def windows(
        self, text: Text, before: Sequence[Text], *, from_other: bool
    ) -> tuple[list[list[int]], bool]:
        """The windows of a text as pieces, and whether they hold all of it."""
        words = trimmed(text.words)
        if not words or len(words) > LONGEST:
            return [], False
        head = opening(self._pieces, before, from_other=from_other)
        cut, all_read = self._cut(words, WINDOW - len(head) - 1)
        return [[*head, *one, self._pieces.sep] for one in cut], all_read

    def _cut(self, words: Sequence[str], size: int) -> tuple[list[list[int]], bool]:
        found = self._pieces.numbers(words, len(words) * 25)
        cut = [found[at : at + size] for at in range(0, len(found), size)]
        if len(cut) <= MOST_WINDOWS:
            return cut, True
        return [*cut[: MOST_WINDOWS - 1], found[-size:]], False

    def logits(self, pieces: Sequence[int]) -> Floats:
        """[L] of one window."""
        return np.asarray(self.seen(pieces) @ self._head + self._bias, np.float32)

    def seen(self, pieces: Sequence[int]) -> Floats:
        """[3 D] of one window: the mean of its states, the most of each, and the first."""
        at = np.array(pieces)
        state = self._words[at].astype(np.float32) * self._word_scale[at]
        state = _normal(state + self._places[: len(at)], self._norm[0], self._norm[1])
        for layer in self._layers:
            state = through(layer, state)
        return np.concatenate([state.mean(0), state.max(0), state[0]])


def opening(pieces: WordPiece, before: Sequence[Text], *, from_other: bool) -> list[int]:
    """The pieces in front: who speaks, and how their last message ended."""
    earlier = trimmed(before[-1].words)[-BEFORE_WORDS:] if before else []
    said = [*pieces.of_word(":"), *pieces.numbers(earlier, BEFORE_PIECES)] if earlier else []
    speaker = pieces.of_word("other" if from_other else "stranger")
    return [pieces.cls, *speaker, *said, pieces.sep]


def trimmed(words: Sequence[str]) -> list[str]:
    """The words without edges of sentences at both ends, or doubled."""
    kept: list[str] = []
    for word in words:
        if word != BOUNDARY or (kept and kept[-1] != BOUNDARY):
            kept.append(word)
    if kept and kept[-1] == BOUNDARY:
        kept.pop()
    return kept


def through(layer: Layer, state: Floats) -> Floats:
    """What one layer makes of [pieces, D]."""
    length, width = state.shape
    split = (state @ layer.wqkv + layer.bqkv).reshape(length, 3, HEADS, width // HEADS)
    asks, keys, values = split.transpose(1, 2, 0, 3)
    heed = asks @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(width / HEADS))
    heed = np.exp(heed - heed.max(-1, keepdims=True))
    heed /= heed.sum(-1, keepdims=True)
    mixed = (heed @ values).transpose(1, 0, 2).reshape(length, width)
    state = _normal(state + mixed @ layer.wo + layer.bo, layer.g1, layer.h1)
    inner = _gelu(state @ layer.wi + layer.bi)
    return _normal(state + inner @ layer.wf + layer.bf, layer.g2, layer.h2)


def _normal(values: Floats, scale: Floats, shift: Floats) -> Floats:
    away = values - values.mean(-1, keepdims=True)
    spread = np.sqrt((away * away).mean(-1, keepdims=True) + _TINY)
    return np.asarray(away / spread * scale + shift, np.float32)


def _gelu(values: Floats) -> Floats:
    inside = values * values
    inside *= np.float32(0.044715)
    inside += np.float32(1)
    inside *= values
    inside *= np.float32(np.sqrt(2 / np.pi))
    np.tanh(inside, out=inside)
    inside += np.float32(1)
    inside *= values
    inside *= np.float32(0.5)
    return inside


def _plain(held: Any, name: str) -> Floats:
    """Whole numbers times the scale of their output."""
    return np.asarray(held[name].astype(np.float32) * held[f"{name}_scale"].astype(np.float32))


def _layer(held: Any, number: int) -> Layer:
    names = Layer.__dataclass_fields__
    return Layer(
        **{
            name: _plain(held, f"{number}.{name}")
            if name.startswith("w")
            else held[f"{number}.{name}"].astype(np.float32)
            for name in names
        }
    )


def load(path: Path) -> Encoder:
    """Read an encoder's file. Raises ValueError, KeyError or OSError where it is none."""
    with np.load(path, allow_pickle=False) as held:
        return Encoder({name: held[name] for name in held.files})


def shipped_path() -> Path:
    """Where the encoder lies that comes with the package."""
    return Path(str(files("stillwater.reading.model"))) / _NAME


@cache
def shipped() -> Encoder | None:
    """The encoder that comes with the package; None where it was left out."""
    path = shipped_path()
    return load(path) if path.exists() else None
