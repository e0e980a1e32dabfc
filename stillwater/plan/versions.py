"""The versions of a plan: one is active, one at most is pending, the others are past.

Everything here runs inside a transaction that the gate began. What it seals and
opens with is handed in: this room holds no keys. A tightening is active at once;
a loosening is pending until its time has come (docs/decisions/0022). Whatever is
proposed takes the place of what was pending, so that an older, looser plan never
comes into force over a newer, tighter one.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from stillwater.core.plans import Plan
from stillwater.people.models import Person
from stillwater.plan.form import dump, parse
from stillwater.plan.loosening import loosenings
from stillwater.plan.models import PlanVersion

Seal = Callable[[bytes], bytes]
Open = Callable[[bytes], bytes]
_State = PlanVersion.State


@dataclass(frozen=True, slots=True)
class Stored:
    """A version as the gate reads it. ``others`` maps every label ever used to an opaque id."""

    number: int
    plan: Plan
    others: Mapping[str, str]


def active(person: Person, *, open_profile: Open, now: datetime) -> Stored | None:
    """The plan in force at ``now``, after activating a pending one that is due; None: no plan."""
    _in_transaction(person)
    due = _find(person, _State.PENDING)
    if due is not None and due.takes_effect_at <= now:
        _activate(due)
    version = _find(person, _State.ACTIVE)
    return None if version is None else _opened(version, open_profile)


def is_pending_due(person: Person, now: datetime) -> bool:
    """Whether a pending version should be activated: one look, no transaction needed."""
    pending = _find(person, _State.PENDING)
    return pending is not None and pending.takes_effect_at <= now


def number_in_force(person: Person, now: datetime) -> int | None:
    """The number of the active version; None: there is none, or a pending one is due."""
    if is_pending_due(person, now):
        return None
    version = PlanVersion.objects.filter(person=person, state=_State.ACTIVE).only("number").first()
    return None if version is None else version.number


def active_unchanged(person: Person, *, open_profile: Open) -> Stored | None:
    """The active version as it stands, for readers that begin no transaction."""
    version = _find(person, _State.ACTIVE)
    return None if version is None else _opened(version, open_profile)


def propose(
    person: Person,
    plan: Plan,
    *,
    others: Mapping[str, str],
    seal: Seal,
    seal_profile: Seal,
    open_profile: Open,
    now: datetime,
    loosening_delay: timedelta,
) -> PlanVersion:
    """A new version: active at once where it only tightens, else pending for the delay.

    ``seal`` seals to the person, ``seal_profile`` under the machine key.
    """
    current = active(person, open_profile=open_profile, now=now)
    loosens = current is not None and bool(loosenings(current.plan, plan))
    withdraw(person)
    toml = dump(plan)
    version = PlanVersion.objects.create(
        person=person,
        number=_next_number(person),
        state=_State.PENDING,
        made_at=now,
        takes_effect_at=now + loosening_delay if loosens else now,
        sealed=seal(toml.encode()),
        for_gate=seal_profile(json.dumps({"plan": toml, "others": dict(others)}).encode()),
    )
    if version.takes_effect_at <= now:
        _activate(version)
    return version


def withdraw(person: Person) -> PlanVersion | None:
    """Take back what is pending; gives it, or None where nothing was."""
    _in_transaction(person)
    pending = _find(person, _State.PENDING)
    if pending is not None:
        _end(pending, _State.WITHDRAWN)
    return pending


def _in_transaction(person: Person) -> None:
    assert connection.in_atomic_block
    # Two who change the plan at the same moment wait for each other here.
    Person.objects.select_for_update().get(pk=person.pk)


def _find(person: Person, state: PlanVersion.State) -> PlanVersion | None:
    return PlanVersion.objects.filter(person=person, state=state).order_by("-number").first()


def _next_number(person: Person) -> int:
    last = PlanVersion.objects.filter(person=person).order_by("-number").first()
    return last.number + 1 if last else 1


def _activate(version: PlanVersion) -> None:
    before = _find(version.person, _State.ACTIVE)
    if before is not None:
        _end(before, _State.PAST)
    version.state = _State.ACTIVE
    version.save(update_fields=["state"])


def _end(version: PlanVersion, state: PlanVersion.State) -> None:
    """Past or withdrawn: the gate needs it no more, so the machine key opens it no more."""
    version.state = state
    version.for_gate = b""
    version.save(update_fields=["state", "for_gate"])


def _opened(version: PlanVersion, open_profile: Open) -> Stored:
    kept = json.loads(open_profile(bytes(version.for_gate)))
    return Stored(number=version.number, plan=parse(kept["plan"]), others=kept["others"])
