"""Epochs: the vault by months, each with a key pair of its own.

The identity of an epoch exists for a moment only: it is sealed to the person,
the recovery sheet and the reviewers, and forgotten. The sealed form stands in
the database and, for whoever has nothing but the sheet and the stock ``age``
tool, in keys/<person>/epochs/<month>.age.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from django.db import connection
from django.db.models import Q

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.people.models import Person
from stillwater.vault import files, identities
from stillwater.vault.models import Epoch, Keyring, Reviewer


def current_epoch(
    person: Person, home: Home, clock: Clock, randomness: Randomness = system_randomness
) -> Epoch:
    """The epoch of this month; made when there is none yet.

    Call inside a transaction of the gate, committed before anything is sealed.
    Needs no session: only public keys.
    """
    assert connection.in_atomic_block
    month = _month(clock.now())
    found = Epoch.objects.filter(person=person, current=True).first()
    if found is not None and found.month[: len(month)] == month:
        return found
    return new_epoch(person, home, clock, randomness)


def new_epoch(person: Person, home: Home, clock: Clock, randomness: Randomness) -> Epoch:
    """Begin an epoch; what was sealed before stays as it is. Inside a transaction."""
    assert connection.in_atomic_block
    keyring = Keyring.objects.select_for_update().get(person=person)
    now = clock.now()
    name = _free_name(person, home, _month(now))
    identity = identities.new_identity(randomness)
    sealed = identities.seal(
        (identities.written(identities.secret_of(identity)) + "\n").encode("ascii"),
        recipients(keyring, now),
    )
    path = epoch_path(home, person, name)
    files.private_folder(path.parent)
    files.write_new(path, sealed)
    Epoch.objects.filter(person=person, current=True).update(current=False)
    return Epoch.objects.create(
        person=person,
        month=name,
        recipient=identities.recipient_of(identity),
        sealed_identity=sealed,
    )


def recipients(keyring: Keyring, now: datetime) -> list[str]:
    """Whom an epoch's identity is sealed to: person, recovery sheet, active reviewers."""
    active = Reviewer.objects.filter(
        Q(until_at=None) | Q(until_at__gt=now), person=keyring.person, from_at__lte=now
    )
    return [
        keyring.recipient,
        keyring.recovery_recipient,
        *active.order_by("pk").values_list("recipient", flat=True),
    ]


def seal_anew(
    epochs: Iterable[tuple[Epoch, identities.Identity]], home: Home, to: list[str]
) -> None:
    """Seal the identities of epochs to another set of people. Inside a transaction.

    Items and ledger stay as they are. Whoever held the old form can still open
    the old items: a key once given cannot be taken back.
    """
    assert connection.in_atomic_block
    for epoch, identity in epochs:
        line = identities.written(identities.secret_of(identity)) + "\n"
        epoch.sealed_identity = identities.seal(line.encode("ascii"), to)
        files.replace(epoch_path(home, epoch.person, epoch.month), epoch.sealed_identity)
        epoch.save(update_fields=["sealed_identity"])


def epoch_path(home: Home, person: Person, month: str) -> Path:
    """Where the sealed identity of an epoch lies on the disk."""
    return home.keys / person.public_id / "epochs" / f"{month}.age"


def _month(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m")


def _free_name(person: Person, home: Home, month: str) -> str:
    """``2026-11``, else ``2026-11.2`` and so on.

    A file without a row (a database that was set back) keeps its name: it may
    be all that opens what lies among the orphans.
    """
    taken = set(Epoch.objects.filter(person=person).values_list("month", flat=True))
    names = (month if number == 1 else f"{month}.{number}" for number in count(1))
    return next(
        name for name in names if name not in taken and not epoch_path(home, person, name).exists()
    )
