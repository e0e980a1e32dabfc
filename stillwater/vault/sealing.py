"""Sealing originals: one age file each, on the disk before anything names them.

The content of a file is 32 random bytes (the salt) and the original. The
commitment sha256(salt ‖ original) goes into the ledger: without the salt the
hash of a short text could be guessed (1,384 tries, measured).
"""

import io
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import pyrage
from django.db import connection

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.core.words import Channel, Kind
from stillwater.people.models import Person
from stillwater.vault import files, identities, ledger
from stillwater.vault.models import Epoch, Item
from stillwater.vault.opening import IN_MEMORY, SALT
from stillwater.vault.streams import SealedFile


@dataclass(frozen=True, slots=True)
class ToSeal:
    """One original, and what of it stands in the ledger."""

    raw: bytes
    received_at: datetime  # aware
    channel: Channel
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed file that is on the disk and that no row names yet."""

    public_id: str
    epoch: Epoch
    path: str
    length: int  # of the original, bytes
    ciphertext_sha256: bytes
    commitment: bytes
    received_at: datetime
    channel: Channel
    kind: Kind

    def leaf(self) -> dict[str, Any]:
        """What the ledger says of it."""
        return {
            "kind": self.kind.value,
            "received_at": ledger.moment(self.received_at),
            "channel": self.channel.value,
            "length": self.length,
            "sha256": self.ciphertext_sha256.hex(),
            "commitment": self.commitment.hex(),
        }


def seal_files(
    home: Home,
    epoch: Epoch,
    things: Sequence[ToSeal],
    randomness: Randomness = system_randomness,
) -> list[Sealed]:
    """Seal a batch; when this returns, every file and its name are on the disk.

    The caller holds the person's lock. Raises UserError (BROKEN) where there is no
    room: then no file of the batch is left.
    """
    to = [identities.recipient(epoch.recipient)]
    folder = home.vault / epoch.person.public_id
    done: list[Sealed] = []
    try:
        files.private_folder(folder)
        for thing in things:
            # One by one: where the disk is full, those that were written are taken away.
            done.append(_seal(str(folder), epoch, thing, to, randomness))  # noqa: PERF401
        files.sync([one.path for one in done])
    except OSError as wrong:
        remove(done)
        raise UserError(
            f"The vault could not be written: {os.strerror(wrong.errno or 0)}.",
            "Make room on the disk, then do the same again; nothing was recorded.",
            ExitCode.BROKEN,
        ) from wrong
    return done


def remove(sealed: Sequence[Sealed]) -> None:
    """Take away files that nothing names, as far as the disk lets us: the sweeper does the rest."""
    for one in sealed:
        with suppress(OSError):
            os.unlink(one.path)  # noqa: PTH108  a string, for speed


def record(
    person: Person,
    sealed: Sequence[Sealed],
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> list[Item]:
    """Write leaves, items and one checkpoint for sealed files; gives the items in order.

    Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    if not sealed:
        return []
    indices = ledger.append(person, [one.leaf() for one in sealed], randomness=randomness)
    head = ledger.checkpoint(person, home=home, clock=clock)
    now = clock.now()
    return Item.objects.bulk_create(
        Item(
            person=person,
            public_id=one.public_id,
            epoch=one.epoch,
            length=one.length,
            ciphertext_sha256=one.ciphertext_sha256,
            commitment=one.commitment,
            log_id=head.log_id,
            leaf_index=index,
            sealed_at=now,
        )
        for one, index in zip(sealed, indices, strict=True)
    )


def _seal(
    folder: str, epoch: Epoch, thing: ToSeal, to: list[Any], randomness: Randomness
) -> Sealed:
    public_id = new_public_id(randomness)
    path = f"{folder}{os.sep}{public_id[:2]}{os.sep}{public_id}.age"  # item_path, fast
    salt = randomness(SALT)
    write = _write_whole if len(thing.raw) < IN_MEMORY else _write_streamed
    hashed, commitment = write(path, salt, thing.raw, to)
    return Sealed(
        public_id=public_id,
        epoch=epoch,
        path=path,
        length=len(thing.raw),
        ciphertext_sha256=hashed,
        commitment=commitment,
        received_at=thing.received_at,
        channel=thing.channel,
        kind=thing.kind,
    )


def _write_whole(path: str, salt: bytes, raw: bytes, to: list[Any]) -> tuple[bytes, bytes]:
    content = salt + raw
    ciphertext = pyrage.encrypt(content, to)
    try:
        files.put(path, ciphertext)
    except FileNotFoundError:
        _make_folder_of(path)
        files.put(path, ciphertext)
    return sha256(ciphertext).digest(), sha256(content).digest()


def _write_streamed(path: str, salt: bytes, raw: bytes, to: list[Any]) -> tuple[bytes, bytes]:
    """In pieces: a large original is in memory once, and not a second time sealed."""
    _make_folder_of(path)
    source = _SaltThenOriginal(salt, raw)
    handle = os.open(path, files.NEW, PRIVATE_FILE)
    try:
        out = SealedFile(handle)
        out.take_sealed(source, to)
    except BaseException:
        os.unlink(path)  # noqa: PTH108
        raise
    finally:
        os.close(handle)
    commitment = sha256(salt)
    commitment.update(raw)
    return out.hashed.digest(), commitment.digest()


class _SaltThenOriginal:
    """Reads as salt ‖ original, without making one of the two."""

    def __init__(self, salt: bytes, raw: bytes) -> None:
        self._salt = io.BytesIO(salt)
        self._raw = memoryview(raw)
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        ahead = self._salt.read(size)
        if ahead:
            return ahead
        end = len(self._raw) if size < 0 else self._at + size
        piece = bytes(self._raw[self._at : end])
        self._at += len(piece)
        return piece


def _make_folder_of(path: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(os.path.dirname(path), 0o700)  # noqa: PTH102, PTH120
