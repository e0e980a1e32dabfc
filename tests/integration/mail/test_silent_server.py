"""A server that is slow or silent while mail is moved holds up nothing else of that person."""

import time
from dataclasses import replace

import pytest

from stillwater.channels.mail.live.account import Role
from stillwater.core.home import Home
from stillwater.gate.live import turns
from stillwater.gate.models import Attempt, WatchedFolder
from stillwater.vault.locks import person_lock
from stillwater.workers.supervisor import STOP_PATIENCE
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON
from tests.support.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)


def decided(life: Life) -> int:
    return Attempt.objects.filter(person=life.person).exclude(state=Attempt.State.SEALED).count()


def test_silent_in_the_middle_of_a_move(life: Life, server: Dovecot, home: Home) -> None:
    """Sealed, read, and the lock is free: for a page, an import, and the other folders."""
    with Wire(server.ports["imap"]) as wire:
        wire.mute_at = b"UID MOVE"
        life.add(server, port=wire.port)
        with watched(home):
            server.deliver(PERSON, mail(OTHER))
            until(lambda: wire.mutes == 1)
            until(lambda: decided(life) == 1)
            with person_lock(home, life.person), server.client(PERSON) as client:
                client.append("Junk", mail(OTHER, number=2))
            until(lambda: decided(life) == 2)
            assert len(server.raws(PERSON, "INBOX")) == 1
            inbox = WatchedFolder.objects.get(role=Role.INBOX)
            assert inbox.uidnext == 1, "it counts as looked at when it is out of sight"
            wire.mute_at = None
            until(lambda: len(server.raws(PERSON, "Later")) == 2)
            until(lambda: WatchedFolder.objects.get(role=Role.INBOX).uidnext == 2)
        assert server.raws(PERSON, "INBOX") == server.raws(PERSON, "Junk") == []
    assert life.attempts() == 2


def test_stopped_while_the_server_is_silent(life: Life, server: Dovecot, home: Home) -> None:
    """Sealed and not moved yet when the program ends: moved at the next start, sealed once."""
    with Wire(server.ports["imap"]) as wire:
        wire.mute_at = b"UID MOVE"
        row = life.add(server, port=wire.port)
        with watched(home):
            server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(5)), mail("a@b.example"))
            until(lambda: wire.mutes >= 1)
            until(lambda: decided(life) == 5)
            asked_to_stop = time.monotonic()
        assert time.monotonic() - asked_to_stop < STOP_PATIENCE, "it would have been killed"
    assert len(server.raws(PERSON, "INBOX")) == 6
    account = life.boxes.account(row)
    row.for_gate = life.boxes._sealed(replace(account, port=server.ports["imap"]))
    row.save()
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 5)
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert life.attempts() == 5


def test_what_is_on_its_way_when_the_mailbox_is_removed_stays_in_sight(
    life: Life, server: Dovecot, home: Home
) -> None:
    row = life.add(server)
    with watched(home) as watchers:
        until(lambda: WatchedFolder.objects.get(role=Role.INBOX).seen_at is not None)
        waits = life.boxes.ask_to_remove(row)
        with turns.undoing(home, row):
            server.deliver(PERSON, mail(OTHER))
            until(lambda: decided(life) == 1)
            life.boxes.forget(row, waits)
        watchers.keep_up()
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert server.raws(PERSON, "Later") == []
    assert not list(home.locks.glob("mailbox-*"))
