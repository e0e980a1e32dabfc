"""The ledger: one append-only, signed log per person (RFC 6962, in the forms of C2SP).

``append`` and ``checkpoint`` run inside a transaction that the gate began. After
its commit the gate calls ``pin``: the last checkpoint then lies beside the
database too, and a database that was set back is noticed by ``check_pin``.
docs/formats/ledger.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.people.many import insert_many
from stillwater.people.models import Person
from stillwater.vault import files, keys
from stillwater.vault import models as rows
from stillwater.vault.merkle import Frontier, Tree, leaf_hash
from stillwater.vault.note import (
    Checkpoint,
    NoteError,
    Proof,
    open_checkpoint,
    sign,
    unverified_checkpoint,
)

LEAF_VERSION = 1
_RANDOM = 16
_Row = TypeVar("_Row")


def begin(
    person: Person,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
    previous_head: str = "",
    why: str = "first",
) -> rows.Log:
    """Begin a log; its first leaf names the head of the one before, if any.

    ``why``: first, restored, set_back or not_pinned. Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    last = rows.Log.objects.filter(person=person).order_by("-number").first()
    log = rows.Log.objects.create(
        person=person,
        number=last.number + 1 if last else 1,
        origin=f"stillwater/{new_public_id(randomness)}",
        previous_head=previous_head,
    )
    started = {
        "kind": "log_started",
        "at": moment(clock.now()),
        "why": why,
        "previous_head": previous_head,
    }
    write(person, [started], home=home, clock=clock, randomness=randomness)
    log.refresh_from_db()
    return log


def append(
    person: Person, leaves: Sequence[dict[str, Any]], *, randomness: Randomness = system_randomness
) -> list[int]:
    """Append leaves to the person's log; gives their indices. Inside a transaction.

    ``version`` and 16 random bytes are added to each: without them a short leaf
    could be guessed from its hash. A checkpoint must follow in the same transaction.
    """
    log = locked_log(person)
    written = [canonical(one, randomness) for one in leaves]
    hashes = [leaf_hash(data) for data in written]
    first = log.size
    insert_many(
        rows.Leaf,
        ("person", "log", "index", "data", "hashed"),
        (
            (person.pk, log.pk, index, data, hashed)
            for index, (data, hashed) in enumerate(zip(written, hashes, strict=True), first)
        ),
    )
    frontier = Frontier.from_bytes(first, bytes(log.frontier))
    frontier.extend(hashes)
    log.size, log.frontier = frontier.size, frontier.to_bytes()
    log.save(update_fields=["size", "frontier"])
    return list(range(first, log.size))


def checkpoint(person: Person, *, home: Home, clock: Clock) -> rows.Checkpoint:
    """Sign the log as it is now. Inside the transaction that appended to it."""
    assert connection.in_atomic_block
    log = current_log(person)
    made = rows.Checkpoint.objects.filter(log=log, size=log.size).first()
    if made is not None:
        return made
    root = Frontier.from_bytes(log.size, bytes(log.frontier)).root()
    head = Checkpoint(log.origin, log.size, root)
    return rows.Checkpoint.objects.create(
        person=person,
        log=log,
        size=log.size,
        note=sign(head.text(), log.origin, keys.signing_key(home, person)),
        made_at=clock.now(),
    )


def write(
    person: Person,
    leaves: Sequence[dict[str, Any]],
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> list[int]:
    """``append`` and ``checkpoint`` in one."""
    indices = append(person, leaves, randomness=randomness)
    checkpoint(person, home=home, clock=clock)
    return indices


def canonical(leaf: dict[str, Any], randomness: Randomness) -> bytes:
    """The bytes of a leaf: JSON with sorted keys, no spaces, ASCII only."""
    whole = {**leaf, "version": LEAF_VERSION, "random": randomness(_RANDOM).hex()}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def moment(at: datetime) -> str:
    """A time as leaves write it: UTC, whole seconds, ``2026-11-20T14:03:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def current_log(person: Person) -> rows.Log:
    """The log in use. Raises UserError where there is none."""
    return _must_be(rows.Log.objects.filter(person=person).order_by("-number").first())


def locked_log(person: Person) -> rows.Log:
    """The same, and nobody else may append before this transaction ends."""
    assert connection.in_atomic_block
    mine = rows.Log.objects.select_for_update().filter(person=person)
    log = _must_be(mine.order_by("-number").first())
    # A new log may have begun while this waited for the lock of the old one.
    return log if log == current_log(person) else locked_log(person)


def latest_checkpoint(log: rows.Log) -> rows.Checkpoint:
    """The last checkpoint of a log. Raises UserError where there is none."""
    return _must_be(rows.Checkpoint.objects.filter(log=log).order_by("-size").first())


def tree_of(log: rows.Log) -> Tree:
    """The whole tree of a log, from the hashes of its leaves: 64 bytes a leaf."""
    hashed = rows.Leaf.objects.filter(log=log).order_by("index").values_list("hashed", flat=True)
    return Tree(bytes(one) for one in hashed.iterator(chunk_size=10_000))


def proof(item: rows.Item, tree: Tree | None = None) -> Proof:
    """That an item stands in the ledger, under its log's last checkpoint.

    ``tree`` may be given (``tree_of(item.log)``) where many proofs are wanted.
    """
    head = latest_checkpoint(item.log)
    tree = tree or tree_of(item.log)
    return Proof(item.leaf_index, tuple(tree.inclusion(item.leaf_index, head.size)), head.note)


class PinState(Enum):
    """What a pinned checkpoint says of the database."""

    NONE = "none"  # nothing was pinned here yet
    HOLDS = "holds"
    SET_BACK = "set_back"  # the database is older than the pin, or another one


@dataclass(frozen=True, slots=True)
class Pinned:
    state: PinState
    note: str = ""  # the pinned checkpoint
    missing: int = 0  # leaves that the pin knows and the database does not, where that is known


def pin(home: Home, person: Person) -> None:
    """Put the last checkpoint beside the database. After the commit, never before."""
    note = latest_checkpoint(current_log(person)).note
    files.replace(_pin_path(home, person), note.encode())


def check_pin(home: Home, person: Person) -> Pinned:
    """Whether the pinned checkpoint is a prefix of the ledger in the database.

    Cheap where nothing happened since; else the tree is computed anew. Raises
    UserError (BROKEN) where the pin itself is damaged.
    """
    try:
        note = _pin_path(home, person).read_bytes().decode()
        head = unverified_checkpoint(note)
        log = rows.Log.objects.filter(person=person, origin=head.origin).first()
        public_key = bytes(keys.keyring_of(person).ledger_public_key)
        open_checkpoint(note, head.origin, public_key)
    except FileNotFoundError:
        return Pinned(PinState.NONE)
    except (NoteError, UnicodeDecodeError) as wrong:
        raise UserError(
            f"The pinned checkpoint of your ledger is damaged: {wrong}.",
            "Run: stillwater ledger verify",
            ExitCode.BROKEN,
        ) from wrong
    if log is None:
        return Pinned(PinState.SET_BACK, note)
    if log.size < head.size:
        return Pinned(PinState.SET_BACK, note, head.size - log.size)
    same = _root_at(log, head.size) == head.root
    return Pinned(PinState.HOLDS if same else PinState.SET_BACK, note)


def _insert(log: rows.Log, first: int, written: list[bytes], hashes: list[bytes]) -> None:
    """One prepared statement for all: making a model of each leaf costs three times as much."""
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, ("person_id", "log_id", "index", "data", "hashed")))
    table = quote(rows.Leaf._meta.db_table)
    values = [
        (log.person_id, log.pk, index, data, hashed)
        for index, (data, hashed) in enumerate(zip(written, hashes, strict=True), first)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608  our names
            values,
        )


def _root_at(log: rows.Log, size: int) -> bytes:
    if size == log.size:
        return Frontier.from_bytes(log.size, bytes(log.frontier)).root()
    return tree_of(log).root(size)


def _pin_path(home: Home, person: Person) -> Path:
    return home.pins / f"{person.public_id}.checkpoint"


def _must_be(found: _Row | None) -> _Row:
    if found is None:
        raise UserError("There is no ledger yet.", "Run: stillwater keys new", ExitCode.NOT_ALLOWED)
    return found
