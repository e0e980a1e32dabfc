"""The way into one mailbox: where the server did not take the password, nobody knocks again soon.

Several threads watch one mailbox. Each trying a wrong password for itself would be some sixty
tries an hour, and providers lock a mailbox for fewer.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from stillwater.channels.mail.live.troubles import MailError, Trouble

PAUSES = (120.0, 240.0, 480.0, 900.0)  # seconds after the first, second, … refusal
_REFUSALS = frozenset({Trouble.PASSWORD, Trouble.TOKEN})


@dataclass
class Door:
    """Shared by the threads of one mailbox; a changed password is a new watch, and a new door."""

    clock: Callable[[], float] = time.monotonic  # seconds
    _refused: int = 0
    _opens_at: float = 0.0
    _trouble: Trouble = Trouble.PASSWORD
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def is_shut(self) -> bool:
        """Whether knocking now would only be one more wrong try."""
        return self.clock() < self._opens_at

    @contextmanager
    def knock(self) -> Iterator[None]:
        """Sign in inside, one at a time. Raises MailError at once while the door is shut."""
        with self._lock:
            if self.is_shut:
                raise MailError(self._trouble)
            try:
                yield
            except MailError as error:
                if error.trouble in _REFUSALS:
                    self._was_refused(error.trouble)
                raise
            self._refused = 0

    def _was_refused(self, trouble: Trouble) -> None:
        pause = PAUSES[min(self._refused, len(PAUSES) - 1)]
        self._refused += 1
        self._trouble, self._opens_at = trouble, self.clock() + pause
