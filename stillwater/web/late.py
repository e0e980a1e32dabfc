"""What was sent a moment after the lock had fallen: kept sealed, in memory, for its draft.

Whoever writes for longer than the idle time would else lose what they wrote by sending it.
It is sealed to the person before anybody has signed in, so only their next sign-in opens it.
None takes the place of another: what does not fit any more is refused, and that is said.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST = 500  # forms
MOST_OF_ONE = 50  # forms of one draft


@dataclass
class Late:
    """Sealed forms in their order, by the id of the draft that they belong to."""

    _kept: dict[str, list[bytes]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def keep(self, draft_id: str, sealed: bytes) -> bool:
        """Whether it is kept; there may be too many already."""
        with self._lock:
            mine = self._kept.get(draft_id, [])
            if len(mine) >= MOST_OF_ONE or sum(map(len, self._kept.values())) >= MOST:
                return False
            self._kept[draft_id] = [*mine, sealed]
            return True

    def take(self, draft_id: str) -> list[bytes]:
        """What came late for this draft, oldest first; it is given once."""
        with self._lock:
            return self._kept.pop(draft_id, [])

    def put_back(self, draft_id: str, sealed: Sequence[bytes]) -> None:
        """What could not be used now, for the next time."""
        if sealed:
            with self._lock:
                self._kept[draft_id] = [*sealed, *self._kept.get(draft_id, [])]
