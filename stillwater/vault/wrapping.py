"""A person's identity under their passphrase. Opening it is what signing in means.

Argon2id (RFC 9106) makes a key of the passphrase, ChaCha20-Poly1305 seals the
identity with it, bound to the format and the person. docs/formats/keys.md.
"""

import base64
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.ids import Randomness

FORMAT = "stillwater-identity-v1"
SHORTEST_PASSPHRASE = 8
_KEY = 32
_SALT = 16
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at the passphrase costs."""

    iterations: int
    memory_kib: int
    lanes: int

    def bearable(self) -> bool:
        """Whether opening is worth trying: parameters from a file may be hostile."""
        return (
            1 <= self.iterations <= 20
            and 1 <= self.lanes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
        )


# architecture.md, "Keys": 0.56 s on one core of 2026, and above the second
# recommended option of RFC 9106 (t=3, 64 MiB, p=4).
STANDARD = Cost(iterations=3, memory_kib=256 * 1024, lanes=4)


def wrap(
    secret: bytes, passphrase: str, person_id: str, randomness: Randomness, cost: Cost = STANDARD
) -> dict[str, Any]:
    """Seal ``secret`` under a passphrase; gives what is kept, as JSON can hold it."""
    salt, nonce = randomness(_SALT), randomness(_NONCE)
    sealed = ChaCha20Poly1305(_key(passphrase, salt, cost)).encrypt(
        nonce, secret, _bound_to(person_id)
    )
    return {
        "format": FORMAT,
        "kdf": "argon2id",
        "iterations": cost.iterations,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "sealed": _text(sealed),
    }


def unwrap(wrapped: dict[str, Any], passphrase: str, person_id: str) -> bytes:
    """Open what ``wrap`` gave. Raises UserError (NOT_ALLOWED) for a wrong passphrase."""
    cost, salt, nonce, sealed = _read(wrapped)
    try:
        return ChaCha20Poly1305(_key(passphrase, salt, cost)).decrypt(
            nonce, sealed, _bound_to(person_id)
        )
    except InvalidTag as wrong:
        raise UserError(
            "That passphrase does not open these keys.",
            "Try again, or use the 24 words of your recovery sheet.",
            ExitCode.NOT_ALLOWED,
        ) from wrong


def must_be_good(passphrase: str) -> None:
    """Refuse a passphrase that is no protection at all. Raises UserError."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            f"That passphrase is shorter than {SHORTEST_PASSPHRASE} characters.",
            "Take four or more words that nobody who knows you would think of.",
        )


def _read(wrapped: dict[str, Any]) -> tuple[Cost, bytes, bytes, bytes]:
    try:
        cost = Cost(int(wrapped["iterations"]), int(wrapped["memory_kib"]), int(wrapped["lanes"]))
        salt, nonce, sealed = (
            base64.b64decode(wrapped[name], validate=True) for name in ("salt", "nonce", "sealed")
        )
        known = wrapped["format"] == FORMAT and wrapped["kdf"] == "argon2id"
    except (KeyError, TypeError, ValueError) as wrong:
        raise _damaged() from wrong
    if not known or not cost.bearable() or len(salt) < 8 or len(nonce) != _NONCE:
        raise _damaged()
    return cost, salt, nonce, sealed


def _damaged() -> UserError:
    return UserError(
        "The wrapped keys are damaged, or come from a newer Stillwater.",
        "Use the 24 words of your recovery sheet, or restore a backup.",
        ExitCode.BROKEN,
    )


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # The same words typed on two keyboards may come as different characters.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(
        salt=salt,
        length=_KEY,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(typed)


def _bound_to(person_id: str) -> bytes:
    return f"{FORMAT}\n{person_id}".encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
