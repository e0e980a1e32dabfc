"""The spool: originals that are sealed and recorded but not decided yet.

One file a batch, under the machine key, because the daemon cannot open the
vault. It is emptied as soon as the batch is decided.
"""

import json
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stillwater.core.errors import UserError
from stillwater.core.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey

_FRAME = struct.Struct(">IQ")  # length of the header, length of the original
_SUFFIX = ".spool"


@dataclass(frozen=True, slots=True)
class Spooled:
    """One original on its way, by its source identity."""

    source_identity: bytes
    raw: bytes
    unreadable: str | None = None


@dataclass(frozen=True)
class Spool:
    """The spool of one person."""

    home: Home
    machine: MachineKey
    person: Person
    randomness: Randomness = system_randomness

    @property
    def folder(self) -> Path:
        return self.home.spool / self.person.public_id

    def put(self, batch: Sequence[Spooled]) -> Path:
        """Write one batch and have it on the disk; gives the file."""
        self.folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        path = self.folder / (new_public_id(self.randomness) + _SUFFIX)
        unfinished = path.with_suffix(".part")
        blob = self.machine.seal_spool(self.person.public_id, _pack(batch))
        with os.fdopen(
            os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE), "wb"
        ) as out:
            out.write(blob)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(path)
        return path

    def left_over(self) -> Iterator[tuple[Path, list[Spooled]]]:
        """Every batch that a stop left here, oldest first.

        Files that were never finished are taken away: nothing named them yet,
        and their source still has the originals. One that was damaged gives an
        empty batch: what was in it is sealed, and is told as not read.
        """
        if not self.folder.is_dir():
            return
        for unfinished in self.folder.glob("*.part"):
            unfinished.unlink()
        for path in sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda p: p.stat().st_mtime_ns):
            yield path, self._opened(path)

    def _opened(self, path: Path) -> list[Spooled]:
        try:
            return _unpack(self.machine.open_spool(self.person.public_id, path.read_bytes()))
        except UserError:
            return []

    def empty(self, path: Path) -> None:
        """This batch is decided: take its plaintext off the disk."""
        path.unlink(missing_ok=True)


def _pack(batch: Sequence[Spooled]) -> bytes:
    parts: list[bytes] = []
    for one in batch:
        header = json.dumps(
            {"id": one.source_identity.hex(), "unreadable": one.unreadable}
        ).encode()
        parts += [_FRAME.pack(len(header), len(one.raw)), header, one.raw]
    return b"".join(parts)


def _unpack(blob: bytes) -> list[Spooled]:
    batch: list[Spooled] = []
    at = 0
    while at < len(blob):
        header_length, raw_length = _FRAME.unpack_from(blob, at)
        at += _FRAME.size
        header = json.loads(blob[at : at + header_length])
        at += header_length
        batch.append(
            Spooled(
                source_identity=bytes.fromhex(header["id"]),
                raw=blob[at : at + raw_length],
                unreadable=header["unreadable"],
            )
        )
        at += raw_length
    return batch
