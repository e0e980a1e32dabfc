"""Killed at random moments while mail comes in: nothing lost, nothing doubled."""

import contextlib
import os
import random
import re
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import mailbox
from tests.support.dovecot import Dovecot, dovecot
from tests.support.household import Household, new_household
from tests.support.mailbox import PERSON
from tests.support.truth import assert_verifies, truth_of

THEIRS, KILLS, RESTARTS = 2_000, 50, 5
SEED = int(os.environ.get("STILLWATER_SEED", "20261124"))
PATIENCE = 240.0
MARKS = ("SEEN", "ANSWERED", "FLAGGED", "DELETED", "DRAFT")
_LINE_END = re.compile(rb"\r\n|\r|\n")
# What this server puts on top of each mail.
_TRACE = re.compile(rb"\AReturn-Path:.*\nDelivered-To:.*\nReceived: from .*\n(?:[ \t].*\n)*")
_MARK = re.compile(rb"^X-Test-Mark: (\S+)", re.MULTILINE)


class Watching:
    """A watcher that is forked off a preloaded process, and killed whenever somebody likes."""

    def __init__(self, household: Household) -> None:
        self._home = household.home
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.preloaded"],
            env=household.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = 0

    def begin(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{self._home}\tnothing\twatch\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())

    def end(self, how: signal.Signals) -> str:
        assert self._process.stdout is not None
        os.kill(self.pid, how)
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def watching(household: Household) -> Iterator[Watching]:
    one = Watching(household)
    try:
        yield one
    finally:
        one.close()


def deliver(server: Dovecot, mails: Sequence[bytes], ended: threading.Event) -> None:
    """Hand in every mail, again where the server broke off before it said that it has it."""
    left = list(mails)
    while left:
        with (
            contextlib.suppress(OSError, smtplib.SMTPException),
            smtplib.LMTP("127.0.0.1", server.ports["lmtp"], timeout=20) as lmtp,
        ):
            while left:
                lmtp.sendmail("sender@mail.example", [PERSON], left[0])
                left.pop(0)
    ended.set()


def add_mailbox(household: Household, server: Dovecot, tmp_path: Path) -> None:
    password = tmp_path / "mail-password"
    password.write_text(server.passwords[PERSON] + "\n")
    added = household.run(
        "mail", "add", PERSON, "--host", "127.0.0.1", "--port", str(server.ports["imap"]),
        "--plain", "--no-sieve", "--password-file", password,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr + added.stdout


def in_folders(server: Dovecot, *folders: str) -> Counter[bytes]:
    """How often each mark lies in these folders."""
    found: Counter[bytes] = Counter()
    for folder in folders:
        for raw in server.raws(PERSON, folder):
            mark = _MARK.search(raw)
            found[mark[1] if mark else b""] += 1
    return found


def one_line_end(raw: bytes) -> bytes:
    return _LINE_END.sub(b"\n", raw).rstrip(b"\n")


def as_handed_in(delivered: bytes) -> bytes:
    """A mail without what the server put on top of it."""
    return _TRACE.sub(b"", one_line_end(delivered), count=1)


def test_kills_and_restarts_while_mail_comes_in(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    theirs = list(mailbox.made_theirs(THEIRS))
    wanted = (mailbox.real_wanted() or list(mailbox.made_wanted(1_750)))[:1_750]
    both = [*theirs, *wanted]
    chance.shuffle(both)
    household = new_household(tmp_path / "household")
    with dovecot() as server, watching(household) as watcher:
        add_mailbox(household, server, tmp_path)
        ended = threading.Event()
        thread = threading.Thread(target=deliver, args=[server, both, ended], daemon=True)
        thread.start()
        restarts = set(chance.sample(range(KILLS), RESTARTS))
        for kill in range(KILLS):
            watcher.begin()
            ended.wait(chance.uniform(0.05, 0.9))
            assert watcher.end(signal.SIGKILL) == "killed"
            if kill in restarts:
                server.restart()
        assert ended.wait(PATIENCE), "not every mail was delivered"
        watcher.begin()
        pause = threading.Event()
        deadline = time.monotonic() + PATIENCE
        while (left := in_folders(server, "INBOX", "Junk")).total() > left[b""]:
            assert time.monotonic() < deadline, f"{left.total() - left[b'']} of theirs in sight"
            pause.wait(1)
        assert watcher.end(signal.SIGTERM) == "done 0"
        held = in_folders(server, "Later")
        assert held[b""] == 0, "wanted mail was moved"
        assert len(held) == THEIRS
        # A server that was stopped before it said "I have it" was given a mail twice: those
        # two differ in their Received lines. The same bytes twice would be our doing.
        raws = server.raws(PERSON, "Later")
        assert len(set(raws)) == len(raws), "some of theirs lies there twice"
        there = Counter(as_handed_in(raw) for raw in server.raws(PERSON, "INBOX"))
        assert Counter(map(one_line_end, wanted)) <= there, "wanted mail is gone, or was changed"
        with server.client(PERSON, "INBOX") as client:
            marked = [client.search(mark) for mark in MARKS]
        assert marked == [[]] * len(MARKS), "wanted mail was marked"
    truth = truth_of(household)
    assert truth.attempts == THEIRS
    assert truth.undecided == truth.waiting == 0
    household.run("vault", "check")
    assert_verifies(household)
