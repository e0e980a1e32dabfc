"""Mailbox files: one mail after the other, each after a line that begins with ``From ``.

Plain or gzip; with LF or CRLF; as Gmail's Takeout writes them. A mail begins
only where all of this holds, and whatever else looks like it stays inside the
mail before, so no byte is lost:

1. the line begins with ``From `` and ends in a date;
2. it stands at the file's start, or after an empty line;
3. the next line is a header field.

An item is every byte behind its From_ line, ``>From `` and all: undoing that
is for whoever reads it. One empty line before the next From_ line is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stillwater.channels.archives.items import (
    HEAD_KEPT,
    ITEM_CAP,
    ArchiveItem,
    Item,
    UnreadableItem,
)
from stillwater.channels.archives.unpacking import PackedSource, PlainSource, Source, is_packed
from stillwater.core.errors import UserError
from stillwater.text.mail import gmail_labels

LONGEST_FROM_LINE = 1024  # bytes
NEEDED = 2 * LONGEST_FROM_LINE  # bytes that settle whether a line begins a mail
BOMB_RATIO = 200  # mail packs 3 to 20 times smaller

_FIRST_LINE = re.compile(rb"From [^\n]*\n")
_BEGINS = re.compile(
    rb"From (?=[^\n]{0,900}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b[^\n]{0,60}?\d{1,2}:\d\d"
    rb"[^\n]{0,60}?\b\d{4}\b)[^\n]{0,1000}\n(?:[!-9;-~]{1,200}[ \t]*:|>From )"
)


@dataclass(frozen=True)
class MboxArchive:
    """A mailbox file. Positions are bytes of the mailbox as it is when unpacked."""

    path: Path
    item_cap: int = ITEM_CAP

    kind = "mbox"
    unit = "bytes"

    @property
    def size(self) -> int:
        """Bytes of the file as it lies there, packed or not."""
        return self.path.stat().st_size

    def items(self, start: int = 0) -> Iterator[Item]:
        """Every mail from the From_ line at byte ``start`` on, in constant memory.

        Raises UserError where no mail begins at ``start``: the file was changed.
        """
        with self.path.open("rb") as file:
            source: Source = PackedSource(file) if is_packed(file) else PlainSource(file)
            folder = self.path.name.removesuffix(".gz").removesuffix(".mbox")
            yield from _Scan(source, folder, self.item_cap).items(start)


class _Scan:
    """One pass through a mailbox. ``_buffer`` begins at byte ``_base`` of it."""

    def __init__(self, source: Source, folder: str, cap: int) -> None:
        self._source = source
        self._folder = folder
        self._cap = cap
        self._buffer = bytearray()
        self._base = 0
        self._at = 0  # where the item at hand begins, in the buffer
        self._ended = False

    def items(self, start: int) -> Iterator[Item]:
        self._source.skip(start)
        self._base = start
        while len(self._buffer) < NEEDED and self._more():
            pass
        if start and self._buffer and not _BEGINS.match(self._buffer):
            raise UserError(
                "The mailbox was changed since it was last read.",
                "Read it again from the beginning: nothing is taken in twice.",
            )
        while self._at < len(self._buffer):
            item = self._item()
            if item is not None:
                yield item
            if isinstance(item, UnreadableItem) and self._is_bomb():
                self._source.problem = "It unpacks to far more than mail can be."
                break
        if self._source.problem:
            end = self._base + self._at
            yield UnreadableItem(
                self._source.problem, position=end, end=end,
                done=self._source.done, folder=self._folder,
            )  # fmt: skip

    def _more(self) -> bool:
        """Read on; what lies before the item at hand is let go."""
        if self._ended:
            return False
        if self._at:
            del self._buffer[: self._at]
            self._base += self._at
            self._at = 0
        chunk = self._source.read()
        self._ended = not chunk
        self._buffer += chunk
        return not self._ended

    def _item(self) -> Item | None:
        position = self._base + self._at
        end = self._end_of_item()
        if end is None:
            return self._too_long(position)
        with memoryview(self._buffer) as view:
            content = bytes(view[self._at : end])
        self._at = end
        return self._as_item(content, position)

    def _as_item(self, content: bytes, position: int) -> Item | None:
        end = position + len(content)
        done = self._source.done_at(end)
        first = _FIRST_LINE.match(content)
        raw = _without_separator(content[first.end() :] if first else content)
        if first:
            return ArchiveItem(
                raw, position, end, done, folder=self._folder, labels=gmail_labels(raw)
            )
        if not raw.strip():
            return None  # empty lines before the first mail
        return UnreadableItem(
            "It does not begin as a mail in a mailbox does.", raw,
            position=position, end=end, done=done, length=len(raw), folder=self._folder,
        )  # fmt: skip

    def _end_of_item(self) -> int | None:
        """Where the next item begins, in the buffer; None: this one is over the cap."""
        searched = self._at
        while True:
            found = self._buffer.find(b"\nFrom ", searched)
            if found >= 0 and (self._ended or len(self._buffer) - found > NEEDED):
                if self._begins_mail(found + 1):
                    return found + 1
                searched = found + 1
                continue
            if found < 0:
                searched = max(self._at, len(self._buffer) - 5)
            if len(self._buffer) - self._at > self._cap:
                return None
            behind = searched - self._at
            if not self._more() and found < 0:
                return len(self._buffer)
            searched = self._at + behind

    def _begins_mail(self, at: int) -> bool:
        before = bytes(self._buffer[max(0, at - 3) : at])
        after_empty_line = before.endswith((b"\n\n", b"\n\r\n"))
        return after_empty_line and _BEGINS.match(self._buffer, at) is not None

    def _too_long(self, position: int) -> UnreadableItem:
        """Keep the first bytes, pass over the rest; memory stays bounded."""
        head = bytes(self._buffer[self._at : self._at + HEAD_KEPT])
        end: int | None = None
        while end is None and not self._is_bomb():
            self._at = max(self._at, len(self._buffer) - NEEDED - 8)
            end = self._end_of_item()
        self._at = len(self._buffer) if end is None else end
        after = self._base + self._at
        return UnreadableItem(
            "It is longer than one mail can be.", head, position=position, end=after,
            done=self._source.done_at(after), length=after - position, folder=self._folder,
        )  # fmt: skip

    def _is_bomb(self) -> bool:
        return self._base + len(self._buffer) > BOMB_RATIO * max(1, self._source.done)


def _without_separator(content: bytes) -> bytes:
    if content.endswith(b"\r\n\r\n"):
        return content[:-2]
    return content[:-1] if content.endswith(b"\n\n") else content
