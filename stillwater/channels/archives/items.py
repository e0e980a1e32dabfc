"""What every reader of archives gives, and how it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

# One mail longer than this is given as unreadable, with its beginning: no mail
# system known to us carries half as much.
LONGEST_ITEM = 512 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """One original of an archive, byte for byte.

    ``position`` is where it begins, in the archive's unit: reading can go on
    from there. ``unreadable`` says why it could not be taken whole; ``raw`` is
    then as much of it as there is.
    """

    raw: bytes
    position: int
    folder: str = ""  # the mail folder's name, as the archive has it
    unreadable: str | None = None


class Archive(Protocol):
    """A reader of one archive. Reading never changes it."""

    path: Path
    unit: str  # "bytes" or "files": of ``size`` and of positions

    @property
    def size(self) -> int:
        """How much there is, in ``unit``; an estimate where the archive is packed."""

    def items(self, start: int = 0) -> Iterator[ArchiveItem]:
        """Every item from a position on, in a stable order. Never raises for what it reads."""
