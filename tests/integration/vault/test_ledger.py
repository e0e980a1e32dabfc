"""The ledger: append-only, signed, proved, and noticed when it is set back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from django.db import transaction

from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.vault import keys, ledger
from stillwater.vault.ledger import PinState
from stillwater.vault.merkle import consistency_holds
from stillwater.vault.models import Checkpoint, Epoch, Item, Leaf, Log
from stillwater.vault.note import NoteError, open_checkpoint
from tests.integration.vault.conftest import Kept


def public_key(kept: Kept) -> bytes:
    return bytes(keys.keyring_of(kept.person).ledger_public_key)


@contextmanager
def set_back(kept: Kept) -> Iterator[None]:
    """Whatever happens inside is gone from the database afterwards, as from a restored snapshot."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def test_every_item_is_proved_by_its_proof_file(kept: Kept) -> None:
    items = [item for n in range(7) for item in kept.seal(*[b"%d" % n] * (n + 1))]
    tree = ledger.tree_of(ledger.current_log(kept.person))
    for item in items:
        leaf = bytes(Leaf.objects.get(log=item.log, index=item.leaf_index).data)
        proof = ledger.proof(item, tree)
        assert proof.check(leaf, item.log.origin, public_key(kept)).size == tree.size
        with pytest.raises(NoteError):
            proof.check(leaf + b" ", item.log.origin, public_key(kept))
    assert ledger.proof(items[3]) == ledger.proof(items[3], tree)


def test_each_checkpoint_is_a_prefix_of_the_next(kept: Kept) -> None:
    for n in range(9):
        kept.seal(*[b"x"] * (n % 3 + 1))
    log = ledger.current_log(kept.person)
    tree = ledger.tree_of(log)
    heads = [
        open_checkpoint(row.note, log.origin, public_key(kept))
        for row in Checkpoint.objects.order_by("size")
    ]
    assert [head.size for head in heads] == [1, 2, 4, 7, 8, 10, 13, 14, 16, 19]
    for old, new in pairwise(heads):
        proof = tree.consistency(old.size, new.size)
        assert consistency_holds(old.size, old.root, new.size, new.root, proof)


def test_every_checkpoint_covers_a_whole_batch(kept: Kept) -> None:
    kept.seal(b"1", b"2", b"3")
    log = ledger.current_log(kept.person)
    assert ledger.latest_checkpoint(log).size == log.size == 4


def test_a_log_begins_by_saying_so(kept: Kept) -> None:
    first = json.loads(bytes(Leaf.objects.get(index=0).data))
    assert first["kind"] == "log_started"
    assert (first["why"], first["previous_head"]) == ("first", "")


def test_appending_wants_a_transaction(transactional_db: None, kept: Kept) -> None:
    with pytest.raises(AssertionError):
        ledger.append(kept.person, [{"kind": "opened"}])


def test_the_pin_holds_while_the_ledger_grows(kept: Kept) -> None:
    assert ledger.check_pin(kept.home, kept.person).state is PinState.HOLDS
    old_pin = kept.home.pins.joinpath(f"{kept.person.public_id}.checkpoint").read_bytes()
    kept.seal(b"1", b"2")
    assert ledger.check_pin(kept.home, kept.person).state is PinState.HOLDS
    # A kill between commit and pin leaves an older pin: a prefix, so all is well.
    kept.home.pins.joinpath(f"{kept.person.public_id}.checkpoint").write_bytes(old_pin)
    assert ledger.check_pin(kept.home, kept.person).state is PinState.HOLDS
    keeping.hold_ledger(kept.person, home=kept.home, clock=kept.clock)
    assert Log.objects.count() == 1


def test_a_ledger_that_was_set_back_begins_anew_and_names_the_old_head(kept: Kept) -> None:
    kept.seal(b"1")
    with set_back(kept):
        kept.seal(b"2", b"3")
        lost_head = ledger.latest_checkpoint(ledger.current_log(kept.person)).note
    pinned = keeping.hold_ledger(kept.person, home=kept.home, clock=kept.clock)
    assert (pinned.state, pinned.missing, pinned.note) == (PinState.SET_BACK, 2, lost_head)
    log = ledger.current_log(kept.person)
    first = json.loads(bytes(Leaf.objects.get(log=log, index=0).data))
    assert (log.number, first["why"], first["previous_head"]) == (2, "set_back", lost_head)
    assert ledger.check_pin(kept.home, kept.person).state is PinState.HOLDS
    kept.seal(b"4")
    assert Item.objects.latest("pk").log == log


def test_another_history_of_the_same_length_is_noticed(kept: Kept) -> None:
    with set_back(kept):
        kept.seal(b"1")
    epoch = Epoch.objects.get()
    pin = kept.home.pins / f"{kept.person.public_id}.checkpoint"
    note = pin.read_bytes()
    kept.seal(b"another")
    pin.write_bytes(note)
    assert ledger.check_pin(kept.home, kept.person).state is PinState.SET_BACK
    kept.seal(b"and more")
    pin.write_bytes(note)
    assert ledger.check_pin(kept.home, kept.person).state is PinState.SET_BACK
    assert epoch.current


def test_a_log_that_the_database_forgot_is_noticed(kept: Kept) -> None:
    with set_back(kept):
        keeping.begin_again(kept.person, "", "restored", home=kept.home, clock=kept.clock)
    assert ledger.check_pin(kept.home, kept.person).state is PinState.SET_BACK


def test_without_a_pin_nobody_can_say_so_a_new_log_begins(kept: Kept) -> None:
    head = ledger.latest_checkpoint(ledger.current_log(kept.person)).note
    (kept.home.pins / f"{kept.person.public_id}.checkpoint").unlink()
    keeping.hold_ledger(kept.person, home=kept.home, clock=kept.clock)
    assert ledger.current_log(kept.person).previous_head == head


def test_a_damaged_pin_is_said_and_not_taken_for_a_set_back(kept: Kept) -> None:
    pin = kept.home.pins / f"{kept.person.public_id}.checkpoint"
    note = bytearray(pin.read_bytes())
    for at in range(len(note)):
        pin.write_bytes(note[:at] + bytes([note[at] ^ 1]) + note[at + 1 :])
        with pytest.raises(UserError, match="damaged"):
            ledger.check_pin(kept.home, kept.person)


def test_a_checkpoint_is_signed_once(kept: Kept) -> None:
    with transaction.atomic():
        one = ledger.checkpoint(kept.person, home=kept.home, clock=kept.clock)
        two = ledger.checkpoint(kept.person, home=kept.home, clock=kept.clock)
    assert one == two
