"""Where plans, keys and the ledger meet: setting, reading and taking back a plan.

Which other a label means is kept inside the sealed plan; the rows of the others
hold opaque ids alone, and stay when a label leaves the plan: what is in the
vault goes on belonging to them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.core.plans import Plan
from stillwater.gate.keeping import hold_ledger
from stillwater.people.models import Other, Person
from stillwater.plan import versions
from stillwater.plan.loosening import loosenings
from stillwater.plan.models import PlanVersion
from stillwater.vault import ledger
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey


@dataclass(frozen=True, slots=True)
class ActivePlan:
    """The plan in force, its number, and the row of each other by label."""

    number: int
    plan: Plan
    others: Mapping[str, Other]


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What setting a plan led to. ``loosens`` is empty where it is in force at once."""

    number: int
    in_force: bool
    takes_effect_at: datetime
    loosens: tuple[str, ...]
    replaced_pending: bool


def active_plan(person: Person, machine: MachineKey, now: datetime) -> ActivePlan | None:
    """The plan in force at ``now``; None: the person has none yet."""
    opens = partial(machine.open_profile, person.public_id)
    if versions.is_pending_due(person, now):
        with transaction.atomic():
            stored = versions.active(person, open_profile=opens, now=now)
    else:
        stored = versions.active_unchanged(person, open_profile=opens)
    return None if stored is None else _with_rows(person, stored)


def _with_rows(person: Person, stored: versions.Stored) -> ActivePlan:
    rows = {row.public_id: row for row in Other.objects.filter(person=person)}
    labels = [other.label for other in stored.plan.others]
    return ActivePlan(
        stored.number, stored.plan, {label: rows[stored.others[label]] for label in labels}
    )


def what_loosens(person: Person, plan: Plan, machine: MachineKey, now: datetime) -> tuple[str, ...]:
    """What the plan would loosen, in sentences; empty: nothing, or it is the first."""
    current = active_plan(person, machine, now)
    return () if current is None else loosenings(current.plan, plan)


@dataclass(frozen=True)
class Plans:
    """Changing the plan of one person."""

    person: Person
    home: Home
    machine: MachineKey
    clock: Clock
    randomness: Randomness = field(default=system_randomness)

    def set(self, plan: Plan, session: Session | None = None) -> SetPlan:
        """Propose a plan. A loosening needs the person's session; a leaf is written.

        Raises UserError (NOT_ALLOWED) for a loosening without a session.
        """
        hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
        now = self.clock.now()
        with transaction.atomic():
            before = versions.active(self.person, open_profile=self._open, now=now)
            loosens = loosenings(before.plan, plan) if before else ()
            if loosens and (session is None or session.person.pk != self.person.pk):
                raise UserError(
                    "This plan loosens something, so it needs your passphrase.",
                    "Run the command again and give the passphrase.",
                    ExitCode.NOT_ALLOWED,
                )
            pending = versions.withdraw(self.person)
            version = self._propose(plan, before.others if before else {}, now)
            self._write_leaf(version, "first" if before is None else _change(loosens))
        ledger.pin(self.home, self.person)
        return SetPlan(
            number=version.number,
            in_force=version.state == PlanVersion.State.ACTIVE,
            takes_effect_at=version.takes_effect_at,
            loosens=loosens,
            replaced_pending=pending is not None,
        )

    def withdraw(self) -> bool:
        """Take back a plan that has not come into force; gives whether there was one."""
        hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
        with transaction.atomic():
            # What is due is in force, and can be tightened but not taken back.
            versions.active(self.person, open_profile=self._open, now=self.clock.now())
            pending = versions.withdraw(self.person)
            if pending is not None:
                self._write_leaf(pending, "withdrawn")
        ledger.pin(self.home, self.person)
        return pending is not None

    def _open(self, blob: bytes) -> bytes:
        return self.machine.open_profile(self.person.public_id, blob)

    def _propose(self, plan: Plan, known: Mapping[str, str], now: datetime) -> PlanVersion:
        keyring = keyring_of(self.person)
        return versions.propose(
            self.person,
            plan,
            others=self._others(plan, known, now),
            seal=partial(seal_private, keyring.recipient),
            seal_profile=partial(self.machine.seal_profile, self.person.public_id),
            open_profile=self._open,
            now=now,
            loosening_delay=keyring.loosening_delay,
        )

    def _others(self, plan: Plan, known: Mapping[str, str], now: datetime) -> dict[str, str]:
        """Label to opaque id, with a row for each label that is new."""
        others = dict(known)
        for other in plan.others:
            if other.label not in others:
                row = Other.objects.create(
                    person=self.person,
                    public_id=new_public_id(self.randomness),
                    created_at=now,
                )
                others[other.label] = row.public_id
        return others

    def _write_leaf(self, version: PlanVersion, change: str) -> None:
        leaf: dict[str, Any] = {
            "kind": "plan",
            "change": change,  # first | tightened | loosened | withdrawn
            "number": version.number,
            "at": ledger.moment(self.clock.now()),
            "takes_effect_at": ledger.moment(version.takes_effect_at),
            "sha256": hashlib.sha256(bytes(version.sealed)).hexdigest(),  # of the age file
        }
        ledger.write(
            self.person, [leaf], home=self.home, clock=self.clock, randomness=self.randomness
        )


def _change(loosens: tuple[str, ...]) -> str:
    return "loosened" if loosens else "tightened"


def shown_plans(session: Session) -> list[tuple[PlanVersion, str]]:
    """Every version that is in force or pending, with its TOML; a session is needed."""
    found = PlanVersion.objects.filter(
        person=session.person, state__in=[PlanVersion.State.ACTIVE, PlanVersion.State.PENDING]
    )
    return [
        (version, session.open_private(bytes(version.sealed)).decode())
        for version in found.order_by("number")
    ]
