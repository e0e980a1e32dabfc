"""Sealing: byte for byte, on the disk first, and nothing given away that is not proved."""

import errno
import io
import json
import os
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.vault import opening, sealing
from stillwater.vault.keys import signing_key_path
from stillwater.vault.models import Item, Leaf
from tests.integration.vault.conftest import Kept, new_kept

BIG = opening.IN_MEMORY + 12_345
in_one_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sealed_file(kept: Kept, item: Item) -> Path:
    return opening.item_path(kept.home, kept.person.public_id, item.public_id)


def lying_in(kept: Kept) -> list[Path]:
    return [path for path in kept.home.vault.rglob("*") if path.is_file()]


@in_one_database
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_what_was_sealed_opens_byte_for_byte(kept: Kept, originals: list[bytes]) -> None:
    items = kept.seal(*originals)
    session = kept.session()
    assert [session.open_item(item, kept.home) for item in items] == originals
    for item, original in zip(items, originals, strict=True):
        salt, revealed = session.reveal(item, kept.home)
        assert (len(salt), revealed) == (32, original)


def test_large_originals_stream_and_open(kept: Kept) -> None:
    original = os.urandom(BIG)
    (item,) = kept.seal(original)
    assert kept.session().open_item(item, kept.home) == original
    out = io.BytesIO()
    kept.session().open_item_to(item, kept.home, out)
    assert out.getvalue() == original


def test_files_are_private_and_hold_nothing_readable(kept: Kept) -> None:
    kept.seal(b"a secret sentence")
    for path in lying_in(kept):
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"secret" not in path.read_bytes()


def test_a_leaf_has_the_fields_of_the_design_and_no_more(kept: Kept) -> None:
    (item,) = kept.seal(b"12345")
    data = bytes(Leaf.objects.get(index=item.leaf_index).data)
    leaf = json.loads(data)
    assert leaf == {
        "version": 1,
        "kind": "message",
        "received_at": "2026-11-20T14:03:00Z",
        "channel": "mail",
        "length": 5,
        "sha256": bytes(item.ciphertext_sha256).hex(),
        "commitment": bytes(item.commitment).hex(),
        "random": leaf["random"],
    }
    assert len(bytes.fromhex(leaf["random"])) == 16
    assert data == json.dumps(leaf, sort_keys=True, separators=(",", ":")).encode("ascii")


def test_the_same_original_twice_looks_different(kept: Kept) -> None:
    one, two = kept.seal(b"same", b"same")
    assert bytes(one.commitment) != bytes(two.commitment)
    assert bytes(one.ciphertext_sha256) != bytes(two.ciphertext_sha256)


@pytest.mark.parametrize("size", [100, BIG])
@pytest.mark.parametrize("how", ["cut", "cut a chunk", "changed", "missing", "another"])
def test_what_is_not_as_recorded_gives_nothing_away(kept: Kept, size: int, how: str) -> None:
    """``out`` stays empty: not one byte of plaintext before everything is proved."""
    item, other = kept.seal(os.urandom(size), os.urandom(size))
    path = sealed_file(kept, item)
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        changed = {
            "cut": data[:-1],
            "cut a chunk": data[: -16 - size % (64 * 1024)],
            "changed": data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
            "another": sealed_file(kept, other).read_bytes(),
        }
        path.write_bytes(changed[how])
    out = io.BytesIO()
    with pytest.raises(UserError) as error:
        kept.session().open_item_to(item, kept.home, out)
    assert error.value.exit_code is ExitCode.BROKEN
    assert item.public_id in error.value.what
    assert out.getvalue() == b""


@pytest.mark.parametrize("size", [100, BIG])
@pytest.mark.parametrize("field", ["commitment", "length"])
def test_a_wrong_commitment_gives_nothing_away(kept: Kept, size: int, field: str) -> None:
    (item,) = kept.seal(os.urandom(size))
    setattr(item, field, {"commitment": bytes(32), "length": size + 1}[field])
    out = io.BytesIO()
    with pytest.raises(UserError, match="something else"):
        kept.session().open_item_to(item, kept.home, out)
    assert out.getvalue() == b""


@pytest.mark.parametrize("size", [10, BIG])
@pytest.mark.parametrize("fits", [0, 2])
def test_a_full_disk_leaves_no_file_and_no_row(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, fits: int, size: int
) -> None:
    write, written = os.write, [0]

    def until_full(handle: int, data: bytes) -> int:
        written[0] += 1
        if written[0] > fits:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    monkeypatch.setattr(os, "write", until_full)
    with pytest.raises(UserError) as error:
        kept.seal(*[bytes(size)] * 5)
    assert error.value.exit_code is ExitCode.BROKEN
    assert error.value.next_step
    assert lying_in(kept) == []
    assert not Item.objects.exists()


def test_recording_wants_a_transaction(transactional_db: None, home: Home) -> None:
    kept = new_kept(home)
    sealed = kept.files([b"x"])
    with pytest.raises(AssertionError):
        sealing.record(kept.person, sealed, home=kept.home, clock=kept.clock)


def test_nothing_to_seal_is_fine(kept: Kept) -> None:
    assert kept.seal() == []


def test_what_was_sealed_and_not_recorded_can_be_taken_away(kept: Kept) -> None:
    sealing.remove(kept.files([b"1", b"2"]))
    assert lying_in(kept) == []


def test_a_batch_is_recorded_whole_or_not_at_all(kept: Kept) -> None:
    """The key that signs is gone after the leaves were written: all of it is taken back."""
    sealed = kept.files([b"1", b"2"])
    signing_key_path(kept.home, kept.person).unlink()
    with pytest.raises(UserError), transaction.atomic():
        sealing.record(kept.person, sealed, home=kept.home, clock=kept.clock)
    assert not Item.objects.exists()
    assert Leaf.objects.count() == 1
