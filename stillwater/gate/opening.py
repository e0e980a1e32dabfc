"""Putting one person's gate together out of the rooms, and holding its lock."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.gate import profiles
from stillwater.gate.feedback import Hearing
from stillwater.gate.intake import Intake
from stillwater.gate.judging import Judge
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.plans import active_plan
from stillwater.identity.known import Known
from stillwater.people.models import Person
from stillwater.reading import seconded
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey


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
    with person_lock(home, person, wait=wait) as held, closing(seconded.reader()) as reader:
        hold_ledger(person, home=home, clock=clock, randomness=randomness)
        plan = active_plan(person, machine, clock.now())
        if plan is None:
            raise UserError(
                "There is no plan yet, so nothing can be told apart.",
                "Write one (docs/plan.md shows how), then: stillwater plan set PLAN.toml",
                ExitCode.NOT_NOW,
            )
        known = Known.from_plan(plan.plan)
        # All that was loaded until now stays until the end: looking through it again
        # and again for rubbish took a fourteenth of an import.
        gc.freeze()
        with (
            profiles.kept(home, machine, person, plan.plan, clock.now) as recogniser,
            Judge(plan.plan, known, recogniser, reader) as judge,
        ):
            hearing = Hearing(person, machine, known, recogniser)
            hearing.catch_up()
            yield Intake(
                person=person,
                home=home,
                machine=machine,
                plan=plan,
                known=known,
                judge=judge,
                clock=clock,
                private=partial(seal_private, keyring_of(person).recipient),
                randomness=randomness,
                held=held,
                hearing=hearing,
            )
