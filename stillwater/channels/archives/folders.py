"""Folders of mail, one file a mail: Maildir, and whatever holds .eml files."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stillwater.channels.archives.items import LONGEST_ITEM, ArchiveItem

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class _Folder:
    """Files below one folder, in the order of their names. Links are not followed."""

    path: Path
    longest: int = LONGEST_ITEM
    unit = "files"

    @property
    def size(self) -> int:
        """How many mails there are."""
        return len(self._files)

    def items(self, start: int = 0) -> Iterator[ArchiveItem]:
        """Every mail from the ``start``-th file on."""
        for position, path in enumerate(self._files[start:], start):
            yield self._item(path, position)

    @cached_property
    def _files(self) -> list[Path]:
        found = (
            Path(folder) / name
            for folder, _, names in os.walk(self.path, followlinks=False)
            for name in names
            if self._is_mail(Path(folder), name)
        )
        return sorted(found, key=_by_number)

    def _is_mail(self, folder: Path, name: str) -> bool:
        raise NotImplementedError

    def _item(self, path: Path, position: int) -> ArchiveItem:
        folder = path.parent.relative_to(self.path).as_posix()
        try:
            with path.open("rb") as stream:
                raw = stream.read(self.longest + 1)
        except OSError:
            return ArchiveItem(b"", position, folder, "the file cannot be opened")
        if len(raw) > self.longest:
            return ArchiveItem(raw, position, folder, "it is longer than any mail")
        return ArchiveItem(raw, position, folder)


class Maildir(_Folder):
    """A Maildir, with the folders inside it (Maildir++)."""

    def _is_mail(self, folder: Path, name: str) -> bool:
        return folder.name in ("cur", "new") and _is_plain(folder / name)


class EmlFolder(_Folder):
    """Every .eml file below a folder."""

    def _is_mail(self, folder: Path, name: str) -> bool:
        return name.lower().endswith(".eml") and _is_plain(folder / name)


@dataclass(frozen=True)
class EmlFile(_Folder):
    """One .eml file."""

    @cached_property
    def _files(self) -> list[Path]:
        return [self.path]

    def _item(self, path: Path, position: int) -> ArchiveItem:
        return EmlFolder(path.parent, self.longest)._item(path, position)


def _is_plain(path: Path) -> bool:
    """A file, and no link that leads somewhere else."""
    return path.is_file() and not path.is_symlink()


def _by_number(path: Path) -> list[tuple[int, int, str]]:
    """2.eml before 10.eml: the order in which people saved them."""
    parts = _DIGITS.split(path.as_posix())
    return [
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part) for part in parts
    ]
