"""A backup on PostgreSQL: a copy by pg_dump, and a refusal where it holds others."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.vault import backup
from stillwater.vault.snapshot import POSTGRES, SQLITE, load_postgres
from tests.integration.vault.conftest import Kept, new_kept

pytestmark = pytest.mark.skipif(
    not os.environ.get("STILLWATER_POSTGRES"), reason="runs on PostgreSQL only"
)


@pytest.fixture
def kept(transactional_db: None, home: Home) -> Kept:
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed")
    return new_kept(home)


def test_a_dump_comes_back(kept: Kept, tmp_path: Path) -> None:
    kept.seal(b"one", b"two")
    path = tmp_path / "everything.age"
    backup.make(kept.home, kept.person, path, clock=kept.clock)
    there = Home(tmp_path / "there")
    there.prepare()
    opens = backup.identity_by_words(" ".join(kept.made.words))
    dump = backup.restore(there, path, opens, POSTGRES)
    listed = subprocess.run(
        ["pg_restore", "--list", dump], capture_output=True, text=True, check=True
    )
    assert "TABLE DATA public vault_item" in listed.stdout
    with pytest.raises(UserError, match="not empty"):
        load_postgres(dump)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    load_postgres(dump)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_item")
        assert cursor.fetchone() == (2,)


def test_several_people_cannot_be_split(kept: Kept, tmp_path: Path) -> None:
    new_kept(kept.home, "you")
    with pytest.raises(UserError, match="Several people"):
        backup.make(kept.home, kept.person, tmp_path / "x.age", clock=kept.clock)
    assert list(tmp_path.glob("x*")) == []
    assert list(kept.home.snapshots.iterdir()) == []


def test_a_backup_of_another_kind_of_database_is_refused(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "everything.age"
    backup.make(kept.home, kept.person, path, clock=kept.clock)
    there = Home(tmp_path / "there")
    there.prepare()
    opens = backup.identity_by_words(" ".join(kept.made.words))
    with pytest.raises(UserError, match="PostgreSQL"):
        backup.restore(there, path, opens, SQLITE)
