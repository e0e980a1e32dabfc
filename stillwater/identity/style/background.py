"""How people in general type: the rates that a writer's own are weighed against.

The file is made by ``training.py`` and shipped as data; docs/identity.md says from what.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("background.json")
_UNIFORM = 0.1  # how far every answer is taken to be open to everybody
_UNSEEN_ANSWERS = 3  # answers to a habit that nobody gave yet
_FREQUENT = 200
_RAREST_WORD = 2e-5  # a word nobody used is taken for this frequent: it may be a place's, a trade's


@dataclass(frozen=True)
class Calibration:
    """A log-likelihood ratio from the two streams of m texts: a line, with log m mixed in.

    llr = at + log_m·log m + (habits + habits_log_m·log m)·H + (words + words_log_m·log m)·W,
    H the habits' log-odds a text, W the words' log-odds a word.
    """

    at: float
    log_m: float
    habits: float
    habits_log_m: float
    words: float
    words_log_m: float


@dataclass(frozen=True)
class Background:
    """Counts over many writers. ``habits``: habit -> answer -> how often."""

    habits: Mapping[str, Mapping[str, int]]
    words: Mapping[str, int]
    calibration: Calibration

    @cached_property
    def _totals(self) -> dict[str, int]:
        return {habit: sum(answers.values()) for habit, answers in self.habits.items()}

    @cached_property
    def _all_words(self) -> int:
        return sum(self.words.values())

    @cached_property
    def frequent(self) -> frozenset[str]:
        """The words that everybody uses all the time."""
        return frozenset(sorted(self.words, key=self.words.__getitem__, reverse=True)[:_FREQUENT])

    def habit(self, habit: str, answer: str) -> float:
        """How likely anybody is to answer so, between 0 and 1."""
        answers = self.habits.get(habit, {})
        options = len(answers) + _UNSEEN_ANSWERS
        rate = (answers.get(answer, 0) + 1) / (self._totals.get(habit, 0) + options)
        return (1 - _UNIFORM) * rate + _UNIFORM / options

    def word(self, word: str) -> float:
        """How likely any word of anybody's is this one, between 0 and 1."""
        return max(self.words.get(word, 0) / max(1, self._all_words), _RAREST_WORD)


def from_json(values: Mapping[str, Any]) -> Background:
    return Background(values["habits"], values["words"], Calibration(**values["calibration"]))


@lru_cache(maxsize=1)
def shipped() -> Background:
    """The background that comes with the program; read once, when first needed."""
    return from_json(json.loads(FILE.read_text("utf-8")))
