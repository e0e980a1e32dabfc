"""Servers without MOVE, that break off between a copy and the deletion: no mail is there twice."""

from collections.abc import Iterator

import pytest

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.troubles import MailError
from stillwater.core.home import Home
from stillwater.gate.live import undoing
from stillwater.gate.models import Mailbox, WatchedFolder
from stillwater.workers import mailboxes as workers
from tests.integration.mail.conftest import Life, mail, now, until, watched
from tests.integration.mail.test_hard_days import PLAIN_OLD, VERY_OLD
from tests.support.dovecot import Dovecot, dovecot
from tests.support.mailbox import OTHER, PERSON
from tests.support.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[PLAIN_OLD, VERY_OLD], ids=["UIDPLUS", "neither"])
def old_server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Dovecot]:
    monkeypatch.setattr(workers, "POLL", 0.2)
    with dovecot(capability=request.param) as running:
        yield running


def test_cut_between_copy_and_deletion(life: Life, old_server: Dovecot, home: Home) -> None:
    with Wire(old_server.ports["imap"]) as wire:
        wire.cut_at = b"Deleted)"
        life.add(old_server, port=wire.port)
        with watched(home):
            old_server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(3)))
            until(lambda: wire.cuts >= 3)
            assert len(old_server.raws(PERSON, "INBOX")) == 3
            wire.cut_at = None
            until(lambda: old_server.raws(PERSON, "INBOX") == [])
    assert len(old_server.raws(PERSON, "Later")) == 3
    assert life.attempts() == 3


def test_the_same_letter_delivered_twice_keeps_both(
    life: Life, old_server: Dovecot, home: Home
) -> None:
    """One source identity, and not the same bytes: neither is taken for the other's leftover."""
    life.add(old_server)
    with watched(home):
        old_server.deliver(PERSON, mail(OTHER))
        until(lambda: len(old_server.raws(PERSON, "Later")) == 1)
        old_server.deliver(PERSON, mail(OTHER))
        until(lambda: len(old_server.raws(PERSON, "Later")) == 2)
    assert life.attempts() == 1


def test_wanted_mail_that_goes_back_is_not_doubled(
    life: Life, old_server: Dovecot, home: Home
) -> None:
    with old_server.client(PERSON) as client:
        client.create_folder("Later")
    with Wire(old_server.ports["imap"]) as wire:
        wire.cut_at = b"Deleted)"
        life.add(old_server, port=wire.port)
        with old_server.client(PERSON) as client:
            client.append("Later", mail("a@b.example", "filed by mistake"), (), now())
        with watched(home):
            until(lambda: wire.cuts >= 2)
            wire.cut_at = None
            until(lambda: old_server.raws(PERSON, "Later") == [])
    assert len(old_server.raws(PERSON, "INBOX")) == 1


def test_what_returns_at_a_removal_is_not_doubled(
    life: Life, old_server: Dovecot, home: Home
) -> None:
    """And where it breaks off, nothing is forgotten: it is done again, and whole."""
    with Wire(old_server.ports["imap"]) as wire:
        row = life.add(old_server, port=wire.port)
        with watched(home):
            old_server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(3)))
            until(lambda: len(old_server.raws(PERSON, "Later")) == 3)
            until(lambda: WatchedFolder.objects.get(role=Role.HOLD).uidnext == 4)
        waits = life.boxes.ask_to_remove(row, undoing.Held.RETURNS)
        wire.cut_at = b"Deleted)"
        with pytest.raises(MailError):
            undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)
        assert Mailbox.objects.filter(pk=row.pk).exists()
        wire.cut_at = None
        undoing.undo_and_forget(life.boxes, row, waits, undoing.Held.RETURNS)
    assert len(old_server.raws(PERSON, "INBOX")) == 3
    with old_server.client(PERSON) as client:
        assert not client.folder_exists("Later")
