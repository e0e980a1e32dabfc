"""Signatures without a dash line: a valediction and a name, or a name over ways to reach it.

Both must end the own words and hold nothing else. A line with an hour, a day or a
sum, or a sentence, is no line of a signature: what may matter stays their own.
"""

import re
from collections.abc import Sequence

LONGEST = 8  # lines of such a signature
_LONGEST_LINE = 60  # characters
_VALEDICTION = re.compile(
    r"\W*(?:(?:with )?(?:many |kind(?:est)? |best |warm(?:est)? )?(?:regards|rgds|wishes)|"
    r"(?:many )?thanks(?: again| a lot| so much)?|thank you(?: very much| so much)?|thx|cheers|"
    r"best|all the best|sincerely(?: yours)?|yours(?: sincerely| faithfully| truly)?|"
    r"respectfully|warmly|(?:with |lots of )?love|take care|br|kr|"
    r"(?:mit )?(?:freundlichen|besten|lieben|herzlichen|vielen) (?:grüßen|grüssen|dank)|"
    r"(?:viele|liebe|beste|herzliche|schöne) grüße|gruß|grüße|lg|vg|mfg|danke(?: dir)?|"
    r"(?:un )?(?:saludos?|abrazo|beso)s?(?: cordiales?)?|atentamente|gracias|besos|"
    r"cordialement|с уважением)\W*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\W*(?:(?:e-?mail|mail|skype|web|tel|phone|mobile|cell|fax|t|f|m|p|o)\s?[.:]\s?)?"
    r"(?:\S{1,60}@\S{1,60}\.\w{2,12}|(?:https?://|www\.)\S{1,200}|\+?\(?\d[\d\s()./-]{6,24}|"
    r"skype:\s?\S{1,40})\W*|\W*(?:sent )?via (?:mobile|iphone|android|phone)\W*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[-–—~*\s]{0,4}[^\W\d_]['’.]?[^\W\d_'’.-]*(?:[ '’.&-]{1,3}[^\W\d_]+){0,4}\.?")
_TITLE = re.compile(r"[^\W\d_][^\d!?:;]{1,58}")
_DEGREE = re.compile(r",?\s?(?:Ph\.?\s?D|M\.?D|Esq|Jr|Sr|B\.?A|M\.?A|M\.?Sc)\.?\s*$")
_SENTENCE_END = re.compile(r"[.!?:;]\s*$")


def closing_starts(lines: Sequence[str]) -> int | None:
    """Where the signature begins that ends these lines; None: none does.

    ``lines`` are own lines alone, those that are empty among them.
    """
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    found = _valediction(lines, last)
    return found if found is not None else _card(lines, last)


def _valediction(lines: Sequence[str], last: int) -> int | None:
    """ "Thank you," over a name, with ways to reach it or without."""
    for at in range(last - 2, max(0, last - LONGEST - 1), -1):
        line = lines[at]
        if len(line) > _LONGEST_LINE:
            return None
        if _VALEDICTION.fullmatch(line) and at > 0:
            below = [one for one in lines[at + 1 : last] if one.strip()]
            return at if _is_name(below[0]) and all(map(_fits, below[1:])) else None
    return None


def _card(lines: Sequence[str], last: int) -> int | None:
    """A block of its own: a name, maybe a calling, and at least one way to reach it."""
    at = last
    while at > max(0, last - LONGEST) and lines[at - 1].strip():
        at -= 1
    block = lines[at:last]
    stands_alone = at > 0 and not lines[at - 1].strip() and any(one.strip() for one in lines[:at])
    if not stands_alone or len(block) < 2 or not any(map(_is_contact, block[1:])):
        return None
    return at if _fits(block[0]) and all(map(_fits, block[1:])) else None


def _fits(line: str) -> bool:
    return _is_contact(line) or _is_name(line) or _is_title(line)


def _is_contact(line: str) -> bool:
    return len(line) <= 200 and _CONTACT.fullmatch(line) is not None


def _is_name(line: str) -> bool:
    bare = line.strip(" -–—~*")
    if len(line) > _LONGEST_LINE or not bare[:1].isupper():
        return False
    words = bare.split()
    return len(words) <= 4 and _NAME.fullmatch(line.strip()) is not None and _capitals(words)


def _capitals(words: Sequence[str]) -> bool:
    return all(
        word[:1].isupper() or word in {"and", "und", "y", "von", "de", "van"} for word in words
    )


def _is_title(line: str) -> bool:
    """ "Vice President, Sales": capitals, no sentence, no figure."""
    bare = _DEGREE.sub("", line.strip()[: _LONGEST_LINE + 1])
    if len(bare) > _LONGEST_LINE or not _TITLE.fullmatch(bare) or _SENTENCE_END.search(bare):
        return False
    words = [word for word in bare.split() if len(word) > 3]
    return bool(words) and all(word[:1].isupper() for word in words) and len(bare.split()) <= 7
