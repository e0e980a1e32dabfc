"""Handles that stand inside a display name: "jordan@mail.example via Payments"."""

import re
import unicodedata
from itertools import islice

from stillwater.text.lookalikes import INVISIBLE

_WORTH_A_LOOK = re.compile(r"[@＠]|\d{3}|\d[\s().\-/]{1,3}\d")
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]{0,3}\d){5,17}")
_BEFORE_AT = re.compile(r"[\w.+'\-]{1,64}\Z")
_AFTER_AT = re.compile(r"[\w.\-]{1,253}")
_MOST = 20  # handles looked at in one name: more is an attack, not a name


def handles_in(untrusted_name: str) -> list[str]:
    """What looks like an address or a number in a name, as shown. Linear in its length."""
    if _WORTH_A_LOOK.search(untrusted_name) is None:
        return []
    name = untrusted_name
    if not name.isascii():
        name = unicodedata.normalize("NFKC", INVISIBLE.sub("", name))
    numbers = islice(_NUMBER.finditer(name), _MOST)
    return [*_mails(name), *(one.group() for one in numbers)]


def _mails(name: str) -> list[str]:
    # By way of each "@", outwards and bounded: a pattern for whole addresses takes
    # quadratic time over a megabyte of letters.
    found = []
    for at in islice(re.finditer("@", name), _MOST):
        before = _BEFORE_AT.search(name[max(0, at.start() - 64) : at.start()])
        after = _AFTER_AT.match(name, at.end())
        if before and after:
            found.append(f"{before.group()}@{after.group().rstrip('.')}")
    return found
