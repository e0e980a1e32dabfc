"""An original as a reviewer may see it: plain text, pictures apart, files by name and size.

Nothing remote is ever loaded: HTML becomes text, and a picture is shown only where its bytes
lie in the original itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stillwater.core.words import Channel
from stillwater.text import headers
from stillwater.text.body import body
from stillwater.text.mail import envelope
from stillwater.text.parts import Part, parts

PICTURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
MOST_FILES = 50
MOST_TEXT = 200_000  # characters shown


@dataclass(frozen=True, slots=True)
class File:
    """Something attached. ``untrusted_name`` is the sender's to choose."""

    number: int
    untrusted_name: str
    untrusted_type: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def is_picture(self) -> bool:
        """By its first bytes: what it calls itself is the sender's to choose."""
        return picture_type(self.content) is not None


@dataclass(frozen=True, slots=True)
class Original:
    """All that a reviewer sees of one item."""

    untrusted_from: tuple[str, ...]
    untrusted_subject: str = field(repr=False)
    untrusted_text: str = field(repr=False)
    files: tuple[File, ...] = ()
    is_cut: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Whatever of it may not be repeated."""
        whole = f"{self.untrusted_subject} {self.untrusted_text}"
        return tuple(
            text for text in (self.untrusted_subject, self.untrusted_text, whole) if text.strip()
        )

    @property
    def has_pictures(self) -> bool:
        return any(one.is_picture for one in self.files)


def original_of(channel: str, untrusted_raw: bytes) -> Original:
    """Take the bytes apart. Bounded in time and memory. Never raises."""
    if channel == Channel.MAIL:
        return _mail(untrusted_raw)
    if picture_type(untrusted_raw) is not None:
        return Original((), "", "", (File(0, "", "", untrusted_raw),))
    text = headers.decode_text(untrusted_raw, None).replace("\0", "")
    return Original((), "", text[:MOST_TEXT], is_cut=len(text) > MOST_TEXT)


def picture_type(content: bytes) -> str | None:
    """What kind of picture the bytes are; None: none that is shown."""
    return next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)


def _mail(untrusted_raw: bytes) -> Original:
    head, read = envelope(untrusted_raw), body(untrusted_raw)
    senders = tuple(
        " ".join(part for part in (one.name, one.handle) if part) for one in head.senders
    )
    return Original(
        untrusted_from=senders,
        untrusted_subject=head.subject or "",
        untrusted_text=read.text[:MOST_TEXT],
        files=tuple(_files(untrusted_raw)),
        is_cut=len(read.text) > MOST_TEXT,
    )


def _files(untrusted_raw: bytes) -> Iterator[File]:
    leaves = [part for part in parts(untrusted_raw).leaves if _is_file(part)]
    for number, part in enumerate(leaves[:MOST_FILES]):
        yield File(number, part.name, part.type, _content(untrusted_raw, part))


def _is_file(part: Part) -> bool:
    is_text = part.type.startswith(("text/", "multipart/", "message/"))
    return part.is_attachment or bool(part.name) or not is_text


def _content(untrusted_raw: bytes, part: Part) -> bytes:
    window = untrusted_raw[part.start : part.end]
    if "base64" in part.encoding:
        return headers.decode_base64(window)
    if "quoted" in part.encoding:
        return headers.decode_quoted_printable(window)
    return window
