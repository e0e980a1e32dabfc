"""A person with keys and a plan in the benchmark's home, made once."""

from functools import cache
from typing import TYPE_CHECKING

from tests.support import mailbox
from tests.support.household import PASSPHRASE

if TYPE_CHECKING:
    from stillwater.core.home import Home
    from stillwater.people.models import Person
    from stillwater.vault.keys import Session


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
