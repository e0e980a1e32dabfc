"""Is this the same writer? A natural-log likelihood ratio, from style alone.

Two streams of evidence. *Habits*: what somebody does where typing leaves a choice
(habits.py, spellings.py), each a Dirichlet-multinomial with the habits of people in
general as its prior. *Words*: how often they use which, unigrams with the same kind
of prior (Zhai & Lafferty 2004). Each gives the log-odds of the unknown texts under
the writer against everybody. A line through both, fitted on pairs of texts, makes
them a calibrated ratio (background.Calibration).

Time and memory grow linearly with the text. Nothing here depends on numpy.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Self

from stillwater.identity.style.background import Background, Calibration, shipped
from stillwater.identity.style.habits import LONGEST, WORD, choices_in

ENOUGH = 20  # known texts; below, the ratio shrinks towards saying nothing
_HABIT_WEIGHT = 0.7  # how many occasions the general habit counts for
_SPELLING_WEIGHT = 2.0
_SPELLING_SHARE = 0.3  # spellings count among the words as well
_WORD_WEIGHT = 100.0
_LIMIT = 8.0  # |llr| bends towards this: no style says more than 1 in 3,000
_HASH_BYTES = 6


@dataclass(frozen=True, slots=True)
class Streams:
    """The evidence of some texts, in sums that can be added to. Holds no words."""

    texts: int = 0
    habits: float = 0.0
    words: float = 0.0
    word_count: int = 0

    def __add__(self, more: "Streams") -> "Streams":
        return Streams(
            self.texts + more.texts,
            self.habits + more.habits,
            self.words + more.words,
            self.word_count + more.word_count,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ratio, and how many known texts it rests on."""

    llr: float
    known: int

    @property
    def cold(self) -> bool:
        """Whether too little is known for style to count in full."""
        return self.known < ENOUGH


@dataclass
class Writer:
    """What is known of one writer's style: counts under hashes, never a text.

    ``salt`` makes the hashes meaningless elsewhere.
    """

    salt: bytes = b""
    texts: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    occasions: Counter[str] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)
    word_count: int = 0

    @classmethod
    def of(cls, known: Iterable[str], salt: bytes = b"") -> Self:
        """A writer known by these texts. Empty ones say nothing and do not count."""
        writer = cls(salt)
        for text in known:
            writer.learn(text)
        return writer

    def learn(self, untrusted_text: str, times: int = 1) -> None:
        """Take in one text of theirs; ``times`` -1 takes it back."""
        text = untrusted_text[:LONGEST]
        if not text.strip():
            return
        self.texts += times
        for habit, answer in choices_in(text):
            self.answers[self._hash(f"{habit} {answer}")] += times
            self.occasions[habit] += times
        for word in words_of(text):
            self.words[self._hash(word)] += times
            self.word_count += times

    def streams(self, untrusted_text: str, background: Background | None = None) -> Streams:
        """What one unknown text says for and against this writer."""
        text = untrusted_text[:LONGEST]
        if not text.strip():
            return Streams()
        general = background or shipped()
        habits = sum(self._habit(general, *choice) for choice in choices_in(text))
        words = words_of(text)
        return Streams(1, habits, sum(self._word(general, word) for word in words), len(words))

    def compare(self, unknown: Iterable[str], background: Background | None = None) -> Comparison:
        """Same writer against different, for all these texts as one writer's."""
        return self.weigh(
            sum((self.streams(text, background) for text in unknown), Streams()), background
        )

    def weigh(self, seen: Streams, background: Background | None = None) -> Comparison:
        """The same from evidence that was summed before."""
        known = max(0, self.texts)
        if seen.texts == 0:
            return Comparison(0.0, known)
        llr = ratio(seen, (background or shipped()).calibration)
        return Comparison(_LIMIT * math.tanh(llr / _LIMIT) * min(1.0, known / ENOUGH), known)

    def _habit(self, general: Background, habit: str, answer: str) -> float:
        spelling = not habit.startswith("=")
        weight = _SPELLING_WEIGHT if spelling else _HABIT_WEIGHT
        usual = general.habit(habit, answer)
        theirs = self.answers[self._hash(f"{habit} {answer}")]
        odds = math.log((theirs / usual + weight) / (self.occasions[habit] + weight))
        return odds * (_SPELLING_SHARE if spelling else 1.0)

    def _word(self, general: Background, word: str) -> float:
        theirs = self.words[self._hash(word)]
        return math.log(
            (theirs / general.word(word) + _WORD_WEIGHT) / (self.word_count + _WORD_WEIGHT)
        )

    def _hash(self, feature: str) -> int:
        return hashed(feature, self.salt)

    # As data

    def as_data(self) -> dict[str, Any]:
        """Counts only, as JSON takes them. The salt is not among them."""
        return {
            "texts": self.texts,
            "answers": [[key, count] for key, count in sorted(self.answers.items()) if count],
            "occasions": {key: count for key, count in sorted(self.occasions.items()) if count},
            "words": [[key, count] for key, count in sorted(self.words.items()) if count],
            "word_count": self.word_count,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], salt: bytes = b"") -> Self:
        return cls(
            salt,
            data["texts"],
            Counter(dict(data["answers"])),
            Counter(data["occasions"]),
            Counter(dict(data["words"])),
            data["word_count"],
        )


@lru_cache(maxsize=50_000)
def hashed(feature: str, salt: bytes) -> int:
    """What stands for a word where words may not be kept: 48 bits, with the salt as its key."""
    digest = blake2b(feature.encode("utf-8", "replace"), digest_size=_HASH_BYTES, key=salt[:64])
    return int.from_bytes(digest.digest(), "big")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, one apostrophe for all."""
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def ratio(seen: Streams, line: Calibration) -> float:
    """The calibrated line through what was seen, before any shrinking."""
    log_m = math.log(seen.texts)
    habits, words = means(seen)
    return (
        line.at
        + line.log_m * log_m
        + (line.habits + line.habits_log_m * log_m) * habits
        + (line.words + line.words_log_m * log_m) * words
    )


def means(seen: Streams) -> tuple[float, float]:
    """The habits' log-odds a text and the words' log-odds a word."""
    return seen.habits / max(1, seen.texts), seen.words / max(1, seen.word_count)


def same_writer(known: Sequence[str], unknown: Sequence[str]) -> float:
    """What ``stillwater same-writer`` gives for one pair."""
    return Writer.of(known).compare(unknown).llr
