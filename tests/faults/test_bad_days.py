"""A full disk, a locked database, a clock set back, an old snapshot: nothing lost, all said."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.importer import importer
from tests.support.household import Household, new_household
from tests.support.mailbox import as_in_mbox, made_theirs, mixed, write_mbox
from tests.support.truth import assert_each_once, assert_verifies, truth_of

FULL_DISK = """
set -e
mount -t tmpfs -o size={size}k none "$1"
cp -a "$2/." "$1/"
set +e
"$3" -m stillwater import "$4"
echo "exit $?"
cp -a "$1/." "$5/"
umount "$1"
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Household:
    return new_household(tmp_path_factory.mktemp("prepared"))


def test_full_disk_is_said_and_loses_nothing(prepared: Household, tmp_path: Path) -> None:
    mails = mixed(tmp_path / "all.mbox", theirs=400, wanted=50)
    for folder in ("small", "after"):
        (tmp_path / folder).mkdir()
    used = sum(f.stat().st_size for f in prepared.home.rglob("*") if f.is_file()) // 1024
    small = Household(tmp_path / "small", prepared.passphrase_file)
    done = subprocess.run(
        [
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            FULL_DISK.format(size=used + 700), "sh", str(small.home), str(prepared.home),
            sys.executable, str(mails.path), str(tmp_path / "after"),
        ],
        env=small.environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this machine lets nobody mount a small disk: " + done.stderr.strip())
    assert "exit 5" in done.stdout, done.stdout + done.stderr
    assert "disk" in done.stderr.lower()
    assert "Traceback" not in done.stderr

    after = Household(tmp_path / "after", prepared.passphrase_file)
    assert after.run("import", mails.path).returncode == 0
    after.run("vault", "check")
    assert_verifies(after)
    assert_each_once(after, mails.originals)


def test_locked_database_is_waited_for(prepared: Household, tmp_path: Path) -> None:
    household = prepared.copy(tmp_path / "home")
    mails = mixed(tmp_path / "all.mbox", theirs=60, wanted=20)
    lock = sqlite3.connect(household.home / "stillwater.sqlite3", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    with importer(household) as run:
        assert run.process.stdin is not None
        # Held until the import stands before it, then let go.
        answer = run.run(household.home, mails.path, kill_after=1.5)
        assert answer == "killed"
        lock.execute("ROLLBACK")
        lock.close()
        assert run.run(household.home, mails.path) == "done 0"
    household.run("vault", "check")
    assert_verifies(household)
    assert_each_once(household, mails.originals)


def test_clock_set_back(prepared: Household, tmp_path: Path) -> None:
    """A ledger that would run backwards is still a ledger: order is by leaf, times are as told."""
    household = prepared.copy(tmp_path / "home")
    first, second = list(made_theirs(40, seed=5)), list(made_theirs(40, seed=6))
    write_mbox(tmp_path / "first.mbox", first)
    write_mbox(tmp_path / "second.mbox", second)
    assert household.run("import", tmp_path / "first.mbox").returncode == 0
    back = subprocess.run(
        [sys.executable, "-m", "tests.faults.set_back", str(tmp_path / "second.mbox")],
        env=household.environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert back.returncode == 0, back.stderr
    assert_verifies(household)
    assert_each_once(household, frozenset(map(as_in_mbox, first + second)))


def test_snapshot_restored(prepared: Household, tmp_path: Path) -> None:
    """An old database over a newer vault: noticed, a new log names the old head, nothing lost."""
    household = prepared.copy(tmp_path / "home")
    first, second = list(made_theirs(40, seed=7)), list(made_theirs(40, seed=8))
    write_mbox(tmp_path / "first.mbox", first)
    write_mbox(tmp_path / "all.mbox", first + second)
    assert household.run("import", tmp_path / "first.mbox").returncode == 0
    database = household.home / "stillwater.sqlite3"
    snapshot = tmp_path / "snapshot.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("VACUUM INTO ?", (str(snapshot),))
    assert household.run("import", tmp_path / "all.mbox").returncode == 0
    for leftover in household.home.glob("stillwater.sqlite3-*"):
        leftover.unlink()
    shutil.copy(snapshot, database)

    noticed = household.run("ledger", "verify")
    assert noticed.returncode == 1
    assert "older" in noticed.stdout + noticed.stderr or "back" in noticed.stdout + noticed.stderr

    assert household.run("import", tmp_path / "all.mbox").returncode == 0
    household.run("vault", "check")
    assert_verifies(household)
    assert_each_once(household, frozenset(map(as_in_mbox, first + second)))
    # What the newer database had sealed is set aside, and never deleted.
    assert len(list((household.home / "orphans").rglob("*.age"))) == len(second)
    assert truth_of(household).attempts == len(first) + len(second)
