"""What a mail says: the text of its parts, and what is attached to it.

Bounded: the first 2 MB of text are read, whatever the size of the mail.
"""

import re
from dataclasses import dataclass

from stillwater.core.arrivals import Attachment
from stillwater.text import headers
from stillwater.text.html import html_to_text
from stillwater.text.parts import Part, parts

TEXT_CAP = 2 * 1024 * 1024  # bytes of decoded text

CUT = "only the first 2 MB of its text were read"
HIDDEN = "some of its text is hidden from whoever opens it"
DIFFERS = "its plain and its HTML form say different things"
NOT_ENCODED = "a part is not in the encoding that it claims"

_MUNGED = re.compile(r"^>(?=>*From )", re.MULTILINE)
_WORD = re.compile(r"\w+")
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
    for part in found.leaves:
        if _is_text(part):
            gathered.take(untrusted_raw, part)
        elif part.forwarded:
            gathered.texts.append(part.forwarded)
        if part.is_attachment or part.name or not _is_text(part):
            gathered.attachments.append(_attachment(untrusted_raw, part))
    return MailBody(
        "\n\n".join(t for t in gathered.texts if t),
        tuple(gathered.attachments),
        tuple(dict.fromkeys(gathered.problems)),
    )


class _Gathered:
    """What was read so far, and how much more may be."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.texts: list[str] = []
        self.attachments: list[Attachment] = []
        self._left = TEXT_CAP
        self._plain_words: dict[int, set[str]] = {}

    def take(self, raw: bytes, part: Part) -> None:
        """Add the text of one part, unless its alternative said it all."""
        decoded = self._decoded(raw, part)
        is_html = part.type in ("text/html", "application/xhtml+xml")
        text = self._from_html(decoded) if is_html else _MUNGED.sub("", decoded)
        if part.alternative and not is_html:
            words = self._plain_words.setdefault(part.alternative, set())
            words.update(w.casefold() for w in _WORD.findall(text))
        elif part.alternative in self._plain_words:
            plain = self._plain_words[part.alternative]
            if all(w.casefold() in plain for w in _WORD.findall(text)):
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
