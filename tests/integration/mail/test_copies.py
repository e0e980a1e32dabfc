"""A held copy is removed where the person chose so: sealed, and in a backup of their own."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from stillwater.channels.mail.live.account import HeldCopy
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.mailbox import BATCH_BYTES, Mailbox, hanging_up
from stillwater.core.home import Home
from stillwater.gate.live import duties
from stillwater.gate.models import HeldCopy as CopyRow
from tests.integration.mail.conftest import Life, account_on, mail, now, until, watched
from tests.support.dovecot import Dovecot
from tests.support.household import new_household
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)


def a_backup(home: Home, life: Life, ago: timedelta = timedelta()) -> None:
    """As ``stillwater backup make`` leaves it."""
    mark = home.last_backup_of(life.person.public_id)
    mark.touch()
    at = (now() - ago).timestamp()
    os.utime(mark, (at, at))


def test_only_after_a_backup_of_ones_own(
    new_life: Callable[..., Life], server: Dovecot, home: Home
) -> None:
    life, somebody_else = new_life(), new_life("somebody")
    row = life.add(server, held_copy=HeldCopy.REMOVED)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: CopyRow.objects.count() == 1)
    home.last_backup.touch()
    a_backup(home, somebody_else)
    a_backup(home, life, ago=timedelta(hours=1))  # before it came
    assert duties.remove_copies(life.boxes, row) == 0
    assert len(server.raws(PERSON, "Later")) == 1
    a_backup(home, life)
    assert duties.remove_copies(life.boxes, row) == 1
    assert server.raws(PERSON, "Later") == []


def test_the_command_marks_whose_backup_it_was(tmp_path: Path) -> None:
    household = new_household(tmp_path / "h")
    made = household.run("backup", "make", tmp_path / "b.age")
    assert made.returncode == 0, made.stderr
    assert len(list(household.home.glob("last-backup-*"))) == 1


def test_many_long_mails_are_never_held_at_once(server: Dovecot) -> None:
    """Whoever sends a flood of them must not end the watcher by its memory."""
    long = mail(OTHER, "\r\n".join(["x" * 900] * 7000))  # 6 MB
    server.deliver(PERSON, *[long] * 6)
    account = account_on(server)
    with hanging_up(
        Mailbox(account, open_connection(account, Secret(server.passwords[PERSON])))
    ) as mailbox:
        mailbox.select("INBOX")
        sizes = [[len(one.raw) for one in batch] for batch in mailbox.fetch([1, 2, 3, 4, 5, 6])]
    assert sum(map(len, sizes)) == 6
    assert max(map(sum, sizes)) < BATCH_BYTES + len(long) + 1000
