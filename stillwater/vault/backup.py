"""Everything of one person in one sealed file, and back again.

The file is an age file to the person and to the recovery sheet; in it is a tar,
so that the sheet, ``age`` and ``tar`` are enough. It is streamed in both
directions. docs/formats/backup.md; docs/decisions/0030-backup-keys.md says why the
keys under the passphrase lie beside it.
"""

import json
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO, Any

import pyrage

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, Home
from stillwater.core.ids import new_public_id
from stillwater.people.models import Person
from stillwater.vault import files, identities, wrapping
from stillwater.vault.keys import keyring_of
from stillwater.vault.machine import MachineKey, key_path
from stillwater.vault.snapshot import POSTGRES, SQLITE, snapshot
from stillwater.vault.streams import SealedFile

FORMAT = "stillwater-backup-v1"
KEYS_FORMAT = "stillwater-backup-keys-v1"
MANIFEST = "manifest.json"
_ID = "[0-9a-f]{32}"
# Anybody can seal a file to a person: what may come out of one is listed here.
_ALLOWED = re.compile(
    rf"""{re.escape(MANIFEST)}|{re.escape(SQLITE)}|{re.escape(POSTGRES)}|keys/machine\.key
    |(?:vault|orphans)/{_ID}/(?:[0-9a-f]{{2}}/)?{_ID}\.age
    |keys/{_ID}/ledger\.key|keys/{_ID}/epochs/\d{{4}}-\d\d(?:\.\d{{1,6}})?\.age
    |pins/{_ID}\.checkpoint|spool/{_ID}/{_ID}\.spool""",
    re.VERBOSE,
)
_MOST_MANIFEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """What went into a backup."""

    path: Path
    files: int
    size: int  # bytes, sealed


def make(
    home: Home, person: Person, to: Path, *, clock: Clock, with_passphrase: bool = True
) -> Made:
    """Write everything of ``person`` to ``to``, sealed. The caller holds the person's lock.

    Beside it, unless ``with_passphrase`` is False, ``<to>.keys.json``: the person's
    identity under their passphrase. Raises UserError where ``to`` exists or does not fit.
    """
    if to.exists():
        raise UserError("There is a file of that name already.", "Choose another name.")
    keyring = keyring_of(person)
    recipients = [
        identities.recipient(one) for one in (keyring.recipient, keyring.recovery_recipient)
    ]
    unfinished = to.with_name(f"{to.name}.part")
    try:
        with snapshot(home, person) as (name, copy):
            members = _Members(home, person, name, copy, clock)
            _seal_stream(members.write_tar, unfinished, recipients)
        if with_passphrase:
            files.replace(_keys_beside(to), _keys_file(person, keyring.wrapped))
        unfinished.rename(to)
        files.sync_folder(to.parent)
    except OSError as wrong:
        raise UserError(
            f"The backup could not be written: {os.strerror(wrong.errno or 0)}.",
            "Choose a place with more room, then try again.",
            ExitCode.BROKEN,
        ) from wrong
    finally:
        unfinished.unlink(missing_ok=True)
    return Made(to, members.count, to.stat().st_size)


def identity_by_passphrase(backup: Path, passphrase: str) -> identities.Identity:
    """What opens a backup, from the keys that lie beside it. Raises UserError."""
    try:
        kept = json.loads(_keys_beside(backup).read_bytes())
        wrapped, person_id = kept["wrapped"], str(kept["person"])
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UserError(
            f"The keys beside the backup ({_keys_beside(backup).name}) are missing or damaged.",
            "Use the words of your recovery sheet instead: --words-file PATH",
        ) from wrong
    return identities.identity_of(wrapping.unwrap(wrapped, passphrase, person_id))


def identity_by_words(words: str) -> identities.Identity:
    """What opens a backup, from the 24 words. Raises UserError."""
    return identities.identity_of(identities.secret_from_words(words))


def restore(home: Home, backup: Path, identity: identities.Identity, database: str) -> Path:
    """Unpack a backup into an empty home; gives the database file as it now lies there.

    ``database``: SQLITE or POSTGRES, what this installation runs on. Everything is
    unpacked beside first and put in place only when the file was whole. The gate
    then begins a new log. Raises UserError.
    """
    must_be_empty(home)
    beside = home.root / f"restoring-{new_public_id()}"
    files.private_folder(beside)
    try:
        _open_stream(backup, identity, lambda pipe: _unpack(pipe, beside))
        _manifest(beside, database)
        _put_in_place(beside, home)
    except OSError as wrong:
        raise UserError(
            f"The backup could not be restored: {os.strerror(wrong.errno or 0)}.",
            "Make room on the disk, then try again; nothing was restored.",
            ExitCode.BROKEN,
        ) from wrong
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return home.root / database


def must_be_empty(home: Home) -> None:
    """Refuse a home where somebody lives: a restore never writes over anything."""
    folders = (home.vault, home.keys, home.orphans, home.spool)
    things = [path for folder in folders for path in folder.glob("*/")]
    if things or any(home.pins.glob("*")) or _somebody_in(home.database):
        raise UserError(
            "Somebody lives in this home already, and a restore writes over nothing.",
            "Name an empty one: STILLWATER_HOME=PATH stillwater backup restore FILE",
        )


def _somebody_in(database: Path) -> bool:
    """Whether a database has people in it; one that a first start made has none."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as found:
        try:
            return found.execute("SELECT 1 FROM people_person").fetchone() is not None
        except sqlite3.OperationalError:  # no such table
            return False


@dataclass
class _Members:
    """What goes into the tar, in order."""

    home: Home
    person: Person
    database: str
    copy: Path
    clock: Clock
    count: int = 0

    def write_tar(self, pipe: IO[bytes]) -> None:
        with tarfile.open(fileobj=pipe, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            self._add_bytes(tar, MANIFEST, self._manifest())
            self._add_file(tar, self.database, self.copy)
            # Inside the sealed file only: without it every import would be taken in anew.
            secret = MachineKey.load_or_create(self.home).secret
            self._add_bytes(tar, "keys/machine.key", secret)
            for name, path in self._files():
                self._add_file(tar, name, path)

    def _manifest(self) -> bytes:
        said = {
            "format": FORMAT,
            "person": self.person.public_id,
            "made_at": self.clock.now().isoformat(),
            "database": self.database,
        }
        return json.dumps(said, sort_keys=True, indent=1).encode()

    def _files(self) -> Iterator[tuple[str, Path]]:
        """This person's files, those that a restore would take, in a stable order."""
        mine = self.person.public_id
        yield from self._tree(self.home.keys / mine)
        yield from self._tree(self.home.vault / mine)
        yield from self._tree(self.home.orphans / mine)
        yield from self._tree(self.home.spool / mine)
        pinned = self.home.pins / f"{mine}.checkpoint"
        if pinned.exists():
            yield f"pins/{pinned.name}", pinned

    def _tree(self, folder: Path) -> Iterator[tuple[str, Path]]:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(self.home.root).as_posix()
            if path.is_file() and not path.is_symlink() and _ALLOWED.fullmatch(name):
                yield name, path

    def _add_bytes(self, tar: tarfile.TarFile, name: str, data: bytes) -> None:
        self._add(tar, name, len(data), BytesIO(data))

    def _add_file(self, tar: tarfile.TarFile, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self._add(tar, name, os.fstat(file.fileno()).st_size, file)

    def _add(self, tar: tarfile.TarFile, name: str, size: int, file: IO[bytes]) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, PRIVATE_FILE
        tar.addfile(member, file)
        self.count += 1


def _seal_stream(write: Callable[[IO[bytes]], None], to: Path, recipients: list[Any]) -> None:
    """What ``write`` puts into a pipe, sealed into a new file and on the disk."""
    handle = os.open(to, files.NEW, PRIVATE_FILE)
    try:
        with _pipe() as ends, _Beside(partial(_then_close, write, ends[1]), ends[0]):
            SealedFile(handle).take_sealed(ends[0], recipients)
        os.fsync(handle)
    finally:
        os.close(handle)


def _open_stream(
    backup: Path, identity: identities.Identity, read: Callable[[IO[bytes]], None]
) -> None:
    """What is sealed in ``backup``, through a pipe into ``read``. Raises UserError."""
    with backup.open("rb") as sealed, _pipe() as (reader, writer):

        def decrypt(out: IO[bytes]) -> None:
            pyrage.decrypt_io(sealed, out, [identity])

        try:
            with _Beside(partial(_then_close, decrypt, writer), reader):
                read(reader)
        except (pyrage.DecryptError, tarfile.TarError, EOFError, OSError) as wrong:
            if isinstance(wrong, OSError) and wrong.errno is not None:
                raise  # the disk's own word; age says that a file was cut by one without a number
            raise UserError(
                "The backup does not open with those keys, or it is not whole.",
                "Try the words of your sheet, or an older backup. Nothing was restored.",
                ExitCode.NOT_ALLOWED,
            ) from wrong


def _unpack(untrusted_tar: IO[bytes], beside: Path) -> None:
    """Every member that may be in a backup, as a new private file under ``beside``."""
    with tarfile.open(fileobj=untrusted_tar, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not _ALLOWED.fullmatch(member.name):
                raise UserError(
                    "The backup holds something that Stillwater never puts into one.",
                    "It was made by somebody else. Nothing was restored.",
                    ExitCode.NOT_ALLOWED,
                )
            path = beside / member.name
            files.private_folder(path.parent)
            with os.fdopen(os.open(path, files.NEW, PRIVATE_FILE), "wb") as out:
                shutil.copyfileobj(content, out, 1024 * 1024)
    # To the end of the pipe: only the last chunk says that the file was whole.
    while untrusted_tar.read(1024 * 1024):
        pass


def _manifest(beside: Path, database: str) -> None:
    """Refuse what is no backup, or one of another kind of database."""
    try:
        with (beside / MANIFEST).open("rb") as file:
            said = json.loads(file.read(_MOST_MANIFEST))
        known, found = said["format"] == FORMAT, str(said["database"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        known, found = False, ""
    if not known or not (beside / found).is_file():
        raise UserError(
            "That opens, but it is not a backup that this Stillwater knows.",
            "It may be from a newer one. Nothing was restored.",
        )
    if found != database:
        kind = "SQLite" if found == SQLITE else "PostgreSQL"
        raise UserError(
            f"That backup is of an installation on {kind}, and this one is not.",
            "Set STILLWATER_POSTGRES, or leave it out, as it was there.",
        )


def _put_in_place(beside: Path, home: Home) -> None:
    written = [path for path in beside.rglob("*") if path.is_file()]
    files.sync(written)
    (beside / MANIFEST).unlink()
    # An empty database of a first start would leave its journal beside the new one.
    for journal in home.root.glob(f"{SQLITE}-*"):
        journal.unlink()
    # The database last: without it the home still counts as not restored.
    names = (p for p in written if p.name != MANIFEST)
    for path in sorted(names, key=lambda p: p.name in (SQLITE, POSTGRES)):
        if path.suffix == ".checkpoint":
            # Not pinned here: the first who opens the ledger begins a new log.
            continue
        to = home.root / path.relative_to(beside)
        files.private_folder(to.parent)
        path.rename(to)
    files.sync_folder(home.root)
    assert key_path(home).exists()


def _keys_beside(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}.keys.json")


def _keys_file(person: Person, wrapped: dict[str, Any]) -> bytes:
    said = {"format": KEYS_FORMAT, "person": person.public_id, "wrapped": wrapped}
    return json.dumps(said, sort_keys=True, indent=1).encode()


@contextmanager
def _pipe() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader, os.fdopen(write_end, "wb") as writer:
        yield reader, writer


def _then_close(write: Callable[[IO[bytes]], None], writer: IO[bytes]) -> None:
    with writer:
        write(writer)


class _Beside:
    """Work in a thread at the other end of a pipe, while the block reads from it.

    What went wrong there is raised here, unless the block itself went wrong first:
    then the other end only lost its reader.
    """

    def __init__(self, work: Callable[[], None], reader: IO[bytes]) -> None:
        self._work = work
        self._reader = reader
        self._wrong: BaseException | None = None
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as wrong:  # noqa: BLE001  raised in the thread that waits
            self._wrong = wrong

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._reader.close()
        self._thread.join()
        if kind is None and self._wrong is not None:
            raise self._wrong
