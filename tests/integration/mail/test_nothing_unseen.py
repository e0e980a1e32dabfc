"""Nothing stays unseen while it is said that all is being watched."""

from datetime import timedelta

import pytest

from stillwater.channels.mail.live.account import MailAccount, Role, Security
from stillwater.channels.mail.live.mailbox import Mailbox
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.home import Home
from stillwater.gate.live import duties, watching
from stillwater.gate.live.watching import Watching
from stillwater.gate.models import Notice, WatchedFolder
from stillwater.workers import mailboxes as workers
from tests.integration.mail.conftest import Life, mail, now, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)


def is_all_watched(life: Life) -> bool:
    return watching.state_of(life.person, now()).watching is Watching.ALL


def test_without_the_hold_folder_nobody_watches(life: Life, server: Dovecot) -> None:
    """What the server's own rule files is sealed and read from there, and nowhere else."""
    row = life.add(server)
    for folder in row.folders.all():
        watching.note_seen(folder, now())
    assert is_all_watched(life)
    watching.note_trouble(row.folders.get(role=Role.HOLD), Trouble.REFUSED, now())
    assert not is_all_watched(life)


def test_a_server_that_was_put_back_to_an_older_state(
    life: Life, server: Dovecot, home: Home
) -> None:
    """It gives lower UIDs out than before, under the same UIDVALIDITY."""
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail("a@b.example"))
        until(lambda: is_all_watched(life))
    inbox = WatchedFolder.objects.get(role=Role.INBOX)
    WatchedFolder.objects.filter(pk=inbox.pk).update(uidnext=inbox.uidnext + 1000)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_another_folder_is_the_junk_folder_now(
    life: Life, server: Dovecot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection keeps the folder that it selected, whatever the server says meanwhile."""
    junk = "Junk"
    really = Mailbox.folder_for
    monkeypatch.setattr(
        Mailbox,
        "folder_for",
        lambda self, role: junk if role is Role.JUNK else really(self, role),
    )
    monkeypatch.setattr(workers, "WAIT", 0.2)
    monkeypatch.setattr(workers, "SELECTED_FOR", 0.0, raising=False)
    life.add(server)
    with watched(home), server.client(PERSON) as client:
        until(lambda: is_all_watched(life))
        client.create_folder("Rubbish")
        junk = "Rubbish"
        client.append("Rubbish", mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1, patience=10)


def test_a_watcher_that_has_stopped_is_told_by_whoever_does_not_watch(life: Life) -> None:
    row = life.boxes.add(MailAccount("127.0.0.1", PERSON, 9, Security.PLAIN, sieve_port=0), "any")
    for folder in row.folders.all():
        watching.note_seen(folder, now() - watching.TOLD_AFTER - timedelta(minutes=1))
    for _ in range(2):
        duties.tell_where_nobody_watches(life.boxes)
    assert Notice.objects.filter(person=life.person).count() == 1
    watching.note_seen(row.folders.get(role=Role.INBOX), now())
    assert watching.state_of(life.person, now()).watching is Watching.NOT


@pytest.mark.parametrize("trouble", [None, Trouble.UNREACHABLE])
def test_what_is_watched_or_told_already_is_no_silence(life: Life, trouble: Trouble | None) -> None:
    row = life.boxes.add(MailAccount("127.0.0.1", PERSON, 9, Security.PLAIN, sieve_port=0), "any")
    for folder in row.folders.all():
        watching.note_seen(folder, now() - timedelta(minutes=1 if trouble is None else 90))
    if trouble is not None:
        watching.note_trouble(row.folders.get(role=Role.INBOX), trouble, now())
    duties.tell_where_nobody_watches(life.boxes)
    assert not Notice.objects.exists()
