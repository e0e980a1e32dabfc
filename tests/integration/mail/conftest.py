"""A person with a mailbox on a real server, and the watcher that looks after it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.gate import keeping
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Attempt
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.plans import Plans
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
from stillwater.workers import mailboxes
from stillwater.workers.mailboxes import Watchers
from tests.support import mailbox
from tests.support.dovecot import PASSWORD, Dovecot, dovecot

QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "correct horse battery"
PATIENCE = 30.0  # seconds: a test that waits so long has gone wrong


def until(what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Look again and again until it is so."""
    deadline = time.monotonic() + patience
    pause = threading.Event()
    while not what():
        assert time.monotonic() < deadline, "it did not come about in time"
        pause.wait(0.02)


def mail(sender: str, text: str = "hello", *, number: int = 0, subject: str = "hey") -> bytes:
    """A mail as it is handed in to be delivered."""
    return (
        f"From: {sender}\r\nTo: {mailbox.PERSON}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{number}.{abs(hash((sender, text, subject)))}@mail.example>\r\n"
        f"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n\r\n{text} {number}\r\n"
    ).encode()


@dataclass
class Life:
    """One person, with mailboxes."""

    home: Home
    person: Person
    clock: SystemClock = field(default_factory=SystemClock)

    @property
    def machine(self) -> MachineKey:
        return MachineKey.load_or_create(self.home)

    @property
    def boxes(self) -> Mailboxes:
        return Mailboxes(self.person, self.home, self.machine, self.clock)

    def add(self, server: Dovecot, user: str = mailbox.PERSON, **how: object) -> Row:
        """Watch a mailbox on this server."""
        account = account_on(server, user, **how)
        return self.boxes.add(account, server.passwords[user])

    def attempts(self) -> int:
        return Attempt.objects.filter(person=self.person, direction="in").count()


def account_on(server: Dovecot, user: str = mailbox.PERSON, **how: object) -> MailAccount:
    fields: dict[str, object] = {
        "host": "127.0.0.1",
        "user": user,
        "port": server.ports["imap"],
        "security": Security.PLAIN,
        "sieve_port": 0,
        **how,
    }
    return MailAccount(**fields)  # type: ignore[arg-type]


@pytest.fixture
def new_life(home: Home, transactional_db: None) -> Callable[..., Life]:
    def make(name: str = "me", plan: str = mailbox.PLAN) -> Life:
        clock = SystemClock()
        made = keeping.new_person(
            name,
            PASSPHRASE,
            home=home,
            clock=clock,
            cost=QUICK,
            opening_wait=timedelta(),
            loosening_delay=timedelta(),
        )
        Plans(made.person, home, MachineKey.load_or_create(home), clock).set(parse(plan))
        return Life(home, made.person)

    return make


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    return new_life()


@pytest.fixture(autouse=True)
def _looks_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there yet is looked for every 15 seconds in life."""
    monkeypatch.setattr(mailboxes, "UNTIL_MADE", 0.2)


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@contextmanager
def watched(home: Home) -> Iterator[Watchers]:
    """Everyone's mailboxes, watched in this process."""
    watchers = Watchers(home, SystemClock())
    watchers.keep_up()
    try:
        yield watchers
    finally:
        watchers.stop()


def now() -> datetime:
    return datetime.now(UTC)


__all__ = ["PASSPHRASE", "PASSWORD", "Life", "account_on", "mail", "now", "until", "watched"]
