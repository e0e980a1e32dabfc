"""An index of the leaves that record no original: the record of access reads nothing else.

In the words of each database, since a partial index is used only where the question is asked
in the same words (gate/access.py). It belongs to no model: nothing else asks so.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WHERE = {
    "sqlite": "INSTR(data, X'22636F6D6D69746D656E74223A22') = 0",
    "postgresql": r"POSITION('\x22636F6D6D69746D656E74223A22'::bytea IN data) = 0",
}


def make(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    where = WHERE[editor.connection.vendor]
    editor.execute(
        f'CREATE INDEX vault_leaf_access ON vault_leaf (log_id, "index") WHERE {where}', params=None
    )


def take_away(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX vault_leaf_access", params=None)


class Migration(migrations.Migration):
    dependencies = [("web", "0001_asked_export"), ("vault", "0001_initial")]
    operations = [migrations.RunPython(make, take_away)]
