"""Is everything as it was recorded? Needs no key that opens anything.

For each log, in order:

1. The key on the disk that signs is the one in the keyring.
2. A log that follows another begins with the head of the one before.
3. Every leaf is there, in order, and has the hash that was kept with it.
4. Every leaf of an item has its item, and both say the same.
5. Every sealed file is there and has the sha256 that its leaf says.
6. Every checkpoint is signed, and its root is that of the leaves up to it.
7. Size and frontier of the log are those of its leaves, and the last checkpoint covers all.

Then the checkpoint that was pinned beside the database is a prefix of the log.
"""

import json
import os
from binascii import hexlify
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256

from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.people.models import Person
from stillwater.vault import keys
from stillwater.vault import models as rows
from stillwater.vault.ledger import PinState, check_pin
from stillwater.vault.merkle import Frontier, leaf_hash
from stillwater.vault.note import NoteError, open_checkpoint, unverified_checkpoint
from stillwater.vault.opening import SALT

_AT_ONCE = 2_000
_ITEM_MARK = b'"commitment":"'
# age adds a header of about 200 bytes and 16 bytes for each 64 KiB.
_AGE_HEADER = 512
_ONE_READ = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the check has come, in leaves."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not as it was recorded. Opaque ids only."""

    where: str  # "leaf 12 of log 1", "item 3f…", "checkpoint 100 of log 1"
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Why a log began: first, restored, set_back or not_pinned; and when, as its leaf says."""

    number: int
    entries: int
    why: str
    at: str


def beginnings(person: Person) -> list[Beginning]:
    """How each log of a verified ledger began, in order."""
    found = []
    for log in rows.Log.objects.filter(person=person).order_by("number"):
        leaf = json.loads(bytes(rows.Leaf.objects.get(log=log, index=0).data))
        found.append(Beginning(log.number, log.size, leaf["why"], leaf["at"]))
    return found


def verify(person: Person, home: Home, *, every: bool = False) -> Iterator[Progress | Wrong]:
    """Check one person's ledger and vault; gives progress, and what is wrong.

    Stops at the first wrong thing unless ``every``.
    """
    for found in _all(person, home):
        yield found
        if isinstance(found, Wrong) and not every:
            return


def first_wrong(person: Person, home: Home) -> tuple[int, Wrong | None]:
    """How many leaves were checked, and the first wrong thing if there is any."""
    done = 0
    for found in verify(person, home):
        if isinstance(found, Wrong):
            return done, found
        done = found.done
    return done, None


def _all(person: Person, home: Home) -> Iterator[Progress | Wrong]:
    public_key = bytes(keys.keyring_of(person).ledger_public_key)
    yield from _signing_key(person, home, public_key)
    logs = list(rows.Log.objects.filter(person=person).order_by("number"))
    total = sum(log.size for log in logs)
    done = 0
    for log in logs:
        for found in _Walk(log, person, home, public_key).all():
            if isinstance(found, Progress):
                yield Progress(done + found.done, total)
            else:
                yield found
        done += log.size
    yield from _pin(person, home)


def _signing_key(person: Person, home: Home, public_key: bytes) -> Iterator[Wrong]:
    try:
        key = keys.signing_key(home, person)
    except UserError as error:
        yield Wrong("signing key", error.what)
        return
    if key.public_key().public_bytes_raw() != public_key:
        yield Wrong("signing key", "it is not the one in the keyring")


def _pin(person: Person, home: Home) -> Iterator[Wrong]:
    try:
        pinned = check_pin(home, person)
    except UserError as error:
        yield Wrong("pinned checkpoint", error.what)
        return
    if pinned.state is PinState.SET_BACK:
        yield Wrong("pinned checkpoint", "the ledger was set back, or is another one")


@dataclass
class _Walk:
    """The way through one log, leaf by leaf."""

    log: rows.Log
    person: Person
    home: Home
    public_key: bytes
    frontier: Frontier = field(default_factory=Frontier)
    # Once a leaf is wrong, every later root is: it would only be noise to name them all.
    roots_count: bool = True
    folder: int = -1  # the person's part of the vault, open: shorter paths are found faster

    def all(self) -> Iterator[Progress | Wrong]:
        mine = self.home.vault / self.person.public_id
        # Before anything is sealed there is no folder: then any other finds as little.
        there = mine if mine.is_dir() else self.home.vault
        self.folder = os.open(there, os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield from self._all()
        finally:
            os.close(self.folder)

    def _all(self) -> Iterator[Progress | Wrong]:
        yield from self._beginning()
        for start in range(0, self.log.size, _AT_ONCE):
            yield from self._piece(start, min(start + _AT_ONCE, self.log.size))
            yield Progress(min(start + _AT_ONCE, self.log.size), self.log.size)
        yield from self._end()

    def _wrong(self, what: str, of: str = "") -> Wrong:
        name = f"log {self.log.number}"
        return Wrong(f"{of} of {name}" if of else name, what)

    def _beginning(self) -> Iterator[Wrong]:
        first = rows.Leaf.objects.filter(log=self.log, index=0).first()
        if first is None or leaf_hash(bytes(first.data)) != bytes(first.hashed):
            return  # the walk names that leaf
        try:
            said = json.loads(bytes(first.data))["previous_head"]
        except (ValueError, KeyError, TypeError):
            yield self._wrong("it does not begin as a log begins", "leaf 0")
            return
        if said != self.log.previous_head:
            yield self._wrong("it names another log before it than its first leaf does")
        elif said:
            yield from self._log_before(said)

    def _log_before(self, note: str) -> Iterator[Wrong]:
        try:
            open_checkpoint(note, unverified_checkpoint(note).origin, self.public_key)
        except NoteError as error:
            yield self._wrong(f"the head of the log before is no checkpoint of yours: {error}")

    def _piece(self, start: int, end: int) -> Iterator[Wrong]:
        leaves = _leaves(self.log, start, end)
        items = _items(self.log, start, end)
        notes = _notes(self.log, start, end)
        computed: list[bytes] = []
        for index in range(start, end):
            data, hashed = leaves.get(index, _NO_LEAF)
            if hashed is None:
                self.roots_count = False
                yield self._wrong("it is missing", f"leaf {index}")
                continue
            computed.append(sha256(b"\x00" + data).digest())
            if computed[-1] != hashed:
                self.roots_count = False
                yield self._wrong("it was changed", f"leaf {index}")
            item = items.pop(index, None)
            if item is not None:
                wrong = _item(self.folder, data, *item)
                if wrong is not None:
                    yield wrong
            elif _ITEM_MARK in data:
                yield self._wrong("the item that it records is gone", f"leaf {index}")
            if index + 1 in notes:
                self.frontier.extend(computed)
                computed.clear()
                yield from self._checkpoint(index + 1, notes[index + 1])
        self.frontier.extend(computed)
        for item in items.values():
            yield Wrong(f"item {item[0]}", "the leaf that records it is gone")

    def _checkpoint(self, size: int, note: str) -> Iterator[Wrong]:
        of = f"checkpoint {size}"
        try:
            head = open_checkpoint(note, self.log.origin, self.public_key)
        except NoteError as error:
            yield self._wrong(f"it was changed: {error}", of)
            return
        if head.size != size:
            yield self._wrong("it stands in the place of another one", of)
        elif self.roots_count and head.root != self.frontier.root():
            self.roots_count = False
            yield self._wrong("the leaves before it are not those that were signed", of)

    def _end(self) -> Iterator[Wrong]:
        past = rows.Leaf.objects.filter(log=self.log, index__gte=self.log.size)
        if past.exists():
            yield self._wrong("it has more leaves than it says")
        elif self.roots_count and self.frontier.to_bytes() != bytes(self.log.frontier):
            yield self._wrong("its frontier was changed")
        sizes = rows.Checkpoint.objects.filter(log=self.log).values_list("size", flat=True)
        last = sizes.order_by("-size").first()
        if last != self.log.size:
            yield self._wrong("its last checkpoint does not cover it")
        for stray in rows.Item.objects.filter(log=self.log, leaf_index__gte=self.log.size):
            yield Wrong(f"item {stray.public_id}", "no leaf records it")


_NO_LEAF: tuple[bytes, bytes | None] = (b"", None)


def _leaves(log: rows.Log, start: int, end: int) -> dict[int, tuple[bytes, bytes]]:
    found = rows.Leaf.objects.filter(log=log, index__gte=start, index__lt=end)
    return {
        index: (bytes(data), bytes(hashed))
        for index, data, hashed in found.values_list("index", "data", "hashed")
    }


_ItemRow = tuple[str, int, bytes, bytes]


def _items(log: rows.Log, start: int, end: int) -> dict[int, _ItemRow]:
    found = rows.Item.objects.filter(log=log, leaf_index__gte=start, leaf_index__lt=end)
    return {
        index: (public_id, length, bytes(hashed), bytes(commitment))
        for index, public_id, length, hashed, commitment in found.values_list(
            "leaf_index", "public_id", "length", "ciphertext_sha256", "commitment"
        )
    }


def _notes(log: rows.Log, start: int, end: int) -> dict[int, str]:
    found = rows.Checkpoint.objects.filter(log=log, size__gt=start, size__lte=end)
    return dict(found.values_list("size", "note"))


def _item(
    folder: int, leaf: bytes, public_id: str, length: int, hashed: bytes, commitment: bytes
) -> Wrong | None:
    # The leaf is bound by root and signature: looking for the very bytes that it
    # must hold is as good as parsing it, and five times faster.
    said = (
        leaf.endswith(b'","sha256":"' + hexlify(hashed) + b'","version":1}')
        and b'"commitment":"' + hexlify(commitment) + b'","kind":"' in leaf
        and b'","length":%d,"random":"' % length in leaf
    )
    if not said:
        return Wrong(f"item {public_id}", "its row and its leaf say different things")
    try:
        in_file = _file_hash(folder, f"{public_id[:2]}/{public_id}.age", length)
    except OSError as error:
        return Wrong(f"item {public_id}", f"its sealed file: {os.strerror(error.errno or 0)}")
    if in_file != hashed:
        return Wrong(f"item {public_id}", "its sealed file was changed")
    return None


def _file_hash(folder: int, name: str, length: int) -> bytes:
    """sha256 of a sealed file; a small one in a single read."""
    likely = length + SALT + length // 4096 + _AGE_HEADER
    handle = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        if likely <= _ONE_READ:
            whole = os.read(handle, likely)
            if len(whole) < likely:
                return sha256(whole).digest()
        os.lseek(handle, 0, os.SEEK_SET)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file_digest(file, "sha256").digest()
    finally:
        os.close(handle)
