"""A whole import as a command, beside notmuch and bogofilter on the same mails."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row
from tests.support import mailbox
from tests.support.household import new_household


def measure(chosen: argparse.Namespace) -> Iterator[Row]:  # noqa: ARG001  all parts take it
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        mails = mailbox.mixed(here / "all.mbox", theirs=2_000, wanted=1_750, real=True)
        count = mails.theirs + mails.wanted
        household = new_household(here / "household")
        started = time.perf_counter()
        household.json("import", mails.path)
        ours = count / (time.perf_counter() - started)
        started = time.perf_counter()
        household.json("import", mails.path)
        again = count / (time.perf_counter() - started)
        maildir = _as_maildir(here / "Maildir", mails.path)
        notmuch = _seconds(["notmuch", "new", "--quiet"], _notmuch_environment(here, maildir))
        bogofilter = _seconds(
            ["bogofilter", "-n", "-M", "-d", str(here), "-I", str(mails.path)], dict(os.environ)
        )
    yield Row(
        "import of a mailbox, whole command",
        ours,
        "mails/s",
        limit=count / notmuch if notmuch else None,
        limit_is="notmuch new on the same mails" if notmuch else "notmuch is not installed",
        note=f"{count} mails, 2,000 of them sealed; the peer indexes and seals nothing",
    )
    yield Row(
        "the same import again: all known",
        again,
        "mails/s",
        limit=count / bogofilter if bogofilter else None,
        limit_is="bogofilter on the same mails" if bogofilter else "bogofilter is not installed",
    )


def _as_maildir(folder: Path, mbox: Path) -> Path:
    from stillwater.channels.archives.registry import open_archive

    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number, item in enumerate(open_archive(mbox).items()):
        (folder / "cur" / f"{number}.bench:2,S").write_bytes(item.raw)
    return folder


def _notmuch_environment(here: Path, maildir: Path) -> dict[str, str]:
    config = here / "notmuch-config"
    config.write_text(f"[database]\npath={maildir}\n[user]\nname=Sam\n[new]\ntags=new\n")
    return {**os.environ, "NOTMUCH_CONFIG": str(config)}


def _seconds(command: list[str], environment: dict[str, str]) -> float | None:
    if shutil.which(command[0]) is None:
        return None
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1, 2):
        sys.stderr.write(f"{command[0]} ended with {done.returncode}\n")
        return None
    return time.perf_counter() - started
