"""Court papers: whether a text looks like service of them, which court, by when.

What is sealed is still received in law, so a doubt is raised; but a mail that
only speaks of courts is none. It takes words that only such papers use, or
several different signs of one.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from stillwater.core.judgements import Fact
from stillwater.core.words import FactKind, Need
from stillwater.reading.dates import dates_in
from stillwater.reading.grammar import Found

STRONG, SIGN, DUE = "legal_strong", "legal_sign", "legal_due"
YOU = "you-are-meant"  # the sign of that name in each language

REQUEST = "Court papers may have come: look at the original, and at the date by which to answer."
_NEAR = 120  # characters after words such as "no later than"
_COURT = re.compile(
    r"\b(?:(?:[A-ZÄÖÜÁÉÍÓÚÑ][\w'’.-]{1,24}|of|the|for|de|lo|la)[ \t]){0,6}"
    r"(?:[Cc]ourt|COURT|Tribunal|TRIBUNAL|Juzgado|JUZGADO|[Gg]ericht)\b"
    r"(?:[ \t](?:of|for|at|de|la|lo|del|No\.?|n[.º°]{0,2}|\d{1,3}"
    r"|[A-ZÄÖÜÁÉÍÓÚÑ][\w'’.-]{1,24})){0,7}"
    r"|\b(?:Amts|Land|Familien|Oberlandes)gericht(?:[ \t][A-ZÄÖÜ][\wäöüß.-]{1,24}){0,3}"
)
_SMALL = re.compile(
    r"^(?:(?:of|the|for|de|lo|la|The|In|At|By)[ \t])+|(?:[ \t](?:of|for|at|de|la|lo|del))+$"
)


def looks_like_service(names: Collection[str], strong: bool) -> bool:
    """``names``: the different signs that were found; ``strong``: one is enough by itself.

    Of only two signs, one must say that the reader is meant: news of courts has the others.
    """
    return strong or len(names) >= 3 or (len(names) == 2 and YOU in names)


def legal_facts(text: str, due: Sequence[Found], received_at: datetime) -> tuple[Fact, ...]:
    """Which court, by when, and what is asked, in our words. ``received_at`` in local time."""
    facts = [Fact(FactKind.REQUEST, REQUEST, Need.LEGAL)]
    court = court_in(text)
    if court:
        facts.append(Fact(FactKind.WHO, court, Need.LEGAL))
    by = deadline_in(text, due, received_at)
    if by:
        facts.append(Fact(FactKind.DEADLINE, by, Need.LEGAL))
    return tuple(facts)


def court_in(text: str) -> str | None:
    """The longest name of a court among the first ones, as it stands."""
    names = [_SMALL.sub("", _SMALL.sub("", one[0])) for one in _COURT.finditer(text[:20_000])][:8]
    return max(names, key=len, default="") or None


def deadline_in(text: str, due: Sequence[Found], received_at: datetime) -> str | None:
    """The earliest date not in the past that stands where the text says by when."""
    said: list[date] = []
    for found in due:
        near = text[found.start : found.end + _NEAR]
        said += dates_in(near, received_at.date())
        if days := re.search(r"\b(\d{1,3})\s(?:\w{1,12}\s)?(?:days?|Tagen?|días?)\b", near):
            said.append(received_at.date() + timedelta(days=int(days[1])))
    ahead = [one for one in said if one >= received_at.date()]
    return min(ahead).isoformat() if ahead else None
