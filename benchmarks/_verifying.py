"""Verifying the ledger and the vault, beside hashing the same files alone."""

import argparse
import os
from collections.abc import Iterator
from hashlib import sha256

from benchmarks._household import household, take_all
from benchmarks._timing import rates_in_turn
from benchmarks.table import Row
from tests.support import mailbox


def measure(chosen: argparse.Namespace) -> Iterator[Row]:
    home, person, _ = household()
    from stillwater.gate.opening import open_gate
    from stillwater.vault.verifying import first_wrong

    with open_gate(home, person) as intake:
        take_all(intake, list(mailbox.made_theirs(chosen.items, 77)), 1_000)

    def ours() -> int:
        done, wrong = first_wrong(person, home)
        assert wrong is None, wrong
        return done

    def limit() -> int:
        files = 0
        for folder, _, names in os.walk(home.vault / person.public_id):
            for name in names:
                with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  fast
                    sha256(file.read()).digest()
                files += 1
        return files

    figure, alone = rates_in_turn(ours, limit)
    yield Row(
        "verify ledger, signatures and every vault file",
        figure,
        "entries/s",
        goal=100_000,
        limit=alone,
        limit_is="reading and hashing the same files, nothing else",
    )
