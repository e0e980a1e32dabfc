"""Signed notes, checkpoints and proofs in the text forms of C2SP. Pure.

* signed note: c2sp.org/signed-note, Ed25519 only (signature type 0x01)
* checkpoint: c2sp.org/tlog-checkpoint: origin, size, base64 root
* proof: c2sp.org/tlog-proof, ``.tlog-proof``

Everything is parsed strictly: one changed byte anywhere, spare bits of the
base64 included, is an error. docs/formats/ledger.md shows all three.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from stillwater.vault.merkle import HASH, inclusion_holds, leaf_hash

_DASH = "\N{EM DASH} "
_ED25519 = b"\x01"
_KEY_ID = 4
_MOST_SIGNATURES = 16
_MOST_CHARACTERS = 64 * 1024
_PROOF_HEADER = "c2sp.org/tlog-proof@v1"


class NoteError(ValueError):
    """A note, checkpoint or proof is not what it must be. The message says what."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes  # 32 bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Read the three lines; we write no extension lines and accept none."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise NoteError("a checkpoint has three lines: origin, size, root")
        return cls(lines[0], _number(lines[1]), _decode(lines[2], HASH))


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf stands at ``index`` in the log whose signed checkpoint is ``note``."""

    index: int
    path: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """The content of a ``.tlog-proof`` file."""
        lines = [_PROOF_HEADER, f"index {self.index}", *map(_encode, self.path), "", self.note]
        return "\n".join(lines)

    @classmethod
    def from_text(cls, text: str) -> "Proof":
        """Read a ``.tlog-proof`` file. Nothing in it is checked but its form."""
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or len(lines) < 2 or lines[0] != _PROOF_HEADER:
            raise NoteError("this is not a c2sp.org/tlog-proof@v1 file")
        word, _, number = lines[1].partition(" ")
        if word != "index":
            raise NoteError("the proof does not say its index")
        return cls(_number(number), tuple(_decode(line, HASH) for line in lines[2:]), note)

    def check(self, leaf: bytes, name: str, public_key: bytes) -> Checkpoint:
        """Check signature and path for ``leaf``; gives the checkpoint. Raises NoteError."""
        checkpoint = open_checkpoint(self.note, name, public_key)
        hashed = leaf_hash(leaf)
        if not inclusion_holds(hashed, self.index, checkpoint.size, self.path, checkpoint.root):
            raise NoteError("the leaf is not in the tree that was signed")
        return checkpoint


def key_id(name: str, public_key: bytes) -> bytes:
    """Four bytes that name a key: sha256(name ‖ 0x0A ‖ type ‖ key)[:4]."""
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_KEY_ID]


def verifier_key(name: str, public_key: bytes) -> str:
    """The key in the form that Go's sumdb/note reads: ``name+id+base64(type ‖ key)``."""
    return f"{name}+{key_id(name, public_key).hex()}+{_encode(_ED25519 + public_key)}"


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """A signed note over ``text``, which ends in a newline."""
    _must_be_name(name)
    if not text.endswith("\n"):
        raise NoteError("the text of a note ends in a newline")
    public = key.public_key().public_bytes_raw()
    signature = key_id(name, public) + key.sign(text.encode())
    return f"{text}\n{_DASH}{name} {_encode(signature)}\n"


def open_note(note: str, name: str, public_key: bytes) -> str:
    """The text of a note that carries a valid signature of that key. Raises NoteError.

    Signatures of other keys (witnesses) are passed over, as the specification
    demands; a line of ours that does not verify spoils the whole note.
    """
    text, signatures = _taken_apart(note)
    wanted = key_id(name, public_key)
    found = False
    for signer, blob in signatures:
        if signer == name and blob[:_KEY_ID] == wanted:
            _verify(text, blob[_KEY_ID:], public_key)
            found = True
    if not found:
        raise NoteError("no signature of the expected key")
    return text


def open_checkpoint(note: str, name: str, public_key: bytes) -> Checkpoint:
    """The checkpoint in a signed note of the log called ``name``. Raises NoteError."""
    checkpoint = Checkpoint.from_text(open_note(note, name, public_key))
    if checkpoint.origin != name:
        raise NoteError("the checkpoint is of another log")
    return checkpoint


def unverified_checkpoint(note: str) -> Checkpoint:
    """What a note says, whoever signed it: to find out whose key to check it with."""
    text, _ = _taken_apart(note)
    return Checkpoint.from_text(text)


def _taken_apart(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    if len(note) > _MOST_CHARACTERS:
        raise NoteError("the note is too long")
    if any(ord(character) < 32 and character != "\n" for character in note):
        raise NoteError("the note has control characters")
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise NoteError("the note has no signatures")
    lines = block[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NoteError("the note has too many signatures")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NoteError("a signature line is malformed")
    _must_be_name(name)
    blob = _decode(encoded)
    if len(blob) <= _KEY_ID:
        raise NoteError("a signature is too short")
    return name, blob


def _verify(text: str, signature: bytes, public_key: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as wrong:
        raise NoteError("the signature does not fit the text") from wrong


def _must_be_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteError("not a key name")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or (text[0] == "0" and text != "0"):
        raise NoteError("not a number")
    if len(text) > 19:
        raise NoteError("a number is too large")
    return int(text)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str, length: int | None = None) -> bytes:
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise NoteError("not base64") from wrong
    # A decoder passes over the spare bits of the last character; we do not.
    if _encode(data) != text or (length is not None and len(data) != length):
        raise NoteError("not base64 of the right length")
    return data
