"""A backup made at the page, restored into an empty home."""

import os
from pathlib import Path

import pytest

from stillwater.core.home import Home
from stillwater.vault import backup
from stillwater.vault.locks import person_lock
from stillwater.vault.snapshot import SQLITE
from tests.integration.settings_page.conftest import PASSPHRASE, Living, mail
from tests.integration.vault.test_backup import rows

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(os.environ.get("STILLWATER_POSTGRES")), reason="as test_backup.py"),
]


def saved(living: Living, path: str, to: Path) -> Path:
    answer = living.file(path)
    assert answer["Content-Disposition"].startswith('attachment; filename="copy-')
    assert answer["Cache-Control"] == "no-store"
    to.write_bytes(b"".join(answer))  # type: ignore[arg-type]
    return to


@pytest.mark.parametrize("by", ["passphrase", "words"])
def test_what_was_saved_restores(living: Living, tmp_path: Path, by: str) -> None:
    living.plan()
    living.vault.take([mail(1), mail(2)])
    living.browser.get("/k/g")
    seen = living.browser.post("/k/g", passphrase=PASSPHRASE, opens="both")
    assert "Save the backup" in seen.text
    file = saved(living, "/k/g/a", tmp_path / "copy.age")
    saved(living, "/k/g/b", tmp_path / "copy.age.keys.json")
    opens = (
        backup.identity_by_words(living.words)
        if by == "words"
        else backup.identity_by_passphrase(file, PASSPHRASE)
    )
    empty = Home(tmp_path / "another")
    empty.prepare()
    database = backup.restore(empty, file, opens, SQLITE)
    assert rows(database, "SELECT count(*) FROM vault_item") == [(2,)]


def test_with_the_sheet_alone_no_small_file_goes_along(living: Living) -> None:
    living.browser.get("/k/g")
    living.browser.post("/k/g", passphrase=PASSPHRASE, opens="words")
    assert living.file("/k/g/b").status_code == 302
    assert living.file("/k/g/a").status_code == 200


def test_it_counts_only_when_it_is_saved(living: Living) -> None:
    """Copies on a mail server may go once there is a backup: one that is thrown away is none."""
    mark = living.home.last_backup_of(living.person.public_id)
    living.browser.get("/k/g")
    living.browser.post("/k/g", passphrase=PASSPHRASE)
    living.browser.post("/k/g/c")
    assert not mark.exists()
    assert living.file("/k/g/a").status_code == 302
    living.browser.post("/k/g", passphrase=PASSPHRASE)
    assert not mark.exists()
    assert "counts as your last backup" in living.browser.post("/k/g/c", saved="yes").text
    assert mark.exists()
    assert list((living.home.outgoing / living.person.public_id).iterdir()) == []


def test_without_the_passphrase_nothing_is_made(living: Living) -> None:
    living.browser.get("/k/g")
    living.browser.post("/k/g", status=422, passphrase="wrong horse")
    assert not any(living.home.outgoing.rglob("*.age"))


def test_while_something_else_works_it_says_so(
    living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stillwater.vault.locks.PATIENCE", 0.0)
    living.browser.get("/k/g")
    with person_lock(living.home, living.person):
        seen = living.browser.post("/k/g", status=422, passphrase=PASSPHRASE)
    assert "Something else is working" in seen.text


def test_anothers_backup_is_not_there(new_living, living: Living) -> None:
    robin = new_living("Robin")
    robin.browser.get("/k/g")
    robin.browser.post("/k/g", passphrase=PASSPHRASE)
    assert robin.file("/k/g/a").status_code == 200
    assert living.file("/k/g/a").status_code == 302


def test_the_way_to_another_machine_is_told(living: Living) -> None:
    assert "backup restore FILE" in living.browser.get("/k/h").text
