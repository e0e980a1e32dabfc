"""Where a bundle's files go: into one age file, or into a folder. Never half of it.

Sealed, the bundle is one tar stream that an age encrypter takes out of a pipe:
no plaintext reaches the disk. Either way everything is written beside its
name, synced, and renamed in the end.
"""

import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, PRIVATE_FOLDER
from stillwater.vault import files

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0)
_BUFFER = 1024 * 1024


class Sink(Protocol):
    """Takes files one after the other, each with its size known before."""

    def begin(self, name: str, size: int) -> None:
        """The next ``size`` bytes are the file ``name``."""

    def write(self, data: bytes) -> None:
        """A piece of the file that was begun."""

    def end(self) -> None:
        """The file is whole."""


class TarSink:
    """One tar stream: every file below one folder, owned by nobody, one time for all."""

    def __init__(self, out: BinaryIO, top: str, made_at: int) -> None:
        self._out = out
        self._top = top
        self._made_at = made_at  # seconds since 1970
        self._size = 0

    def begin(self, name: str, size: int) -> None:
        member = tarfile.TarInfo(f"{self._top}/{name}")
        member.size, member.mtime, member.mode = size, self._made_at, 0o600
        # PAX differs from plain ustar only for what ustar cannot hold (8 GiB and up).
        self._out.write(member.tobuf(tarfile.PAX_FORMAT))
        self._size = size

    def write(self, data: bytes) -> None:
        self._out.write(data)

    def end(self) -> None:
        self._out.write(bytes(-self._size % tarfile.BLOCKSIZE))

    def finish(self) -> None:
        """The two empty blocks that end a tar."""
        self._out.write(bytes(2 * tarfile.BLOCKSIZE))


class FolderSink:
    """Plain files below a folder, for their owner alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file: BinaryIO | None = None

    def begin(self, name: str, size: int) -> None:
        path = self._root / name
        _private_folder(path.parent)
        self._file = os.fdopen(os.open(path, _NEW, PRIVATE_FILE), "wb")
        # Told before the first byte is written, not after the last one fitted.
        if size > _BUFFER and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(self._file.fileno(), 0, size)

    def write(self, data: bytes) -> None:
        assert self._file
        self._file.write(data)

    def end(self) -> None:
        assert self._file
        self._file.close()
        self._file = None

    def close(self) -> None:
        """Let go of a file that will not become whole."""
        if self._file:
            self._file.close()


def recipient_of(untrusted_recipient: str) -> pyrage.x25519.Recipient:
    """The recipient that ``age1…`` names. Raises UserError."""
    try:
        return pyrage.x25519.Recipient.from_str(untrusted_recipient.strip())
    except pyrage.RecipientError as why:
        raise UserError(
            "That is not a recipient.",
            "Ask for the line that begins with age1; age-keygen prints it as the public key.",
        ) from why


@contextmanager
def sealed_tar(path: Path, to: str, top: str, made_at: int) -> Iterator[TarSink]:
    """A tar sealed to ``to`` (``age1…``), which is at ``path`` once the block has ended well.

    Whatever goes wrong inside leaves nothing behind. Raises UserError where the
    recipient is none, something lies there already, or the disk is full.
    """
    recipient = recipient_of(to)
    must_be_free(path)
    part = path.with_name(path.name + ".part")
    try:
        with _no_half(part), os.fdopen(os.open(part, _NEW, PRIVATE_FILE), "wb") as out:
            with _encrypting(out, recipient) as pipe:
                sink = TarSink(pipe, top, made_at)
                yield sink
                sink.finish()
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
        files.sync_folder(path.parent)
    except OSError as why:
        raise _disk(why) from why


@contextmanager
def _encrypting(out: BinaryIO, recipient: pyrage.x25519.Recipient) -> Iterator[BinaryIO]:
    """A pipe; what is written to it is sealed into ``out`` by a thread of its own.

    A block that ends with an error must be answered by removing ``out``: the
    encrypter sees only the end of the pipe and closes its file as if all were well.
    """
    wrong: list[Exception] = []
    read_end, write_end = os.pipe()

    def encrypt() -> None:
        try:
            with os.fdopen(read_end, "rb", _BUFFER) as source:
                pyrage.encrypt_io(source, out, [recipient])
        except (pyrage.EncryptError, OSError) as why:
            wrong.append(why)

    thread = threading.Thread(target=encrypt, name="sealing", daemon=True)
    thread.start()
    broken = False
    try:
        with os.fdopen(write_end, "wb", _BUFFER) as pipe:
            yield pipe
    except BrokenPipeError:
        # The encrypter stopped first, and knows why.
        broken = True
    finally:
        thread.join()
    if wrong or broken:
        raise OSError(str(wrong[0]) if wrong else "the encrypter stopped")


@contextmanager
def clear_folder(path: Path) -> Iterator[FolderSink]:
    """A folder that is at ``path`` once the block has ended well; else nothing is."""
    must_be_free(path)
    part = path.with_name(path.name + ".part")
    try:
        with _no_half(part):
            part.mkdir(mode=PRIVATE_FOLDER)
            sink = FolderSink(part)
            try:
                yield sink
            finally:
                sink.close()
            files.sync(one for one in part.rglob("*") if one.is_file())
        part.rename(path)
        files.sync_folder(path.parent)
    except OSError as why:
        raise _disk(why) from why


@contextmanager
def _no_half(part: Path) -> Iterator[None]:
    """Take away what was begun, where it did not end well, Ctrl-C included."""
    if part.exists():
        raise UserError(
            "Something unfinished lies there.", f"Look at {part.name}; delete it; then again."
        )
    try:
        yield
    except BaseException:
        with suppress(FileNotFoundError):
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        raise


def must_be_free(path: Path) -> None:
    """Raise UserError where no new bundle of that name can be written."""
    if path.exists() or path.is_symlink():
        raise UserError(
            "Something lies there already.", "Choose another name: nothing is written over."
        )
    if not path.parent.is_dir():
        raise UserError("That folder is not there.", "Make it first, or choose another.")


def _private_folder(folder: Path) -> None:
    """Make a folder, and those above it, for their owner alone."""
    if not folder.is_dir():
        _private_folder(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER)


def _disk(why: OSError) -> UserError:
    return UserError(
        f"The bundle could not be written: {why.strerror or why}.",
        "Make room on the disk or choose another place; nothing half was left there.",
        ExitCode.BROKEN,
    )
