"""One mail that breaks something, or is not given, keeps no other from being looked at."""

from typing import Any

import pytest

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.mailbox import Mailbox
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.home import Home
from stillwater.gate.intake import Intake
from stillwater.gate.models import WatchedFolder
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = (
    mail(OTHER, number=1),
    mail("a@b.example", "odd one"),
    mail(OTHER, number=2),
    mail("c@d.example"),
)


def inbox(life: Life) -> WatchedFolder:
    return WatchedFolder.objects.get(mailbox__person=life.person, role=Role.INBOX)


@pytest.mark.parametrize("where", ["triage", "take_in"])
def test_a_mail_that_breaks_something_of_ours(
    life: Life, server: Dovecot, home: Home, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    really = getattr(Intake, where)

    def breaks(self: Intake, given: Any, **how: Any) -> Any:
        raws = [given] if isinstance(given, bytes) else [one.raw for one in given]
        if any(b"odd one" in raw for raw in raws):
            raise RuntimeError
        return really(self, given, **how)

    monkeypatch.setattr(Intake, where, breaks)
    life.add(server)
    server.deliver(PERSON, *MAILS)
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 2, patience=15)
        until(lambda: inbox(life).trouble == Trouble.BROKEN)
        assert inbox(life).uidnext == 2  # it is looked at again
        monkeypatch.undo()
        until(lambda: inbox(life).trouble == "")
    assert inbox(life).uidnext == 5
    assert len(server.raws(PERSON, "INBOX")) == 2
    assert life.attempts() == 2


def test_a_mail_that_the_server_does_not_give(
    life: Life, server: Dovecot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there, and left out of the answer: it is asked for again, and that is said."""
    really = Mailbox.fetch
    monkeypatch.setattr(
        Mailbox,
        "fetch",
        lambda self, uids: ([m for m in batch if m.uid != 1] for batch in really(self, uids)),
    )
    life.add(server)
    server.deliver(PERSON, *MAILS)
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
        until(lambda: inbox(life).trouble == Trouble.REFUSED, patience=10)
        monkeypatch.undo()
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
    assert len(server.raws(PERSON, "INBOX")) == 2
