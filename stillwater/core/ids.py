"""Randomness and opaque identifiers, handed in wherever they are used."""

import secrets
from collections.abc import Callable

Randomness = Callable[[int], bytes]
"""``randomness(n)`` gives n unpredictable bytes."""


def system_randomness(size: int) -> bytes:
    """Bytes from the operating system's own source."""
    return secrets.token_bytes(size)


def new_public_id(randomness: Randomness = system_randomness) -> str:
    """An opaque id of 32 hexadecimal digits (128 bits): says nothing, guesses nothing."""
    return randomness(16).hex()
