"""mbox files: as mail programs write them, gzipped, and as Gmail Takeout gives them.

Streamed: memory is bounded by the longest mail, however long the file is.

1. A mail begins at a ``From `` line at the file's start or after an empty line,
   which also bears a time of day: a sentence that begins with "From" does not.
2. Its original is everything after that line up to the next one, less the one
   empty line that separates them. ``>From `` is left as it is found: whether a
   program added the > cannot be known (text/ takes it off where it compares).
3. What is not recognised stays inside the mail before: no byte is lost.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from stillwater.channels.archives.items import LONGEST_ITEM, ArchiveItem

_PIECE = 2**20  # bytes read at a time
_LONGEST_FROM_LINE = 1_000
_FROM_LINE = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,400}?\d:\d\d[^\r\n]{0,200}\r?\n"
)
# Compressed mail is seldom smaller than a thirtieth; a bomb is a thousandth.
_MOST_PACKED = 200
_BOMB_FROM = 64 * 2**20  # bytes unpacked before the ratio is judged
_EMPTY_LINE = re.compile(rb"\r?\n\Z")


@dataclass(frozen=True)
class Mbox:
    """One mbox file. Positions are bytes of the unpacked file."""

    path: Path
    longest: int = LONGEST_ITEM
    unit = "bytes"

    @property
    def packed(self) -> bool:
        """Whether the file is gzipped, by its first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(2) == b"\x1f\x8b"

    @property
    def size(self) -> int:
        """Bytes; for a gzipped file what its trailer says, which may be wrong."""
        if not self.packed:
            return self.path.stat().st_size
        with self.path.open("rb") as stream:
            stream.seek(-4, 2)
            return int.from_bytes(stream.read(4), "little")

    def items(self, start: int = 0) -> Iterator[ArchiveItem]:
        """Every mail from the one whose ``From `` line begins at ``start``."""
        with self.path.open("rb") as packed:
            if not self.packed:
                yield from _Scanner(packed, None, self.longest).items(start)
                return
            with gzip.GzipFile(fileobj=packed) as unpacked:
                yield from _Scanner(unpacked, packed, self.longest).items(start)


class _Scanner:
    """Reads on from a position, holding one mail at a time."""

    def __init__(
        self, stream: IO[bytes] | gzip.GzipFile, packed: IO[bytes] | None, longest: int
    ) -> None:
        self._stream = stream
        self._packed = packed
        self._longest = longest
        self._held = bytearray()
        self._at = 0  # position of the first byte held
        self._broken: str | None = None

    def items(self, start: int) -> Iterator[ArchiveItem]:
        self._seek(start)
        searched = 0  # bytes held in which no further beginning was found
        while self._broken is None and self._more():
            starts = [found.start() for found in self._beginnings(searched)]
            for begins, ends in zip([0, *starts], starts, strict=False):
                if ends > begins:
                    yield self._item(begins, ends)
            searched = max(0, len(self._held) - _LONGEST_FROM_LINE)
            if starts:
                self._let_go(starts[-1])
                searched = max(0, searched - starts[-1])
            if len(self._held) > self._longest:
                yield self._item(0, len(self._held), "it is longer than any mail")
                self._let_go(len(self._held))
                searched = 0
        if self._held or self._broken:
            yield self._item(0, len(self._held), self._broken)

    def _seek(self, start: int) -> None:
        try:
            self._stream.seek(start)
        except (OSError, EOFError, zlib.error):
            self._broken = "the packed file is damaged"
        self._at = start

    def _beginnings(self, searched: int) -> Iterator[re.Match[bytes]]:
        """``From `` lines from there on; the one that the held mail begins with is passed over."""
        return _FROM_LINE.finditer(self._held, max(searched, 1))

    def _more(self) -> bool:
        """Read a piece; False at the end, or where nothing more can be read."""
        try:
            piece = self._stream.read(_PIECE)
        except (OSError, EOFError, zlib.error):
            self._broken = "the packed file is damaged from here on"
            return False
        self._held += piece
        if self._is_bomb():
            self._broken = "it unpacks to far more than any mail does"
            return False
        return bool(piece)

    def _is_bomb(self) -> bool:
        unpacked = self._at + len(self._held)
        if self._packed is None or unpacked < _BOMB_FROM:
            return False
        return unpacked > _MOST_PACKED * max(1, self._packed.tell())

    def _let_go(self, size: int) -> None:
        del self._held[:size]
        self._at += size

    def _item(self, begins: int, ends: int, why: str | None = None) -> ArchiveItem:
        raw = bytes(self._held[begins:ends])
        line = _FROM_LINE.match(raw)
        if line:
            raw = raw[line.end() :]
        return ArchiveItem(_without_separator(raw), self._at + begins, unreadable=why)


def _without_separator(raw: bytes) -> bytes:
    """Less the empty line that stands before the next ``From `` line."""
    for ending in (b"\r\n\r\n", b"\n\n"):
        if raw.endswith(ending):
            return raw[: -len(ending) // 2]
    return raw
