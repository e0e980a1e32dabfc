"""One at a time: who seals, sweeps or backs up holds the person's lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, Home
from stillwater.people.models import Person


@contextmanager
def person_lock(home: Home, person: Person, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of one person, until the block is left or the process ends.

    The lock belongs to the open file, so a killed process leaves none behind.
    Raises UserError (NOT_NOW) where somebody else holds it and ``wait`` is False.
    """
    path = home.locks / f"{person.public_id}.lock"
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as busy:
            raise UserError(
                "Something else is working on this vault right now.",
                "Wait until it is done, then try again.",
                ExitCode.NOT_NOW,
            ) from busy
        yield
    finally:
        os.close(handle)
