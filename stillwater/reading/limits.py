"""What the child process may not do: grow, run on, write, call out.

Defence in depth, not a jail: a bug in a parser must find little to use. There
are no keys in the child to begin with.
"""

import math
import os
import resource
import sys

MEMORY = 1 << 30  # bytes of address space: a mail of 200 MB and its parse
SECONDS_PER_ITEM = 3  # of processor time; the parent's 2 s of wall time come first
FILES = 64

_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class RefusedError(RuntimeError):
    """The child tried what it never needs."""


def _guard(event: str, args: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise RefusedError(event)
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITING:
        raise RefusedError("open for writing")


def lock_down() -> None:
    """From here on: bounded memory, no core dump, no written file, no socket, no program."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        _lower(limit, value)
    sys.addaudithook(_guard)


def one_more_item() -> None:
    """Give the next item its own processor time: should the parent die, nothing runs on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + SECONDS_PER_ITEM
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or seconds < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(limit, (value, value))
    except (ValueError, OSError):
        # macOS knows RLIMIT_AS but refuses it; the other limits still hold.
        if limit != resource.RLIMIT_AS:
            raise
