"""A real household on the disk: keys, plan and commands, as a person would have them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import mailbox

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True)
class Household:
    """One home folder, and the commands typed in it."""

    home: Path
    passphrase_file: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a command sees: this home, and no system keyring."""
        kept = {k: v for k, v in os.environ.items() if k != "STILLWATER_POSTGRES"}
        return {
            **kept,
            "STILLWATER_HOME": str(self.home),
            "STILLWATER_KEYRING": "off",
            "DJANGO_SETTINGS_MODULE": "stillwater.config.settings",
        }

    def run(self, *words: str | Path, signed_in: bool = False) -> subprocess.CompletedProcess[str]:
        """Type ``stillwater WORDS…``; gives what came of it."""
        command = [sys.executable, "-m", "stillwater", *map(str, words)]
        if signed_in:
            command += ["--passphrase-file", str(self.passphrase_file)]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def json(self, *words: str | Path, signed_in: bool = False) -> Any:
        """The same with ``--json``, which must go well."""
        done = self.run(*words, "--json", signed_in=signed_in)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    def copy(self, to: Path) -> "Household":
        """The same household again, elsewhere on the disk."""
        shutil.copytree(self.home, to)
        return Household(to, self.passphrase_file)


def new_household(folder: Path, plan: str = mailbox.PLAN, *, delay: str = "0h") -> Household:
    """Keys and a plan, made by the commands themselves."""
    folder.mkdir(parents=True, exist_ok=True)
    passphrase_file = folder / "passphrase"
    passphrase_file.write_text(PASSPHRASE + "\n")
    household = Household(folder / "home", passphrase_file)
    made = household.run("keys", "new", "--wait", "0h", "--delay", delay, signed_in=True)
    assert made.returncode == 0, made.stderr
    plan_file = folder / "plan.toml"
    plan_file.write_text(plan)
    told = household.run("plan", "set", plan_file, signed_in=True)
    assert told.returncode == 0, told.stderr
    return household
