"""What a mail says: the text of its parts, and what is attached to it.

Bounded: the first 2 MB of text are read, whatever the size of the mail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from stillwater.core.arrivals import Attachment
from stillwater.text import headers
from stillwater.text.html import html_to_text
from stillwater.text.parts import Part, parts

TEXT_CAP = 2 * 1024 * 1024  # bytes of decoded text

CUT = "only the first 2 MB of its text were read"
HIDDEN = "some of its text is hidden from whoever opens it"
DIFFERS = "its plain and its HTML form say different things"
NOT_DECODED = "a part is in an encoding that is not read"
NOT_ENCODED = "a part is not in the encoding that it claims"

_MUNGED = re.compile(r"^>(?=>*From )", re.MULTILINE)
_WORD = re.compile(r"\w+")
_RUN = 4  # words in a row: what the plain form does not say in the same order, it does not say
_ENCODINGS = ("", "7bit", "8bit", "binary")
_CALENDARS = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory"})
_LINE_FOLD = re.compile(r"\n[ \t]")
_TEXT_NAMES = {".ics": "text/calendar", ".txt": "text/plain", ".htm": "text/html"}
_TEXT_NAMES |= {".html": "text/html", ".vcf": "text/vcard"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN_SHARE = 20  # one byte in so many that cannot be base64 is a dirty line; more is no base64


@dataclass(frozen=True, slots=True)
class MailBody:
    """``text`` has LF line ends and no NUL; quoted HTML is led by ``>``."""

    text: str
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[str, ...] = ()


def body(untrusted_raw: bytes) -> MailBody:
    """The text and the attachments of a mail; bounded in time and memory. Never raises.

    HTML is read as text, hidden words too. Of two alternatives the plain one
    stands; the HTML one is added where it says a word that the plain does not.
    Mails within the mail are read, each under a line that says it was forwarded.
    """
    if b"\n" not in untrusted_raw:
        untrusted_raw = untrusted_raw.replace(b"\r", b"\n")
    found = parts(untrusted_raw)
    gathered = _Gathered(problems=list(found.problems))
    for part in map(_as_named, found.leaves):
        if _is_text(part):
            gathered.take(untrusted_raw, part)
        elif part.forwarded:
            gathered.texts.append(part.forwarded)
        if _is_attached(part):
            gathered.attachments.append(_attachment(untrusted_raw, part))
    return MailBody(
        "\n\n".join(t for t in gathered.texts if t),
        tuple(gathered.attachments),
        tuple(dict.fromkeys(gathered.problems)),
    )


def attached(untrusted_raw: bytes, number: int) -> bytes | None:
    """The bytes of one attachment, by its place in ``MailBody.attachments``; None: there is none.

    What is not in the encoding that it claims comes as it stands.
    """
    if b"\n" not in untrusted_raw:
        untrusted_raw = untrusted_raw.replace(b"\r", b"\n")
    found = [part for part in map(_as_named, parts(untrusted_raw).leaves) if _is_attached(part)]
    if not 0 <= number < len(found):
        return None
    return _decoded_bytes(untrusted_raw, found[number], len(untrusted_raw), [])[0]


class _Gathered:
    """What was read so far, and how much more may be."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.texts: list[str] = []
        self.attachments: list[Attachment] = []
        self._left = TEXT_CAP
        self._plain_runs: dict[int, set[tuple[str, ...]]] = {}

    def take(self, raw: bytes, part: Part) -> None:
        """Add the text of one part, unless its alternative said it all."""
        decoded = self._decoded(raw, part)
        is_html = part.type in ("text/html", "application/xhtml+xml")
        text = self._from_html(decoded) if is_html else _MUNGED.sub("", decoded)
        if part.type in _CALENDARS:
            text = _LINE_FOLD.sub("", text)
        if part.alternative and not is_html:
            self._plain_runs.setdefault(part.alternative, set()).update(_runs(text))
        elif part.alternative in self._plain_runs:
            if self._plain_runs[part.alternative].issuperset(_runs(text)):
                return
            self.problems.append(DIFFERS)
        self.texts.append(part.forwarded + text)

    def _decoded(self, raw: bytes, part: Part) -> str:
        decoded, is_cut = _decoded_bytes(raw, part, self._left, self.problems)
        if is_cut:
            self.problems.append(CUT)
        self._left -= len(decoded)
        charset = "utf-16" if decoded.startswith(_UTF_16) else part.charset
        text = headers.decode_text(decoded, charset).replace("\0", "").removeprefix("\ufeff")
        return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")

    def _from_html(self, untrusted: str) -> str:
        plain = html_to_text(untrusted)
        if plain.hides_text:
            self.problems.append(HIDDEN)
        return plain.text


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every so many words in a row; and each word by itself, since a text may be short."""
    words = [w.casefold() for w in _WORD.findall(text)]
    for length in (1, _RUN):
        yield from zip(*(islice(words, start, None) for start in range(length)), strict=False)


def _as_named(part: Part) -> Part:
    """A text that was sent as a file of no type, by its name."""
    if part.type not in ("application/octet-stream", "application/ics"):
        return part
    ending = ".ics" if part.type.endswith("/ics") else part.name[part.name.rfind(".") :].lower()
    return replace(part, type=_TEXT_NAMES.get(ending, part.type))


def _is_attached(part: Part) -> bool:
    return part.is_attachment or bool(part.name) or not _is_text(part)


def _is_text(part: Part) -> bool:
    """Text, and whatever broken structure may hold some."""
    return part.type.startswith(("text/", "message/", "multipart/")) or part.type in (
        "application/xhtml+xml",
    )


def _decoded_bytes(raw: bytes, part: Part, most: int, problems: list[str]) -> tuple[bytes, bool]:
    """At most ``most`` bytes of a part, and whether there would have been more."""
    if "base64" in part.encoding:
        window = raw[part.start : min(part.end, part.start + most * 3 // 2 + 8)]
        decoded = headers.decode_base64(window)
        if _looks_like_base64(window) or _is_utf8(decoded):
            return decoded[:most], len(decoded) > most or part.end - part.start > len(window)
        problems.append(NOT_ENCODED)
    window = raw[part.start : min(part.end, part.start + most)]
    is_cut = part.end - part.start > len(window)
    if part.encoding not in _ENCODINGS and "quoted" not in part.encoding:
        problems.append(NOT_DECODED)
    if "quoted" in part.encoding:
        return headers.decode_quoted_printable(window), is_cut
    return window, is_cut


def _looks_like_base64(window: bytes) -> bool:
    dense = window.translate(None, b"\t\r\n")
    foreign = len(dense.translate(None, headers.BASE64))
    return foreign * _FOREIGN_SHARE <= len(dense)


def _is_utf8(decoded: bytes) -> bool:
    """Whether it decodes to text: what was never base64 almost surely does not."""
    try:
        return bool(decoded.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _attachment(raw: bytes, part: Part) -> Attachment:
    size = part.end - part.start
    if "base64" in part.encoding:
        lines = raw.count(b"\n", part.start, part.end) + raw.count(b"\r", part.start, part.end)
        padding = raw[max(part.start, part.end - 8) : part.end].count(b"=")
        size = max(0, (size - lines) * 3 // 4 - padding)
    return Attachment(part.name, part.type, size)
