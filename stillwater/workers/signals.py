"""The thread that takes notices out: every two seconds a look at the rows, and off they go.

It has no place in the worker's queue: a self-check of a large vault takes minutes there, and
danger is told at once. Each note is sent by a thread of a pool, so that a way that hangs
holds up nobody else's.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.core.places import place_of
from stillwater.gate.signals.outgoing import Post
from stillwater.gate.signals.rounds import go_round
from stillwater.gate.signals.transports import ByChild, Transport
from stillwater.vault.machine import MachineKey
from stillwater.workers.rounds import Rounds

BETWEEN_LOOKS = 2.0  # seconds: this is "at once"
AT_MOST_EVERY = 60.0  # seconds between two tries, whatever breaks
AT_ONE_TIME = 8  # notes

log = logging.getLogger(__name__)


class Outgoing:
    """The thread and its pool, from ``start`` to ``stop``."""

    def __init__(self, home: Home, clock: Clock, transport: Transport | None = None) -> None:
        self._home, self._clock = home, clock
        self._transport = transport or ByChild()
        self._pool = ThreadPoolExecutor(AT_ONE_TIME, thread_name_prefix="note")
        self._rounds = Rounds("notices", self._one_round, lambda _: 0.0, BETWEEN_LOOKS)
        self._rounds.back_off.most = AT_MOST_EVERY
        self._machine: MachineKey | None = None  # asked for once: it may lie in a keyring

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        """No further round; what is being sent is finished or, killed, taken up again."""
        self._rounds.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _one_round(self, rounds: Rounds) -> None:  # noqa: ARG002 - the form of a round
        self._machine = self._machine or MachineKey.load_or_create(self._home)
        post = Post(self._machine, self._clock, self._transport, self._in_pool)
        go_round(post, self._home)

    def _in_pool(self, errand: Callable[[], None]) -> None:
        self._pool.submit(_carry_out, errand)


def _carry_out(errand: Callable[[], None]) -> None:
    """One errand in a thread of the pool. What breaks is logged; its lease ends by itself."""
    try:
        errand()
    except Exception as error:  # noqa: BLE001 - the row says that it is not done, and it is redone
        log.warning("notices: %s", place_of(error))
    finally:
        connections.close_all()
