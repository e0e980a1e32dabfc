"""Who somebody says they are: "it's Jordan", "this is Dr Lee from the clinic", "it's me".

English first; German and Spanish for the plainest forms. Linear: every pattern is
bounded and looks at the beginning of a text only.
"""

import re
from collections.abc import Collection
from enum import Enum

_LOOK_AT = 2_000  # characters
_NAME = r"([^\W\d_][\w'’.\-]{0,30}(?:\s[^\W\d_][\w'’.\-]{0,30})?)"
_SAYS = re.compile(
    r"(?:\b(?:it'?s|its|it is|this is|thisis|my name is|my name's|i'?m|i am|here is"
    r"|hier ist|ich bin(?:'?s| es)?|ich heiße|mein name ist|soy|me llamo|mi nombre es)"
    r"\s+(?:(?:only|just|your|ur|dein|deine|tu)\s+)?)" + _NAME,
    re.IGNORECASE,
)
_HERE = re.compile(r"(?:^|[.!?,\n]\s*)" + _NAME + r"\s+(?:here|hier|aquí)\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:^|\n|[.!?…]\s|\s[-–—~]\s?|(?:love|regards|yours|cheers|xx?|gruß|grüße|liebe|saludos"
    r"|besos),?\s+)"
    r"([^\W\d_][\w'’\-]{0,30})[\s.!xX❤️]{0,6}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s*,?\s*(?:\([^)]{0,40}\)\s*)?(?:from|at|with|calling from|of|your|the|von|vom|bei|aus|de la"
    r"|del|de)\s+\w",
    re.IGNORECASE,
)
_ME = re.compile(
    r"\b(?:it'?s|its|it is|tis)\s+(?:only\s+|just\s+)?me\b(?!\w|\s+(?:or|who|that))|\bich bin'?s\b"
    r"|\bsoy yo\b|\byou know who (?:this is|i am|it is)\b|\bguess who\b",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"\b(?:you|u|ya)(?:'ve| have| had)?\s+(?:\w+\s+){0,2}blocked\b|\bunblock\s+(?:me|my)\b"
    r"|\b(?:don'?t|dont|please don'?t|stop|quit)\s+block(?:ing)?\b|\b(?:did|have|had)\s+(?:you|u)"
    r"\s+(?:\w+\s+)?block(?:ed)?\b|\bblock(?:ed|ing)? (?:me|my number)\b|\bblockier(?:t|st)\b"
    r"|\bhast mich\b.{0,20}\bblock|\bme (?:has )?bloque(?:aste|ado)\b",
    re.IGNORECASE,
)
_NEW_NUMBER = re.compile(
    r"\b(?:my |a |got a )?new (?:number|phone|account|sim|email|mail)\b|\bborrowed? (?:a |this )"
    r"?phone\b|\b(?:\w+'?s|someone'?s) (?:old )?phone\b|\bneue nummer\b|\bnuevo número\b",
    re.IGNORECASE,
)
_IGNORED = re.compile(
    r"\b(?:you|u)(?:'re| are| keep| kept)?\s+(?:\w+\s+)?(?:ignor(?:e|ed|ing)|ghost(?:ed|ing))\b"
    r"|\bi know (?:you|u)(?:'re| are| can)? (?:read|see|get)\w*\b|\bstop ignoring\b"
    r"|\banswer (?:me|your phone|ur phone|my \w+)\b|\b(?:didn'?t|never|not) "
    r"(?:answer|reply|respond)\w* (?:to )?(?:any of )?my\b"
    r"|\bwarum (?:antwortest|schreibst) du nicht\b"
    r"|\bpor qu[eé] no (?:me )?(?:contestas|respondes)\b|\byou can'?t (?:ignore|hide from|avoid)\b",
    re.IGNORECASE,
)


class Claim(Enum):
    """What somebody lets know of having written before, without a name."""

    ME = "me"
    BLOCKED = "blocked"
    NEW_NUMBER = "new number"
    IGNORED = "ignored"


_CLAIMS = {
    Claim.ME: _ME,
    Claim.BLOCKED: _BLOCKED,
    Claim.NEW_NUMBER: _NEW_NUMBER,
    Claim.IGNORED: _IGNORED,
}
# What stands behind "it's" and "I'm" and is no name.
_NO_NAMES = frozenset(
    [
        "a",
        "an",
        "the",
        "me",
        "my",
        "your",
        "you",
        "so",
        "just",
        "not",
        "only",
        "still",
        "all",
        "too",
        "very",
        "really",
        "here",
        "there",
        "where",
        "what",
        "who",
        "how",
        "why",
        "going",
        "coming",
        "sorry",
        "fine",
        "ok",
        "okay",
        "good",
        "bad",
        "sick",
        "ill",
        "tired",
        "busy",
        "done",
        "sure",
        "happy",
        "sad",
        "glad",
        "afraid",
        "worried",
        "outside",
        "home",
        "at",
        "in",
        "on",
        "for",
        "from",
        "with",
        "without",
        "about",
        "been",
        "always",
        "never",
        "now",
        "today",
        "tomorrow",
        "tonight",
        "over",
        "time",
        "true",
        "that",
        "this",
        "it",
        "he",
        "she",
        "we",
        "they",
        "out",
        "back",
        "late",
        "early",
        "free",
        "ready",
        "cold",
        "hot",
        "hard",
        "easy",
        "great",
        "nice",
        "lovely",
        "urgent",
        "important",
        "possible",
        "because",
        "but",
        "and",
        "if",
        "when",
        "mum",
        "mom",
        "dad",
        "mummy",
        "mommy",
        "daddy",
    ]
)


def introduced(untrusted_text: str) -> list[tuple[str, bool]]:
    """The names that somebody gives as their own, lower case; and whether a place follows.

    "Jordan from the depot" gives ("jordan", True).
    """
    text = untrusted_text[:_LOOK_AT].replace("’", "'")
    found = []
    for pattern in (_SAYS, _HERE):
        for one in pattern.finditer(text):
            name = _name(one[1])
            if name:
                found.append((name, _FROM.match(text, one.end()) is not None))
    signed = _SIGNED.search(text[-120:])
    if signed and (name := _name(signed[1])):
        found.append((name, False))
    return found


def _name(words: str) -> str | None:
    first = words.split(maxsplit=1)[0].strip(".'-").lower()
    return None if not first or "'" in first or first in _NO_NAMES else words.lower().strip(".'- ")


def names_one(introduced_as: str, names: Collection[str]) -> bool:
    """Whether the given name is one of ``names`` (lower case), by its first word or whole."""
    given = introduced_as.split()
    return introduced_as in names or (bool(given) and given[0].strip(".'-") in names)


def claims_in(untrusted_text: str) -> list[Claim]:
    """What the text lets know of having been here before."""
    text = untrusted_text[:_LOOK_AT].replace("’", "'")
    return [claim for claim, pattern in _CLAIMS.items() if pattern.search(text)]
