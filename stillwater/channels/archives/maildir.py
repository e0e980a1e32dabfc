"""Maildirs: one file a mail, in the folders ``cur`` and ``new`` of each mailbox.

Both ways of nesting are read: ``.Sent`` beside ``cur`` (Maildir++), and plain
folders within folders. ``tmp`` holds mails that were never delivered in full.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stillwater.channels.archives.items import FileFound, Item, find_file, read_files

DELIVERED = ("cur", "new")


@dataclass(frozen=True)
class MaildirArchive:
    """A folder that holds a Maildir, or several."""

    path: Path

    kind = "maildir"
    unit = "files"

    @property
    def size(self) -> int:
        """The number of files."""
        return len(self._files)

    def items(self, start: int = 0) -> Iterator[Item]:
        """Every mail whose file was last changed at ``start`` (ns) or later."""
        yield from read_files(self.path, self._files, start)

    @cached_property
    def _files(self) -> list[FileFound]:
        return [file for mailbox in mailboxes(self.path) for file in _delivered(self.path, mailbox)]


def mailboxes(root: Path) -> Iterator[Path]:
    """Every folder in the tree that has ``cur`` or ``new``; links are not followed."""
    for at, folders, _ in os.walk(root, followlinks=False):
        if any(name in folders for name in DELIVERED):
            yield Path(at)
        folders[:] = sorted(f for f in folders if f not in (*DELIVERED, "tmp"))


def _delivered(root: Path, mailbox: Path) -> Iterator[FileFound]:
    name = mailbox.relative_to(root).as_posix()
    folder = "" if name == "." else name.removeprefix(".")
    for part in DELIVERED:
        place = mailbox / part
        if not place.is_dir() or place.is_symlink():
            continue
        with os.scandir(place) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and not entry.is_dir(follow_symlinks=False):
                    yield find_file(entry, root, folder)
