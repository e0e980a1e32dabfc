"""Backups: made under the person's lock, and counted once they are kept somewhere."""

import os
from datetime import datetime
from pathlib import Path

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.people.models import Person
from stillwater.vault import backup
from stillwater.vault.locks import person_lock


def back_up(
    home: Home, person: Person, to: Path, *, clock: Clock, with_passphrase: bool = True
) -> tuple[backup.Made, datetime]:
    """Write a backup to ``to``; gives it, and when it was begun: what came later is not in it.

    Raises UserError (NOT_NOW) while something else works on this vault.
    """
    with person_lock(home, person):
        begun = clock.now()
        made = backup.make(home, person, to, clock=clock, with_passphrase=with_passphrase)
    return made, begun


def is_kept(home: Home, person: Person, begun: datetime) -> None:
    """A backup that was begun then is somewhere else now.

    Copies on a mail server may go from then on: so never say it of a backup that is only made.
    """
    home.last_backup.touch()
    mark = home.last_backup_of(person.public_id)
    mark.touch()
    os.utime(mark, (begun.timestamp(), begun.timestamp()))
