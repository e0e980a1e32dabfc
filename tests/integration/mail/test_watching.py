"""New mail of the other is gone from sight, sealed and recorded; nobody else's is touched."""

from datetime import timedelta

import pytest

from stillwater.channels.mail.live.account import Role
from stillwater.core.home import Home
from stillwater.core.words import Action
from stillwater.gate.models import Attempt, Notice, WatchedFolder
from tests.integration.mail.conftest import Life, mail, now, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)


def test_theirs_goes_and_wanted_stays(life: Life, server: Dovecot, home: Home) -> None:
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail("Ana <ana@friends.example>"), mail(OTHER), mail("x@y.example"))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        until(lambda: life.attempts() == 1)
        assert len(server.raws(PERSON, "INBOX")) == 2


def test_a_storm_of_live_mail_is_told_once(life: Life, server: Dovecot, home: Home) -> None:
    """By its server's word of when it came, whatever date its sender wrote into it."""
    burst = [mail(OTHER, number=number) for number in range(20)]
    dated = [one.replace(b"24 Nov 2026", b"24 Nov 2021") for one in burst]
    life.add(server)
    with watched(home):
        server.deliver(PERSON, *dated)
        until(lambda: life.attempts() == len(dated))
        until(lambda: Attempt.objects.filter(state=Attempt.State.READ).count() == len(dated))
    assert [one.tier for one in Notice.objects.filter(person=life.person)] == [2]
    assert Attempt.objects.filter(action=Action.ALERT).count() == 1


def test_a_folder_of_the_persons_own_with_the_name_of_ours(
    life: Life, server: Dovecot, home: Home
) -> None:
    """What they kept there stays there; only what came in since may be a mistake of ours."""
    old = now() - timedelta(days=30)
    with server.client(PERSON) as client:
        client.create_folder("Later")
        client.append("Later", mail("shop@offers.example", "read this later"), (), old)
        life.add(server)
        client.append("Later", mail("a@b.example", "filed by mistake"), (), now())
    with watched(home):
        until(lambda: len(server.raws(PERSON, "INBOX")) == 1)
        until(lambda: is_seen(life, Role.HOLD))
    assert b"by mistake" in server.raws(PERSON, "INBOX")[0]
    assert len(server.raws(PERSON, "Later")) == 1


def test_the_junk_folder_as_hold_folder_is_not_moved_into_itself(
    life: Life, server: Dovecot, home: Home
) -> None:
    life.add(server, hold_folder="Junk")
    with watched(home), server.client(PERSON, "Junk") as client:
        client.append("Junk", mail(OTHER))
        until(lambda: life.attempts() == 1)
        until(lambda: is_seen(life, Role.JUNK) and is_seen(life, Role.HOLD))
        client.select_folder("Junk", readonly=True)
        assert client.search() == [1]


def is_seen(life: Life, role: Role) -> bool:
    folder = WatchedFolder.objects.get(mailbox__person=life.person, role=role)
    return folder.seen_at is not None and folder.uidnext > 1
