"""RFC 6962 Merkle trees: roots, inclusion proofs, consistency proofs. Pure.

A leaf is hashed as sha256(0x00 ‖ leaf) and a node as sha256(0x01 ‖ left ‖ right),
so that neither can be passed off as the other (RFC 6962, section 2.1). All
hashes are 32 bytes. Cross-checked against Go's sumdb/tlog in tests/contracts/go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH = 32
EMPTY = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a tree: all that appending needs, O(log n) of it.

    ``roots`` are those of the perfect subtrees, the largest first: one for each
    bit set in ``size``.
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    @classmethod
    def from_bytes(cls, size: int, packed: bytes) -> "Frontier":
        """The opposite of ``to_bytes``. Raises ValueError where the two do not fit."""
        if len(packed) != HASH * size.bit_count():
            raise ValueError("frontier does not fit the size")
        return cls(size, [packed[i : i + HASH] for i in range(0, len(packed), HASH)])

    def to_bytes(self) -> bytes:
        return b"".join(self.roots)

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Append leaves, by their hashes: level by level, each in one go."""
        nodes = list(leaf_hashes)
        size = self.size + len(nodes)
        levels = [at for at in range(self.size.bit_length(), -1, -1) if self.size >> at & 1]
        alone = dict(zip(levels, self.roots, strict=True))
        level = 0
        while nodes:
            if level in alone:
                nodes.insert(0, alone.pop(level))
            if len(nodes) & 1:
                alone[level] = nodes.pop()
            pairs = zip(nodes[::2], nodes[1::2], strict=True)
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
            level += 1
        self.size = size
        self.roots = [alone[level] for level in sorted(alone, reverse=True)]

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self.roots:
            return EMPTY
        low = self.roots[-1]
        for high in self.roots[-2::-1]:
            low = node_hash(high, low)
        return low


class Tree:
    """A whole tree in memory (64 bytes a leaf), for proofs: each is O(log² n)."""

    def __init__(self, leaf_hashes: Iterable[bytes]) -> None:
        # _levels[k] holds the roots of all perfect subtrees of 2^k leaves, in order.
        level = bytearray().join(leaf_hashes)
        self._levels = [level]
        self.size = len(level) // HASH
        while len(level) >= 2 * HASH:
            pairs = range(0, len(level) - HASH, 2 * HASH)
            level = bytearray().join(
                sha256(b"\x01" + level[i : i + 2 * HASH]).digest() for i in pairs
            )
            self._levels.append(level)

    def root(self, size: int | None = None) -> bytes:
        """The root when the tree had ``size`` leaves; None: as it is."""
        size = self.size if size is None else size
        self._must_have(size)
        return self._hash(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The audit path of leaf ``index`` in the tree of ``size``: RFC 6962, 2.1.1."""
        size = self.size if size is None else size
        self._must_have(size)
        if not 0 <= index < size:
            raise ValueError("no such leaf")
        return self._path(index, 0, size)

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of ``old`` leaves is a prefix: RFC 6962, 2.1.2."""
        size = self.size if size is None else size
        self._must_have(size)
        if not 0 < old <= size:
            raise ValueError("no such older tree")
        return self._prefix(old, 0, size, whole=True)

    def _must_have(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError("the tree is not that large")

    def _hash(self, low: int, high: int) -> bytes:
        width = high - low
        level = width.bit_length() - 1
        if width == 1 << level:
            at = (low >> level) * HASH
            return bytes(self._levels[level][at : at + HASH])
        middle = low + _split(width)
        return node_hash(self._hash(low, middle), self._hash(middle, high))

    def _path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + _split(high - low)
        if index < middle:
            return [*self._path(index, low, middle), self._hash(middle, high)]
        return [*self._path(index, middle, high), self._hash(low, middle)]

    def _prefix(self, old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high:
            return [] if whole else [self._hash(low, high)]
        middle = low + _split(high - low)
        if old <= middle:
            return [*self._prefix(old, low, middle, whole=whole), self._hash(middle, high)]
        return [*self._prefix(old, middle, high, whole=False), self._hash(low, middle)]


def inclusion_holds(
    leaf_hashed: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``path`` proves leaf ``index`` to be in the tree of that size and root."""
    if not 0 <= index < size:
        return False
    try:
        return _climb(leaf_hashed, index, size, list(path)) == root
    except IndexError:
        return False


def consistency_holds(
    old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether ``proof`` proves the tree of ``old`` leaves to be a prefix of the other.

    The algorithm is that of RFC 9162, section 2.1.4.2.
    """
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size:
        return False
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_hash = new_hash = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_hash, new_hash = node_hash(step, old_hash), node_hash(step, new_hash)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_hash = node_hash(new_hash, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old_hash == old_root and new_hash == root


def _climb(low: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a path leads to; None where steps are left over."""
    if size == 1:
        return low if not path else None
    beside = path.pop()
    middle = _split(size)
    if index < middle:
        under = _climb(low, index, middle, path)
        return None if under is None else node_hash(under, beside)
    under = _climb(low, index - middle, size - middle, path)
    return None if under is None else node_hash(beside, under)


def _split(width: int) -> int:
    """The largest power of two that is smaller than ``width``."""
    return 1 << ((width - 1).bit_length() - 1)
