"""What ``./start`` costs when nothing happens: memory at rest, and time until it is ready."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import psutil

from benchmarks.table import Row

_SETTLE = 5.0  # seconds after which nothing starts any more


def measure(chosen: argparse.Namespace) -> Iterator[Row]:  # noqa: ARG001  all parts take it
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "STILLWATER_HOME": home}
        _until_ready(environment, stop=True)
        seconds, process = _until_ready(environment, stop=False)
        time.sleep(_SETTLE)
        family = [
            psutil.Process(process.pid),
            *psutil.Process(process.pid).children(recursive=True),
        ]
        memory = sum(one.memory_full_info().pss for one in family) / 2**20
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    yield Row("second start until the link is printed", seconds, "s", goal=3, more_is_better=False)
    yield Row(
        "memory at rest, the whole group (proportional set size)",
        memory,
        "MB",
        goal=250,
        more_is_better=False,
        note=f"{len(family)} processes",
    )


def _until_ready(
    environment: dict[str, str], *, stop: bool
) -> tuple[float, "subprocess.Popen[str]"]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "stillwater", "up", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "http://localhost" in line:
            break
    seconds = time.perf_counter() - started
    if stop:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    return seconds, process
