"""Backup and restore: whole or not at all, and nothing in it that is not ours."""

import errno
import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.vault import backup, files, identities
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item
from stillwater.vault.opening import item_path
from stillwater.vault.sheet import Sheet
from stillwater.vault.snapshot import SQLITE
from tests.integration.vault.conftest import PASSPHRASE, Kept, new_kept

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("STILLWATER_POSTGRES")), reason="test_backup_postgres.py"
)


@pytest.fixture
def kept(transactional_db: None, home: Home) -> Kept:
    """As everywhere, but committed: a backup holds nothing else."""
    return new_kept(home)


@pytest.fixture
def made(kept: Kept, tmp_path: Path) -> Path:
    kept.seal(b"one", b"two")
    path = tmp_path / "everything.age"
    backup.make(kept.home, kept.person, path, clock=kept.clock)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    home = Home(tmp_path / "another home")
    home.prepare()
    return home


def recovery(kept: Kept) -> identities.Identity:
    return backup.identity_by_words(" ".join(kept.made.words))


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(query).fetchall()


def everything_in(home: Home) -> list[Path]:
    return [path for path in home.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("by", ["words", "passphrase"])
def test_everything_comes_back(kept: Kept, made: Path, empty: Home, by: str) -> None:
    opens = recovery(kept) if by == "words" else backup.identity_by_passphrase(made, PASSPHRASE)
    database = backup.restore(empty, made, opens, SQLITE)
    assert database == empty.database
    assert rows(database, "SELECT count(*) FROM vault_item") == [(2,)]
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    for folder in ("vault", "keys"):
        for path in (kept.home.root / folder).rglob("*"):
            if path.is_file():
                there = empty.root / path.relative_to(kept.home.root)
                assert there.read_bytes() == path.read_bytes()
    for path in everything_in(empty):
        assert path.stat().st_mode & 0o077 == 0
    session = kept.session()
    for item in Item.objects.all():
        assert session.open_item(item, empty) in (b"one", b"two")
    assert MachineKey.load_or_create(empty) == MachineKey.load_or_create(kept.home)


def test_the_pin_is_not_restored_so_that_a_new_log_begins(
    kept: Kept, made: Path, empty: Home
) -> None:
    backup.restore(empty, made, recovery(kept), SQLITE)
    assert list(empty.pins.iterdir()) == []


def test_stock_age_and_tar_are_enough(kept: Kept, made: Path, tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    sheet = Sheet(kept.made.words, kept.made.recovery_identity, kept.clock.now())
    (tmp_path / "sheet.txt").write_text(sheet.text())
    out = tmp_path / "unpacked"
    out.mkdir()
    command = f"age -d -i sheet.txt {made.name} | tar -x -C unpacked"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    item = Item.objects.first()
    assert item is not None
    sealed = item_path(kept.home, kept.person.public_id, item.public_id)
    assert (out / sealed.relative_to(kept.home.root)).read_bytes() == sealed.read_bytes()
    assert (out / "stillwater.sqlite3").is_file()
    assert (out / f"pins/{kept.person.public_id}.checkpoint").is_file()


def test_nothing_open_is_left_behind(kept: Kept, made: Path) -> None:
    assert list(kept.home.snapshots.iterdir()) == []
    assert sorted(path.name for path in made.parent.glob("everything*")) == [
        "everything.age",
        "everything.age.keys.json",
    ]
    for path in made.parent.glob("everything*"):
        assert path.stat().st_mode & 0o077 == 0


def test_with_words_only_no_passphrase_opens_it(kept: Kept, tmp_path: Path, empty: Home) -> None:
    path = tmp_path / "words.age"
    backup.make(kept.home, kept.person, path, clock=kept.clock, with_passphrase=False)
    assert [p.name for p in tmp_path.glob("words*")] == ["words.age"]
    with pytest.raises(UserError, match="missing"):
        backup.identity_by_passphrase(path, PASSPHRASE)
    backup.restore(empty, path, recovery(kept), SQLITE)


def test_a_wrong_passphrase_opens_nothing(made: Path) -> None:
    with pytest.raises(UserError) as error:
        backup.identity_by_passphrase(made, "another horse battery")
    assert error.value.exit_code is ExitCode.NOT_ALLOWED


def test_only_this_persons_rows_and_files_go_along(kept: Kept, tmp_path: Path, empty: Home) -> None:
    other = new_kept(kept.home, "you")
    other.seal(b"theirs")
    kept.seal(b"mine")
    path = tmp_path / "mine.age"
    backup.make(kept.home, kept.person, path, clock=kept.clock)
    backup.restore(empty, path, recovery(kept), SQLITE)
    assert rows(empty.database, "SELECT name FROM people_person") == [("me",)]
    assert rows(empty.database, "SELECT count(*) FROM vault_item") == [(1,)]
    everything = b"".join(path.read_bytes() for path in everything_in(empty))
    assert kept.person.public_id.encode() in everything
    assert other.person.public_id.encode() not in everything
    assert other.made.recipient.encode() not in everything


@pytest.mark.parametrize("keep", [0, 50, 0.5, -1])
def test_a_cut_backup_restores_nothing(kept: Kept, made: Path, empty: Home, keep: float) -> None:
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * keep) if 0 < keep < 1 else int(keep)])
    with pytest.raises(UserError, match="not whole"):
        backup.restore(empty, made, recovery(kept), SQLITE)
    assert everything_in(empty) == []
    backup.must_be_empty(empty)


@pytest.mark.parametrize("at", [10, 100, 5_000, 150_000, -1])
def test_a_changed_backup_restores_nothing(kept: Kept, made: Path, empty: Home, at: int) -> None:
    data = bytearray(made.read_bytes())
    data[at] ^= 1
    made.write_bytes(data)
    with pytest.raises(UserError):
        backup.restore(empty, made, recovery(kept), SQLITE)
    assert everything_in(empty) == []


def sealed_tar(kept: Kept, path: Path, *members: tarfile.TarInfo) -> Path:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
    path.write_bytes(identities.seal(plain.getvalue(), [kept.made.recipient]))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, to
    made.size = 3 if kind == tarfile.REGTYPE else 0
    return made


PERSON = "0" * 32


@pytest.mark.parametrize(
    "hostile",
    [
        member("../outside"),
        member("/etc/passwd"),
        member("vault/../../outside"),
        member(f"vault/{PERSON}/00/../../../outside.age"),
        member("notes.txt"),
        member("manifest.json\n"),
        member(f"vault/{PERSON}", tarfile.DIRTYPE),
        member("keys/machine.key", tarfile.SYMTYPE, "/etc/passwd"),
        member("keys/machine.key", tarfile.LNKTYPE, "stillwater.sqlite3"),
        member("keys/machine.key", tarfile.FIFOTYPE),
    ],
    ids=lambda m: repr(m.name),
)
def test_a_hostile_backup_writes_nothing(
    kept: Kept, tmp_path: Path, empty: Home, hostile: tarfile.TarInfo
) -> None:
    """Anybody can seal a file to a person's recipient."""
    path = sealed_tar(kept, tmp_path / "hostile.age", member("keys/machine.key"), hostile)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError):
        backup.restore(empty, path, kept.session().identity, SQLITE)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("names", [[], ["manifest.json"], ["stillwater.sqlite3"]])
def test_what_is_no_backup_is_refused(
    kept: Kept, tmp_path: Path, empty: Home, names: list[str]
) -> None:
    path = sealed_tar(kept, tmp_path / "other.age", *map(member, names))
    with pytest.raises(UserError):
        backup.restore(empty, path, kept.session().identity, SQLITE)
    assert everything_in(empty) == []


def test_a_restore_writes_over_nobody(kept: Kept, made: Path) -> None:
    before = {path: path.read_bytes() for path in everything_in(kept.home)}
    with pytest.raises(UserError, match="lives"):
        backup.restore(kept.home, made, recovery(kept), SQLITE)
    assert {path: path.read_bytes() for path in everything_in(kept.home)} == before


def test_a_home_of_a_first_start_is_as_good_as_empty(kept: Kept, made: Path, empty: Home) -> None:
    with closing(sqlite3.connect(empty.database)) as opened:
        opened.execute("CREATE TABLE people_person (id)")
        opened.commit()
    MachineKey.load_or_create(empty)
    backup.restore(empty, made, recovery(kept), SQLITE)
    assert rows(empty.database, "SELECT count(*) FROM people_person") == [(1,)]
    assert MachineKey.load_or_create(empty) == MachineKey.load_or_create(kept.home)


def test_a_file_that_is_there_is_not_written_over(kept: Kept, made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(UserError, match="already"):
        backup.make(kept.home, kept.person, made, clock=kept.clock)
    assert made.read_bytes() == before


@pytest.mark.parametrize("fits", [0, 3])
def test_a_full_disk_leaves_no_backup(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fits: int
) -> None:
    kept.seal(os.urandom(300_000))
    write, written = files.write_all, [0]

    def until_full(handle: int, data: bytes) -> None:
        written[0] += bool(data)
        if written[0] > fits:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(handle, data)

    monkeypatch.setattr(files, "write_all", until_full)
    with pytest.raises(UserError) as error:
        backup.make(kept.home, kept.person, tmp_path / "full.age", clock=kept.clock)
    assert error.value.exit_code is ExitCode.BROKEN
    assert list(tmp_path.glob("full*")) == []
    assert list(kept.home.snapshots.iterdir()) == []


def test_the_database_goes_on_working(kept: Kept, made: Path) -> None:
    assert connection.vendor == "sqlite"
    kept.seal(b"after the backup")
    assert Item.objects.count() == 3
