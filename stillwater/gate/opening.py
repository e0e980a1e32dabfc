"""Putting one person's gate together out of the rooms, and holding its lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.gate.intake import Intake
from stillwater.gate.plans import active_plan
from stillwater.identity.known import Known
from stillwater.people.models import Person
from stillwater.reading.sandbox import ChildReader
from stillwater.vault import ledger
from stillwater.vault.keys import seal_private
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Keyring


@contextmanager
def open_gate(
    home: Home,
    person: Person,
    *,
    clock: Clock | None = None,
    randomness: Randomness = system_randomness,
    wait: bool = False,
) -> Iterator[Intake]:
    """The gate of one person, ready to take arrivals; nobody else has it meanwhile.

    Raises UserError where there are no keys or no plan yet, or where another
    import is at work (NOT_NOW, unless ``wait``).
    """
    clock = clock or SystemClock()
    machine = MachineKey.load_or_create(home, randomness)
    with person_lock(home, person, wait=wait), ChildReader() as reader:
        _start_anew_if_set_back(home, person, clock, randomness)
        plan = active_plan(person, machine, clock.now())
        if plan is None:
            raise UserError(
                "There is no plan yet, so nothing can be told apart.",
                "Write one (docs/plan.md shows how), then: stillwater plan set PLAN.toml",
                ExitCode.NOT_NOW,
            )
        recipient = Keyring.objects.get(person=person).recipient
        yield Intake(
            person=person,
            home=home,
            machine=machine,
            plan=plan,
            known=Known.from_plan(plan.plan),
            reader=reader,
            clock=clock,
            private=partial(seal_private, recipient),
            randomness=randomness,
        )


def _start_anew_if_set_back(
    home: Home, person: Person, clock: Clock, randomness: Randomness
) -> None:
    """Where the database is older than the pinned checkpoint, begin a log that names that head.

    What the lost rows named is still in the vault: the sweeper sets it aside,
    and the archives it came from can be imported again.
    """
    pinned = ledger.check_pin(home, person)
    if pinned.state is not ledger.PinState.SET_BACK:
        return
    with transaction.atomic():
        ledger.begin(
            person,
            home=home,
            clock=clock,
            randomness=randomness,
            previous_head=pinned.note,
            why="set_back",
        )
    ledger.pin(home, person)
