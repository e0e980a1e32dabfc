"""Our mailbox over what Gmail and Outlook say: see tests/support/dialects.py for what it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from stillwater.channels.mail.live import moving
from stillwater.channels.mail.live.account import MailAccount, Role, SignIn
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.findings import About, State
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.probe import probe
from stillwater.channels.mail.live.tokens import signed_in
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.gate.live.folder import Look
from stillwater.gate.live.standing_gate import StandingGate
from stillwater.gate.models import WatchedFolder
from tests.integration.mail.conftest import Life, mail
from tests.integration.mail_servers.test_device_flow import ACCOUNT as MICROSOFT
from tests.support.certificates import Authority
from tests.support.dialects import Dialect, playing
from tests.support.mailbox import OTHER, PERSON
from tests.support.token_endpoint import TokenEndpoint

MAILS = {
    "theirs": mail(OTHER),
    "alias": mail("jordan+again@mail.example", number=2),
    "wanted": mail("Ana <ana@friends.example>"),
    "junk": b"Junk Email",
    "vouched": b"Authentication-Results: mx.google.com;\r\n dmarc=pass\r\n\r\n",
}
BOTH = pytest.mark.parametrize("name", ["gmail", "outlook"])
TOKEN = Secret("a good token", is_token=True)


@contextmanager
def played(name: str, authority: Authority, start: str = "start") -> Iterator[Dialect]:
    how = {"user": PERSON, "token": TOKEN.value, "mails": MAILS, "start": start}
    with playing(name, authority, **how) as dialect:  # type: ignore[arg-type]
        yield dialect
        assert dialect.unexpected == []


def account_on(dialect: Dialect, authority: Authority, how: SignIn = SignIn.GOOGLE) -> MailAccount:
    return MailAccount(
        host="localhost",
        user=PERSON,
        port=dialect.port,
        sign_in=how,
        sieve_port=0,
        trusted=str(authority.ca),
    )


@contextmanager
def opened(name: str, authority: Authority) -> Iterator[Mailbox]:
    with played(name, authority) as dialect:
        account = account_on(dialect, authority)
        with hanging_up(Mailbox(account, open_connection(account, TOKEN))) as mailbox:
            yield mailbox


@BOTH
def test_what_it_can_is_what_it_says_after_signing_in(name: str, authority: Authority) -> None:
    with opened(name, authority) as mailbox:
        can = mailbox.abilities()
        assert (can.move, can.idle, can.uid_expunge) == (True, True, True)
        assert can.gmail == (name == "gmail")


@BOTH
def test_a_refused_token_is_a_permission_that_ended(name: str, authority: Authority) -> None:
    """And no "password": and the reason that Gmail tells first is answered with nothing."""
    with played(name, authority) as dialect:
        with pytest.raises(MailError) as told:
            open_connection(account_on(dialect, authority), Secret("an old token", is_token=True))
        assert told.value.trouble is Trouble.TOKEN
        if name == "gmail":
            assert dialect.asked[-1] == ""


def test_a_refused_token_is_renewed_once(authority: Authority, endpoint: TokenEndpoint) -> None:
    from dataclasses import replace

    from tests.integration.mail_servers.test_device_flow import signed_in as first_sign_in

    kept = [first_sign_in(endpoint).keep]  # holds access-1; the server wants access-2
    for wanted, connections in (("access-2", 2), ("access-9", 2)):
        with playing("outlook", authority, user=PERSON, token=wanted) as dialect:
            account = replace(
                account_on(dialect, authority, SignIn.MICROSOFT),
                client_id=MICROSOFT.client_id,
                tenant=MICROSOFT.tenant,
            )
            if wanted == "access-2":
                signed_in(account, kept[0], kept.append, endpoint.endpoints).shutdown()
                assert "access-2" in kept[-1]
            else:
                with pytest.raises(MailError) as told:
                    signed_in(account, kept[-1], kept.append, endpoint.endpoints)
                assert told.value.trouble is Trouble.TOKEN
            assert dialect.connections == connections


@pytest.mark.parametrize(
    ("password", "trouble"),
    [
        ("wrong", Trouble.PASSWORD),
        ("not-an-app-password", Trouble.PASSWORD),
        ("busy", Trouble.UNREACHABLE),
        ("hang-up", Trouble.UNREACHABLE),
    ],
)
def test_not_now_is_no_wrong_password(
    authority: Authority, password: str, trouble: Trouble
) -> None:
    with played("gmail", authority) as dialect:
        with pytest.raises(MailError) as told:
            open_connection(account_on(dialect, authority, SignIn.PASSWORD), Secret(password))
        assert told.value.trouble is trouble


def test_outlook_takes_no_password(authority: Authority) -> None:
    with played("outlook", authority) as dialect:
        with pytest.raises(MailError) as told:
            open_connection(account_on(dialect, authority, SignIn.PASSWORD), Secret("right"))
        assert told.value.trouble is Trouble.PASSWORD


def test_folders_are_known_by_what_they_are_for(authority: Authority) -> None:
    with opened("gmail", authority) as mailbox:
        assert mailbox.folder_for(Role.JUNK) == "[Google Mail]/Spam"  # not the label "Junk"
        assert mailbox.folder_for(Role.SENT) == "[Google Mail]/Gesendet"
        assert mailbox.folder_for(Role.HOLD) is None
        assert ((b"\\Drafts", b"\\HasNoChildren"), "[Google Mail]/Entwürfe") in mailbox.folders()
    with opened("outlook", authority) as mailbox:
        assert mailbox.folder_for(Role.JUNK) == "Junk Email"
        assert mailbox.folder_for(Role.SENT) == "Sent Items"
        assert mailbox.folder_for(Role.HOLD) == "Later"


def test_fetched_byte_for_byte(authority: Authority) -> None:
    """Whatever the order of the answer, and whatever it says of the size."""
    with opened("outlook", authority) as mailbox:
        selected = mailbox.select("INBOX")
        assert (selected.uidvalidity, selected.uidnext, selected.exists) == (14, 43, 2)
        assert mailbox.uids_from(43) == []
        [batch] = mailbox.fetch(mailbox.uids_from(41))
        assert [(one.uid, one.raw) for one in batch] == [
            (41, MAILS["theirs"]),
            (42, MAILS["wanted"]),
        ]
        assert batch[0].arrived_at == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@BOTH
def test_news_while_waiting(name: str, authority: Authority) -> None:
    with opened(name, authority) as mailbox:
        assert mailbox.uids_from(mailbox.select("INBOX").uidnext) == []
        assert mailbox.wait(5.0)


def test_gmail_expunges_by_itself(authority: Authority) -> None:
    """Marked as deleted is gone at once; asking for it again takes nothing else away."""
    with opened("gmail", authority) as mailbox:
        mailbox.select("INBOX")
        moving.delete(mailbox, [5002])


@pytest.mark.parametrize(("name", "uid"), [("gmail", 5003), ("outlook", 42)])
def test_too_much_is_no_full_mailbox(name: str, uid: int, authority: Authority) -> None:
    with opened(name, authority) as mailbox:
        mailbox.select("INBOX")
        for _ in range(2):  # the second time over a connection that ended with BYE
            with pytest.raises(MailError) as told:
                list(mailbox.fetch([uid]))
            assert told.value.trouble is Trouble.UNREACHABLE


def test_authenticated_but_not_connected(authority: Authority) -> None:
    with played("outlook", authority, "not connected") as dialect:
        account = account_on(dialect, authority)
        with hanging_up(Mailbox(account, open_connection(account, TOKEN))) as mailbox:
            for ask in (lambda: mailbox.select("INBOX"), mailbox.folders):
                with pytest.raises(MailError) as told:
                    ask()
                assert told.value.trouble is Trouble.UNREACHABLE


def test_a_folder_that_is_gone(authority: Authority) -> None:
    with opened("gmail", authority) as mailbox:
        with pytest.raises(MailError) as told:
            mailbox.select("Elsewhere")
        assert told.value.trouble is Trouble.FOLDER


@BOTH
def test_the_first_look(name: str, authority: Authority) -> None:
    with played(name, authority) as dialect:
        report = probe(account_on(dialect, authority), TOKEN, idle_for=0.1)
    assert report.can_be_watched
    assert not report.server_files_first
    works = (About.CERTIFICATE, About.MOVE, About.UIDPLUS, About.IDLE, About.JUNK, About.SENT)
    assert {report.state_of(one) for one in works} == {State.WORKS}
    said = "\n".join(report.in_lines())
    assert ("A folder is a label there." in said) == (name == "gmail")
    assert ("“[Google Mail]/Spam”" if name == "gmail" else "“Junk Email”") in said
    # Theirs is told apart by flags; nothing is asked for that changes anything.
    asked = {line.split(" ", 1)[1].split(" ")[0] for line in dialect.asked if " " in line}
    assert asked <= {
        "CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID", "NOOP", "LIST", "NAMESPACE",
        "GETQUOTAROOT", "IDLE",
    }  # fmt: skip
    assert not any(word in line for line in dialect.asked for word in ("STORE", "COPY", "MOVE"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "theirs"), [("gmail", 2), ("outlook", 1)])
def test_a_look_takes_theirs_out_of_sight(
    name: str, theirs: int, life: Life, authority: Authority
) -> None:
    with played(name, authority) as dialect:
        account = account_on(dialect, authority, SignIn.PASSWORD)
        row = life.boxes.add(account, "unused", datetime(2026, 11, 1, tzinfo=UTC))
        folder = WatchedFolder.objects.get(mailbox=row, role=Role.INBOX)
        gate = StandingGate(life.home, life.person, life.clock, life.machine)
        with gate, hanging_up(Mailbox(account, open_connection(account, TOKEN))) as mailbox:
            look = Look(gate, mailbox, folder, "INBOX", row.watch_from)
            look.select()
            look.look()
            assert life.attempts() == theirs
            look.look()  # nothing new
        assert life.attempts() == theirs
        moves = [line for line in dialect.asked if "UID MOVE" in line]
        assert moves, "nothing was moved"
        assert not any("5001" in line or "42" in line.split("MOVE")[1] for line in moves)
