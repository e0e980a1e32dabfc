"""After wrong passphrases: a pause that grows, and never a door that stays shut.

Somebody at this machine must not be able to lock the person out by typing nonsense, so
the longest pause is a minute. Each guess also costs what Argon2id costs, one at a time:
four at once would take a gigabyte. The count lives in the page process, and ends with it.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PAUSES = tuple(timedelta(seconds=each) for each in (0, 0, 5, 10, 20, 40, 60))
FORGOTTEN_AFTER = timedelta(minutes=30)  # nobody tried for so long: the count begins anew
MOST_NAMES = 1000


@dataclass(frozen=True, slots=True)
class _Tries:
    wrong: int
    last: datetime

    @property
    def next_at(self) -> datetime:
        return self.last + PAUSES[min(self.wrong, len(PAUSES)) - 1]


@dataclass
class Patience:
    """Counts wrong passphrases by the name that was typed, whether anybody has it or not."""

    _tries: OrderedDict[bytes, _Tries] = field(default_factory=OrderedDict)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def one_guess(self) -> Iterator[None]:
        """Only one guess is made at once, by whomever."""
        with self._one_at_a_time:
            yield

    def left(self, untrusted_name: str, now: datetime) -> timedelta:
        """How long until the next try; zero: now."""
        tries = self._tries.get(_key(untrusted_name))
        # A clock that was set back must not make a minute into a year.
        if tries is None or not timedelta(0) <= now - tries.last < FORGOTTEN_AFTER:
            return timedelta(0)
        return max(tries.next_at - now, timedelta(0))

    def was_wrong(self, untrusted_name: str, now: datetime) -> None:
        """One more did not open it."""
        key = _key(untrusted_name)
        before = self._tries.pop(key, None)
        fresh = before is None or now - before.last >= FORGOTTEN_AFTER
        self._tries[key] = _Tries(1 if fresh or before is None else before.wrong + 1, now)
        while len(self._tries) > MOST_NAMES:
            self._tries.popitem(last=False)

    def was_right(self, untrusted_name: str) -> None:
        """It opened: what was wrong before is forgotten."""
        self._tries.pop(_key(untrusted_name), None)


def _key(untrusted_name: str) -> bytes:
    """Names of any length, kept as 32 bytes."""
    return hashlib.sha256(untrusted_name.encode("utf-8", "surrogatepass")).digest()
