"""Sealing a stream into a file."""

from hashlib import sha256
from typing import Any, Protocol

import pyrage

from stillwater.vault import files


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes: ...


class SealedFile:
    """A file that takes a stream in sealed, and hashes what it writes."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._wrong: OSError | None = None
        self.hashed = sha256()

    def take_sealed(self, source: Readable, to: list[Any]) -> None:
        """Seal ``source`` into this file. Raises OSError where there is no room."""
        try:
            pyrage.encrypt_io(source, self, to)
        except pyrage.EncryptError as wrong:
            # pyrage tells only the words of what went wrong in ``write``.
            raise self._wrong or wrong from wrong

    def write(self, data: bytes) -> int:
        try:
            files.write_all(self._handle, data)
        except OSError as wrong:
            self._wrong = wrong
            raise
        self.hashed.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
