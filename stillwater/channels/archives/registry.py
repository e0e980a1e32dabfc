"""Which reader reads what: by what a path is, not by what it is called."""

from importlib import import_module
from pathlib import Path

from stillwater.channels.archives.items import Archive, ArchiveItem
from stillwater.core.errors import UserError

__all__ = ["READERS", "Archive", "ArchiveItem", "open_archive"]

# Loaded when the first archive of that kind is opened.
READERS = {
    "mbox": "stillwater.channels.archives.mbox.Mbox",
    "maildir": "stillwater.channels.archives.folders.Maildir",
    "eml-folder": "stillwater.channels.archives.folders.EmlFolder",
    "eml": "stillwater.channels.archives.folders.EmlFile",
}


def open_archive(path: Path) -> Archive:
    """The reader for a path. Raises UserError where there is none, or nothing to read."""
    try:
        kind = _kind_of_folder(path) if path.is_dir() else _kind_of_file(path)
    except FileNotFoundError:
        raise UserError("There is nothing at one of these paths.", "Check its spelling.") from None
    except OSError:
        raise UserError(
            "One of these paths cannot be opened.", "Check that you may read it."
        ) from None
    if kind is None:
        raise UserError(
            "One of these paths is no mail that Stillwater knows.",
            "Give an mbox file (also .gz), a Maildir, a folder of .eml files, or one .eml file.",
        )
    module, _, name = READERS[kind].rpartition(".")
    reader: Archive = getattr(import_module(module), name)(path)
    return reader


def _kind_of_folder(path: Path) -> str | None:
    if any((path / name).is_dir() for name in ("cur", "new")):
        return "maildir"
    if next(path.glob("**/cur"), None) is not None:
        return "maildir"
    if any(found.suffix.lower() == ".eml" for found in path.rglob("*")):
        return "eml-folder"
    return None


def _kind_of_file(path: Path) -> str | None:
    with path.open("rb") as stream:
        beginning = stream.read(5)
    if beginning.startswith(b"\x1f\x8b") or beginning == b"From ":
        return "mbox"
    if path.suffix.lower() in (".mbox", ".mbx") and not beginning.strip():
        return "mbox"
    return "eml" if path.suffix.lower() == ".eml" else None
