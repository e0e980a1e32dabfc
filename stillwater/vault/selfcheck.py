"""The check that runs by itself, and says when it last passed."""

from datetime import datetime

from stillwater.core.home import Home
from stillwater.people.models import Person
from stillwater.vault.models import SelfCheck
from stillwater.vault.verifying import first_wrong


def run_self_check(home: Home, person: Person, now: datetime) -> SelfCheck:
    """Verify ledger and vault of one person; gives the row, for the gate to save.

    The caller holds the person's lock.
    """
    done, wrong = first_wrong(person, home)
    return SelfCheck(
        person=person,
        at=now,
        passed=wrong is None,
        items=done,
        first_wrong=str(wrong) if wrong else "",
    )
