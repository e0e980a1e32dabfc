"""A thread that does one round after the other until it is told to stop."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connections

from stillwater.core.places import place_of

log = logging.getLogger(__name__)


@dataclass(slots=True)
class BackOff:
    """Growing pauses, each drawn from its upper half, so that not everybody calls at once."""

    first: float = 0.25  # seconds
    most: float = 300.0
    _last: float = field(init=False, default=0.0)

    def pause(self) -> float:
        """How long to wait after one more time that it went wrong."""
        self._last = min(self._last * 2 or self.first, self.most)
        return random.uniform(self._last / 2, self._last)  # noqa: S311  no secret hangs on it

    def worked(self) -> None:
        self._last = 0.0


class Rounds(threading.Thread):
    """Whatever breaks in a round is said by ``broke``, and tried again after a pause.

    ``broke`` gives how long to wait at least, in seconds.
    """

    def __init__(
        self,
        name: str,
        one_round: Callable[["Rounds"], None],
        broke: Callable[[Exception], float],
        between: float = 0.0,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._one_round = one_round
        self._broke = broke
        self._between = between
        self._stopping = threading.Event()
        self.back_off = BackOff()

    def run(self) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self._once())
        connections.close_all()

    def _once(self) -> float:
        """One round; gives the pause after it, in seconds."""
        try:
            self._one_round(self)
        except Exception as error:  # noqa: BLE001  said, logged by its place, and tried again
            return 0.0 if self._stopping.is_set() else self._pause_after(error)
        finally:
            close_old_connections()
        self.back_off.worked()
        return self._between

    def _pause_after(self, error: Exception) -> float:
        log.warning("%s: %s", self.name, place_of(error))
        pause = self.back_off.pause()
        try:
            return max(self._broke(error), pause)
        except Exception as worse:  # noqa: BLE001  the thread must live on, whatever cannot be noted
            log.warning("%s: %s", self.name, place_of(worse))
            return pause

    def stop(self) -> None:
        """End after this round; ``is_stopping`` is true from now on."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def rest(self, seconds: float) -> None:
        """Wait, or until told to stop."""
        self._stopping.wait(seconds)
