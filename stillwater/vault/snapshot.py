"""A consistent copy of the database, for a backup: one person's rows and nobody else's.

It is the one thing that a backup puts on the disk in the open: for minutes, in
snapshots/, mode 0600, and no more open than the database itself.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection, models

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import new_public_id
from stillwater.people.models import Person
from stillwater.vault import files

SQLITE, POSTGRES = "stillwater.sqlite3", "stillwater.pgdump"


@contextmanager
def snapshot(home: Home, person: Person) -> Iterator[tuple[str, Path]]:
    """A copy of the database as it is now: the name it has in a backup, and its file.

    The file is taken away when the block is left. Raises UserError.
    """
    # What is not committed is in no copy, and SQLite would wait for it for ever.
    assert not connection.in_atomic_block
    name = SQLITE if connection.vendor == "sqlite" else POSTGRES
    path = home.snapshots / f"backup-{new_public_id()}"
    files.put(path, b"")
    try:
        if name == SQLITE:
            _copy_sqlite(path, person)
        else:
            _dump_postgres(path)
        yield name, path
    finally:
        path.unlink(missing_ok=True)


def load_postgres(path: Path) -> None:
    """Put a dump into the PostgreSQL database of the settings, which must be empty."""
    if connection.introspection.table_names():
        raise UserError(
            "The database is not empty.", "Restore into a new, empty PostgreSQL database."
        )
    command = ["pg_restore", "--no-owner", "--exit-on-error", *_where(), str(path)]
    _run(command, "PostgreSQL would not take the backup.")


def _copy_sqlite(path: Path, person: Person) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA foreign_keys=OFF")
        for statement, values in _without_others(person):
            copy.execute(statement, values)
        # What was deleted must not lie in free pages either.
        copy.execute("VACUUM")


def _without_others(person: Person) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Everyone else's rows, page sessions and the task queue do not go along."""
    for model in apps.get_models(include_auto_created=True):
        table = connection.ops.quote_name(model._meta.db_table)
        column = _column_of_person(model)
        if column is None:
            yield f"DELETE FROM {table}", ()  # noqa: S608  names of our own tables
        else:
            name = connection.ops.quote_name(column)
            yield f"DELETE FROM {table} WHERE {name} <> ?", (person.pk,)  # noqa: S608


def _column_of_person(model: type[models.Model]) -> str | None:
    if model is Person:
        return "id"
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is Person:
            return field.column
    return None


def _dump_postgres(path: Path) -> None:
    if Person.objects.count() > 1:
        raise UserError(
            "Several people live in this PostgreSQL database, and it cannot be split here.",
            "Whoever runs it backs up all of it: pg_dump, the home folder, age.",
            ExitCode.NOT_ALLOWED,
        )
    command = ["pg_dump", "--format=custom", f"--file={path}", *_where()]
    _run(command, "PostgreSQL gave no copy of the database.")


def _run(command: list[str], what: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise UserError(
            f"The program {command[0]} is not installed.",
            "Install it (Debian: apt install postgresql-client), then try again.",
            ExitCode.BROKEN,
        )
    password = str(connection.settings_dict["PASSWORD"])
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [program, *command[1:]], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise UserError(
            what,
            f"{command[0]} ended with {done.returncode}: is it of the same version as the server?",
            ExitCode.BROKEN,
        )


def _where() -> list[str]:
    settings = connection.settings_dict
    options = {
        "--dbname": settings["NAME"],
        "--host": settings["HOST"],
        "--port": settings["PORT"],
        "--username": settings["USER"],
    }
    return [f"{option}={value}" for option, value in options.items() if value]
