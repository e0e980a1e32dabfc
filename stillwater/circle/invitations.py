"""An invitation: a link that only its holder knows, and a code that is spoken. Pure.

The link alone opens nothing: whoever finds it in a mailbox or a chat does not know the code,
and whoever overhears the code has no link.
"""

import hashlib
import re
import unicodedata
from datetime import timedelta

from stillwater.core.ids import Randomness

LASTS = timedelta(days=3)
MOST_WRONG_CODES = 5
_DIGITS = 8
_NOT_A_DIGIT = re.compile(r"\D")
LONGEST_NAME = 64


def new_code(randomness: Randomness) -> str:
    """Eight digits in two groups, as they are spoken: ``4821 9035``."""
    digits = f"{int.from_bytes(randomness(8), 'big') % 10**_DIGITS:0{_DIGITS}}"
    return f"{digits[:4]} {digits[4:]}"


def hash_of(token: str) -> bytes:
    """What a link's token is known by: 32 bytes."""
    return hashlib.sha256(b"stillwater invitation v1\0" + token.encode()).digest()


def digits_of(untrusted_code: str) -> str:
    """A code as it was typed, however it was grouped."""
    plain = unicodedata.normalize("NFKC", untrusted_code[:100])
    return _NOT_A_DIGIT.sub("", plain)


def plain_name(untrusted_name: str) -> str:
    """A name to sign in with, in one form: case and spaces do not matter."""
    folded = unicodedata.normalize("NFKC", untrusted_name).casefold()
    return " ".join(folded.split())[:LONGEST_NAME]
