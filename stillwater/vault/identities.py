"""age identities: made of 32 bytes, written as words, sealed to. Pure.

An X25519 age identity is any 32 bytes (age.md, "The X25519 recipient type"), so
the entropy of 24 BIP-39 words can be one, and the sheet that holds the words
opens everything with the stock ``age`` tool.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pyrage
from bech32 import bech32_decode, bech32_encode, convertbits
from mnemonic import Mnemonic

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.ids import Randomness

SECRET = 32
_PREFIX = "age-secret-key-"

# pyrage has no types of its own.
Identity = Any


def new_identity(randomness: Randomness) -> Identity:
    """A new identity out of the randomness that was handed in."""
    return identity_of(randomness(SECRET))


def identity_of(secret: bytes) -> Identity:
    """The identity whose X25519 secret is ``secret`` (32 bytes)."""
    return pyrage.x25519.Identity.from_str(written(secret))


def written(secret: bytes) -> str:
    """``AGE-SECRET-KEY-1…``: how age itself writes an identity."""
    five_bits = convertbits(list(secret), 8, 5)
    assert five_bits is not None
    return bech32_encode(_PREFIX, five_bits).upper()


def secret_of(identity: Identity) -> bytes:
    """The 32 bytes of an identity."""
    _, five_bits = bech32_decode(str(identity))
    assert five_bits is not None
    eight_bits = convertbits(five_bits, 5, 8, False)
    assert eight_bits is not None
    return bytes(eight_bits)


def identity_from_file(content: bytes) -> Identity:
    """The identity in an age identity file: its first line that is no comment."""
    for line in content.decode("ascii").splitlines():
        if line and not line.startswith("#"):
            return pyrage.x25519.Identity.from_str(line.strip())
    raise ValueError("no identity in there")


def recipient_of(identity: Identity) -> str:
    """``age1…``: whom to seal to."""
    return str(identity.to_public())


def seal(data: bytes, recipients: Iterable[str]) -> bytes:
    """An age file to these recipients, in memory."""
    return bytes(pyrage.encrypt(data, [recipient(one) for one in recipients]))


def recipient(text: str) -> Any:
    """The recipient that ``age1…`` names. Raises UserError where it names none."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as wrong:
        raise UserError(
            "That is not an age recipient.", "It begins with age1 and has 62 characters."
        ) from wrong


def words_of(secret: bytes) -> tuple[str, ...]:
    """The 24 English words of BIP-39 whose entropy is ``secret`` (32 bytes)."""
    return tuple(Mnemonic("english").to_mnemonic(secret).split())


FINGERPRINT_WORDS = 8  # of 11 bits each


def fingerprint(recipient: str) -> tuple[str, ...]:
    """Eight words that stand for ``age1…``, to be read aloud and compared: 88 bits of its hash."""
    number = int.from_bytes(sha256(b"stillwater fingerprint v1\0" + recipient.encode()).digest())
    words: list[str] = Mnemonic("english").wordlist
    return tuple(words[number >> 256 - 11 * (at + 1) & 0x7FF] for at in range(FINGERPRINT_WORDS))


_NUMBERED = re.compile(r"\b(\d{1,2})[.)] +([a-z]+)")


def secret_from_words(words: str) -> bytes:
    """The 32 bytes that 24 words stand for, however they are spaced or cased.

    The whole text of a sheet will do as well: its words are known by their numbers.
    Raises UserError where a word is not in the list, or the last one (which
    checks the others) does not fit.
    """
    book = Mnemonic("english")
    numbered = {int(n): word for n, word in _NUMBERED.findall(words.lower())}
    whole = [numbered[n] for n in sorted(numbered)] if len(numbered) == 24 else None
    typed = whole or words.lower().split()
    if len(typed) != 24:
        raise UserError(
            f"Those are {len(typed)} words, not 24.",
            "Type them in the order of your sheet, and nothing else.",
        )
    unknown = [str(n) for n, word in enumerate(typed, 1) if word not in book.wordlist]
    if unknown:
        raise UserError(
            f"Not in the list of words: number {', '.join(unknown)}.",
            "Compare with your sheet; each word has another beginning.",
        )
    if not book.check(" ".join(typed)):
        raise UserError(
            "Those words do not belong together.",
            "Each is in the list, but one is wrong or two changed places.",
            ExitCode.NOT_ALLOWED,
        )
    return bytes(book.to_entropy(typed))
