"""A person with keys and a plan in the benchmark's home, made once."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from tests.support import mailbox
from tests.support.household import PASSPHRASE

if TYPE_CHECKING:
    from stillwater.core.home import Home
    from stillwater.gate.intake import Intake
    from stillwater.people.models import Person
    from stillwater.vault.keys import Session


def take_all(intake: "Intake", mails: Sequence[bytes], batch: int) -> None:
    """Mails through the gate as an import feeds it: while one batch is read, the next is sealed."""
    being_read = None
    for start in range(0, len(mails), batch):
        taken = intake.take_in([intake.triage(raw) for raw in mails[start : start + batch]])
        if being_read is not None:
            intake.settle(being_read)
        being_read = taken
    if being_read is not None:
        intake.settle(being_read)


@cache
def household() -> "tuple[Home, Person, Session]":
    """Home, person and a signed-in session."""
    from stillwater.cli.common import ready

    home = ready()
    from datetime import timedelta

    from stillwater.core.clock import SystemClock
    from stillwater.gate.keeping import new_person
    from stillwater.gate.plans import Plans
    from stillwater.people.models import Person
    from stillwater.plan.form import parse
    from stillwater.vault.keys import sign_in
    from stillwater.vault.machine import MachineKey

    none, clock = timedelta(), SystemClock()
    new_person("bench", PASSPHRASE, home=home, clock=clock, opening_wait=none, loosening_delay=none)
    person = Person.objects.get(name="bench")
    Plans(person, home, MachineKey.load_or_create(home), clock).set(parse(mailbox.PLAN))
    return home, person, sign_in(person, PASSPHRASE)
