"""Which reader an archive needs. Readers are named here and loaded when needed."""

import re
from importlib import import_module
from pathlib import Path
from typing import cast

from stillwater.channels.archives.items import Archive
from stillwater.channels.archives.unpacking import PackedSource, is_packed
from stillwater.core.errors import UserError

READERS = {
    "mbox": "stillwater.channels.archives.mbox:MboxArchive",
    "maildir": "stillwater.channels.archives.maildir:MaildirArchive",
    "eml": "stillwater.channels.archives.eml:EmlArchive",
}

READABLE = "Stillwater reads mailbox files (mbox, also .gz), Maildirs, and folders of .eml files."

_HEADER_FIRST = re.compile(rb"[!-9;-~]{1,76}:[ \t]*[^\0]")


def open_archive(path: Path) -> Archive:
    """The archive at ``path``, of whatever kind it is.

    Raises UserError where there is nothing, or nothing that we can read.
    """
    try:
        is_there = path.exists()
    except OSError as error:
        raise UserError(
            f"This path cannot be reached: {error.strerror}.", "Check its permissions."
        ) from error
    if not is_there:
        raise UserError("There is no such file or folder.", "Check the path and try again.")
    reader = load(_kind_of_folder(path) if path.is_dir() else _kind_of_file(path))
    return cast(Archive, reader(path))


def load(kind: str) -> type:
    """The reader of that name."""
    module, _, name = READERS[kind].partition(":")
    return cast(type, getattr(import_module(module), name))


def _kind_of_folder(path: Path) -> str:
    from stillwater.channels.archives.eml import eml_files
    from stillwater.channels.archives.maildir import mailboxes

    if next(mailboxes(path), None):
        return "maildir"
    if next(eml_files(path), None):
        return "eml"
    if next(path.rglob("*.mbox"), None):
        raise UserError(
            "This folder holds mailbox files.", "Name the .mbox files in it, one or several."
        )
    raise UserError("There is no mail in this folder that can be read.", READABLE)


def _kind_of_file(path: Path) -> str:
    try:
        start = _first_bytes(path)
    except OSError as error:
        raise UserError(
            f"The file cannot be opened ({error.strerror}).", "Check who may read it."
        ) from error
    if start.startswith(b"PK\x03\x04"):
        raise UserError("This is a zip file.", "Unpack it, then name the .mbox file in it.")
    if start.lstrip(b"\r\n").startswith(b"From ") or path.name.endswith((".mbox", ".mbox.gz")):
        return "mbox"
    if path.suffix.lower() == ".eml" or (_HEADER_FIRST.match(start) and b"\n" in start):
        return "eml"
    raise UserError("This file is of no kind that can be read.", READABLE)


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        if is_packed(file):
            return PackedSource(file).read()[:1024]
        return file.read(1024)
