"""Whether the last ten thousand go as quickly as the first."""

import argparse
import time
from collections.abc import Iterator

from benchmarks._household import household, take_all
from benchmarks.table import Row
from tests.support import mailbox

STEP = 10_000


def measure(chosen: argparse.Namespace) -> Iterator[Row]:
    home, person, _ = household()
    from stillwater.gate.opening import open_gate

    total = 1_000_000 if chosen.million else 100_000
    rates: list[float] = []
    with open_gate(home, person) as intake:
        for step in range(total // STEP):
            mails = list(mailbox.made_theirs(STEP, 10_000 + step))
            started = time.perf_counter()
            take_all(intake, mails, 1_000)
            rates.append(STEP / (time.perf_counter() - started))
    yield Row(
        f"the last against the first 10,000 of {total:,}",
        rates[-1] / rates[0],
        "ratio",
        goal=0.9,
        note=f"first {rates[0]:,.0f}/s, last {rates[-1]:,.0f}/s",
    )
