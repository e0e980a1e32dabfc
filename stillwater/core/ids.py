"""Randomness and opaque identifiers, handed in wherever they are used."""

import re
import secrets
from collections.abc import Callable

_PUBLIC_ID = re.compile(r"[0-9a-f]{32}")
Randomness = Callable[[int], bytes]
"""``randomness(n)`` gives n unpredictable bytes."""


def system_randomness(size: int) -> bytes:
    """Bytes from the operating system's own source."""
    return secrets.token_bytes(size)


def new_public_id(randomness: Randomness = system_randomness) -> str:
    """An opaque id of 32 hexadecimal digits (128 bits): says nothing, guesses nothing."""
    return randomness(16).hex()


def is_public_id(untrusted: str) -> bool:
    """Whether it has the form of such an id; a database need not be asked for anything else."""
    return _PUBLIC_ID.fullmatch(untrusted) is not None
