"""What every reader of archives yields, and what every reader is."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stillwater.core.errors import UnreadableError

ITEM_CAP = 256 * 1024 * 1024  # bytes; the largest mail that a common server takes is 150 MB
HEAD_KEPT = 1024 * 1024  # bytes of an item over the cap that are still handed on


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """One mail, byte for byte as the archive holds it.

    ``position`` is where it begins, in an order of the reader's own;
    ``items(start=end)`` goes on behind it. ``done`` is how much of the
    archive's ``size`` is read by then. ``name`` says where it lies, for a
    person who wants to look: empty in a single file.
    """

    raw: bytes
    position: int
    end: int
    done: int
    folder: str = ""
    labels: tuple[str, ...] = ()
    name: str = ""


class UnreadableItem(UnreadableError):  # noqa: N818  an item like the other, yielded and not raised
    """An item that could not be read; the archive goes on behind it.

    ``raw`` holds its bytes, or the first of them where it is longer than
    ``ITEM_CAP``; ``length`` says how many it has, 0 where that is not known.
    """

    def __init__(
        self,
        why: str,
        raw: bytes = b"",
        *,
        position: int,
        end: int,
        done: int,
        length: int = 0,
        folder: str = "",
        name: str = "",
    ) -> None:
        super().__init__(why, raw)
        self.position = position
        self.end = end
        self.done = done
        self.length = length
        self.folder = folder
        self.name = name


Item = ArchiveItem | UnreadableItem


class Archive(Protocol):
    """An archive that can be read from any position on."""

    @property
    def kind(self) -> str:
        """The reader's name: mbox, maildir, eml."""

    @property
    def unit(self) -> str:
        """What ``size`` and ``done`` count: bytes or files."""

    @property
    def size(self) -> int:
        """How much there is to read."""

    def items(self, start: int = 0) -> Iterator[Item]:
        """Every item from position ``start`` on; 0 is the beginning."""


@dataclass(frozen=True, slots=True)
class FileFound:
    """One file of a folder archive. ``position`` is the time of its last change (ns)."""

    position: int
    name: str  # relative to the archive
    folder: str
    size: int
    regular: bool


def find_file(entry: os.DirEntry[str], root: Path, folder: str) -> FileFound:
    """Look at a folder's entry without following links or opening anything."""
    about = entry.stat(follow_symlinks=False)
    name = os.path.relpath(entry.path, root)
    return FileFound(
        max(0, about.st_mtime_ns), name, folder, about.st_size, stat.S_ISREG(about.st_mode)
    )


def read_files(root: Path, found: list[FileFound], start: int) -> Iterator[Item]:
    """The files as items, oldest change first; those before ``start`` are left out.

    The order is by time and not by number, so that files which come or go
    between two runs never shift the place to go on from: at worst some that
    share one moment are read twice.
    """
    ordered = sorted(found, key=lambda f: (f.position, f.name))
    following = [f.position for f in ordered[1:]]
    if ordered:
        following.append(ordered[-1].position + 1)
    for number, (file, end) in enumerate(zip(ordered, following, strict=True), start=1):
        if file.position >= start:
            yield _read_file(root, file, end, number)


def _read_file(root: Path, file: FileFound, end: int, done: int) -> Item:
    def unreadable(why: str, raw: bytes = b"", length: int = 0) -> UnreadableItem:
        return UnreadableItem(
            why, raw, position=file.position, end=end, done=done, length=length,
            folder=file.folder, name=file.name,
        )  # fmt: skip

    if not file.regular:
        return unreadable("It is a link or a device, and was not followed.")
    too_long = file.size > ITEM_CAP
    try:
        raw = _read_bytes(root / file.name, HEAD_KEPT if too_long else ITEM_CAP)
    except OSError as error:
        return unreadable(f"The file could not be opened ({error.strerror}).")
    if too_long:
        return unreadable("It is longer than one mail can be.", raw, file.size)
    return ArchiveItem(raw, file.position, end, done, folder=file.folder, name=file.name)


def _read_bytes(path: Path, most: int) -> bytes:
    """Up to ``most`` bytes of a regular file; a link put there since is not followed."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        return file.read(most)
