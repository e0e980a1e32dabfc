"""Handles in every form: one canonical form that is surely the same, one that passes for it.

A handle is a mail address, a phone number, or ``network:id``, as it was shown.
Nothing is guessed: a number that may belong to several countries stays as it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna
import phonenumbers

from stillwater.text.lookalikes import INVISIBLE, skeleton

MAIL = "mail"
TEL = "tel"
SMS_NAME = "sms-name"

LONGEST_SHORT_CODE = 6  # digits; short codes belong to no country's numbering for callers

# Longer ones are compared as they stand: RFC 5321 allows 254 characters.
LONGEST_FOLDED = 1_000

_PLAIN_MAIL = re.compile(r"[A-Za-z0-9!#$%&*/=?^_`{|}~.'+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9_+.-]{0,31}):(.+)", re.DOTALL)
_NUMBER = re.compile(r"[+(]?[\d(][\d\s()./+-]*(?:(?:;ext=|ext\.?|x)\s*\d+)?", re.IGNORECASE)
_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_NUMBER_NETWORKS = frozenset({"whatsapp", "signal", "telegram", "imessage", "viber"})
_SAYS_HIDDEN = frozenset(
    {
        "anonymous", "unknown", "private", "withheld", "restricted", "unavailable", "hidden",
        "no caller id", "private number", "unknown caller", "unbekannt", "anonym", "-1", "-2",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handle:
    """Equal ``exact``: the same address. Equal ``loose`` only: one that passes for it.

    Both hold the network where it is neither mail nor telephone, so that they
    can be compared by themselves.
    """

    network: str  # mail, tel, sms-name, or the prefix: instagram, matrix, iban, plate, …
    exact: str
    loose: str


def canonical(shown: str, region: str | None = None) -> Handle | None:
    """The canonical forms of a handle as it was shown; None: nothing to go by (hidden).

    ``region`` (ISO 3166) is for numbers without +; without it their ``exact``
    is "?" and their digits, which equals no international number.
    """
    if len(shown) > LONGEST_FOLDED:
        return _canonical(shown, region)
    return _remembered(shown, region)


def _canonical(shown: str, region: str | None) -> Handle | None:
    if _PLAIN_MAIL.fullmatch(shown):
        return _plain_mail(shown)
    text = INVISIBLE.sub("", shown).strip()
    if not text or text.casefold() in _SAYS_HIDDEN:
        return None
    prefixed = _PREFIXED.fullmatch(text)
    if prefixed:
        return _of_network(prefixed[1].casefold(), prefixed[2].strip(), region)
    if "@" in text:
        return _mail(text)
    if _NUMBER.fullmatch(text):
        return _number(text, region)
    return _other(SMS_NAME, text)


_remembered = lru_cache(maxsize=65_536)(_canonical)


def _plain_mail(shown: str) -> Handle | None:
    local, _, domain = shown.lower().partition("@")
    if "xn--" in domain:
        return _mail(shown)
    return Handle(MAIL, f"{local}@{domain}", _loose_mail(local, domain))


def _mail(shown: str) -> Handle | None:
    local, _, domain = shown.strip("<> \t").rpartition("@")
    domain = domain.strip().rstrip(".")
    local = _unquoted(local.strip())
    if not local or not domain:
        return None
    local = unicodedata.normalize("NFC", local).casefold() if _short(local) else local.lower()
    ascii_domain = _ascii_domain(domain)
    return Handle(MAIL, f"{local}@{ascii_domain}", _loose_mail(local, _shown_domain(ascii_domain)))


def _unquoted(local: str) -> str:
    if len(local) > 1 and local[0] == local[-1] == '"':
        return re.sub(r"\\(.)", r"\1", local[1:-1])
    return local


def _ascii_domain(domain: str) -> str:
    """The domain as IDNA 2008 (UTS 46) writes it; where it cannot, lower case."""
    if not _short(domain):
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return unicodedata.normalize("NFKC", domain).casefold()


def _shown_domain(ascii_domain: str) -> str:
    if "xn--" not in ascii_domain or not _short(ascii_domain):
        return ascii_domain
    try:
        return idna.decode(ascii_domain)
    except (idna.IDNAError, UnicodeError):
        return ascii_domain


def _loose_mail(local: str, domain: str) -> str:
    if not _short(local) or not _short(domain):
        return f"{local}@{domain}"
    base = local.partition("+")[0] or local
    domain = skeleton(domain)
    if domain in _GMAIL_SKELETONS:
        base, domain = base.replace(".", ""), _GMAIL_SKELETON
    return f"{skeleton(base)}@{domain}"


_GMAIL_SKELETONS = frozenset(skeleton(d) for d in _GMAIL)
_GMAIL_SKELETON = skeleton("gmail.com")


def _of_network(network: str, rest: str, region: str | None) -> Handle | None:
    if network in ("mailto", "mail"):
        return _mail(rest.partition("?")[0])
    if network in ("tel", "sms", "call"):
        return _number(rest, region) if _NUMBER.fullmatch(rest) else _other(SMS_NAME, rest)
    if "@" in network or not rest:
        return None
    if network in _NUMBER_NETWORKS:
        number = _network_number(rest)
        if number:
            return Handle(network, f"{network}:{number}", number)
    return _other(network, rest)


def _network_number(rest: str) -> str | None:
    """The number that an account of this network *is*: +49… or 49…@s.whatsapp.net."""
    jid = re.fullmatch(r"(\d{6,15})@(?:s\.whatsapp\.net|c\.us)", rest)
    shown = f"+{jid[1]}" if jid else rest
    if not shown.startswith("+") or not _NUMBER.fullmatch(shown):
        return None
    number = _number(shown, None)
    return number.exact if number else None


def _number(shown: str, region: str | None) -> Handle | None:
    number = _e164(shown, region) or "?" + _digits(shown)
    return Handle(TEL, number, number) if len(number) > 1 else None


def _e164(shown: str, region: str | None) -> str | None:
    if len(shown) > 64:
        return None
    try:
        number = phonenumbers.parse(shown, region)
    except phonenumbers.NumberParseException:
        return None
    if shown.startswith(("+", "(+")) or (
        len(_digits(shown)) > LONGEST_SHORT_CODE and phonenumbers.is_possible_number(number)
    ):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _digits(shown: str) -> str:
    """Its digits as ASCII, whatever script they were written in."""
    return "".join(str(unicodedata.digit(c)) for c in shown if c.isdigit())


def _other(network: str, rest: str) -> Handle | None:
    if network in ("iban", "plate"):
        rest = re.sub(r"[\s.-]+", "", rest)
    elif network != "matrix":  # there the @ is part of the id
        rest = rest.removeprefix("@")
    rest = " ".join(rest.split())
    if not rest:
        return None
    if not _short(rest):
        return Handle(network, f"{network}:{rest}", f"{network}:{rest}")
    plain = unicodedata.normalize("NFC", rest).casefold()
    loose = plain if network in ("iban", "plate") else skeleton(plain)
    return Handle(network, f"{network}:{plain}", f"{network}:{loose}")


def _short(text: str) -> bool:
    return len(text) <= LONGEST_FOLDED
