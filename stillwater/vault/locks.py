"""One at a time: who seals, sweeps or backs up holds the person's lock.

Whoever waits for it stands in a queue, so that a long work (an import) can see
that somebody waits and give way between two batches: live mail must not wait
until a mailbox file of ten years is through.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, Home
from stillwater.people.models import Person

PATIENCE = 2.0  # seconds: live mail holds the lock for moments
# For what a person at a page waits for: a thread of the page server that waits for longer is one
# that *Leave quickly* may need. What was typed is kept, and can be sent again.
AT_A_PAGE = 8.0  # seconds
_BETWEEN_TRIES = 0.02


@dataclass(frozen=True, slots=True)
class Held:
    """The lock of one person, held."""

    _main: int
    _queue: int

    def is_wanted(self) -> bool:
        """Whether somebody waits for it."""
        try:
            fcntl.flock(self._queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._queue, fcntl.LOCK_UN)
        return False

    def give_way(self) -> None:
        """Let whoever waits go first; comes back holding it again."""
        fcntl.flock(self._main, fcntl.LOCK_UN)
        _wait_in_line(self._main, self._queue)


@contextmanager
def person_lock(home: Home, person: Person, *, wait: bool | float = False) -> Iterator[Held]:
    """Hold the lock of one person, until the block is left or the process ends.

    The lock belongs to the open file, so a killed process leaves none behind.
    ``wait``: True, in the queue and however long; a number, in the queue for so many
    seconds; False, beside the queue for ``PATIENCE``. Raises UserError (NOT_NOW)
    where somebody else holds it for longer.
    """
    with _files(home, person.public_id) as (main, queue):
        if wait is True:
            _wait_in_line(main, queue)
        elif not (_in_line_within(wait, main, queue) if wait else _within(PATIENCE, main)):
            raise UserError(
                "Something else is working on this vault right now.",
                "Wait until it is done, then try again.",
                ExitCode.NOT_NOW,
            )
        yield Held(main, queue)


@contextmanager
def among_others(home: Home, name: str) -> Iterator[None]:
    """Hold the lock of this name together with others who do; never beside ``alone``."""
    with _files(home, name) as (main, queue):
        _wait_in_line(main, queue, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(home: Home, name: str, within: float | None = None) -> Iterator[None]:
    """Hold the lock of this name when all who have it are done; whoever comes later waits.

    Raises TimeoutError where that is not so ``within`` seconds.
    """
    with _files(home, name) as (main, queue):
        if within is None:
            _wait_in_line(main, queue)
        elif not _in_line_within(within, main, queue):
            raise TimeoutError
        yield


def take_away(home: Home, name: str) -> None:
    """The files of a lock that nobody will ask for again; whoever waits still gets it."""
    for suffix in ("lock", "queue"):
        (home.locks / f"{name}.{suffix}").unlink(missing_ok=True)


@contextmanager
def _files(home: Home, name: str) -> Iterator[tuple[int, int]]:
    """The lock and its queue, let go of with the block."""
    flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC
    main = os.open(home.locks / f"{name}.lock", flags, PRIVATE_FILE)
    queue = os.open(home.locks / f"{name}.queue", flags, PRIVATE_FILE)
    try:
        yield main, queue
    finally:
        os.close(main)
        os.close(queue)


def _wait_in_line(main: int, queue: int, how: int = fcntl.LOCK_EX) -> None:
    fcntl.flock(queue, fcntl.LOCK_EX)
    try:
        fcntl.flock(main, how)
    finally:
        fcntl.flock(queue, fcntl.LOCK_UN)


def _in_line_within(seconds: float, main: int, queue: int) -> bool:
    """In the queue, so that a long work sees that somebody waits and gives way."""
    deadline = time.monotonic() + seconds
    if not _within(seconds, queue):
        return False
    try:
        return _within(deadline - time.monotonic(), main)
    finally:
        fcntl.flock(queue, fcntl.LOCK_UN)


def _within(seconds: float, lock: int) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(_BETWEEN_TRIES)
        else:
            return True
