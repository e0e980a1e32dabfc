"""A bundle's files, wherever they lie: a folder, a tar file or a zip file.

Nothing is unpacked and nothing is written. Whatever a bundle of ours never
holds is refused before any of it is read: links, devices, sparse files,
names that leave the folder, one name twice (in capitals or not).
"""

from __future__ import annotations

import io
import os
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from stillwater.evidence.verifier.problems import CallError, WrongError, plain

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_FILES = 4_000_000
MAX_DEPTH = 8
MAX_NAME = 200
# Deflate reaches 1,032 to 1; mail stays under 20 to 1.
MAX_ZIP_RATIO = 200
ZIP_RATIO_COUNTS_FROM = 256 * 1024 * 1024

_SAFE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_CHUNK = 1024 * 1024
_SMALL = 64 * 1024
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class Source(Protocol):
    """The files of one bundle: names below the bag's own folder, and sizes in bytes."""

    @property
    def files(self) -> dict[str, int]:
        """Every file's name and size; every name has been checked."""

    def open(self, name: str) -> BinaryIO:
        """One file's bytes, to be read once."""


def read_small(source: Source, name: str, limit: int) -> bytes:
    """The whole of a file that has no business being large (``limit`` in bytes).

    Raises WrongError where it is missing or larger.
    """
    size = source.files.get(name)
    if size is None:
        raise WrongError(name, "a file of this name", "none")
    if size > limit:
        raise WrongError(name, f"at most {limit} bytes", f"{size} bytes")
    with readable(source, name) as stream:
        data = stream.read(size + 1)
    if len(data) != size:
        raise WrongError(name, f"{size} bytes", "another number of them")
    return data


class _Names:
    """Collects names, and refuses the ones no bundle of ours has."""

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self._folded: set[str] = set()

    def add(self, untrusted_name: str, size: int) -> str:
        name = checked_name(untrusted_name)
        folded = name.casefold()
        if folded in self._folded:
            raise WrongError(name, "each name once, capitals or not", "it twice")
        if len(self.files) >= MAX_FILES:
            raise WrongError(name, f"at most {MAX_FILES} files", "more")
        self._folded.add(folded)
        self.files[name] = size
        return name


def checked_name(untrusted_name: str) -> str:
    """The name, when it is plain ASCII and stays inside the folder; else WrongError."""
    if (
        len(untrusted_name) > MAX_NAME
        or untrusted_name.count("/") >= MAX_DEPTH
        or not _SAFE_NAME.fullmatch(untrusted_name)
    ):
        raise WrongError(
            plain(untrusted_name) or "a file", "a plain name inside the bundle", "another"
        )
    return untrusted_name


class FolderSource:
    """An unpacked bundle."""

    def __init__(self, root: Path) -> None:
        self._root = root
        names = _Names()
        for untrusted_name, size in _walk(root, ""):
            names.add(untrusted_name, size)
        self.files = names.files

    def open(self, name: str) -> BinaryIO:
        # Not through a link, even one that was put there since the walk.
        handle = os.open(f"{self._root}/{name}", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        if self.files[name] > _SMALL:
            return os.fdopen(handle, "rb")
        # A bundle is mostly small files: three calls to the system instead of seven.
        try:
            return io.BytesIO(os.read(handle, _SMALL + 1))
        finally:
            os.close(handle)


def _walk(folder: Path, prefix: str, depth: int = 0) -> Iterator[tuple[str, int]]:
    if depth > MAX_DEPTH:
        raise WrongError(plain(prefix), f"at most {MAX_DEPTH} folders in each other", "more")
    with os.scandir(folder) as entries:
        for entry in entries:
            untrusted_name = prefix + entry.name
            kind = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(kind.st_mode):
                yield from _walk(Path(entry.path), untrusted_name + "/", depth + 1)
            elif stat.S_ISREG(kind.st_mode):
                yield untrusted_name, kind.st_size
            else:
                raise WrongError(plain(untrusted_name), "a plain file", "a link or a device")


def _below_top(untrusted_name: str, top: str | None) -> tuple[str, str]:
    """An archived name as (top folder, the rest): a serialised bag has one top folder."""
    head, _, rest = untrusted_name.partition("/")
    if not rest:
        raise WrongError(plain(untrusted_name), "every file inside one folder", "one outside it")
    if top is not None and head != top:
        raise WrongError(
            plain(untrusted_name), f"every file inside {plain(top)}/", "another folder"
        )
    checked_name(head)
    return head, rest


class TarSource:
    """A bundle as one tar file, not compressed."""

    def __init__(self, tar: tarfile.TarFile, stream: BinaryIO) -> None:
        self._stream = stream
        self._starts: dict[str, int] = {}
        names = _Names()
        top: str | None = None
        for member in tar:
            if member.isdir():
                continue
            # Sparse files claim any size out of nothing.
            if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
                raise WrongError(plain(member.name), "a plain file", "a link or a device")
            top, untrusted_rest = _below_top(member.name, top)
            self._starts[names.add(untrusted_rest, member.size)] = member.offset_data
        self.files = names.files

    def open(self, name: str) -> BinaryIO:
        """Plain files lie in a tar as they are, in one piece."""
        size = self.files[name]
        if size > _SMALL:
            return cast(BinaryIO, io.BufferedReader(_Piece(self._stream, self._starts[name], size)))
        self._stream.seek(self._starts[name])
        return io.BytesIO(self._stream.read(size))


class _Piece(io.RawIOBase):
    """Some bytes of an open file, as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream = stream
        self._at, self._end = start, start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._stream.seek(self._at)
        data = self._stream.read(min(len(memoryview(buffer)), self._end - self._at))
        memoryview(buffer)[: len(data)] = data
        self._at += len(data)
        return len(data)


@contextmanager
def _tar(stream: BinaryIO, name: str) -> Iterator[Source]:
    with ExitStack() as opened:
        try:
            tar = opened.enter_context(tarfile.open(fileobj=stream, mode="r:"))
            source = TarSource(tar, stream)
        except (tarfile.TarError, ValueError, OverflowError, EOFError, RecursionError) as why:
            raise WrongError(name, "a readable tar file", "damage in it") from why
        _only_zeros(stream, tar.offset, name)
        yield source


def _only_zeros(stream: BinaryIO, start: int, name: str) -> None:
    """Other programs might read on after the end that this one saw."""
    stream.seek(start)
    while chunk := stream.read(_CHUNK):
        if chunk.strip(b"\0"):
            raise WrongError(name, "nothing after the end of the tar", "more bytes")


class ZipSource:
    """A bundle as one zip file."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._zip = packed
        self._members: dict[str, zipfile.ZipInfo] = {}
        names = _Names()
        top: str | None = None
        for member in packed.infolist():
            if member.is_dir():
                continue
            kind = stat.S_IFMT(member.external_attr >> 16)
            if kind not in (0, stat.S_IFREG) or member.flag_bits & 1:
                raise WrongError(plain(member.filename), "a plain file", "a link, or a locked file")
            top, untrusted_rest = _below_top(member.orig_filename, top)
            self._members[names.add(untrusted_rest, member.file_size)] = member
        self.files = names.files

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self._zip.open(self._members[name]))


@contextmanager
def _zip(stream: BinaryIO, name: str) -> Iterator[Source]:
    size = stream.seek(0, os.SEEK_END)
    with ExitStack() as opened:
        try:
            source = ZipSource(opened.enter_context(zipfile.ZipFile(stream)))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as why:
            raise WrongError(name, "a readable zip file", "damage in it") from why
        if sum(source.files.values()) > max(ZIP_RATIO_COUNTS_FROM, MAX_ZIP_RATIO * size):
            raise WrongError(name, f"at most {MAX_ZIP_RATIO} times its size inside", "more")
        yield source


@contextmanager
def readable(source: Source, name: str) -> Iterator[BinaryIO]:
    """One file's bytes; damage of the archive around it becomes a WrongError that names it."""
    try:
        with source.open(name) as stream:
            yield stream
    except (tarfile.TarError, *_ZIP_DAMAGE) as why:
        raise WrongError(name, "a readable file in the archive", "damage in it") from why


@contextmanager
def open_bundle(path: Path) -> Iterator[Source]:
    """The bundle at ``path``: a folder, a tar or a zip.

    Raises CallError where it is something else; WrongError where it is hostile.
    """
    if path.is_dir():
        yield FolderSource(path)
        return
    if not path.is_file():
        raise CallError("There is no bundle there.", "Give the folder, .tar or .zip to check.")
    with path.open("rb") as stream, open_archive(stream, path.name) as source:
        yield source


@contextmanager
def open_archive(stream: BinaryIO, name: str) -> Iterator[Source]:
    """The bundle in an open tar or zip, which may have no place on the disk; ``name``: to say.

    Raises as ``open_bundle`` does.
    """
    stream.seek(0)
    start = stream.read(64)
    stream.seek(0)
    if start.startswith((b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")):
        raise CallError(
            "This bundle is still sealed (an age file).",
            f"Open it first: age -d -i YOUR-KEY.txt -o bundle.tar {plain(name)}",
        )
    if start.startswith(b"\x1f\x8b"):
        raise CallError("This is gzip.", "Unpack it first: gunzip, then give the .tar or folder.")
    with (_zip if start.startswith(b"PK\x03\x04") else _tar)(stream, name) as source:
        yield source
