"""A rule that was taken away is not put back by a renewal that was on its way."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from stillwater.channels.mail.live import managesieve
from stillwater.channels.mail.live.troubles import MailError
from stillwater.gate.live import duties, leases, undoing
from stillwater.gate.models import Mailbox
from tests.integration.mail.conftest import Life, until
from tests.integration.mail.test_leases import THEIR_OWN, folders, give_filter, lease, scripts
from tests.support.dovecot import Dovecot
from tests.support.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)


def beside(work: Callable[[], object]) -> threading.Thread:
    """In a thread, as the watcher's process would."""

    def worked() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=worked)
    thread.start()
    return thread


def test_a_removal_waits_for_a_renewal_that_was_begun(life: Life, server: Dovecot) -> None:
    give_filter(server, THEIR_OWN)
    before = scripts(server), folders(server)
    with Wire(server.ports["sieve"]) as wire:
        row = life.add(server, sieve_port=wire.port)
        watchers_own = Mailbox.objects.get(pk=row.pk)
        wire.mute_at = b"PUTSCRIPT"
        renewing = beside(lambda: leases.renew(life.boxes, watchers_own))
        until(lambda: wire.mutes == 1)
        waits = life.boxes.ask_to_remove(row)
        removing = beside(lambda: undoing.undo_and_forget(life.boxes, row, waits))
        removing.join(1.0)  # it must not get through meanwhile
        wire.mute_at = None
        renewing.join()
        removing.join()
    assert Mailbox.objects.count() == 0
    assert (scripts(server), folders(server)) == before


def test_a_renewal_after_the_removal_does_nothing(life: Life, server: Dovecot) -> None:
    before = scripts(server), folders(server)
    row = lease(life, server)
    watchers_own = Mailbox.objects.get(pk=row.pk)  # type: ignore[attr-defined]
    waits = life.boxes.ask_to_remove(row)  # type: ignore[arg-type]
    undoing.undo_and_forget(life.boxes, row, waits)  # type: ignore[arg-type]
    assert not leases.renew(life.boxes, watchers_own)
    assert (scripts(server), folders(server)) == before


def test_a_removal_that_broke_off_is_not_undone_by_a_renewal(
    life: Life, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule is gone, the mailbox is not yet: from then on it is only removed further."""
    with Wire(server.ports["imap"]) as wire:
        row = life.add(server, port=wire.port, sieve_port=server.ports["sieve"])
        assert leases.renew(life.boxes, row)
        watchers_own = Mailbox.objects.get(pk=row.pk)
        waits = life.boxes.ask_to_remove(row)
        wire.cut_at = b"LIST"
        with pytest.raises(MailError):
            undoing.undo_and_forget(life.boxes, row, waits)
        assert scripts(server) == {}
        assert not leases.renew(life.boxes, watchers_own)
        assert scripts(server) == {}
        wire.cut_at = None
        duties.do(life.boxes, watchers_own)
    assert Mailbox.objects.count() == 0


def test_a_removal_that_was_taken_back_undoes_nothing(life: Life, server: Dovecot) -> None:
    from stillwater.core.errors import UserError

    row = lease(life, server)
    there = scripts(server)
    waits = life.boxes.ask_to_remove(row)  # type: ignore[arg-type]
    life.boxes.keep(row)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="not waiting"):
        undoing.undo_and_forget(life.boxes, row, waits)  # type: ignore[arg-type]
    assert scripts(server) == there


@pytest.mark.parametrize("own", [None, THEIR_OWN])
def test_forgotten_here_and_added_again_is_removed_all_the_same(
    life: Life, server: Dovecot, own: bytes | None
) -> None:
    """Our lines lie there from before; what was without them is what is left behind."""
    if own is not None:
        give_filter(server, own)
    before = scripts(server)
    row = lease(life, server)
    waits = life.boxes.ask_to_remove(row)  # type: ignore[arg-type]
    undoing.forget_here(life.boxes, row, waits)  # type: ignore[arg-type]
    again = lease(life, server)
    leases.remove(life.boxes, again)  # type: ignore[arg-type]
    assert scripts(server) == before


def test_stopped_between_the_lease_and_its_lines(
    life: Life, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scripts(server), folders(server)
    row = life.add(server, sieve_port=server.ports["sieve"])
    really, put = managesieve.ManageSieve.put, []

    def stopped(self: managesieve.ManageSieve, name: str, script: bytes) -> None:
        if put:
            raise KeyboardInterrupt
        put.append(name)
        really(self, name, script)

    monkeypatch.setattr(managesieve.ManageSieve, "put", stopped)
    with pytest.raises(KeyboardInterrupt):
        leases.renew(life.boxes, row)
    monkeypatch.undo()
    assert len(scripts(server)) == 1
    waits = life.boxes.ask_to_remove(row)
    undoing.undo_and_forget(life.boxes, Mailbox.objects.get(pk=row.pk), waits)
    assert (scripts(server), folders(server)) == before
