"""A server that announces or sends more than anybody asked for: nothing of it is taken in."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from stillwater.channels.archives.items import HEAD_KEPT
from stillwater.channels.mail.live import bounded
from stillwater.channels.mail.live import mailbox as live
from stillwater.channels.mail.live.account import MailAccount, Role, Security
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.probe import probe
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.home import Home
from stillwater.gate.models import WatchedFolder
from tests.integration.mail.conftest import Life, until, watched

GREETING = b"* OK [CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS] ready\r\n"
REALLY = bounded.LONGEST_ANSWER
GIGABYTES = 5 * 2**30
Answer = bytes | Iterator[bytes]
_COMMAND = re.compile(rb"(\S+) ((?:UID )?\S+) ?(.*)\r\n")


def usual(tag: bytes, command: bytes) -> bytes:
    """What a server says that has one mail."""
    said = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS\r\n",
        b"SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 2]\r\n",
        b"EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 2]\r\n",
        b"UID SEARCH": b"* SEARCH 1\r\n",
        b"LIST": b'* LIST () "/" INBOX\r\n',
    }
    return said.get(command, b"") + tag + b" OK done\r\n"


@contextmanager
def hostile(at: bytes, says: Callable[[bytes, bytes], Answer]) -> Iterator[MailAccount]:
    """A server that answers as usual, but to ``at``: ``says(tag, arguments)``.

    ``at`` b"": what it greets with.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def send(caller: socket.socket, answer: Answer) -> None:
        for piece in [answer] if isinstance(answer, bytes) else answer:
            caller.sendall(piece)
            if ended.is_set():
                return

    def serve(caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError):
            send(caller, says(b"*", b"") if not at else GREETING)
            for line in caller.makefile("rb"):
                found = _COMMAND.fullmatch(line)
                if found is None:  # the end of IDLE, or what is sent in pieces
                    continue
                tag, command, about = found.groups()
                answer = says(tag, about) if command.upper() == at else usual(tag, command.upper())
                send(caller, answer)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = listener.accept()
                threading.Thread(target=serve, args=[caller], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    port = listener.getsockname()[1]
    try:
        yield MailAccount("127.0.0.1", "sam", port, Security.PLAIN, sieve_port=0)
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextmanager
def opened(account: MailAccount) -> Iterator[Mailbox]:
    with hanging_up(Mailbox(account, open_connection(account, Secret("any")))) as mailbox:
        yield mailbox


def literal_of_gigabytes(tag: bytes, about: bytes) -> Iterator[bytes]:
    yield b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n" % GIGABYTES
    while True:
        yield b"x" * 65536


def answer_without_end(tag: bytes, about: bytes) -> Iterator[bytes]:
    while True:
        yield b"* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n" * 1000


def many_literals(tag: bytes, about: bytes) -> Iterator[bytes]:
    while True:
        yield b"* 1 FETCH (UID 1 BODY[]<0> {200000}\r\n" + b"x" * 200_000 + b")\r\n"


def line_without_end(tag: bytes, about: bytes) -> Iterator[bytes]:
    yield b"* OK "
    while True:
        yield b"x" * 65536


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bounds, smaller: these tests send as much as is taken in."""
    monkeypatch.setattr(bounded, "LONGEST_ANSWER", 3 * 2**20)
    monkeypatch.setattr(bounded, "LONGEST_LINE", 2**20)


def test_the_bounds_hold_all_that_is_asked_for() -> None:
    """As they really are: nothing that a true server says comes near them."""
    assert 4 * live.PIECE * 2 < bounded.LONGEST_LITERAL
    assert 2 * max(live.FEW * live.PIECE, live.BATCH_BYTES + live.PIECE) < REALLY


@pytest.mark.parametrize(
    "says",
    [literal_of_gigabytes, answer_without_end, many_literals, line_without_end],
)
def test_more_than_was_asked_for_ends_the_connection(
    says: Callable[[bytes, bytes], Answer],
) -> None:
    with hostile(b"UID FETCH", says) as account, opened(account) as mailbox:
        mailbox.select("INBOX")
        with pytest.raises(MailError) as told:
            list(mailbox.fetch([1]))
        assert told.value.trouble is Trouble.ENDLESS
        with pytest.raises(MailError):
            mailbox.uids_from(1)


@pytest.mark.parametrize("at", [b"", b"LOGIN"])
def test_before_anybody_is_signed_in(at: bytes) -> None:
    with hostile(at, line_without_end) as account, pytest.raises(MailError) as told:
        open_connection(account, Secret("any"))
    assert told.value.trouble is Trouble.ENDLESS


def test_while_waiting_for_news() -> None:
    def says(tag: bytes, about: bytes) -> Iterator[bytes]:
        yield b"+ idling\r\n"
        while True:
            yield b"* OK still here\r\n" * 1000

    with hostile(b"IDLE", says) as account, opened(account) as mailbox:
        mailbox.select("INBOX")
        mailbox.uids_from(1)
        with pytest.raises(MailError) as told:
            mailbox.wait(30)
        assert told.value.trouble is Trouble.ENDLESS


def test_a_mail_that_is_longer_than_the_server_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on and on in pieces: its first part is taken in, as an import does."""
    monkeypatch.setattr(live, "ITEM_CAP", 2_000_000)

    def says(tag: bytes, about: bytes) -> bytes:
        found = re.search(rb"<(\d+)\.(\d+)>", about)
        assert found is not None
        start, length = int(found[1]), int(found[2])
        head = b"* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[]<%d> {%d}\r\n" % (start, length)
        return head + b"x" * length + b")\r\n" + tag + b" OK done\r\n"

    with hostile(b"UID FETCH", says) as account, opened(account) as mailbox:
        mailbox.select("INBOX")
        [[one]] = list(mailbox.fetch([1]))
    assert one.cut
    assert len(one.raw) == HEAD_KEPT


def test_the_first_look_says_so() -> None:
    with hostile(b"UID SEARCH", answer_without_end) as account:
        report = probe(account, Secret("any"), idle_for=0.1)
    assert Trouble.ENDLESS.said in {one.said for one in report.findings}


@pytest.mark.django_db(transaction=True)
def test_the_watcher_says_so(life: Life, home: Home) -> None:
    with hostile(b"UID FETCH", literal_of_gigabytes) as account:
        life.boxes.add(account, "any")
        folder = WatchedFolder.objects.get(role=Role.INBOX)
        WatchedFolder.objects.filter(pk=folder.pk).update(uidvalidity=1, uidnext=1)
        with watched(home):
            until(lambda: WatchedFolder.objects.get(pk=folder.pk).trouble == Trouble.ENDLESS)
