"""Opening one sealed file: everything is proved first, only then is anything given away.

1. The ciphertext has the sha256 that was recorded.
2. age opens it, to its last chunk: a truncated file does not.
3. Salt and original have the length and the commitment that were recorded.
4. The original is given away.

Every pass reads the same open file, so that a file put in its place between two
passes is not read.
"""

import io
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

import pyrage

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.vault.identities import Identity
from stillwater.vault.models import Item

SALT = 32
# Up to here an original is opened in memory; above, twice and in pieces.
IN_MEMORY = 8 * 1024 * 1024


def item_path(home: Home, person_id: str, public_id: str) -> Path:
    """vault/<person>/<first two digits>/<item>.age"""
    return home.vault / person_id / public_id[:2] / f"{public_id}.age"


def reveal(item: Item, home: Home, identity: Identity) -> tuple[bytes, bytes]:
    """Salt and original, proved, in memory. Raises UserError."""
    whole = io.BytesIO()
    with _opened(item, home) as file:
        _must_be_recorded(item, file)
        _decrypt(item, file, whole, identity)
    content = whole.getbuffer()
    _must_be_committed(item, sha256(content).digest(), len(content))
    return bytes(content[:SALT]), bytes(content[SALT:])


def open_to(item: Item, home: Home, identity: Identity, out: BinaryIO) -> None:
    """The original into ``out``, once it is proved. Raises UserError."""
    if item.length <= IN_MEMORY:
        out.write(reveal(item, home, identity)[1])
        return
    with _opened(item, home) as file:
        _must_be_recorded(item, file)
        proof = _Measured()
        _decrypt(item, file, proof, identity)
        _must_be_committed(item, proof.digest(), proof.length)
        file.seek(0)
        _decrypt(item, file, _WithoutSalt(out), identity)


def prove(item: Item, home: Home) -> None:
    """Whether the sealed file is there and as it was recorded. Raises UserError."""
    with _opened(item, home) as file:
        _must_be_recorded(item, file)


class _Measured(io.RawIOBase):
    """Takes what is written, and keeps only its hash and length."""

    def __init__(self) -> None:
        super().__init__()
        self._hash = sha256()
        self.length = 0

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._hash.update(data)
        self.length += len(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


class _WithoutSalt(io.RawIOBase):
    """Passes on everything but the first 32 bytes."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._salt_left = SALT

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        rest = data[self._salt_left :]
        self._salt_left -= len(data) - len(rest)
        if rest:
            self._out.write(rest)
        return len(data)


def _opened(item: Item, home: Home) -> io.BufferedReader:
    try:
        return item_path(home, item.person.public_id, item.public_id).open("rb")
    except FileNotFoundError as wrong:
        raise _wrong(item, "is missing") from wrong


def _must_be_recorded(item: Item, file: io.BufferedReader) -> None:
    if file_digest(file, "sha256").digest() != bytes(item.ciphertext_sha256):
        raise _wrong(item, "was changed")
    file.seek(0)


def _decrypt(item: Item, file: io.BufferedReader, out: io.IOBase, identity: Identity) -> None:
    try:
        pyrage.decrypt_io(file, out, [identity])
    except pyrage.DecryptError as wrong:
        raise _wrong(item, "does not open") from wrong


def _must_be_committed(item: Item, commitment: bytes, length: int) -> None:
    if commitment != bytes(item.commitment) or length != item.length + SALT:
        raise _wrong(item, "holds something else than was recorded")


def _wrong(item: Item, how: str) -> UserError:
    return UserError(
        f"The sealed file of item {item.public_id} {how}.",
        "Nothing was shown. Run: stillwater vault check",
        ExitCode.BROKEN,
    )
