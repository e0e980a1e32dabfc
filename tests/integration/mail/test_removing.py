"""Removing a mailbox while it is being watched."""

from datetime import timedelta

import pytest

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.home import Home
from stillwater.gate.live import duties, undoing, watching
from stillwater.gate.models import Mailbox, Notice
from stillwater.gate.removing import Removal
from stillwater.people.models import Person
from stillwater.vault.models import Request
from tests.integration.mail.conftest import Life, mail, now, until, watched
from tests.integration.mail.test_leases import THEIR_OWN, folders, give_filter, scripts
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_returns_is_not_taken_away_again(life: Life, server: Dovecot, home: Home) -> None:
    """By the watcher that still runs; and the folder that we made is gone."""
    row = life.add(server)
    with watched(home) as watchers:
        server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(3)))
        until(lambda: len(server.raws(PERSON, "Later")) == 3)
        waits = life.boxes.ask_to_remove(row)
        undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)
        watchers.keep_up()
    assert len(server.raws(PERSON, "INBOX")) == 3
    with server.client(PERSON) as client:
        assert not client.folder_exists("Later")


def test_from_a_folder_of_the_persons_own_only_what_was_held_returns(
    life: Life, server: Dovecot, home: Home
) -> None:
    """What they kept in it before stays there."""
    with server.client(PERSON) as client:
        client.create_folder("Later")
        old = now() - timedelta(days=30)
        client.append("Later", mail("shop@offers.example", "read this later"), (), old)
    row = life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
        until(lambda: life.attempts() == 1)
    waits = life.boxes.ask_to_remove(row)
    undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)
    assert [b"read this later" in raw for raw in server.raws(PERSON, "Later")] == [True]
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_removing_everything_leaves_the_server_as_it_was_found(
    life: Life, server: Dovecot, home: Home
) -> None:
    """Scripts, folders and subscriptions, while it is being watched; so does uninstalling."""
    give_filter(server, THEIR_OWN)
    before = scripts(server), folders(server)
    row = life.add(server, sieve_port=server.ports["sieve"])
    with watched(home) as watchers:
        until(lambda: Mailbox.objects.get(pk=row.pk).lease_until is not None)
        server.deliver(PERSON, mail(OTHER), mail("a@b.example"))
        until(lambda: life.attempts() == 1)
        with server.client(PERSON) as client:
            client.subscribe_folder("Later")  # as a mail program may do
            client.select_folder("Later")
            client.move(client.search(), "INBOX")  # the folder goes only when it is empty
            until(lambda: server.raws(PERSON, "Later") == [])
        removal = Removal(life.person, home, life.machine, life.clock)
        removal.ask()
        Request.objects.update(ready_at=now())
        removed = removal.do()
        watchers.keep_up()
    assert (removed.mailboxes, removed.stays) == (1, ())
    assert not Person.objects.exists()
    assert (scripts(server), folders(server)) == before


def test_each_trouble_is_told(life: Life, server: Dovecot) -> None:
    """One that was told already hides no other."""
    row = life.add(server)
    for role, trouble in ((Role.INBOX, Trouble.CERTIFICATE), (Role.SENT, Trouble.FULL)):
        watching.note_trouble(row.folders.get(role=role), trouble, now())
        duties.tell(life.boxes, row)
    duties.tell(life.boxes, row)
    assert Notice.objects.filter(person=life.person).count() == 2
