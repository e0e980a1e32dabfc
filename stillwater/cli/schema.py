"""The database's schema: a snapshot, then the migrations; data of a newer program is refused."""

import fcntl
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import PRIVATE_FILE, Home

SNAPSHOTS_KEPT = 10


def bring_up_to_date(home: Home) -> Path | None:
    """Migrate where there is something to do; gives the snapshot made before it.

    Raises UserError where the data was written by a newer program.
    """
    if not _waiting(_checked_executor()):
        return None
    with _alone(home):
        # Another process may have migrated while this one waited.
        executor = _checked_executor()
        if not _waiting(executor):
            return None
        snapshot = take_snapshot(home) if executor.loader.applied_migrations else None
        call_command("migrate", interactive=False, verbosity=0)
    return snapshot


def migrations_waiting() -> int:
    """How many migrations are still to be applied. Raises UserError for newer data."""
    return len(_waiting(_checked_executor()))


def _checked_executor() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if unknown:
        raise UserError(
            "This data was written by a newer Stillwater than this one.",
            "Use the newer program again, or put back a snapshot that this one made "
            "(folder snapshots in Stillwater's home).",
            ExitCode.BROKEN,
        )
    return executor


def _waiting(executor: MigrationExecutor) -> list[object]:
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One process migrates at a time. The system frees the lock when a process dies."""
    with (home.locks / "migrate").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def take_snapshot(home: Home) -> Path:
    """Copy the whole database into the snapshots folder, and keep the last ten.

    Appears under its name only when whole and on disk. Raises UserError, OSError.
    """
    made_at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    is_sqlite = connection.vendor == "sqlite"
    target = home.snapshots / f"{made_at}.{'sqlite3' if is_sqlite else 'pgdump'}"
    partial = target.with_suffix(".partial")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    try:
        (_copy_sqlite if is_sqlite else _dump_postgres)(partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    for old in snapshots(home)[:-SNAPSHOTS_KEPT]:
        old.unlink()
    return target


def snapshots(home: Home) -> list[Path]:
    """The snapshots made before migrations, oldest first."""
    return sorted(home.snapshots.glob("*Z.sqlite3")) + sorted(home.snapshots.glob("*Z.pgdump"))


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _dump_postgres(target: Path) -> None:
    database = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {theirs: str(database[ours]) for theirs, ours in named.items() if database[ours]}
    try:
        subprocess.run(
            ["pg_dump", "--format=custom", f"--file={target}", str(database["NAME"])],
            env={**os.environ, **given},
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            "No snapshot of the database could be made, so nothing was changed.",
            "Install postgresql-client of the server's version, and start again.",
            ExitCode.BROKEN,
        ) from error
