"""A snapshot is a whole copy, on SQLite and on PostgreSQL; or there is none at all."""

from pathlib import Path

import pytest
from django.db import connection

from stillwater.cli import schema
from stillwater.cli.schema import bring_up_to_date, migrations_waiting, snapshots, take_snapshot
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_snapshot_is_for_its_owner_alone_and_bears_its_format(home: Home) -> None:
    made = take_snapshot(home)
    assert made.stat().st_mode & 0o777 == 0o600
    begins = {"sqlite": b"SQLite format 3", "postgresql": b"PGDMP"}[connection.vendor]
    assert made.read_bytes().startswith(begins)
    assert list(home.snapshots.iterdir()) == [made]


def test_a_snapshot_that_breaks_off_leaves_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "_copy_sqlite", breaks)
    monkeypatch.setattr(schema, "_dump_postgres", breaks)
    with pytest.raises(OSError, match="No space"):
        take_snapshot(home)
    assert list(home.snapshots.iterdir()) == []


def test_other_files_in_the_folder_are_neither_counted_nor_taken_away(home: Home) -> None:
    copies = [home.snapshots / name for name in ("backup-0123", "notes.txt")]
    for copy in copies:
        copy.write_bytes(b"")
    made = [take_snapshot(home) for _ in range(12)]
    assert snapshots(home) == made[-10:]
    assert all(copy.exists() for copy in copies)


def test_a_database_that_is_up_to_date_is_left_alone(home: Home) -> None:
    assert migrations_waiting() == 0
    assert bring_up_to_date(home) is None
    assert snapshots(home) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no other program")
def test_without_pg_dump_nothing_is_changed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UserError) as refused:
        take_snapshot(home)
    assert refused.value.exit_code is ExitCode.BROKEN
