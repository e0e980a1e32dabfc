"""Seal, record and read what is theirs, beside age, SQLite and syncfs alone."""

import argparse
import ctypes
import itertools
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks._household import household, take_all
from benchmarks._timing import rates_in_turn
from benchmarks.table import Row
from tests.support import mailbox

BATCH = 1000


def measure(chosen: argparse.Namespace) -> Iterator[Row]:
    import pyrage

    home, person, _ = household()
    from stillwater.gate.opening import open_gate
    from stillwater.vault.models import Epoch

    seeds = itertools.count(1_000)
    libc = ctypes.CDLL(None)
    with open_gate(home, person) as intake, tempfile.TemporaryDirectory(dir=home.root) as folder:
        # The first batch makes this month's epoch.
        intake.take([intake.triage(raw) for raw in mailbox.made_theirs(10, next(seeds))])
        recipient = pyrage.x25519.Recipient.from_str(Epoch.objects.latest("pk").recipient)
        database = sqlite3.connect(Path(folder) / "limit.sqlite3", isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, hash BLOB, leaf BLOB)")
        numbers = itertools.count()

        def ours() -> int:
            mails = list(mailbox.made_theirs(chosen.items, next(seeds)))
            take_all(intake, mails, BATCH)
            return len(mails)

        def limit() -> int:
            mails = list(mailbox.made_theirs(chosen.items, next(seeds)))
            for start in range(0, len(mails), BATCH):
                rows = []
                for raw in mails[start : start + BATCH]:
                    sealed = pyrage.encrypt(os.urandom(32) + raw, [recipient])
                    path = Path(folder) / f"{next(numbers)}.age"
                    path.write_bytes(sealed)
                    rows.append((sealed[:32], sealed[:200]))
                handle = os.open(folder, os.O_RDONLY)
                libc.syncfs(handle)
                os.close(handle)
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT INTO item (hash, leaf) VALUES (?, ?)", rows)
                database.execute("COMMIT")
            return len(mails)

        figure, alone = rates_in_turn(ours, limit)
        database.close()
    yield Row(
        "seal, record, read and decide what is theirs, batches of 1,000",
        figure,
        "mails/s",
        goal=2_500,
        limit=alone,
        limit_is="age to one recipient, one SQLite row and one syncfs a batch, nothing else",
        note="mails of about 400 bytes; ours seals two age files' worth for each: item and reading",
    )
