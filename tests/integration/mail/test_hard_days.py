"""Servers that break off, refuse, change underfoot or go silent: nothing lost, and it is said."""

import threading
import time
from dataclasses import replace

import pytest
from keyring.errors import KeyringLocked

from stillwater.channels.mail.live.account import MailAccount, Role, Security
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.home import Home
from stillwater.gate.live import duties, watching
from stillwater.gate.live.sessions import open_mailbox
from stillwater.gate.live.watching import Watching
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.models import Notice, WatchedFolder
from stillwater.workers import mailboxes as workers
from tests.integration.mail.conftest import PATIENCE, Life, account_on, mail, now, until, watched
from tests.support.dovecot import PASSWORD, Dovecot, dovecot, make_certificate
from tests.support.mailbox import OTHER, PERSON
from tests.support.wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)

PLAIN_OLD = "IMAP4rev1 SASL-IR LITERAL+ UIDPLUS"  # no MOVE, no IDLE
VERY_OLD = "IMAP4rev1"  # no UIDPLUS either


def trouble_of(row: Row, role: Role = Role.INBOX) -> str:
    return WatchedFolder.objects.get(mailbox=row, role=role).trouble


def is_all_watched(life: Life) -> bool:
    return watching.state_of(life.person, now()).watching is Watching.ALL


@pytest.mark.parametrize("capability", [PLAIN_OLD, VERY_OLD])
def test_servers_without_move_or_idle(
    life: Life, home: Home, capability: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "POLL", 0.2)
    with dovecot(capability=capability) as server:
        life.add(server)
        with server.client(PERSON) as client:  # somebody's mail that they marked as deleted
            client.append("INBOX", mail("a@b.example", "marked"), [b"\\Deleted"])
        with watched(home):
            server.deliver(PERSON, mail(OTHER), mail("c@d.example"))
            until(lambda: len(server.raws(PERSON, "Later")) == 1)
            until(lambda: len(server.raws(PERSON, "INBOX")) == 2)
        with server.client(PERSON, "INBOX") as client:
            assert len(client.search("DELETED")) == 1


def test_gone_in_the_middle_of_a_move(life: Life, server: Dovecot, home: Home) -> None:
    """The connection ends when MOVE was asked for: sealed once, and out of sight in the end."""
    with Wire(server.ports["imap"]) as wire:
        wire.cut_at = b"UID MOVE"
        life.add(server, port=wire.port)
        with watched(home):
            server.deliver(PERSON, *(mail(OTHER, number=n) for n in range(20)))
            until(lambda: wire.cuts >= 1)
            wire.cut_at = None
            until(lambda: len(server.raws(PERSON, "Later")) == 20)
        assert server.raws(PERSON, "INBOX") == []
        assert life.attempts() == 20


def test_uids_that_mean_other_mails_now(life: Life, server: Dovecot, home: Home) -> None:
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail("a@b.example"), mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        until(lambda: is_all_watched(life))
    folder = WatchedFolder.objects.get(role=Role.INBOX)
    WatchedFolder.objects.filter(pk=folder.pk).update(
        uidvalidity=folder.uidvalidity + 1, uidnext=folder.uidnext + 1000
    )
    server.deliver(PERSON, mail(OTHER, number=2))
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert life.attempts() == 2


def test_the_hold_folder_is_renamed_or_deleted(life: Life, server: Dovecot, home: Home) -> None:
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        with server.client(PERSON) as client:
            client.rename_folder("Later", "Elsewhere")
        server.deliver(PERSON, mail(OTHER, number=2))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert server.raws(PERSON, "INBOX") == []
    assert life.attempts() == 2


def test_junk_is_renamed(life: Life, server: Dovecot, home: Home) -> None:
    row = life.add(server)
    with watched(home):
        until(lambda: is_all_watched(life))
        with server.client(PERSON) as client:
            client.rename_folder("Junk", "Rubbish")
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert trouble_of(row, Role.INBOX) == ""


def test_junk_was_put_away_and_made_anew(life: Life, server: Dovecot, home: Home) -> None:
    """The server itself gives the same UIDs out once more, under another UIDVALIDITY."""
    life.add(server)
    with server.client(PERSON) as client:
        client.append("Junk", mail("shop@offers.example"))
        with watched(home):
            until(lambda: WatchedFolder.objects.get(role=Role.JUNK).uidnext == 2)
        before = WatchedFolder.objects.get(role=Role.JUNK).uidvalidity
        client.rename_folder("Junk", "Rubbish")
        client.create_folder("Junk")
        client.append("Junk", mail(OTHER))
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert WatchedFolder.objects.get(role=Role.JUNK).uidvalidity != before
    assert server.raws(PERSON, "Junk") == []
    assert life.attempts() == 1


def test_a_full_mailbox_is_said(life: Life, home: Home) -> None:
    """Where a copy is needed and there is no room, theirs is sealed, stays, and it is said."""
    with dovecot(quota="40K", capability=PLAIN_OLD) as server:
        row = life.add(server)
        server.deliver(PERSON, mail(OTHER, "x" * 30_000))
        with watched(home):
            until(lambda: trouble_of(row) == Trouble.FULL)
        assert life.attempts() == 1
        assert len(server.raws(PERSON, "INBOX")) == 1
        assert watching.state_of(life.person, now()).watching is Watching.NOT


def test_a_password_that_stopped_working_is_told(life: Life, server: Dovecot, home: Home) -> None:
    row = life.add(server)
    with watched(home):
        until(lambda: is_all_watched(life))
        server.set_password(PERSON, "another one")
        server.restart()
        until(lambda: trouble_of(row) == Trouble.PASSWORD)
        duties.tell(life.boxes, row)
        duties.tell(life.boxes, row)
        Notice.objects.update(acknowledged_at=now())
        duties.tell(life.boxes, row)
        assert Notice.objects.filter(person=life.person).count() == 1  # once
        server.deliver(PERSON, mail(OTHER))
        life.boxes.change_secret(row, "another one")
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        until(lambda: is_all_watched(life))


class LockedRing:
    """A desktop's keyring before anybody signed in there."""

    def get_password(self, service: str, name: str) -> str | None:
        raise KeyringLocked

    set_password = delete_password = get_password  # type: ignore[assignment]


def test_a_locked_keyring_is_no_wrong_password(life: Life, server: Dovecot) -> None:
    """Nobody is told that somebody else may have changed it."""
    row = life.add(server)
    row.secret = b""
    locked = replace(life.boxes, ring=LockedRing())  # type: ignore[arg-type]
    with pytest.raises(MailError) as told:
        open_mailbox(locked, row)
    assert told.value.trouble is Trouble.KEYRING


@pytest.mark.parametrize("password", ["pässwört", 'quo"te\\s and spaces'])
def test_passwords_of_all_kinds(server: Dovecot, password: str) -> None:
    server.set_password(PERSON, password)
    hanging = open_connection(account_on(server), Secret(password))
    with hanging_up(Mailbox(account_on(server), hanging)) as mailbox:
        assert mailbox.abilities().move


def test_a_certificate_that_cannot_be_trusted(life: Life, server: Dovecot, home: Home) -> None:
    """Nothing is said to such a server, the password least of all."""
    account = MailAccount(host="localhost", user=PERSON, port=server.ports["imaps"], sieve_port=0)
    row = life.boxes.add(account, PASSWORD)
    with watched(home):
        until(lambda: trouble_of(row) == Trouble.CERTIFICATE)
    assert "Login" not in server.log()


def test_tls_with_a_certificate_that_is_trusted(life: Life, server: Dovecot, home: Home) -> None:
    for security, port in ((Security.TLS, "imaps"), (Security.STARTTLS, "imap")):
        account = MailAccount(
            host="localhost",
            user=PERSON,
            port=server.ports[port],
            security=security,
            trusted=str(server.trusted),
        )
        with hanging_up(Mailbox(account, open_connection(account, Secret(PASSWORD)))) as mailbox:
            assert mailbox.abilities().move


def test_a_certificate_for_another_name(server: Dovecot) -> None:
    make_certificate(server.folder, "elsewhere.example")
    server.restart()
    account = account_on(
        server,
        host="localhost",
        security=Security.TLS,
        port=server.ports["imaps"],
        trusted=str(server.trusted),
    )
    with pytest.raises(MailError) as told:
        open_connection(account, Secret(PASSWORD))
    assert told.value.trouble is Trouble.CERTIFICATE


def test_a_connection_that_goes_silent(
    life: Life, server: Dovecot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer within the time: it is called silent, and called again."""
    monkeypatch.setattr(workers, "WAIT", 0.5)
    monkeypatch.setattr("stillwater.channels.mail.live.connection.ANSWER_WITHIN", 1.0)
    with Wire(server.ports["imap"]) as wire:
        row = life.add(server, port=wire.port)
        with watched(home):
            until(lambda: is_all_watched(life))
            wire.silent = True
            until(lambda: trouble_of(row) in (Trouble.SILENT, Trouble.UNREACHABLE))
            server.deliver(PERSON, mail(OTHER))
            wire.silent = False
            until(lambda: len(server.raws(PERSON, "Later")) == 1)
            until(lambda: is_all_watched(life))


def test_a_server_that_ends_without_a_word_is_noticed_at_once(server: Dovecot) -> None:
    """Else nobody would watch until the waiting is over, and a core would do nothing but look."""
    account = account_on(server)
    opened = open_connection(account, Secret(PASSWORD))
    with hanging_up(Mailbox(account, opened)) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids_from(1)
        ending = threading.Timer(0.2, server.kill)
        ending.start()
        began = time.monotonic()
        with pytest.raises(MailError):
            mailbox.wait(PATIENCE)
        ending.join()
        assert time.monotonic() - began < PATIENCE / 2


def test_nobody_watches_while_the_program_is_off(life: Life, server: Dovecot, home: Home) -> None:
    life.add(server)
    with watched(home):
        until(lambda: is_all_watched(life))
    seen = WatchedFolder.objects.get(role=Role.INBOX).seen_at
    assert seen is not None
    later = seen + watching.STALE_AFTER * 2
    state = watching.state_of(life.person, later)
    assert state.watching is Watching.NOT
    assert state.in_words.startswith("Not watching since ")


def test_no_plan_yet_is_said(new_life, server: Dovecot, home: Home) -> None:  # type: ignore[no-untyped-def]
    from stillwater.plan.models import PlanVersion

    life = new_life()
    row = life.add(server)
    PlanVersion.objects.filter(person=life.person).delete()
    server.deliver(PERSON, mail(OTHER))
    with watched(home):
        until(lambda: trouble_of(row) == Trouble.NO_PLAN)
    assert len(server.raws(PERSON, "INBOX")) == 1
