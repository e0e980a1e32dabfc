"""What somebody wrote now, apart from what they quote, forward, or sign with.

For judging style and tactics. Danger is looked for in all of it: a threat can
stand under a signature line as well as anywhere.
"""

import re
from dataclasses import dataclass

from stillwater.text.signatures import closing_starts

LONGEST_LINE = 1_000  # characters of a line that are looked at
MOST_LINES = 50_000  # that are judged; what follows is taken for their own
LONGEST_SIGNATURE = 12  # lines under a dash line
LINES_LOOKED_AT = 60  # from the end, for a closing without a dash line
MOST_BLANK = 3  # lines between an introduction and the quote
MOST_LINES_SEARCHED = 5  # an attribution may be broken over so many lines

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s)")
_ATTRIBUTION = re.compile(
    r"[\s>*-]*(?:on|at|am|le|el|il|op|em|den|w dniu|dnia)\b.{4,400}?"
    r"(?:wrote|writes|sent|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał)\b"
    r".{0,80}?:\s*-*$",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTION_OPENS = re.compile(
    r"[\s>*-]*(?:on|at|am|le|el|il|op|em|den|w dniu|dnia)\b.*\d|.*[@<].*:\s*$", re.IGNORECASE
)
_BY_WHOM = re.compile(
    r"(?:\d{4}[/.-]\d\d?[/.-]\d\d?.{0,80}<[^<>@\s]+@[^<>\s]+>|.{0,120}<[^<>@\s]+@[^<>\s]+>\s*"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał)\s*:?)\s*:?\s*$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(r".{0,300}(?:@|\d{4}|\d\d:\d\d).{0,300}:\s*")
_SEPARATOR = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original message|original appointment|forwarded message|reply message|"
    r"ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message original|"
    r"message transféré|mensaje original|mensaje reenviado|messaggio originale|"
    r"oorspronkelijk bericht|mensagem original|doorgestuurd bericht)\s*[-_=*]*\s*$"
    r"|\s*begin forwarded message:\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s*\*?(from|sent|to|cc|date|subject|von|gesendet|an|betreff|datum|de|envoyé|à|objet|date|"
    r"para|asunto|enviado|fecha|da|inviato|a|oggetto|van|verzonden|aan|onderwerp|"
    r"от|отправлено|кому|тема|дата)\s?:\*?\s?\S?",
    re.IGNORECASE,
)
_HEAD_OPENS = re.compile(r"\s*\*?(?:from|von|de|da|van|date|datum|от)\s?:", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*--\s?$")
_DASHES = re.compile(r"\s*[-_=*~]{2,}\s*$")
_DEVICE = re.compile(
    r"\s*(?:sent from (?:my|yahoo|outlook|mail for|samsung)|get outlook for|sent via|sent using|"
    r"von meinem .{2,30} gesendet|gesendet (?:von|mit)|envoyé de(?:puis)? mon|enviado desde mi|"
    r"inviato da(?:l mio)?|verzonden vanaf mijn|diese nachricht wurde von meinem)\b.{0,80}$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\s*(?:\W*(?:confidentiality|disclaimer|legal) (?:notice|note)|"
    r"(?:this|the information (?:contained )?in this) "
    r"(?:e-?mail|message|communication)\b.{0,200}\b(?:confidential|privileged|intended)|"
    r"diese e-?mail .{0,80}vertraulich)",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Spans [start, end) of the text that was given; together they cover all of it."""

    text: str  # the own spans, joined by line ends
    own: tuple[Span, ...] = ()
    quoted: tuple[Span, ...] = ()
    signature: tuple[Span, ...] = ()


def own_words(text: str) -> OwnWords:
    """Part a text into what was written now, what is quoted, and what is a signature.

    Goes by the marks that mail programs leave, in eight languages: ``>``,
    attribution lines, separators, heads of forwarded mails, ``-- ``. Where
    nothing tells, it is their own. Linear in the length of the text.
    """
    lines = text.splitlines(keepends=True)
    kinds = _kinds([line[:LONGEST_LINE].rstrip("\r\n") for line in lines])
    spans: dict[str, list[Span]] = {"own": [], "quoted": [], "signature": []}
    at = 0
    previous = ""
    for line, kind in zip(lines, kinds, strict=True):
        if kind == previous:
            spans[kind][-1] = (spans[kind][-1][0], at + len(line))
        else:
            spans[kind].append((at, at + len(line)))
        previous = kind
        at += len(line)
    words = "\n".join(p for p in (text[a:b].strip() for a, b in spans["own"]) if p)
    return OwnWords(words, *(tuple(spans[k]) for k in ("own", "quoted", "signature")))


def _kinds(lines: list[str]) -> list[str]:
    """For each line: own, quoted or signature."""
    kinds = ["own"] * len(lines)
    at = 0
    while at < min(len(lines), MOST_LINES):
        at = _mark(lines, kinds, at) if lines[at] else at + 1
    _mark_last_signature(lines, kinds)
    return kinds


def _mark(lines: list[str], kinds: list[str], at: int) -> int:
    """Judge the line at ``at``, and those that go with it; the answer is the next to judge."""
    line = lines[at]
    if _QUOTED.match(line):
        kinds[at] = "quoted"
        _mark_introduction(lines, kinds, at)
        return at + 1
    opens = _opens_quote(lines, at)
    if opens:
        return _mark_quote(lines, kinds, at, at + opens)
    if _SIGNATURE.fullmatch(line) or _DISCLAIMER.match(line):
        return _mark_until_quote(lines, kinds, at)
    if _DEVICE.fullmatch(line):
        kinds[at] = "signature"
    return at + 1


def _mark_introduction(lines: list[str], kinds: list[str], quote: int) -> None:
    """In any language: a line with a date or an address that ends in a colon, right above."""
    above = quote - 1
    while above >= 0 and quote - above <= MOST_BLANK and not lines[above].strip():
        above -= 1
    if above < 0 or kinds[above] != "own" or not _INTRODUCES.fullmatch(lines[above]):
        return
    kinds[above] = "quoted"
    if above and lines[above - 1].count("<") > lines[above - 1].count(">"):
        kinds[above - 1] = "quoted"  # the address was broken over two lines


def _opens_quote(lines: list[str], at: int) -> int:
    """How many lines introduce a quote here; 0: none do."""
    line = lines[at]
    if _SEPARATOR.fullmatch(line):
        return 1
    if _HEAD_OPENS.match(line) and _is_head(lines, at):
        return 1
    if _BY_WHOM.fullmatch(line):
        return 1
    if not _ATTRIBUTION_OPENS.match(line):
        return 0
    for count in range(1, MOST_LINES_SEARCHED):
        if _ATTRIBUTION.fullmatch(" ".join(lines[at : at + count])):
            return count
    return 0


def _is_head(lines: list[str], at: int) -> bool:
    """Three fields of a mail's head within the next six lines."""
    names = {m[1].casefold() for m in map(_HEAD.match, lines[at : at + 6]) if m}
    return len(names) >= 3


def _mark_quote(lines: list[str], kinds: list[str], at: int, quote: int) -> int:
    """The lines that introduce it; and all below, unless each quoted line has its ``>``."""
    following = next((n for n in range(quote, len(lines)) if lines[n].strip()), len(lines))
    is_marked = following < len(lines) and _QUOTED.match(lines[following]) is not None
    end = quote if is_marked else len(lines)
    kinds[at:end] = ["quoted"] * (end - at)
    return end


def _mark_until_quote(lines: list[str], kinds: list[str], at: int) -> int:
    end = at
    while end < len(lines) and not _QUOTED.match(lines[end]) and not _opens_quote(lines, end):
        kinds[end] = "signature"
        end += 1
    return end


def _mark_last_signature(lines: list[str], kinds: list[str]) -> None:
    """A line of dashes with a few short lines under it ends the own words."""
    own = [n for n, kind in enumerate(kinds) if kind == "own" and lines[n].strip()]
    for place in range(len(own) - 2, max(-1, len(own) - LONGEST_SIGNATURE), -1):
        below = own[place + 1 :]
        is_short = all(len(lines[n]) <= 70 for n in below)
        if place > 0 and _DASHES.fullmatch(lines[own[place]]) and is_short:
            for n in range(own[place], own[-1] + 1):
                kinds[n] = "signature" if kinds[n] == "own" else kinds[n]
            return
    _mark_closing(lines, kinds)


def _mark_closing(lines: list[str], kinds: list[str]) -> None:
    """A valediction with a name, or a name with ways to reach it, at the end of the own words."""
    own = [n for n, kind in enumerate(kinds) if kind == "own"][-LINES_LOOKED_AT:]
    start = closing_starts([lines[n] for n in own])
    if start is not None:
        for n in own[start:]:
            kinds[n] = "signature"
