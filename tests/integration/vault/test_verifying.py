"""Every single-byte change of sealed files, leaves and checkpoints is found and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillwater.gate import keeping
from stillwater.vault import ledger, opening
from stillwater.vault.keys import signing_key_path
from stillwater.vault.models import Checkpoint, Item, Keyring, Leaf, Log, SelfCheck
from stillwater.vault.sweeper import sweep
from stillwater.vault.verifying import Progress, Wrong, first_wrong, verify
from tests.integration.vault.conftest import Kept

property_test = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def filled(kept: Kept) -> Kept:
    """Four batches, two epochs, two logs."""
    kept.seal(b"1", b"", b"3" * 2000)
    kept.seal(b"4")
    keeping.rotate(kept.session(), home=kept.home, clock=kept.clock)
    kept.seal(b"5", b"6")
    head = ledger.latest_checkpoint(ledger.current_log(kept.person)).note
    keeping.begin_again(kept.person, head, "restored", home=kept.home, clock=kept.clock)
    kept.seal(b"7", b"8")
    return kept


def found(kept: Kept) -> str:
    """The first wrong thing; "" where there is none."""
    wrong = first_wrong(kept.person, kept.home)[1]
    return wrong.where if wrong else ""


def path_of(kept: Kept, item: Item) -> Path:
    return opening.item_path(kept.home, kept.person.public_id, item.public_id)


def test_all_is_well_at_first(filled: Kept) -> None:
    said = list(verify(filled.person, filled.home))
    assert [one for one in said if isinstance(one, Wrong)] == []
    assert said[-1] == Progress(10, 10)


@property_test
@given(st.data())
def test_every_byte_of_every_sealed_file(filled: Kept, draw: st.DataObject) -> None:
    item = draw.draw(st.sampled_from(list(Item.objects.order_by("leaf_index", "pk"))))
    path = path_of(filled, item)
    data = path.read_bytes()
    at, flip = draw.draw(st.integers(0, len(data) - 1)), draw.draw(st.integers(1, 255))
    path.write_bytes(data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])
    assert found(filled) == f"item {item.public_id}"
    path.write_bytes(data)
    assert found(filled) == ""


@property_test
@given(st.data())
def test_every_byte_of_every_leaf(filled: Kept, draw: st.DataObject) -> None:
    leaf = draw.draw(st.sampled_from(list(Leaf.objects.order_by("pk"))))
    field = draw.draw(st.sampled_from(["data", "hashed"]))
    data = bytes(getattr(leaf, field))
    at, flip = draw.draw(st.integers(0, len(data) - 1)), draw.draw(st.integers(1, 255))
    row = Leaf.objects.filter(pk=leaf.pk)
    row.update(**{field: data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]})
    assert f"leaf {leaf.index} of log {leaf.log.number}" in found(filled)
    row.update(**{field: data})


@property_test
@given(st.data())
def test_every_character_of_every_checkpoint(filled: Kept, draw: st.DataObject) -> None:
    row = draw.draw(st.sampled_from(list(Checkpoint.objects.order_by("pk"))))
    at = draw.draw(st.integers(0, len(row.note) - 1))
    other = draw.draw(st.characters(min_codepoint=1, max_codepoint=255))
    changed = row.note[:at] + other + row.note[at + 1 :]
    Checkpoint.objects.filter(pk=row.pk).update(note=changed)
    named = f"checkpoint {row.size} of log {row.log.number}"
    assert found(filled) == ("" if changed == row.note else named)
    Checkpoint.objects.filter(pk=row.pk).update(note=row.note)


def test_an_empty_vault_is_as_it_was_recorded(kept: Kept) -> None:
    assert list(verify(kept.person, kept.home)) == [Progress(1, 1)]


def test_a_lost_vault_folder_names_its_items(filled: Kept) -> None:
    (filled.home.vault / filled.person.public_id).rename(filled.home.root / "elsewhere")
    first = Item.objects.get(leaf_index=1, log__number=1)
    assert found(filled) == f"item {first.public_id}"


Harm = Callable[[Kept], str]


def gone_file(kept: Kept) -> str:
    item = Item.objects.get(leaf_index=2, log__number=1)
    path_of(kept, item).unlink()
    return f"item {item.public_id}"


def gone_row(kept: Kept) -> str:
    Item.objects.get(leaf_index=2, log__number=1).delete()
    return "leaf 2 of log 1"


def gone_leaf(kept: Kept) -> str:
    Leaf.objects.get(index=2, log__number=1).delete()
    return "leaf 2 of log 1"


def gone_last_leaf_and_item(kept: Kept) -> str:
    Item.objects.get(leaf_index=2, log__number=2).delete()
    Leaf.objects.get(index=2, log__number=2).delete()
    return "leaf 2 of log 2"


def changed_length(kept: Kept) -> str:
    item = Item.objects.get(leaf_index=2, log__number=1)
    Item.objects.filter(pk=item.pk).update(length=7)
    return f"item {item.public_id}"


def swapped_files(kept: Kept) -> str:
    one, two = Item.objects.filter(log__number=1).order_by("leaf_index")[:2]
    first, second = path_of(kept, one), path_of(kept, two)
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)
    return f"item {one.public_id}"


def gone_last_checkpoint(kept: Kept) -> str:
    Checkpoint.objects.filter(log__number=1).order_by("-size")[0].delete()
    return "log 1"


def changed_frontier(kept: Kept) -> str:
    log = Log.objects.get(number=2)
    Log.objects.filter(pk=log.pk).update(frontier=bytes(len(bytes(log.frontier))))
    return "log 2"


def changed_previous_head(kept: Kept) -> str:
    Log.objects.filter(number=2).update(previous_head="another")
    return "log 2"


def set_back_and_cut(kept: Kept) -> str:
    """The last batch is taken out without a trace in the database; the pin knows."""
    log = Log.objects.get(number=2)
    Item.objects.filter(log=log).delete()
    Leaf.objects.filter(log=log, index__gt=0).delete()
    Checkpoint.objects.filter(log=log, size__gt=1).delete()
    first = Leaf.objects.get(log=log, index=0)
    Log.objects.filter(pk=log.pk).update(size=1, frontier=bytes(first.hashed))
    return "pinned checkpoint"


def another_signing_key(kept: Kept) -> str:
    signing_key_path(kept.home, kept.person).write_bytes(bytes(32))
    return "signing key"


def another_public_key(kept: Kept) -> str:
    Keyring.objects.update(ledger_public_key=bytes(32))
    return "signing key"


HARMS: list[Harm] = [
    gone_file,
    gone_row,
    gone_leaf,
    gone_last_leaf_and_item,
    changed_length,
    swapped_files,
    gone_last_checkpoint,
    changed_frontier,
    changed_previous_head,
    set_back_and_cut,
    another_signing_key,
    another_public_key,
]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_other_harm_is_named(filled: Kept, harm: Harm) -> None:
    named = harm(filled)
    assert found(filled) == named


def test_a_changed_leaf_whose_hash_was_changed_too_is_still_found(filled: Kept) -> None:
    """Then no leaf can be named, but the first checkpoint that does not fit is."""
    from stillwater.vault.merkle import leaf_hash

    leaf = Leaf.objects.get(index=0, log__number=2)
    data = bytes(leaf.data).replace(b"restored", b"set_back")
    Leaf.objects.filter(pk=leaf.pk).update(data=data, hashed=leaf_hash(data))
    assert found(filled) == "checkpoint 1 of log 2"


def test_all_that_is_wrong_can_be_listed(filled: Kept) -> None:
    names = [gone_file(filled)]
    item = Item.objects.get(leaf_index=1, log__number=2)
    path_of(filled, item).write_bytes(b"")
    names.append(f"item {item.public_id}")
    said = list(verify(filled.person, filled.home, every=True))
    assert [one.where for one in said if isinstance(one, Wrong)] == names


def test_the_self_check_says_what_and_when(filled: Kept) -> None:
    passed = keeping.self_check(filled.person, home=filled.home, clock=filled.clock)
    assert (passed.passed, passed.items, passed.first_wrong) == (True, 10, "")
    name = gone_file(filled)
    filled.later(days=1)
    wrong = keeping.self_check(filled.person, home=filled.home, clock=filled.clock)
    assert not wrong.passed
    assert wrong.first_wrong.startswith(name)
    assert SelfCheck.objects.filter(passed=True).latest("at").at == passed.at


def test_the_sweeper_sets_aside_and_names(filled: Kept) -> None:
    """A stop between sealing and recording leaves files without rows: kept, and named."""
    orphans = filled.files([b"left", b"over"])
    bytes_of = {one.public_id: Path(one.path).read_bytes() for one in orphans}
    name = gone_file(filled).removeprefix("item ")
    swept = sweep(filled.home, filled.person)
    assert swept.orphans == tuple(sorted(bytes_of))
    assert swept.missing == (name,)
    for public_id, data in bytes_of.items():
        (aside,) = filled.home.orphans.rglob(f"{public_id}.age")
        assert aside.read_bytes() == data
    again = sweep(filled.home, filled.person)
    assert (again.orphans, again.missing) == ((), (name,))


def test_the_sweeper_touches_nothing_that_is_named(filled: Kept) -> None:
    before = sorted(filled.home.vault.rglob("*.age"))
    assert sweep(filled.home, filled.person).orphans == ()
    assert sorted(filled.home.vault.rglob("*.age")) == before
