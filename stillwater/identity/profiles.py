"""What is remembered of how an other writes: counts under hashes, never a text."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from stillwater.identity.style.background import shipped
from stillwater.identity.style.habits import LONGEST, WORD
from stillwater.identity.style.writer import Writer, hashed

_MOST = 20_000  # rare words, and phrases, each: then no more are taken in
_RUN = 5  # words in a row that make a phrase
_RARE = 30  # how often people in general use a word that is no longer rare (of 345,000)
_SHORTEST = 3  # letters of a rare word
_SENTENCE_END = frozenset(".!?\n")


@dataclass
class Profile:
    """One other, as learnt from attempts that were surely theirs."""

    salt: bytes = b""
    writer: Writer = field(default_factory=Writer)
    rare: Counter[int] = field(default_factory=Counter)  # in how many texts
    phrases: set[int] = field(default_factory=set)
    hours: list[int] = field(default_factory=lambda: [0] * 24)
    last_at: datetime | None = None

    @classmethod
    def new(cls, salt: bytes) -> Self:
        return cls(salt, Writer(salt))

    def learn(self, untrusted_text: str, local_at: datetime) -> None:
        """One attempt; its words are forgotten, their counts are not."""
        self.note_time(local_at)
        self.writer.learn(untrusted_text)
        for word in rare_words(untrusted_text):
            if len(self.rare) < _MOST:
                self.rare[hashed(word, self.salt)] += 1
        if len(self.phrases) < _MOST:
            self.phrases.update(hashed(run, self.salt) for run in phrases_of(untrusted_text))

    def note_time(self, local_at: datetime) -> None:
        self.hours[local_at.hour] += 1
        if self.last_at is None or local_at > self.last_at:
            self.last_at = local_at

    def as_data(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "writer": self.writer.as_data(),
            "rare": sorted(self.rare.items()),
            "phrases": sorted(self.phrases),
            "hours": self.hours,
            "last_at": self.last_at.isoformat() if self.last_at else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], salt: bytes) -> Self:
        return cls(
            salt,
            Writer.from_data(data["writer"], salt),
            Counter(dict(data["rare"])),
            set(data["phrases"]),
            list(data["hours"]),
            datetime.fromisoformat(data["last_at"]) if data["last_at"] else None,
        )


def rare_words(untrusted_text: str) -> set[str]:
    """Words that hardly anybody uses and that stand there like a name: lower case, each once.

    Like a name: with a capital inside a sentence. Whoever writes without capitals
    gives none here; their words count for style alone.
    """
    text = untrusted_text[:LONGEST]
    known = shipped().words
    found = set()
    for one in WORD.finditer(text):
        word = one.group()
        before = text[: one.start()].rstrip(" \"'“”‘’(")[-1:]
        inside = bool(before) and before not in _SENTENCE_END
        if (
            inside
            and len(word) >= _SHORTEST
            and word[0].isupper()
            and not word.isupper()
            and word.isalpha()
            and known.get(word.lower(), 0) < _RARE
        ):
            found.add(word.lower())
    return found


def words_in(untrusted_text: str) -> set[str]:
    """All words of a text in lower case: what rare ones are looked up in."""
    return {word.lower() for word in WORD.findall(untrusted_text[:LONGEST])}


def phrases_of(untrusted_text: str) -> Iterator[str]:
    """Runs of five words, at least two of them not among the most frequent."""
    common = shipped().frequent
    words = [word.lower().replace("’", "'") for word in WORD.findall(untrusted_text[:LONGEST])]
    for at in range(len(words) - _RUN + 1):
        run = words[at : at + _RUN]
        if sum(word not in common for word in run) >= 2:
            yield " ".join(run)
