"""Writing files so that they are whole and on the disk, or not there at all."""

import ctypes
import os
import stat
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, PRIVATE_FOLDER
from stillwater.core.ids import new_public_id

NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
# Up to here, one fsync a file is cheaper than asking for the whole file system.
_FEW = 4


def put(path: str | Path, data: bytes) -> None:
    """Write a new file for its owner alone; not yet certain to be on the disk.

    Raises FileExistsError, and OSError where there is no room.
    """
    handle = os.open(path, NEW, PRIVATE_FILE)
    try:
        write_all(handle, data)
    except OSError:
        os.unlink(path)  # noqa: PTH108  strings here, for speed
        raise
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """``os.write`` until everything is written: it may take less than it is given."""
    done = os.write(handle, data)
    if done < len(data):
        view = memoryview(data)
        while done < len(view):
            done += os.write(handle, view[done:])


def write_new(path: Path, data: bytes) -> None:
    """Write a new private file whole, and have it and its name on the disk.

    A kill leaves nothing under that name. Raises FileExistsError.
    """
    beside = _beside(path)
    put(beside, data)
    try:
        sync([beside])
        _name_it(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def replace(path: Path, data: bytes) -> None:
    """Put ``data`` where ``path`` is, in one step: a reader sees the old or the new."""
    beside = _beside(path)
    put(beside, data)
    try:
        sync([beside])
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync(paths: Iterable[str | Path]) -> None:
    """Have these new files, and the names of them, on the disk."""
    found = [os.fspath(path) for path in paths]
    if not found:
        return
    whole = _syncfs() if len(found) > _FEW else None
    if whole is not None:
        _with_open(found[0], whole)
        return
    for path in found:
        _with_open(path, os.fsync)
    folders = {os.path.dirname(path) or "." for path in found}  # noqa: PTH120  many strings, fast
    for folder in folders:
        sync_folder(folder)


def sync_folder(folder: str | Path) -> None:
    """Have the names in a folder on the disk."""
    _with_open(folder, os.fsync)


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it, for its owner alone."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(folder.parent)


def read_private(path: Path) -> bytes:
    """Read a file that nobody else may read; refuses one that others can.

    Raises FileNotFoundError, and UserError for a mode wider than 0600.
    """
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UserError(
            f"The key file {path.name} can be read by other users of this machine.",
            f"Run: chmod 600 {path}",
            ExitCode.BROKEN,
        )
    return path.read_bytes()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{new_public_id()}")


def _name_it(beside: Path, path: Path) -> None:
    """Give a finished file its name, but never over another one."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (exFAT)
        if path.exists():
            raise FileExistsError(path) from None
        beside.rename(path)


def _with_open(path: str | Path, action: Callable[[int], object]) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        action(handle)
    finally:
        os.close(handle)


@cache
def _syncfs() -> Callable[[int], None] | None:
    """One system call for a whole batch: 100 files cost as little as one. Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        return None

    def call(handle: int) -> None:
        if libc.syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return call
