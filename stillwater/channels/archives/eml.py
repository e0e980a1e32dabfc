"""Folders of .eml files, one mail each, at any depth; or one such file by itself."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stillwater.channels.archives.items import FileFound, Item, find_file, read_files

ENDINGS = (".eml",)


@dataclass(frozen=True)
class EmlArchive:
    """A folder with .eml files in it, or a single mail in a file of any name."""

    path: Path

    kind = "eml"
    unit = "files"

    @property
    def size(self) -> int:
        """The number of files."""
        return len(self._files)

    def items(self, start: int = 0) -> Iterator[Item]:
        """Every mail whose file was last changed at ``start`` (ns) or later."""
        yield from read_files(self._root, self._files, start)

    @property
    def _root(self) -> Path:
        return self.path if self.path.is_dir() else self.path.parent

    @cached_property
    def _files(self) -> list[FileFound]:
        if self.path.is_dir():
            return list(eml_files(self.path))
        with os.scandir(self._root) as entries:
            return [find_file(e, self._root, "") for e in entries if e.name == self.path.name]


def eml_files(root: Path) -> Iterator[FileFound]:
    """Every .eml in the tree; links are named and not followed."""
    for at, folders, _ in os.walk(root, followlinks=False):
        folders.sort()
        name = Path(at).relative_to(root).as_posix()
        with os.scandir(at) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if entry.name.lower().endswith(ENDINGS) and not is_folder:
                    yield find_file(entry, root, "" if name == "." else name)
