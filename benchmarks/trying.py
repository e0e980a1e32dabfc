"""``./bench trying``: from typing ``./start --try`` until its link is there.

    ./bench trying [--rounds N]

The limit is a plain start in a home that is ready, in turn with it.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from benchmarks.table import Row, Table

GOAL = 60.0  # seconds: a newcomer sees every page alive within a minute


def run(arguments: list[str]) -> Table:
    """Measure; gives one table."""
    parser = argparse.ArgumentParser(prog="./bench trying", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    tried, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STILLWATER_HOME": f"{folder}/home", "TMPDIR": folder}
        environment |= {"STILLWATER_KEYRING": "off", "STILLWATER_POSTGRES": ""}
        _until_link(environment)  # the home is made
        for _ in range(chosen.rounds):
            tried.append(_until_link(environment, "--try"))
            plain.append(_until_link(environment))
    return Table(
        part="trying",
        rows=(
            Row(
                "up --try until its link, the slowest round",
                max(tried),
                "s",
                goal=GOAL,
                limit=max(plain),
                limit_is="up in a home that is ready",
                more_is_better=False,
                note=f"{chosen.rounds} rounds, load of the machine {os.getloadavg()[0]:.1f}",
            ),
        ),
    )


def _until_link(environment: Mapping[str, str], *options: str) -> float:
    """Seconds until the link is printed; what was started is stopped again."""
    command = [sys.executable, "-P", "-m", "stillwater", "up", *options]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seconds = next(time.perf_counter() - began for line in process.stdout if "/enter/" in line)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    return seconds
