"""Inserting many rows at once, where nobody needs to know their ids."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def concrete(model: type[models.Model], name: str) -> Any:
    """The field of that name that has a column; Any, since Django types columns loosely."""
    field = model._meta.get_field(name)
    assert field.concrete, name
    return field


def insert_many(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """One prepared statement for all rows; ``columns`` are field names, foreign keys by id.

    Django's ``bulk_create`` makes an instance and compiles an expression for every
    value, which took a third of an import. Every column without a default in the
    database must be named. Raises what Django raises (IntegrityError).
    """
    assert connection.in_atomic_block
    fields = [concrete(model, name) for name in columns]
    prepare = [field.get_db_prep_save for field in fields]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  names of our own models
            [
                [to(value, connection) for to, value in zip(prepare, row, strict=True)]
                for row in rows
            ],
        )
