"""Signed notes, checkpoints and proofs, as C2SP writes them (signed-note,
tlog-checkpoint, tlog-proof), over a Merkle tree of RFC 6962.

Read strictly: each thing has one written form, so that no byte can change
without its meaning changing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from stillwater.evidence.verifier.problems import WrongError

ED25519 = b"\x01"  # the algorithm's number in a key of a signed note
PROOF_HEADER = b"c2sp.org/tlog-proof@v1\n"
MAX_SIZE = 1 << 62


@dataclass(frozen=True)
class NoteKey:
    """A public key of a signed note: its name, its id (4 bytes), its Ed25519 key."""

    name: str
    key_id: bytes
    public: bytes  # 32 bytes

    @classmethod
    def of(cls, name: str, public: bytes) -> NoteKey:
        digest = hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()
        return cls(name, digest[:4], public)

    @property
    def written(self) -> str:
        """``name+hash+key``, as Go's note package reads it."""
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"


@dataclass(frozen=True)
class Checkpoint:
    """Size and root of a log, and the signatures over ``text``."""

    origin: str
    size: int
    root: bytes
    text: bytes  # what is signed, its last newline included
    signatures: tuple[tuple[str, bytes, bytes], ...]  # name, key id, signature


@dataclass(frozen=True)
class Proof:
    """That the leaf of ``index`` stands in the tree of ``checkpoint`` (its bytes)."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes


def from_base64(untrusted_text: bytes, where: str, size: int | None = None) -> bytes:
    """Standard base64 in its one form; ``size`` in bytes where it is known."""
    try:
        data = base64.b64decode(untrusted_text, validate=True)
    except (binascii.Error, ValueError) as why:
        raise WrongError(where, "base64", "something else") from why
    if base64.b64encode(data) != untrusted_text or (size is not None and len(data) != size):
        raise WrongError(where, "base64 of the right length", "another form")
    return data


def from_decimal(untrusted_text: bytes, where: str) -> int:
    """A number from 0 to 2**62, without sign or leading zeros."""
    if not untrusted_text.isdigit() or len(untrusted_text) > 19:
        raise WrongError(where, "a number", "something else")
    number = int(untrusted_text)
    if str(number).encode() != untrusted_text or number > MAX_SIZE:
        raise WrongError(where, "a number in its one form", "another form")
    return number


def read_key(untrusted_text: str, where: str) -> NoteKey:
    """A note key as ``name+hash+key``; raises WrongError."""
    parts = untrusted_text.strip().split("+", 2)
    if len(parts) != 3:
        raise WrongError(where, "name+hash+key", "something else")
    name, _, untrusted_key = parts
    raw = from_base64(untrusted_key.encode(), where, 33)
    key = NoteKey.of(name, raw[1:])
    if raw[:1] != ED25519 or key.written != untrusted_text.strip():
        raise WrongError(where, "an Ed25519 key whose hash fits", "another")
    return key


def read_checkpoint(untrusted_note: bytes, where: str) -> Checkpoint:
    """A checkpoint, its signatures not yet checked; raises WrongError."""
    text, gap, untrusted_lines = untrusted_note.partition(b"\n\n")
    if not gap or not untrusted_lines.endswith(b"\n"):
        raise WrongError(where, "a text, an empty line and signatures", "something else")
    lines = text.split(b"\n")
    if len(lines) < 3 or not all(lines) or any(c < 0x20 for line in lines for c in line):
        raise WrongError(where, "an origin, a size and a root", "something else")
    signatures = tuple(_signature(line, where) for line in untrusted_lines[:-1].split(b"\n"))
    return Checkpoint(
        origin=_utf8(lines[0], where),
        size=from_decimal(lines[1], where),
        root=from_base64(lines[2], where, 32),
        text=text + b"\n",
        signatures=signatures,
    )


def _utf8(untrusted_text: bytes, where: str) -> str:
    try:
        return untrusted_text.decode()
    except UnicodeDecodeError as why:
        raise WrongError(where, "UTF-8", "something else") from why


def _signature(untrusted_line: bytes, where: str) -> tuple[str, bytes, bytes]:
    parts = _utf8(untrusted_line, where).split(" ")
    if len(parts) != 3 or parts[0] != "\u2014" or not parts[1]:
        raise WrongError(where, "signature lines (dash, name, base64)", "something else")
    raw = from_base64(parts[2].encode(), where)
    if len(raw) < 5:
        raise WrongError(where, "a key id and a signature", "fewer bytes")
    return parts[1], raw[:4], raw[4:]


def read_proof(untrusted_proof: bytes, where: str) -> Proof:
    """A .tlog-proof, not yet checked; raises WrongError."""
    head, gap, checkpoint = untrusted_proof.partition(b"\n\n")
    if not gap or not head.startswith(PROOF_HEADER):
        raise WrongError(where, "c2sp.org/tlog-proof@v1", "something else")
    lines = head[len(PROOF_HEADER) :].split(b"\n")
    if not lines[0].startswith(b"index "):
        raise WrongError(where, "a line with the index", "something else")
    index = from_decimal(lines[0][6:], where)
    if len(lines) > 64:
        raise WrongError(where, "at most 63 hashes", "more")
    hashes = tuple(map(_hash_line, lines[1:]))
    if None in hashes:
        raise WrongError(where, "hashes in base64", "something else")
    return Proof(index, cast("tuple[bytes, ...]", hashes), checkpoint)


@lru_cache(maxsize=1 << 16)
def _hash_line(untrusted_line: bytes) -> bytes | None:
    """A hash of a proof; None: it is none. Remembered: neighbours share most of theirs."""
    try:
        return from_base64(untrusted_line, "", 32)
    except WrongError:
        return None


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 2.1: a leaf's hash."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 2.1: an inner node's hash."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: list[bytes]) -> bytes:
    """The root over leaf hashes (RFC 6962 2.1), without recursion."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    level = hashes
    while len(level) > 1:
        # An odd last node rises unchanged: the same tree as RFC 6962's split.
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


class Tree:
    """Checks inclusion in one tree, and remembers the nodes that it has proved.

    Proofs of neighbours share most of their path: what once led to the root
    need not be hashed again, only compared.
    """

    def __init__(self, size: int, root: bytes) -> None:
        self.size = size
        self.root = root
        self._proved: dict[tuple[int, int], bytes] = {}

    def includes(self, leaf: bytes, index: int, hashes: tuple[bytes, ...]) -> bool:
        """Whether ``leaf`` (a leaf hash) is the one of ``index``: RFC 9162 2.1.3.2."""
        if index >= self.size:
            return False
        proved, fresh = self._proved, []
        level, place, last, node = 0, index, self.size - 1, leaf
        for sibling in hashes:
            if last == 0:
                return False
            # A last node without a sibling rises until it has one.
            while place == last and not place & 1:
                level, place, last = level + 1, place >> 1, last >> 1
            beside = place ^ 1
            here, there = (level, place), (level, beside)
            known = proved.get(here) == node and proved.get(there) == sibling
            if known:
                # Both led to the root before, and so does everything above them:
                # go on only to compare the rest of the proof.
                parent = proved.get((level + 1, place >> 1))
            else:
                parent = None
                fresh += [(here, node), (there, sibling)]
            if parent is None:
                parent = node_hash(sibling, node) if place & 1 else node_hash(node, sibling)
            node = parent
            level, place, last = level + 1, place >> 1, last >> 1
        if last != 0 or node != self.root:
            return False
        proved.update(fresh)
        return True
