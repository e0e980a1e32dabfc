"""The clock's own look: whoever fell silent after a storm is told of, once.

It must never be said because nobody looked. So it waits, and is judged anew at the next look,
while

1. a mailbox is not being watched: in trouble, or not looked through since the machine woke;
2. something is sealed that was not read yet: it may be theirs, and is counted when it is read.

Where there is no mailbox, what was written down by hand and imported is all that there is, and
the clock alone tells. docs/decisions/0100.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.gate import notices, rows
from stillwater.gate.first import First
from stillwater.gate.live.watching import Watching, state_of
from stillwater.gate.over_time import OverTime
from stillwater.gate.plans import active_plan
from stillwater.people.models import Person
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.machine import MachineKey


def look(person: Person, home: Home, machine: MachineKey, clock: Clock) -> int:
    """Tell of everybody who fell silent by now; gives of how many. Safe to call at any time.

    Raises UserError (NOT_NOW) while something else is at work in this vault.
    """
    with person_lock(home, person, wait=AT_A_PAGE):
        now = clock.now()
        plan = active_plan(person, machine, now)
        if plan is None or not _was_all_looked_at(person, now):
            return 0
        over_time = OverTime.of(person, machine, plan, now)
        silences = over_time.silences()
        with transaction.atomic():
            notices.tell(
                person,
                machine,
                partial(seal_private, keyring_of(person).recipient),
                silences,
                now,
                {},
                First(person, machine, plan),
            )
            over_time.save()
        return len(silences)


def _was_all_looked_at(person: Person, now: datetime) -> bool:
    is_watched = state_of(person, now).watching is not Watching.NOT
    return is_watched and not rows.undecided(person)
