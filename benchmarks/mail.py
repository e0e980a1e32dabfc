"""``./bench mail``: from the server's push to gone, sealed and recorded.

    ./bench mail [--mails N]

``--mails`` sets how many are delivered, one after the other (default 500). The
server is a real Dovecot on this machine. Dovecot tells of new mail about half a
second after it was delivered; time counts from that push.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks._timing import quantile
from benchmarks.table import Row, Table
from tests.support.dovecot import Dovecot, dovecot
from tests.support.mailbox import OTHER, PERSON

if TYPE_CHECKING:
    from imapclient import IMAPClient

    from stillwater.channels.mail.live.account import MailAccount
    from stillwater.gate.live.mailboxes import Mailboxes

PATIENCE = 60.0
MANY = 5_000


def run(arguments: list[str]) -> Table:
    """Measure; gives one table."""
    parser = argparse.ArgumentParser(prog="./bench mail", description=__doc__)
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--many", type=int, default=MANY)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stillwater-bench-") as folder:
        os.environ["STILLWATER_HOME"] = folder
        os.environ["STILLWATER_KEYRING"] = "off"
        os.environ.pop("STILLWATER_POSTGRES", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
        rows = tuple(_rows(chosen))
    return Table(
        part="mail",
        rows=rows,
        notes=(
            "The limit is a bare client on the same server in the same run: it is told, fetches, "
            "and moves, and seals nothing.",
            "Machines are shared and noisy: read the ratios, not the figures.",
        ),
    )


def _rows(chosen: argparse.Namespace) -> Iterator[Row]:
    ours = _watched(chosen.mails)
    bare = _bare(min(chosen.mails, 200))
    for share, name, goal in ((0.5, "p50", None), (0.99, "p99", 150.0)):
        yield Row(
            f"from push to gone, sealed and recorded, {name}",
            quantile(ours, share) * 1000,
            "ms",
            goal=goal,
            limit=quantile(bare, share) * 1000,
            limit_is="a bare client: told, fetched, moved",
            more_is_better=False,
            note=f"{len(ours)} mails, one after the other; the server's rule is off",
        )
    seen, sealed = _filed(chosen.mails)
    yield Row(
        "of theirs ever seen in the inbox by another program, the server's rule on",
        seen,
        f"of {chosen.mails}",
        goal=0,
        more_is_better=False,
        note=f"{sealed} sealed",
    )
    yield from _at_once(chosen.many)


def _mail(number: int) -> bytes:
    return (
        f"From: Jordan <{OTHER}>\r\nTo: {PERSON}\r\nSubject: hey\r\n"
        f"Message-ID: <{number}@mail.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n\r\n"
        f"I keep thinking of the lake. Write to me. ({number})\r\n"
    ).encode()


def _wanted(number: int) -> bytes:
    """Somebody else's, in words of their own: in the other's it would be suspected, and held."""
    return (
        f"From: Library <desk@library.example>\r\nTo: {PERSON}\r\nSubject: Your loans\r\n"
        f"Message-ID: <{number}@library.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
        f"\r\nTwo books of card {number} are due in a fortnight. Renewals are at the desk.\r\n"
    ).encode()


def _boxes() -> "Mailboxes":
    from benchmarks._household import household

    home, person, _ = household()  # it starts Django: models can be had from here on
    from stillwater.core.clock import SystemClock
    from stillwater.gate.live.mailboxes import Mailboxes
    from stillwater.vault.machine import MachineKey

    return Mailboxes(person, home, MachineKey.load_or_create(home), SystemClock())


def _account(server: Dovecot, sieve: bool = False) -> "MailAccount":
    from stillwater.channels.mail.live.account import MailAccount, Security

    return MailAccount(
        host="127.0.0.1",
        user=PERSON,
        port=server.ports["imap"],
        security=Security.PLAIN,
        sieve_port=server.ports["sieve"] if sieve else 0,
    )


class _Clocked:
    """Notes when the server's push reached us, and when what it told of was gone."""

    def __init__(self) -> None:
        self.pushed = 0.0
        self.took: list[float] = []
        self.gone = threading.Event()

    def around(self, mailbox_class: type) -> None:
        wait, move = mailbox_class.wait, mailbox_class.move  # type: ignore[attr-defined]
        clocked = self

        def waited(self: object, seconds: float) -> bool:
            news: bool = wait(self, seconds)
            if news:
                clocked.pushed = time.perf_counter()
            return news

        def moved(self: object, uids: object, folder: str) -> None:
            move(self, uids, folder)
            clocked.took.append(time.perf_counter() - clocked.pushed)
            clocked.gone.set()

        mailbox_class.wait, mailbox_class.move = waited, moved  # type: ignore[attr-defined]
        self._undo = lambda: (
            setattr(mailbox_class, "wait", wait),
            setattr(mailbox_class, "move", move),
        )

    def undo(self) -> None:
        self._undo()


def _watched(mails: int) -> list[float]:
    """Seconds from the push that we heard to the server's word that it is moved.

    It was sealed and in the ledger before we asked for the move.
    """
    boxes = _boxes()
    from stillwater.channels.mail.live.mailbox import Mailbox
    from stillwater.core.clock import SystemClock
    from stillwater.gate.models import WatchedFolder
    from stillwater.workers.mailboxes import Watchers

    clocked = _Clocked()
    with dovecot() as server:
        row = boxes.add(_account(server), server.passwords[PERSON])
        # Only the inbox counts: a second connection that wakes for the copy would be clocked too.
        WatchedFolder.objects.filter(mailbox=row).exclude(role="inbox").delete()
        watchers = Watchers(boxes.home, SystemClock())
        watchers.keep_up()
        try:
            server.deliver(PERSON, _mail(-1))
            _until(lambda: len(server.raws(PERSON, "Later")) == 1)
            clocked.around(Mailbox)
            for number in range(mails):
                clocked.gone.clear()
                server.deliver(PERSON, _mail(number))
                assert clocked.gone.wait(PATIENCE), "a mail was not moved in time"
        finally:
            clocked.undo()
            watchers.stop()
        boxes.person.mailboxes.all().delete()
    return clocked.took


def _bare(mails: int) -> list[float]:
    """The same by a client that seals nothing."""
    took = []
    with dovecot() as server, server.client(PERSON) as client:
        client.create_folder("Later")
        client.select_folder("INBOX")
        first = 1
        for number in range(mails):
            client.idle()
            server.deliver(PERSON, _mail(number))
            _told(client)
            told = time.perf_counter()
            client.idle_done()
            found = client.search(["UID", f"{first}:*"])
            client.fetch(found, ["RFC822.SIZE", "BODY.PEEK[]"])
            client.move(found, "Later")
            took.append(time.perf_counter() - told)
            first = max(found) + 1
    return took


def _told(client: "IMAPClient") -> None:
    while not any(len(line) > 1 and line[1] == b"EXISTS" for line in client.idle_check(PATIENCE)):
        pass


def _filed(mails: int) -> tuple[int, int]:
    """How many of theirs another program saw in the inbox, and how many were sealed."""
    boxes = _boxes()
    from stillwater.core.clock import SystemClock
    from stillwater.gate.live import leases
    from stillwater.gate.models import Attempt
    from stillwater.workers.mailboxes import Watchers

    before = Attempt.objects.filter(person=boxes.person).count()
    with dovecot() as server, server.client(PERSON, "INBOX") as other_program:
        row = boxes.add(_account(server, sieve=True), server.passwords[PERSON])
        leases.renew(boxes, row)
        other_program.idle()
        watchers = Watchers(boxes.home, SystemClock())
        watchers.keep_up()
        try:
            server.deliver(PERSON, *(_mail(100_000 + number) for number in range(mails)))
            _until(lambda: Attempt.objects.filter(person=boxes.person).count() >= before + mails)
        finally:
            watchers.stop()
        seen = sum(len(line) > 1 and line[1] == b"EXISTS" for line in other_program.idle_check(1))
        other_program.idle_done()
        boxes.person.mailboxes.all().delete()
    return seen, Attempt.objects.filter(person=boxes.person).count() - before


def _at_once(many: int) -> Iterator[Row]:
    """A mailbox full of theirs and of others', looked through from its beginning."""
    from datetime import UTC, datetime

    boxes = _boxes()
    from stillwater.core.clock import SystemClock
    from stillwater.workers.mailboxes import Watchers

    with dovecot() as server:
        _fill(server, many)
        boxes.add(_account(server), server.passwords[PERSON], datetime(1970, 1, 1, tzinfo=UTC))
        watchers = Watchers(boxes.home, SystemClock())
        began = time.perf_counter()
        watchers.keep_up()
        try:
            _until(lambda: len(server.raws(PERSON, "Later")) == many // 2, 600)
            took = time.perf_counter() - began
        finally:
            watchers.stop()
        boxes.person.mailboxes.all().delete()
    yield Row(
        "mails already there, looked through, theirs sealed and moved",
        many / took,
        "mails/s",
        limit=_bare_rate(many),
        limit_is="a bare client: fetch all, move half of them",
        note=f"{many:,} mails, every other one theirs",
    )


def _bare_rate(many: int) -> float:
    with dovecot() as server:
        _fill(server, many)
        with server.client(PERSON) as client:
            client.create_folder("Later")
            client.select_folder("INBOX")
            began = time.perf_counter()
            found = client.search("ALL")
            for start in range(0, len(found), 100):
                some = found[start : start + 100]
                client.fetch(some, ["RFC822.SIZE", "BODY.PEEK[]"])
                client.move(some[::2], "Later")
            return many / (time.perf_counter() - began)


def _fill(server: Dovecot, many: int) -> None:
    with server.client(PERSON) as client:
        for start in range(0, many, 200):
            client.multiappend(
                "INBOX",
                [
                    _mail(200_000 + number) if number % 2 else _wanted(number)
                    for number in range(start, min(many, start + 200))
                ],
            )


def _until(what: "object", patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not what():  # type: ignore[operator]
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about in time")
        time.sleep(0.05)
