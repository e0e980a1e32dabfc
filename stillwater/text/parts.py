"""The parts of a mail: where each leaf begins and ends, without reading what is in it.

Written by hand and not with ``email``: the standard parser recurses (2,000
nested parts end it) and needs 0.9 GB for a mail of 200 MB. Here one pass goes
from one ``--boundary`` line to the next; depth is a number, nothing is copied.
"""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes

from stillwater.text import headers

MOST_PARTS = 10_000
MOST_MARKERS = 500_000
MOST_FORWARDED = 20  # heads of mails in mails in mails that are shown
LONGEST_BOUNDARY_LINE = 1_024  # bytes
LONGEST_PARAMETERS = 16_384  # characters
LONGEST_NAME = 1_000  # characters
PART_HEADER_CAP = 256 * 1024  # bytes

TOO_MANY_PARTS = "it has more parts than are read"
AMBIGUOUS = "its header says two things of how it is to be read"
NO_PARTS = "it says that it has parts, and none was found"

_MAILS = frozenset({"message/rfc822", "message/global"})
_PART_FIELDS = headers.pattern_for(
    "content-type", "content-disposition", "content-transfer-encoding", "from", "subject", "date"
)
_HOW_TO_READ = frozenset({"content-type", "content-transfer-encoding"})
_BOUNDARY = re.compile(r";\s*boundary\s*=", re.IGNORECASE)
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,64})\s*=\s*(\"(?:[^\"\\]|\\.)*+\"|[^;\"\s]*)", re.DOTALL)
_COMMENT = re.compile(r"\A\s*\([^()]*\)")  # where one may stand before the type
_UNQUOTE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf: bytes [start, end) of the raw mail, and what its header says of them."""

    type: str  # lower case
    encoding: str  # lower case
    charset: str | None
    name: str
    is_attachment: bool
    start: int
    end: int
    alternative: int = 0  # the multipart/alternative it stands in; 0: in none
    forwarded: str = ""  # the head of the mail in the mail that begins here


@dataclass(frozen=True, slots=True)
class _Open:
    """A multipart whose end has not come yet."""

    boundary: bytes
    kind: str  # multipart/mixed, multipart/alternative, …
    alternative: int  # the number of the innermost alternative; 0: none


@dataclass(frozen=True, slots=True)
class Parts:
    """The leaves in their order, and what was left unread."""

    leaves: tuple[Part, ...]
    problems: tuple[str, ...] = ()


def parts(untrusted_raw: bytes) -> Parts:
    """The leaves of a mail. One pass, no recursion, whatever the depth. Never raises."""
    walk = _Walk(untrusted_raw)
    walk.enter(0, headers.HEADER_CAP)
    walk.follow_markers()
    walk.end_leaf(len(untrusted_raw))
    if not walk.found:  # a multipart without a single part: it is read as it stands
        start = headers.header_block(untrusted_raw).body_start
        whole = Part("text/plain", "", None, "", False, start, len(untrusted_raw))
        walk.found.append(whole)
        walk.problems.append(NO_PARTS)
    return Parts(tuple(walk.found), tuple(dict.fromkeys(walk.problems)))


@dataclass
class _Walk:
    """Where one pass through the mail stands."""

    raw: bytes
    found: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _at: int = 0
    _open: list[_Open] = field(default_factory=list)
    _places: dict[bytes, list[int]] = field(default_factory=dict)  # boundary → where in _open
    _leaf: Part | None = None
    _alternatives: int = 0

    def enter(self, at: int, header_cap: int, *, in_digest: bool = False) -> None:
        """Read the header at ``at`` and go into whatever it announces."""
        forwarded: list[str] = []
        default = "message/rfc822" if in_digest else "text/plain"
        is_mail = False
        while True:
            limit = min(len(self.raw), at + header_cap)
            block = _header(self.raw, at, limit)
            said = self._said(block)
            if is_mail:
                forwarded.append(_forwarded_head(said))
            part = _part(said, default, block.body_start, "".join(forwarded[:MOST_FORWARDED]))
            self._at = max(at, block.body_start - 1)  # a boundary may stand right behind
            boundary = _boundary(said) if part.type.startswith("multipart/") else b""
            if boundary:
                self._push(boundary, part.type)
                return
            is_mail = part.type in _MAILS and part.encoding not in ("base64", "quoted-printable")
            if not is_mail or block.body_start >= limit:
                self._leaf = part
                return
            at, default, header_cap = block.body_start, "text/plain", PART_HEADER_CAP

    def _said(self, block: headers.Block) -> dict[str, str]:
        """The fields of a part. Programs differ in which of two they heed: that is noted."""
        said: dict[str, str] = {}
        for found in headers.fields(block, _PART_FIELDS):
            value = headers.text_of(found.raw)
            if found.name in _HOW_TO_READ and said.get(found.name, value) != value:
                self.problems.append(AMBIGUOUS)
            said[found.name] = value
        if len(_BOUNDARY.findall(said.get("content-type", "")[:LONGEST_PARAMETERS])) > 1:
            self.problems.append(AMBIGUOUS)
        return said

    def follow_markers(self) -> None:
        """From one line that begins with ``--`` to the next, to the end of the mail."""
        markers = 0
        while self._open and (at := self.raw.find(b"\n--", self._at)) >= 0:
            markers += 1
            if markers > MOST_MARKERS or len(self.found) >= MOST_PARTS:
                self.problems.append(TOO_MANY_PARTS)
                return
            self._take_marker(at)

    def _take_marker(self, at: int) -> None:
        line_end = self.raw.find(b"\n", at + 1, at + LONGEST_BOUNDARY_LINE)
        stop = line_end if line_end >= 0 else min(len(self.raw), at + LONGEST_BOUNDARY_LINE)
        line = self.raw[at + 3 : stop].rstrip(b" \t\r")
        self._at = at + 3
        if self._places.get(line):
            self.end_leaf(at)
            self._close_to(self._places[line][-1] + 1)
            is_digest = self._open[-1].kind == "multipart/digest"
            self.enter(stop + 1, PART_HEADER_CAP, in_digest=is_digest)
        elif line.endswith(b"--") and self._places.get(line[:-2]):
            self.end_leaf(at)
            self._close_to(self._places[line[:-2]][-1])

    def end_leaf(self, at: int) -> None:
        """The leaf at hand, if there is one, ends before ``at``."""
        if self._leaf is None:
            return
        end = at - 1 if self.raw[at - 1 : at] == b"\r" else at
        alternative = self._open[-1].alternative if self._open else 0
        end = max(self._leaf.start, end)
        self.found.append(replace(self._leaf, end=end, alternative=alternative))
        self._leaf = None

    def _push(self, boundary: bytes, kind: str) -> None:
        alternative = self._open[-1].alternative if self._open else 0
        if kind == "multipart/alternative":
            self._alternatives += 1
            alternative = self._alternatives
        self._places.setdefault(boundary, []).append(len(self._open))
        self._open.append(_Open(boundary, kind, alternative))
        self._leaf = None

    def _close_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._places[self._open.pop().boundary].pop()


def _header(raw: bytes, at: int, limit: int) -> headers.Block:
    """The header at ``at``; that of a part ends at the latest where another part may begin."""
    if at == 0:
        return headers.header_block(raw)
    marker = raw.find(b"\n--", at, limit)
    return headers.part_header_block(raw, at, limit if marker < 0 else marker + 1)


def _part(said: dict[str, str], default: str, start: int, forwarded: str) -> Part:
    content_type = _COMMENT.sub("", said.get("content-type", "")[:LONGEST_PARAMETERS])
    disposition = said.get("content-disposition", "")[:LONGEST_PARAMETERS]
    about = parameters(content_type)
    name = parameters(disposition).get("filename") or about.get("name") or ""
    word = content_type.partition(";")[0].strip().lower()
    return Part(
        type=word if _TYPE.fullmatch(word) else default,
        encoding=said.get("content-transfer-encoding", "").strip().lower(),
        charset=about.get("charset"),
        name=headers.decode_words(name)[:LONGEST_NAME],
        is_attachment=disposition.strip().lower().startswith("attachment"),
        start=start,
        end=start,
        forwarded=forwarded,
    )


def _boundary(said: dict[str, str]) -> bytes:
    boundary = parameters(said.get("content-type", "")[:LONGEST_PARAMETERS]).get("boundary", "")
    return boundary.rstrip().encode("utf-8", "replace")


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, RFC 2231 forms decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, quoted in _PARAMETER.findall(value):
        text = _UNQUOTE.sub(r"\1", quoted[1:-1]) if quoted.startswith('"') else quoted
        base, star, rest = name.lower().partition("*")
        if not star:
            plain.setdefault(base, text)
            continue
        number = rest.rstrip("*")
        is_encoded = rest in ("",) or rest.endswith("*")
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        pieces.setdefault(base, []).append((place, is_encoded, text))
    return plain | {base: _from_pieces(found) for base, found in pieces.items()}


def _from_pieces(found: list[tuple[int, bool, str]]) -> str:
    found = sorted(found)
    charset = "utf-8"
    out: list[bytes] = []
    for place, is_encoded, piece in found:
        text = piece
        if is_encoded and place == 0 and piece.count("'") >= 2:
            charset, _, text = piece.split("'", 2)
        out.append(unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace"))
    return headers.decode_text(b"".join(out), charset)


def _forwarded_head(said: dict[str, str]) -> str:
    named = (("From", "from"), ("Date", "date"), ("Subject", "subject"))
    lines = (
        f"{shown}: {headers.decode_words(said[name])[:LONGEST_NAME]}"
        for shown, name in named
        if name in said
    )
    return "\n".join(("---------- Forwarded message ----------", *lines, "", ""))
