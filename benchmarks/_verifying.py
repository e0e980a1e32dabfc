"""Verifying the ledger and the vault, beside hashing the same files alone."""

import argparse
from collections.abc import Iterator
from hashlib import sha256

from benchmarks._household import household
from benchmarks._timing import rates_in_turn
from benchmarks.table import Row
from tests.support import mailbox


def measure(chosen: argparse.Namespace) -> Iterator[Row]:
    home, person, _ = household()
    from stillwater.gate.opening import open_gate
    from stillwater.vault.verifying import first_wrong

    with open_gate(home, person) as intake:
        mails = list(mailbox.made_theirs(chosen.items, 77))
        for start in range(0, len(mails), 200):
            intake.take([intake.triage(raw) for raw in mails[start : start + 200]])

    def ours() -> int:
        done, wrong = first_wrong(person, home)
        assert wrong is None, wrong
        return done

    def limit() -> int:
        files = list((home.vault / person.public_id).rglob("*.age"))
        for path in files:
            sha256(path.read_bytes()).digest()
        return len(files)

    figure, alone = rates_in_turn(ours, limit)
    yield Row(
        "verify ledger, signatures and every vault file",
        figure,
        "entries/s",
        goal=100_000,
        limit=alone,
        limit_is="reading and hashing the same files, nothing else",
    )
