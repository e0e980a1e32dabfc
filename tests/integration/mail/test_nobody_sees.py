"""Where the server files by itself, no other program ever hears of theirs in the inbox."""

import pytest

from stillwater.core.home import Home
from stillwater.gate.live import leases
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import PERSON, made_theirs

pytestmark = pytest.mark.django_db(transaction=True)

THEIRS = 500


def test_none_of_500_is_ever_in_the_inbox(life: Life, server: Dovecot, home: Home) -> None:
    """As a phone would hear of it: another client that waits in IDLE all the while."""
    row = life.add(server, sieve_port=server.ports["sieve"])
    assert leases.renew(life.boxes, row)
    with watched(home), server.client(PERSON, "INBOX") as phone:
        phone.idle()
        server.deliver(PERSON, *made_theirs(THEIRS))
        until(lambda: life.attempts() == THEIRS, patience=180)
        server.deliver(PERSON, mail("Ana <ana@friends.example>"))
        heard: list[object] = []
        until(lambda: heard.extend(phone.idle_check(1)) or any(map(is_new, heard)))
        phone.idle_done()
        # It heard of one mail, the wanted one, and of no other that came or went.
        assert [one for one in heard if is_new(one) or is_gone(one)] == [(1, b"EXISTS")]
    assert len(server.raws(PERSON, "Later")) == THEIRS
    assert len(server.raws(PERSON, "INBOX")) == 1


def is_new(line: object) -> bool:
    return isinstance(line, tuple) and len(line) > 1 and line[1] == b"EXISTS"


def is_gone(line: object) -> bool:
    return isinstance(line, tuple) and len(line) > 1 and line[1] == b"EXPUNGE"
