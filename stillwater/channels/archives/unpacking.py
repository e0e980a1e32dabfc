"""Bytes of a mailbox file, chunk by chunk, packed or not; memory stays bounded."""

import zlib
from typing import BinaryIO, Protocol

CHUNK = 1024 * 1024  # bytes handed out at a time
PACKED_CHUNK = 64 * 1024  # bytes of a packed file read at a time
SALVAGED_AT_ONCE = 64  # bytes; so many before a damage may be lost
GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's window bits for gzip


class Source(Protocol):
    """A stream of bytes, and how much of its file is read."""

    problem: str | None  # why it ended before its time, if it did

    @property
    def done(self) -> int:
        """Bytes of the file that were read."""

    def done_at(self, position: int) -> int:
        """Bytes of the file that were read for the stream's first ``position``."""

    def skip(self, count: int) -> None:
        """Pass over the first ``count`` bytes of the stream."""

    def read(self) -> bytes:
        """The next bytes, at most ``CHUNK``; none at the end."""


def is_packed(file: BinaryIO) -> bool:
    """Whether the file is gzip; leaves it at its start."""
    magic = file.read(2)
    file.seek(0)
    return magic == GZIP_MAGIC


class PlainSource:
    """A file as it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.problem: str | None = None

    @property
    def done(self) -> int:
        return self._file.tell()

    def done_at(self, position: int) -> int:
        return position

    def skip(self, count: int) -> None:
        self._file.seek(count)

    def read(self) -> bytes:
        return self._file.read(CHUNK)


class PackedSource:
    """A gzip file of any number of members; what is behind damage is not read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = zlib.decompressobj(_GZIP)
        self._packed = b""
        self._held = b""  # unpacked, passed over only in part
        self.problem: str | None = None

    @property
    def done(self) -> int:
        return self._file.tell()

    def done_at(self, position: int) -> int:  # noqa: ARG002  packed bytes say nothing so precise
        return self.done

    def skip(self, count: int) -> None:
        while count > 0 and (chunk := self.read()):
            self._held = chunk[count:]
            count -= len(chunk)

    def read(self) -> bytes:
        if self._held:
            held, self._held = self._held, b""
            return held
        while self.problem is None:
            if not self._packed:
                self._packed = self._file.read(PACKED_CHUNK)
            if not self._packed:
                self._ended()
                return b""
            chunk = self._unpack()
            if chunk:
                return chunk
        return b""

    def _unpack(self) -> bytes:
        if self._unpacker.eof:
            self._packed = self._packed.lstrip(b"\0")  # padding between members
            self._unpacker = zlib.decompressobj(_GZIP)
        before = self._unpacker.copy()
        try:
            chunk = self._unpacker.decompress(self._packed, CHUNK)
        except zlib.error:
            self.problem = "The packed file is damaged; what lies behind was not read."
            return _salvaged(before, self._packed)
        unpacker = self._unpacker
        self._packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        return chunk

    def _ended(self) -> None:
        if not self._unpacker.eof:
            self.problem = "The packed file ends too early; what it held behind is lost."


def _salvaged(unpacker: "zlib._Decompress", packed: bytes) -> bytes:
    """What can be unpacked before the damage, found in small steps."""
    saved: list[bytes] = []
    try:
        while packed and not unpacker.eof:
            saved.append(unpacker.decompress(packed, SALVAGED_AT_ONCE))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        pass  # the damage: known, and said in ``problem``
    return b"".join(saved)
