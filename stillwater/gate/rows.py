"""One row an attempt: made when it is sealed, filled in when it is decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from stillwater.core.arrivals import Arrival
from stillwater.core.ids import new_public_id
from stillwater.core.words import Action, Channel, Direction, Kind
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Attempt
from stillwater.gate.plans import ActivePlan
from stillwater.gate.triage import Triaged
from stillwater.people.many import insert_many
from stillwater.people.models import Person
from stillwater.vault.models import Item

# Some databases allow no more than 999 parameters in one statement.
_AT_ONCE = 500


_COLUMNS = (
    "person",
    "public_id",
    "item",
    "other",
    "source_identity",
    "channel",
    "kind",
    "direction",
    "received_at",
    "received_at_is_guess",
    "recorded_at",
    "how",
    "plan_number",
    "tier",
    "action",
    "state",
    "sealed_reading",
    "wants_review",
)


def taken_before(person: Person, identities: Sequence[bytes]) -> set[bytes]:
    """Those source identities that this person's gate has taken in already."""
    return set(whose(person, identities))


class Recorded(NamedTuple):
    """As what something was taken in."""

    other: int | None  # the row of the other; None: nobody known
    how: str
    action: str
    received_at: datetime
    received_at_is_guess: bool
    is_decided: bool


def whose(person: Person, identities: Sequence[bytes]) -> dict[bytes, Recorded]:
    """Of those that were taken in: as what."""
    found: dict[bytes, Recorded] = {}
    for start in range(0, len(identities), _AT_ONCE):
        rows = Attempt.objects.filter(
            person=person, source_identity__in=identities[start : start + _AT_ONCE]
        )
        columns = rows.values_list(
            "source_identity",
            "other_id",
            "how",
            "action",
            "received_at",
            "received_at_is_guess",
            "state",
        )
        for one, other, how, action, at, is_guess, state in columns:
            is_decided = state != Attempt.State.SEALED
            found[bytes(one)] = Recorded(other, how, action, at, is_guess, is_decided)
    return found


def items_of(person: Person, identities: Sequence[bytes]) -> dict[bytes, str]:
    """The public ids of the sealed originals, by source identity."""
    found: dict[bytes, str] = {}
    for start in range(0, len(identities), _AT_ONCE):
        rows = Attempt.objects.filter(
            person=person, source_identity__in=identities[start : start + _AT_ONCE]
        )
        pairs = rows.values_list("source_identity", "item__public_id")
        found.update((bytes(identity), item) for identity, item in pairs)
    return found


def undecided(person: Person) -> list[Attempt]:
    """Attempts that were sealed and never decided, oldest first."""
    return list(Attempt.objects.filter(person=person, state=Attempt.State.SEALED).order_by("pk"))


def arrival_of(attempt: Attempt) -> Arrival:
    """What the open columns still know of an arrival."""
    return Arrival(
        id=attempt.public_id,
        received_at=attempt.received_at,
        channel=Channel(attempt.channel),
        kind=Kind(attempt.kind),
        direction=Direction(attempt.direction),
    )


def make(
    person: Person,
    plan: ActivePlan,
    sealed: Iterable[tuple[Triaged, bytes, Item]],
    now: datetime,
) -> None:
    """Rows for what was sealed just now, held until something better is decided.

    Call inside the transaction that records the items.
    """
    insert_many(
        Attempt,
        _COLUMNS,
        (
            (
                person.pk,
                new_public_id(),
                item.pk,
                plan.others[one.match.other].pk if one.match.other is not None else None,
                identity,
                one.arrival.channel,
                one.arrival.kind,
                one.arrival.direction,
                one.arrival.received_at,
                one.received_at_is_guess,
                now,
                one.match.how,
                plan.number,
                0,
                Action.HELD,
                Attempt.State.SEALED,
                b"",
                True,
            )
            for one, identity, item in sealed
        ),
    )


def fill_in(person: Person, decided: Iterable[tuple[bytes, Judgement, bytes]]) -> None:
    """Write what was decided of each attempt, by its source identity.

    Call inside a transaction. One prepared statement for all: Django's
    ``bulk_update`` builds a CASE over every field, ten times slower.
    """
    table = Attempt._meta.db_table
    values = [
        (
            int(judgement.reading.danger.tier) if judgement.reading else 0,
            judgement.decision.action.value,
            _state(judgement).value,
            sealed_reading,
            _wants_review(judgement),
            person.pk,
            identity,
        )
        for identity, judgement, sealed_reading in decided
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET tier = %s, action = %s, state = %s, sealed_reading = %s,"  # noqa: S608  the name is our own
            " wants_review = %s WHERE person_id = %s AND source_identity = %s",
            values,
        )


def _state(judgement: Judgement) -> Attempt.State:
    unread = judgement.reading is None or judgement.reading.unread is not None
    return Attempt.State.UNREAD if unread else Attempt.State.READ


def _wants_review(judgement: Judgement) -> bool:
    """What nobody has to look at: the person's own mail, and what is only recorded."""
    return judgement.decision.action is not Action.RECORDED
