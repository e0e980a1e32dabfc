"""Laws of the trees. That they are those of RFC 6962 is checked against Go: tests/contracts/go."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.vault.merkle import (
    EMPTY,
    Frontier,
    Tree,
    consistency_holds,
    inclusion_holds,
    leaf_hash,
)

leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def naive_root(data: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return sha256(b"\x01" + naive_root(data[:k]) + naive_root(data[k:])).digest()


@given(leaves)
def test_frontier_and_tree_give_the_root_of_the_definition(data: list[bytes]) -> None:
    frontier = Frontier()
    frontier.extend(map(leaf_hash, data))
    assert frontier.root() == Tree(map(leaf_hash, data)).root() == naive_root(data)


@given(leaves, leaves)
def test_a_frontier_that_was_kept_goes_on(data: list[bytes], more: list[bytes]) -> None:
    first = Frontier()
    first.extend(map(leaf_hash, data))
    kept = Frontier.from_bytes(first.size, first.to_bytes())
    kept.extend(map(leaf_hash, more))
    assert kept.root() == naive_root(data + more)


@given(leaves, st.data())
def test_inclusion_holds_for_that_leaf_alone(data: list[bytes], draw: st.DataObject) -> None:
    tree = Tree(map(leaf_hash, data))
    index = draw.draw(st.integers(0, len(data) - 1))
    path, root = tree.inclusion(index), tree.root()
    assert inclusion_holds(leaf_hash(data[index]), index, len(data), path, root)
    assert not inclusion_holds(leaf_hash(data[index] + b"!"), index, len(data), path, root)
    assert not inclusion_holds(leaf_hash(data[index]), index, len(data), [*path, root], root)
    assert not inclusion_holds(leaf_hash(data[index]), len(data), len(data), path, root)
    if path:
        assert not inclusion_holds(leaf_hash(data[index]), index, len(data), path[1:], root)


@given(leaves, st.data())
def test_consistency_holds_for_a_prefix_alone(data: list[bytes], draw: st.DataObject) -> None:
    tree = Tree(map(leaf_hash, data))
    old = draw.draw(st.integers(1, len(data)))
    proof, size = tree.consistency(old), len(data)
    assert consistency_holds(old, naive_root(data[:old]), size, tree.root(), proof)
    other = naive_root([*data[: old - 1], data[old - 1] + b"!"])
    assert not consistency_holds(old, other, size, tree.root(), proof)
    assert not consistency_holds(old, naive_root(data[:old]), size, other, proof)


def test_the_empty_tree() -> None:
    assert Frontier().root() == Tree([]).root() == EMPTY == naive_root([])


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="fit"):
        Frontier.from_bytes(3, bytes(32))


@pytest.mark.parametrize("ask", [(3, 3), (-1, 3), (0, 4)])
def test_proofs_outside_the_tree_are_refused(ask: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"leaf|large"):
        Tree([EMPTY] * 3).inclusion(*ask)
