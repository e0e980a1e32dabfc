"""What was sent a moment after the lock had fallen: kept sealed, in memory, for its draft.

Whoever writes for longer than the idle time would else lose what they wrote by sending it.
It is sealed to the person before anybody has signed in, so only their next sign-in opens it.
"""

import threading
from dataclasses import dataclass, field

MOST = 50  # drafts: the oldest goes


@dataclass
class Late:
    """Sealed forms, by the id of the draft that they belong to."""

    _kept: dict[str, bytes] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def keep(self, draft_id: str, sealed: bytes) -> None:
        with self._lock:
            self._kept[draft_id] = sealed
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]

    def take(self, draft_id: str) -> bytes | None:
        """What came late for this draft; it is given once."""
        with self._lock:
            return self._kept.pop(draft_id, None)
