"""The header block of a mail, field by field, however broken it is.

Written by hand and not with ``email``: the standard parser drops what comes
after a line it does not know, recurses, and decodes what nobody asked for.
What any mail program might take for a field is a field here: too many are
harmless, one too few is a sender unseen. Nothing here raises.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_PIECES = 10_000  # of one base64 text, each with padding of its own
HEADER_CAP = 16 * 1024 * 1024  # bytes: 100,000 addresses fit; a longer block is cut, and said

# A byte order mark, as some programs put before what they save, is no part of a field's name.
_LINE_ENDS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\r\n]*+")
_ANY_FIELD = re.compile(rb"\n[!-9;-~]+[ \t]*:")
_FOLD = re.compile(r"\r?\n[ \t]*")
_ENCODED = re.compile(r"=\?([^?*\s]{1,64})(?:\*[^?\s]{0,32})?\?([bBqQ])\?([^?]*)\?=")
_SURROGATES = re.compile("[\ud800-\udfff]")  # UTF-7 can make them; no text can hold them
_BETWEEN_ENCODED = re.compile(r"(\?=)\s+(?==\?)")
# Text codecs whose decoding takes quadratic time, or is no character set of mail.
_REFUSED_CHARSETS = frozenset(
    {"idna", "punycode", "unicodeescape", "rawunicodeescape", "undefined"}
)


@dataclass(frozen=True, slots=True)
class Block:
    """Where the header ends, and its bytes with line ends as LF, led by one LF."""

    lines: bytes
    body_start: int  # offset in the raw mail
    cut: bool = False  # the block was longer than HEADER_CAP


@dataclass(frozen=True, slots=True)
class Field:
    """One header field: its name in lower case, its value unfolded, as bytes."""

    name: str
    raw: bytes
    start: int  # in Block.lines
    end: int


def header_block(untrusted_raw: bytes) -> Block:
    """The header block of a mail: up to the first empty line, or ``HEADER_CAP``.

    Leading empty lines and an mbox ``From `` line are passed over. Text without
    a single field has no header: all of it is body.
    """
    stop = len(untrusted_raw)
    first = _first_field(untrusted_raw, 0, stop)
    block = _block(untrusted_raw, first, stop)
    return block if _ANY_FIELD.search(block.lines) else Block(b"\n", first)


def part_header_block(untrusted_raw: bytes, start: int, end: int) -> Block:
    """The header block at ``start``; none where an empty line or plain text stands there."""
    if untrusted_raw.startswith((b"\n", b"\r\n"), start):
        return Block(b"\n", start + (1 if untrusted_raw[start] == 10 else 2))
    block = _block(untrusted_raw, start, end)
    return block if _ANY_FIELD.search(block.lines) else Block(b"\n", start)


def _block(untrusted_raw: bytes, first: int, stop: int) -> Block:
    limit = min(stop, first + HEADER_CAP)
    at = untrusted_raw.find(b"\n\n", first, limit)
    crlf = untrusted_raw.find(b"\n\r\n", first, limit if at < 0 else at)
    if crlf >= 0:
        header_end, body_start = crlf + 1, crlf + 3
    elif at >= 0:
        header_end, body_start = at + 1, at + 2
    else:
        return _without_empty_line(untrusted_raw, first, limit, stop)
    return Block(b"\n" + _plain_lines(untrusted_raw[first:header_end]), body_start)


def _first_field(raw: bytes, start: int, stop: int) -> int:
    empty = _LINE_ENDS.match(raw, start, stop)
    at = empty.end() if empty else start
    if raw.startswith((b"From ", b">From "), at):
        line_end = raw.find(b"\n", at, stop)
        return stop if line_end < 0 else line_end + 1
    return at


def _without_empty_line(raw: bytes, first: int, limit: int, stop: int) -> Block:
    """No LF ends this block: lines may end in CR alone, or there is no body at all."""
    at = raw.find(b"\r\r", first, limit) if raw.find(b"\n", first, limit) < 0 else -1
    if at >= 0:
        return Block(b"\n" + _plain_lines(raw[first:at]), at + 2)
    return Block(b"\n" + _plain_lines(raw[first:limit]), limit, cut=limit < stop)


def _plain_lines(block: bytes) -> bytes:
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block.replace(b"\0", b"") if b"\0" in block else block


def pattern_for(*names: str) -> re.Pattern[bytes]:
    """Finds the fields of these names in ``Block.lines``; groups: name, folded value."""
    alternatives = "|".join(re.escape(n) for n in names)
    return re.compile(
        rb"\n(" + alternatives.encode("ascii") + rb")[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)",
        re.IGNORECASE,
    )


def fields(block: Block, pattern: re.Pattern[bytes]) -> Iterator[Field]:
    """The fields that ``pattern`` (from ``pattern_for``) names, in their order."""
    for found in pattern.finditer(block.lines):
        name = found[1].decode("ascii").lower()
        yield Field(name, found[2], found.start(), found.end())


def text_of(value: bytes) -> str:
    """A field's value as one line of text: unfolded, UTF-8 where it is, else Latin-1."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    if "\n" in text:
        text = _FOLD.sub(" ", text)
    return text.strip()


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded, and everything else as it stands.

    Neighbours of one charset are joined before they are decoded, since a
    character may be cut in two. Linear; what cannot be decoded stays.
    """
    if "=?" not in text:
        return text
    parts: list[str] = []
    waiting: list[bytes] = []
    charset = ""
    last = 0
    text = _BETWEEN_ENCODED.sub(r"\1", text)
    for word in _ENCODED.finditer(text):
        if waiting and (word.start() != last or word[1].lower() != charset):
            parts.append(decode_text(b"".join(waiting), charset))
            waiting = []
        parts.append(text[last : word.start()])
        charset = word[1].lower()
        waiting.append(_encoded_bytes(word[2], word[3]))
        last = word.end()
    if waiting:
        parts.append(decode_text(b"".join(waiting), charset))
    parts.append(text[last:])
    return "".join(parts)


def _encoded_bytes(encoding: str, content: str) -> bytes:
    untrusted = content.encode("utf-8", "replace")
    if encoding in "bB":
        return decode_base64(untrusted)
    return binascii.a2b_qp(untrusted, header=True)


BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(c for c in range(256) if c not in BASE64[:-1])


def decode_quoted_printable(untrusted: bytes) -> bytes:
    """Quoted-printable, however broken; what is no escape stays as it is."""
    return binascii.a2b_qp(untrusted)


def decode_base64(untrusted: bytes) -> bytes:
    """Base64, however it was cut off or dirtied: as many bytes as there surely are."""
    if b"=" in untrusted.rstrip(b"= \t\r\n"):  # several pieces, each padded by itself
        pieces = re.split(rb"=[=\s]*", untrusted, maxsplit=MOST_PIECES)
        return b"".join(map(_unpadded, pieces))
    return _unpadded(untrusted)


def _unpadded(untrusted: bytes) -> bytes:
    clean = untrusted.translate(None, _NOT_BASE64)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def decode_text(untrusted: bytes, charset: str | None) -> str:
    """Bytes as text, in the charset they claim, else UTF-8, else Windows-1252. Never raises."""
    for name in (charset, "utf-8"):
        if name and known_charset(name):
            try:
                return _SURROGATES.sub("\ufffd", untrusted.decode(name))
            except (UnicodeError, LookupError, ValueError):
                continue
    return untrusted.decode("cp1252", "replace")


def known_charset(name: str) -> bool:
    """Whether we decode this charset: not those that take quadratic time."""
    plain = re.sub(r"[^a-z0-9]", "", name.casefold())
    return name.isascii() and "\0" not in name and plain not in _REFUSED_CHARSETS
