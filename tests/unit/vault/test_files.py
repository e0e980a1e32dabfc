"""Files are whole and private, or not there."""

import errno
import os
from pathlib import Path

import pytest

from stillwater.core.errors import UserError
from stillwater.vault import files


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_new_files_and_folders_are_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    files.private_folder(path.parent)
    files.write_new(path, b"data")
    assert (path.read_bytes(), mode(path)) == (b"data", 0o600)
    assert mode(path.parent) == mode(path.parent.parent) == 0o700


def test_a_bare_name_is_a_file_of_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files.write_new(Path("sheet.pdf"), b"data")
    files.replace(Path("sheet.pdf"), b"newer")
    assert (tmp_path / "sheet.pdf").read_bytes() == b"newer"


def test_a_new_file_never_takes_anothers_place(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.write_new(path, b"old")
    with pytest.raises(FileExistsError):
        files.write_new(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.replace(path, b"old")
    files.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert mode(path) == 0o600


def test_a_file_that_does_not_fit_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) < 4:
            raise OSError(errno.ENOSPC, "full")
        return write(handle, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    for put in (files.put, files.write_new, files.replace):
        with pytest.raises(OSError, match="full"):
            put(tmp_path / "file", b"12345678")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_can_be_synced(tmp_path: Path, count: int) -> None:
    paths = [tmp_path / str(n) for n in range(count)]
    for path in paths:
        files.put(path, b"x")
    files.sync(paths)


def test_reading_what_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    files.write_new(path, b"k")
    assert files.read_private(path) == b"k"
    path.chmod(0o604)
    with pytest.raises(UserError):
        files.read_private(path)
