"""The database is copied before it is changed, and a newer program's is refused.

These run the program in processes of their own, each with a home of its own: the
database of the tests is in memory and already up to date.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stillwater.cli.schema import SNAPSHOTS_KEPT
from stillwater.core.errors import ExitCode
from stillwater.core.home import Home

READY = "from stillwater.cli.common import ready; ready()"
RUN = (
    "import sys; from stillwater.cli import main, common; import click\n"
    "main.LazyGroup.get_command = lambda *_: click.Command('doctor', callback=common.ready)\n"
    "sys.exit(main.run(['doctor']))"
)


@pytest.fixture
def own_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def run(home: Home, code: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "STILLWATER_POSTGRES"},
        "STILLWATER_HOME": str(home.root),
        "DJANGO_SETTINGS_MODULE": "stillwater.config.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def change(home: Home, *statements: str) -> None:
    with closing(sqlite3.connect(home.database)) as database, database:
        for statement in statements:
            database.execute(statement)


def one_step_back(home: Home) -> None:
    """As if the last migration of a room without tables were still to come."""
    change(home, "DELETE FROM django_migrations WHERE app='sessions'", "DROP TABLE django_session")


def snapshots(home: Home) -> list[Path]:
    return sorted(home.snapshots.iterdir())


def test_the_first_start_makes_the_database_and_copies_nothing(own_home: Home) -> None:
    assert run(own_home, READY).returncode == 0
    assert own_home.database.exists()
    assert snapshots(own_home) == []


def test_a_start_with_nothing_to_do_copies_nothing(own_home: Home) -> None:
    run(own_home, READY)
    before = own_home.database.stat().st_mtime_ns
    assert run(own_home, READY).returncode == 0
    assert snapshots(own_home) == []
    assert own_home.database.stat().st_mtime_ns == before


def test_before_a_migration_the_whole_database_is_copied(own_home: Home) -> None:
    run(own_home, READY)
    one_step_back(own_home)
    change(
        own_home,
        "INSERT INTO people_person (public_id, name, created_at) "
        "VALUES ('p', 'me', '2026-11-20 12:00:00')",
    )
    assert run(own_home, READY).returncode == 0
    (snapshot,) = snapshots(own_home)
    assert snapshot.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(snapshot)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT name FROM people_person").fetchall() == [("me",)]
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    assert "django_session" not in tables  # as it was before the migration
    with closing(sqlite3.connect(own_home.database)) as now:
        assert now.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_the_last_snapshots_are_kept(own_home: Home) -> None:
    run(own_home, READY)
    old = [own_home.snapshots / f"2020010{n}T000000.000000Z.sqlite3" for n in range(10)]
    for path in old:
        path.write_bytes(b"")
    one_step_back(own_home)
    run(own_home, READY)
    kept = snapshots(own_home)
    assert len(kept) == SNAPSHOTS_KEPT == 10
    assert kept[:-1] == old[1:]


def test_data_of_a_newer_program_is_refused_and_left_alone(own_home: Home) -> None:
    run(own_home, READY)
    change(
        own_home,
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('gate', '9999_from_the_future', '2030-01-01')",
    )
    one_step_back(own_home)
    before = own_home.database.read_bytes()
    done = run(own_home, RUN)
    assert done.returncode == ExitCode.BROKEN
    assert "newer Stillwater" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert own_home.database.read_bytes() == before
    assert snapshots(own_home) == []


def test_two_first_starts_at_once_both_come_up(own_home: Home) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", READY],
            env={
                **os.environ,
                "STILLWATER_HOME": str(own_home.root),
                "DJANGO_SETTINGS_MODULE": "stillwater.config.settings",
            },
        )
        for _ in range(2)
    ]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
