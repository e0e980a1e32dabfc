"""The person's days, put together: what left for whom, under which plan, and what they noted.

What came in is never asked for here. docs/decisions/0064 says what costs a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo
from itertools import zip_longest
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from stillwater.core.plans import Other as PlannedOther
from stillwater.core.words import Channel, Direction, Mode
from stillwater.gate.models import Attempt
from stillwater.people.models import Person
from stillwater.plan import versions
from stillwater.plan.form import parse
from stillwater.plan.models import PlanVersion
from stillwater.recovery.days import Days, Span, count, day_of
from stillwater.recovery.models import DayNote
from stillwater.recovery.notes import Note, What, read, written
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey

_IN_FORCE = (PlanVersion.State.ACTIVE, PlanVersion.State.PAST)


class Left(NamedTuple):
    """Something that left for an other while no contact held."""

    attempt: str  # its id
    at: datetime


class Noted(NamedTuple):
    """A note, and the id by which it is taken back."""

    public_id: str
    note: Note


@dataclass(frozen=True, slots=True)
class DaysState:
    """``days`` is None where none are counted: no plan yet, or everybody is only watched."""

    days: Days | None
    left: tuple[Left, ...]  # newest first; without what the person said was no lapse
    notes: tuple[Noted, ...]  # newest first


@dataclass(frozen=True, slots=True)
class _Held:
    """One other under one plan, for as long as both were so. ``until`` None: still."""

    label: str
    mode: Mode
    since: datetime
    until: datetime | None

    def span(self, zone: tzinfo) -> Span:
        until = None if self.until is None else day_of(self.until, zone)
        return Span(day_of(self.since, zone), until)

    def has(self, at: datetime, ids: Mapping[str, str], other: str | None) -> bool:
        """Whether something that left for a row of an other falls under this."""
        is_theirs = other is not None and ids.get(self.label) == other
        return is_theirs and self.since <= at and (self.until is None or at < self.until)


def state_of_days(session: Session, machine: MachineKey, now: datetime, zone: tzinfo) -> DaysState:
    """How the days stand with whoever is signed in. Raises UserError."""
    notes = _notes(session)
    held = _joined(one for one in _held(session, now, zone) if one.mode is not Mode.WATCH)
    if not held:
        return DaysState(None, (), notes)
    left = _left(session.person, machine, held, notes)
    reached = {day_of(one.at, zone) for one in left}
    reached |= {one.note.day for one in notes if one.note.what.costs_the_day}
    days = count([one.span(zone) for one in held], reached, day_of(now, zone))
    return DaysState(days, left, notes)


def note(session: Session, what: What, now: datetime, zone: tzinfo, attempt: str = "") -> DayNote:
    """Keep what the person says of today, or of something that left; sealed."""
    plain = written(Note(what, day_of(now, zone), now, attempt))
    sealed = seal_private(keyring_of(session.person).recipient, plain)
    with transaction.atomic():
        return DayNote.objects.create(person=session.person, sealed=sealed)


def take_back(noted: DayNote) -> None:
    """A slip of the finger: nothing of the note stays."""
    with transaction.atomic():
        noted.delete()


def _notes(session: Session) -> tuple[Noted, ...]:
    rows = DayNote.objects.filter(person=session.person).order_by("-pk")
    return tuple(
        Noted(row.public_id, read(session.open_private(bytes(row.sealed)))) for row in rows
    )


def _held(session: Session, now: datetime, zone: tzinfo) -> Iterator[_Held]:
    """Each other under each plan that was in force, in order."""
    plans = _plans_in_force(session.person, now)
    ends = [plan.takes_effect_at for plan in plans[1:]]  # the last one has none
    seen: set[str] = set()
    for version, until in zip_longest(plans, ends):
        plan = parse(session.open_private(bytes(version.sealed)).decode())
        for other in plan.others:
            since = _since(other, version.takes_effect_at, zone, is_first=other.label not in seen)
            yield _Held(other.label, other.mode, since, until)
        seen |= {one.label for one in plan.others if one.mode is not Mode.WATCH}


def _joined(held: Iterable[_Held]) -> list[_Held]:
    """The same over several plans, as one: most plans change something else."""
    found: dict[tuple[str, Mode], list[_Held]] = {}
    for one in held:
        before = found.setdefault((one.label, one.mode), [])
        goes_on = before and before[-1].until == one.since
        before.append(replace(before.pop(), until=one.until) if goes_on else one)
    return [one for several in found.values() for one in several]


def _since(other: PlannedOther, effect: datetime, zone: tzinfo, *, is_first: bool) -> datetime:
    """Since when it is so: what the plan says itself, the first time that it is not watched."""
    if other.since is None or not is_first or other.mode is Mode.WATCH:
        return effect
    return datetime.combine(other.since, time(), zone)


def _plans_in_force(person: Person, now: datetime) -> list[PlanVersion]:
    """Those that were, and the one that is; also where nobody has activated it yet."""
    due = Q(state=PlanVersion.State.PENDING, takes_effect_at__lte=now)
    found = PlanVersion.objects.filter(person=person).filter(Q(state__in=_IN_FORCE) | due)
    return list(found.defer("for_gate").order_by("number"))


def _left(
    person: Person, machine: MachineKey, held: Iterable[_Held], notes: Iterable[Noted]
) -> tuple[Left, ...]:
    """What left for somebody while no contact held, but for what was no lapse."""
    strict = [one for one in held if one.mode is Mode.NO_CONTACT]
    if not strict:
        return ()
    no_lapse = {one.note.attempt for one in notes if one.note.what is What.NO_LAPSE}
    ids = _ids_of_labels(person, machine)
    # All channels, by name: so the index by way is used, and not every row looked at.
    rows = Attempt.objects.filter(
        person=person,
        direction=Direction.OUT,
        channel__in=list(Channel),
        received_at__gte=min(one.since for one in strict),
    ).values_list("public_id", "received_at", "other__public_id")
    found = [
        Left(attempt, at)
        for attempt, at, other in rows
        if attempt not in no_lapse and any(one.has(at, ids, other) for one in strict)
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _ids_of_labels(person: Person, machine: MachineKey) -> dict[str, str]:
    """Every label that was ever used, and the row it means."""
    stored = versions.active_unchanged(
        person, open_profile=lambda blob: machine.open_profile(person.public_id, blob)
    )
    return dict(stored.others) if stored else {}
