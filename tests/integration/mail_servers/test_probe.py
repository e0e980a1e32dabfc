"""The first look at a server: it says what there is, in plain words, and changes nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from imapclient import IMAPClient

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.channels.mail.live.connection import Secret
from stillwater.channels.mail.live.findings import About, Report, State
from stillwater.channels.mail.live.managesieve import manage_sieve
from stillwater.channels.mail.live.probe import probe
from tests.integration.mail.conftest import account_on, mail
from tests.support.dovecot import PASSWORD, Dovecot, dovecot, free_ports, make_certificate
from tests.support.mailbox import PERSON
from tests.support.wire import Wire

WORKS, NOT, LOOK = State.WORKS, State.DOES_NOT, State.LOOK
FORBIDDEN = re.compile(r"fail|relapse|reset|streak|victim", re.IGNORECASE)


def scripts(server: Dovecot) -> dict[str, tuple[bool, bytes]]:
    account = account_on(server, sieve_port=server.ports["sieve"])
    with manage_sieve(account, Secret(PASSWORD)) as sieve:
        return {one.name: (one.active, sieve.get(one.name)) for one in sieve.scripts()}


def mails(client: IMAPClient, folder: str) -> list[object]:
    """UID, flags (\\Recent too) and size of every mail in a folder."""
    client.select_folder(folder, readonly=True)
    found = client.search("ALL")
    said = client.fetch(found, ["FLAGS", "RFC822.SIZE"]) if found else {}
    return [(uid, sorted(one[b"FLAGS"]), one[b"RFC822.SIZE"]) for uid, one in said.items()]


def whole(server: Dovecot) -> object:
    """Everything of a mailbox that a look could change."""
    with server.client(PERSON) as client:
        names = sorted(name for _, _, name in client.list_folders())
        subscribed = sorted(name for _, _, name in client.list_sub_folders())
        words = ["UIDNEXT", "UIDVALIDITY", "MESSAGES", "UNSEEN", "RECENT"]
        status = [client.folder_status(name, words) for name in names]
        return names, subscribed, status, [mails(client, one) for one in names], scripts(server)


@contextmanager
def unchanged(server: Dovecot) -> Iterator[None]:
    before = whole(server)
    yield
    assert whole(server) == before


def looked(server: Dovecot, **how: object) -> Report:
    fields = {"sieve_port": server.ports["sieve"], **how}
    password = str(fields.pop("password", PASSWORD))
    with unchanged(server):
        report = probe(account_on(server, **fields), Secret(password), idle_for=0.1)
    assert_kind(report)
    return report


def assert_kind(report: Report) -> None:
    """Short sentences, none of the words that are on no screen, a step where one is needed."""
    order = [one.about for one in report.findings]
    assert order == sorted(set(order), key=list(About).index)
    for one in report.findings:
        for text in (one.said, one.next_step, *one.steps):
            assert not FORBIDDEN.search(text), text
            assert all(len(sentence.split()) <= 30 for sentence in re.split(r"[.:?] ", text)), text
        assert one.said.endswith(".")
        assert one.state is WORKS or one.next_step or one.about in (About.QUOTA, About.CERTIFICATE)


def states(report: Report, *abouts: About) -> list[State | None]:
    return [report.state_of(one) for one in abouts]


def test_everything_works(server: Dovecot) -> None:
    server.deliver(PERSON, mail("a@b.example"))
    report = looked(server)
    assert report.can_be_watched
    assert report.server_files_first
    good = [About.REACHED, About.SIGN_IN, About.MOVE, About.UIDPLUS, About.IDLE, About.JUNK]
    assert states(report, *good, About.SENT, About.HOLD, About.SIEVE) == [WORKS] * 9
    said = {one.about: one.said for one in report.findings}
    assert "“Junk”" in said[About.JUNK]
    assert "“Sent”" in said[About.SENT]
    assert "“Later” can be made" in said[About.HOLD]
    assert said[About.FIRST].startswith("The server files it before any program hears of it.")
    assert set(report.to_json()) == {
        "can_be_watched", "server_files_first", "authserv", "findings"
    }  # fmt: skip


def test_no_move_no_idle_no_uidplus() -> None:
    with dovecot(capability="IMAP4rev1") as server:
        report = looked(server)
    assert report.can_be_watched
    assert states(report, About.MOVE, About.UIDPLUS, About.IDLE) == [LOOK, NOT, NOT]


def test_no_filter_on_the_server(server: Dovecot) -> None:
    """Then the phone may be first, and what to switch off there is said app by app."""
    for port in (0, free_ports(1)[0]):
        report = looked(server, sieve_port=port)
        assert states(report, About.SIEVE, About.FIRST) == [NOT, LOOK]
        assert not report.server_files_first
        first = report.findings[-1]
        assert first.said.startswith("Your phone's own mail app may hear first")
        apps = ("iPhone", "Gmail app", "Outlook app", "Samsung Email", "K-9", "A computer")
        assert all(any(step.startswith(app) for step in first.steps) for app in apps)


@contextmanager
def set_up_as(changed: Callable[[str], str]) -> Iterator[Dovecot]:
    """A server whose owner set it up in another way."""
    with dovecot() as server:
        server.stop()
        usual = server._configure

        def configure() -> None:
            usual()
            path = server.folder / "dovecot.conf"
            path.write_text(changed(path.read_text()))

        server._configure = configure  # type: ignore[method-assign]
        server.start()
        yield server


def test_a_filter_that_cannot_end_by_itself() -> None:
    without_dates = "plugin {\n  sieve_extensions = fileinto include\n}\n"
    with set_up_as(lambda text: text + without_dates) as server:
        report = looked(server)
    assert states(report, About.SIEVE, About.FIRST) == [NOT, LOOK]
    assert any("It lacks: mailbox, date, relational." in one.said for one in report.findings)


def below_inbox(text: str) -> str:
    return text.replace("  separator = /\n", "  separator = .\n  prefix = INBOX.\n")


def test_every_folder_below_inbox() -> None:
    with set_up_as(below_inbox) as server:
        report = looked(server)
    assert any("“INBOX.Later” can be made" in one.said for one in report.findings)
    assert any("“INBOX.Junk”" in one.said for one in report.findings)


@pytest.mark.parametrize(("rights", "state"), [("lrwstipek", WORKS), ("lrwstipe", NOT)])
def test_rights_below_inbox(rights: str, state: State) -> None:
    """By what the server says of rights, and not by trying."""

    def with_rights(text: str) -> str:
        folder = re.search(r"base_dir = (.*)/run", text)
        assert folder
        acl = Path(folder[1]) / "acl"
        acl.write_text(f"INBOX owner {rights}\n")
        acl.chmod(0o644)
        return below_inbox(text) + (
            "mail_plugins = acl\nprotocol imap {\n  mail_plugins = acl imap_acl\n}\n"
            f"plugin {{\n  acl = vfile:{acl}\n}}\n"
        )

    with set_up_as(with_rights) as server:
        assert looked(server).state_of(About.HOLD) is state


def test_a_filter_of_theirs_has_our_name(server: Dovecot) -> None:
    account = account_on(server, sieve_port=server.ports["sieve"])
    with manage_sieve(account, Secret(PASSWORD)) as sieve:
        sieve.put("later", b"keep;\r\n")
    assert states(looked(server), About.SIEVE, About.FIRST) == [LOOK, LOOK]


def test_the_hold_folder_is_there(server: Dovecot) -> None:
    with server.client(PERSON) as client:
        client.create_folder("Later")
    assert looked(server).state_of(About.HOLD) is LOOK


def test_a_wrong_password(server: Dovecot) -> None:
    report = looked(server, password="another")
    assert not report.can_be_watched
    assert states(report, About.REACHED, About.SIGN_IN, About.MOVE) == [WORKS, NOT, None]


def test_nobody_there(server: Dovecot) -> None:
    report = looked(server, port=free_ports(1)[0])
    assert states(report, About.REACHED, About.SIGN_IN) == [NOT, None]
    assert not report.can_be_watched


def over_tls(server: Dovecot, **how: object) -> MailAccount:
    fields = {
        "host": "localhost",
        "security": Security.TLS,
        "port": server.ports["imaps"],
        "sieve_port": server.ports["sieve"],
        "trusted": str(server.trusted),
        **how,
    }
    return account_on(server, **fields)


def test_private_and_trusted(server: Dovecot) -> None:
    with unchanged(server):
        report = probe(over_tls(server), Secret(PASSWORD), idle_for=0.1)
    assert states(report, About.CERTIFICATE, About.SIEVE) == [WORKS, WORKS]
    assert_kind(report)


@pytest.mark.parametrize(
    ("name", "trusted", "words"),
    [
        ("elsewhere.example", True, "for another name"),
        ("localhost", False, "vouches for the mail server"),
    ],
)
def test_a_bad_certificate(server: Dovecot, name: str, trusted: bool, words: str) -> None:
    make_certificate(server.folder, name)
    server.restart()
    account = over_tls(server)
    account = account if trusted else replace(account, trusted="")
    with unchanged(server):
        report = probe(account, Secret(PASSWORD))
    assert_kind(report)
    assert states(report, About.CERTIFICATE, About.SIGN_IN) == [NOT, None]
    assert words in report.findings[1].said
    assert "Your password was not sent." in report.findings[1].next_step
    assert not report.can_be_watched


def test_a_trusted_file_that_is_not_there(server: Dovecot) -> None:
    report = probe(over_tls(server, trusted="/nowhere.pem"), Secret(PASSWORD))
    assert report.state_of(About.CERTIFICATE) is NOT
    assert_kind(report)


def test_idle_that_is_not_kept_to(server: Dovecot) -> None:
    """Something in between cuts the connection as soon as it waits."""
    with Wire(server.ports["imap"]) as wire:
        wire.cut_at = b" IDLE\r\n"
        report = looked(server, port=wire.port)
    assert states(report, About.IDLE, About.QUOTA, About.SIEVE) == [LOOK, LOOK, WORKS]


def test_room_that_is_left() -> None:
    with dovecot(quota="10M") as server:
        report = looked(server)
        assert report.state_of(About.QUOTA) is LOOK
        assert any("10 MB are left" in one.said for one in report.findings)
    with dovecot(quota="2G") as server:
        assert looked(server).state_of(About.QUOTA) is WORKS


# Whose word on senders there is


def vouched(*servers: str) -> list[bytes]:
    lines = [f"Authentication-Results: {one};\r\n dmarc=pass\r\n" if one else "" for one in servers]
    return [
        line.encode() + mail(f"someone@of{number}.example", number=number)
        for number, line in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("mails", "state", "names"),
    [
        (vouched(*["mx.home.example"] * 25), WORKS, ("mx.home.example",)),
        (vouched(*["mx.home.example"] * 4), LOOK, ()),
        (vouched(*[""] * 9), NOT, ()),
        (vouched(*["mx1.home.example"] * 5, *["mx2.home.example"] * 4), LOOK,
         ("mx1.home.example", "mx2.home.example")),
        (vouched(*["mx.home.example"] * 5, ""), LOOK, ("mx.home.example",)),
        # Outlook names no server.
        (vouched(*["spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example"] * 9), NOT, ()),
        # The one on top counts, whatever stands below.
        ([b"Authentication-Results: mx.home.example; spf=pass\r\n" + one
          for one in vouched(*["evil.example"] * 6)], WORKS, ("mx.home.example",)),
        (vouched(*['"] evil\\'] * 6), NOT, ()),
    ],
)  # fmt: skip
def test_who_vouches_for_senders(
    server: Dovecot, mails: list[bytes], state: State, names: tuple[str, ...]
) -> None:
    server.deliver(PERSON, *mails)
    report = looked(server)
    assert report.state_of(About.AUTHSERV) is state
    assert report.authserv == names
    if names:
        [said] = [one for one in report.findings if one.about is About.AUTHSERV]
        assert f'authserv = ["{names[0]}"' in said.next_step
        assert "a sender can write such lines too" in said.next_step


def test_nothing_but_that_one_line_is_read(server: Dovecot) -> None:
    server.deliver(PERSON, *vouched(*["mx.home.example"] * 6))
    with Recorded(server.ports["imap"]) as wire:
        looked(server, port=wire.port)
    fetched = [line for line in wire.asked.split(b"\r\n") if b"FETCH" in line]
    assert len(fetched) == 1
    assert b"BODY.PEEK[HEADER.FIELDS (AUTHENTICATION-RESULTS)]" in fetched[0]


class Recorded(Wire):
    """A wire that takes note of what is asked."""

    asked = b""

    def _pass_one(self, source, sink, asked):  # type: ignore[no-untyped-def]
        import socket

        if asked:
            self.asked += source.recv(65536, socket.MSG_PEEK)
        return super()._pass_one(source, sink, asked)
