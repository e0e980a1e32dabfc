"""The machine key: what this machine may open while nobody is signed in.

It guards the spool of sealed-but-unread items, the profiles that identity and the
watching of mailboxes work with, keyed hashes (source identities, fingerprints), and
mail passwords where there is no keyring. It opens nothing in the vault. Each use has
a key of its own, derived with HKDF, so that a blob of one can never be taken for a
blob of another.
"""

import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.vault import files

SIZE = 32
_NONCE = 12
_MAGIC = b"SWM1"
_SERVICE = "stillwater"


class Ring(Protocol):
    """The part of a ``keyring`` backend that is used here."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


@dataclass(frozen=True)
class MachineKey:
    """The key of this machine. ``secret`` is 32 bytes and is never shown."""

    secret: bytes = field(repr=False)
    randomness: Randomness = field(default=system_randomness, repr=False)
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load_or_create(
        cls, home: Home, randomness: Randomness = system_randomness, ring: Ring | None = None
    ) -> "MachineKey":
        """The key of ``home``: from its file, else the keyring, else a new one.

        ``ring`` is the keyring to use; None: the platform's own, where there is a
        real one and ``STILLWATER_KEYRING`` is not ``off``.

        Raises UserError where the file can be read by others, or where the keyring
        that held the key does not give it back: a new key would take in everything
        a second time.
        """
        path = key_path(home)
        if path.exists():
            return cls(_checked(files.read_private(path), path), randomness)
        ring = ring or platform_ring()
        name = home.keys / "machine.id"
        if name.exists():
            return cls(_from_ring(ring, name.read_text("ascii").strip()), randomness)
        secret = randomness(SIZE)
        try:
            if not _into_ring(ring, name, secret, randomness):
                files.write_new(path, secret)
        except FileExistsError:  # another process was quicker: its key is the key
            return cls.load_or_create(home, randomness, ring)
        return cls(secret, randomness)

    def source_identity(self, person_id: str, canonical: bytes) -> bytes:
        """What makes two arrivals the same one: 32 bytes, meaningless without this key."""
        return hmac.digest(self._key("source " + person_id), canonical, "sha256")

    def fingerprint(self, person_id: str, data: bytes) -> bytes:
        """A keyed hash of anything else that must be recognised again: 32 bytes."""
        return hmac.digest(self._key("fingerprint " + person_id), data, "sha256")

    def seal_spool(self, person_id: str, data: bytes) -> bytes:
        """Seal originals that wait to be read."""
        return self._seal("spool", person_id, data)

    def open_spool(self, person_id: str, blob: bytes) -> bytes:
        """Open what ``seal_spool`` gave. Raises UserError where it was changed."""
        return self._open("spool", person_id, blob)

    def seal_profile(self, person_id: str, data: bytes) -> bytes:
        """Seal what matching needs to know while nobody is signed in."""
        return self._seal("profile", person_id, data)

    def open_profile(self, person_id: str, blob: bytes) -> bytes:
        """Open what ``seal_profile`` gave. Raises UserError where it was changed."""
        return self._open("profile", person_id, blob)

    def seal_secret(self, person_id: str, data: bytes) -> bytes:
        """Seal a mail password, where there is no keyring to keep it."""
        return self._seal("secret", person_id, data)

    def open_secret(self, person_id: str, blob: bytes) -> bytes:
        """Open what ``seal_secret`` gave. Raises UserError where it was changed."""
        return self._open("secret", person_id, blob)

    def _key(self, purpose: str) -> bytes:
        if purpose not in self._keys:
            info = b"stillwater machine key v1: " + purpose.encode()
            self._keys[purpose] = HKDF(SHA256(), SIZE, salt=None, info=info).derive(self.secret)
        return self._keys[purpose]

    def _seal(self, purpose: str, person_id: str, data: bytes) -> bytes:
        nonce = self.randomness(_NONCE)
        bound_to = _MAGIC + person_id.encode()
        return _MAGIC + nonce + ChaCha20Poly1305(self._key(purpose)).encrypt(nonce, data, bound_to)

    def _open(self, purpose: str, person_id: str, blob: bytes) -> bytes:
        start = len(_MAGIC) + _NONCE
        bound_to = blob[: len(_MAGIC)] + person_id.encode()
        try:
            return ChaCha20Poly1305(self._key(purpose)).decrypt(
                blob[len(_MAGIC) : start], blob[start:], bound_to
            )
        except (InvalidTag, ValueError) as wrong:
            raise UserError(
                f"A sealed {purpose} does not open with this machine's key.",
                "It was changed, or it comes from another machine. Run: stillwater doctor",
                ExitCode.BROKEN,
            ) from wrong


def key_path(home: Home) -> Path:
    """Where the key lies when no keyring holds it."""
    return home.keys / "machine.key"


def _checked(secret: bytes, path: Path) -> bytes:
    if len(secret) != SIZE:
        raise UserError(
            f"The machine key has {len(secret)} bytes instead of {SIZE}.",
            f"Put {path.name} back from a backup: stillwater backup restore",
            ExitCode.BROKEN,
        )
    return secret


def platform_ring() -> Ring | None:
    """The platform's keyring where it is a real one: not the one that fails, nor plain text."""
    if os.environ.get("STILLWATER_KEYRING", "").lower() == "off":
        return None
    import keyring

    backend = keyring.get_keyring()
    # Priority 1 and above is what keyring itself calls recommended.
    return backend if backend.priority >= 1 else None


def _from_ring(ring: Ring | None, name: str) -> bytes:
    from keyring.errors import KeyringError

    try:
        held = ring.get_password(_SERVICE, name) if ring is not None else None
    except KeyringError:
        held = None
    if held is None:
        raise UserError(
            "This machine's key lies in the keyring, and the keyring does not give it back.",
            "Unlock the keyring (sign in to the desktop), then try again.",
            ExitCode.BROKEN,
        )
    return bytes.fromhex(held)


def _into_ring(ring: Ring | None, name: Path, secret: bytes, randomness: Randomness) -> bool:
    """Keep the key in the keyring, under an opaque name; False where that did not work."""
    from keyring.errors import KeyringError

    if ring is None:
        return False
    called = new_public_id(randomness)
    try:
        ring.set_password(_SERVICE, called, secret.hex())
        kept = ring.get_password(_SERVICE, called) == secret.hex()
    except KeyringError:
        return False
    if kept:
        files.write_new(name, called.encode("ascii"))
    return kept
