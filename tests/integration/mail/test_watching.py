"""New mail of the other is gone from sight, sealed and recorded; nobody else's is touched."""

import pytest

from stillwater.core.home import Home
from tests.integration.mail.conftest import Life, mail, until, watched
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
