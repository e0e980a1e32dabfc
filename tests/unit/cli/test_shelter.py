"""The home folder: made for its owner alone, and never made of somebody else's folder."""

import os
from pathlib import Path

import pytest

from stillwater.cli.shelter import prepare
from stillwater.core.errors import UserError
from stillwater.core.home import Home


def test_every_folder_is_closed_to_others(tmp_path: Path) -> None:
    home = prepare(Home(tmp_path / "a" / "home"))
    folders = [home.root, *(path for path in home.root.rglob("*") if path.is_dir())]
    assert len(folders) > 5
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_home_that_was_opened_to_others_is_closed_again(tmp_path: Path) -> None:
    home = prepare(Home(tmp_path / "home"))
    home.root.chmod(0o755)
    home.vault.chmod(0o777)
    prepare(home)
    assert home.root.stat().st_mode & 0o777 == home.vault.stat().st_mode & 0o777 == 0o700


def test_preparing_again_leaves_what_is_there(tmp_path: Path) -> None:
    home = prepare(Home(tmp_path / "home"))
    (home.vault / "item.age").write_bytes(b"sealed")
    prepare(home)
    assert (home.vault / "item.age").read_bytes() == b"sealed"


def test_an_empty_folder_becomes_a_home(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    assert prepare(Home(tmp_path / "home")).vault.is_dir()


def test_a_folder_with_other_things_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letters.txt").write_text("x")
    with pytest.raises(UserError, match="other things"):
        prepare(Home(tmp_path))
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(UserError, match="names a file"):
        prepare(Home(tmp_path / "home"))


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make another user's folder")
def test_another_users_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    os.chown(tmp_path / "home", 65534, 65534)
    with pytest.raises(UserError, match="another user"):
        prepare(Home(tmp_path / "home"))
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o755


def test_where_no_folder_can_be_made_the_reason_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot be made"):
        prepare(Home(tmp_path / "file" / "home"))
