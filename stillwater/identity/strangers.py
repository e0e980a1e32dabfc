"""What is kept of unknown senders: a keyed hash of the handle, sums, times; 30 days, then gone.

Without it nobody could be recognised by a second message. No words are kept: of the
style only sums (style/writer.Streams), of each sign only how much it said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from stillwater.identity.evidence import Sign
from stillwater.identity.style.writer import Streams, hashed

KEPT = timedelta(days=30)
_MOST = 20_000  # senders; then the one seen longest ago goes
_MOST_WORDS = 50_000


@dataclass
class Towards:
    """The evidence of one sender towards one other, over all messages so far."""

    streams: Streams = field(default_factory=Streams)
    signs: dict[Sign, float] = field(default_factory=dict)

    def add(self, streams: Streams, sums: Mapping[Sign, float]) -> None:
        """Take in one message. Of each sign the strongest so far counts, for or against."""
        self.streams = self.streams + streams
        for sign, value in sums.items():
            if abs(value) > abs(self.signs.get(sign, 0.0)):
                self.signs[sign] = value


@dataclass
class Stranger:
    """One unknown sender."""

    first_seen: datetime
    last_seen: datetime
    messages: int = 0
    suspected: bool = False
    towards: dict[str, Towards] = field(default_factory=dict)  # by label


class Strangers:
    """The unknown senders of the last 30 days."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._seen: dict[int, Stranger] = {}
        self._never: set[int] = set()  # said not to be theirs: never suspected again
        self._suspected = 0  # of those seen
        self._words: dict[int, int] = {}  # rare word -> the only sender who used it, or 0: several

    def key(self, handle: str) -> int:
        """The keyed hash of a handle in its exact form."""
        return hashed("handle " + handle, self._salt)

    def met(self, key: int, now: datetime) -> Stranger:
        """This sender, now seen again or for the first time. ``now`` may be their own claim."""
        one = self._seen.pop(key, None) or Stranger(now, now)
        one.last_seen = max(one.last_seen, now)
        one.messages += 1
        self._seen[key] = one  # last in order: seen last
        if len(self._seen) > _MOST:
            self._forget(next(iter(self._seen)))
        return one

    def forget_old(self, now: datetime) -> None:
        """Drop who was last seen more than 30 days before ``now``, which nobody but us may say."""
        for key in [key for key, one in self._seen.items() if now - one.last_seen > KEPT]:
            self._forget(key)

    def suspect(self, one: Stranger) -> None:
        """It gave cause; it is no longer one of the new contacts that a life brings."""
        self._suspected += not one.suspected
        one.suspected = True

    def _forget(self, key: int) -> None:
        gone = self._seen.pop(key, None)
        self._suspected -= gone is not None and gone.suspected

    def unsuspected(self) -> int:
        """How many new contacts the last 30 days brought that gave no cause."""
        return len(self._seen) - self._suspected

    def dismiss(self, key: int) -> None:
        """The person said that this is not theirs: whatever was held against it goes."""
        self._never.add(key)
        self._forget(key)

    def readmit(self, key: int) -> None:
        """Taken back: it may be looked at again."""
        self._never.discard(key)

    def is_dismissed(self, key: int) -> bool:
        return key in self._never

    def note_words(self, key: int, words: Iterable[int]) -> None:
        """Rare words of this sender: what several strangers say is no secret between two."""
        for word in words:
            if len(self._words) < _MOST_WORDS and self._words.setdefault(word, key) != key:
                self._words[word] = 0

    def words_of_others(self, key: int, words: Iterable[int]) -> set[int]:
        """Those of ``words`` that some other unknown sender used as well."""
        return {word for word in words if self._words.get(word, key) != key}

    # As data

    def as_data(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "never": sorted(self._never),
            "words": sorted(self._words.items()),
            "seen": [
                {
                    "key": key,
                    "first": one.first_seen.isoformat(),
                    "last": one.last_seen.isoformat(),
                    "messages": one.messages,
                    "suspected": one.suspected,
                    "towards": {
                        label: {"streams": asdict(each.streams), "signs": each.signs}
                        for label, each in one.towards.items()
                    },
                }
                for key, one in self._seen.items()
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], salt: bytes) -> Self:
        strangers = cls(salt)
        strangers._never = set(data["never"])
        strangers._words = dict(data["words"])
        strangers._seen = {one["key"]: _stranger(one) for one in data["seen"]}
        strangers._suspected = sum(one.suspected for one in strangers._seen.values())
        return strangers


def _stranger(data: Mapping[str, Any]) -> Stranger:
    return Stranger(
        datetime.fromisoformat(data["first"]),
        datetime.fromisoformat(data["last"]),
        data["messages"],
        data["suspected"],
        {
            label: Towards(
                Streams(**each["streams"]),
                {Sign(sign): value for sign, value in each["signs"].items()},
            )
            for label, each in data["towards"].items()
        },
    )
