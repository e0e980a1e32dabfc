"""Driving the preloaded importer from a test."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.preloaded import PASSPHRASE_FILE
from tests.support.household import Household
from tests.support.truth import Truth


@dataclass
class Importer:
    process: subprocess.Popen[str]

    def run(
        self,
        home: Path,
        mailbox: Path,
        kill_after: float | None = None,
        how: str = "import_once",
    ) -> str:
        """One import; ``kill_after`` seconds it is killed, unless it was done before."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{home}\t{mailbox}\t{how}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        if kill_after is not None:
            ended, _, _ = select.select([self.process.stdout], [], [], kill_after)
            if not ended:
                with suppress(ProcessLookupError):  # it ended that very moment
                    os.kill(pid, signal.SIGKILL)
        return self.process.stdout.readline().strip()

    def look(self, home: Path, mailbox: Path) -> Truth:
        """Verify everything, and say what is there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{home}\t{mailbox}\tlook\n")
        self.process.stdin.flush()
        self.process.stdout.readline()  # the pid
        assert self.process.stdout.readline() == "done 0\n"
        return Truth(**json.loads(mailbox.with_suffix(".truth").read_text()))


@contextmanager
def importer(household: Household) -> Iterator[Importer]:
    """A preloaded importer, ended with the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.preloaded"],
        env={**household.environment, PASSPHRASE_FILE: str(household.passphrase_file)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Importer(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()
