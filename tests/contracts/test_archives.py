"""What every reader of archives must do, whatever it reads; each kind inherits it."""

import gzip
import os
from itertools import pairwise
from pathlib import Path

import pytest

from stillwater.channels.archives.items import Archive, ArchiveItem, UnreadableItem
from stillwater.channels.archives.registry import READERS, load, open_archive
from stillwater.core.errors import UserError

MAILS = [
    b"From: j%d@x.example\nSubject: hi\n\nHello %d\n>From now on\n" % (n, n) for n in range(12)
]
FROM = b"From j@x.example Fri Mar  6 17:30:00 2026\n"


class ArchiveContract:
    """Inherit this, and say how such an archive is written."""

    kind: str

    def write(self, place: Path, mails: list[bytes]) -> Path:
        raise NotImplementedError

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Archive:
        return open_archive(self.write(tmp_path, MAILS))

    def test_it_is_recognised(self, archive: Archive) -> None:
        assert archive.kind == self.kind
        assert archive.unit in ("bytes", "files")

    def test_every_mail_comes_once_byte_for_byte_and_in_order(self, archive: Archive) -> None:
        assert [item.raw for item in archive.items()] == MAILS
        assert all(isinstance(item, ArchiveItem) for item in archive.items())

    def test_reading_twice_gives_the_same(self, archive: Archive) -> None:
        assert list(archive.items()) == list(archive.items())

    def test_it_goes_on_behind_any_item_and_leaves_none_out(self, archive: Archive) -> None:
        items = list(archive.items())
        for number, item in enumerate(items, start=1):
            again = [i.raw for i in archive.items(item.end)]
            assert again[-len(MAILS[number:]) :] == MAILS[number:] or number == len(MAILS)
            assert item.raw in [i.raw for i in archive.items(item.position)]
        assert list(archive.items(items[-1].end)) == []

    def test_progress_grows_to_the_whole(self, archive: Archive) -> None:
        done = [item.done for item in archive.items()]
        assert done == sorted(done)
        assert done[-1] == archive.size

    def test_positions_grow(self, archive: Archive) -> None:
        items = list(archive.items())
        assert all(one.end <= two.position for one, two in pairwise(items))
        assert all(item.position <= item.end for item in items)


class TestMbox(ArchiveContract):
    kind = "mbox"

    def write(self, place: Path, mails: list[bytes]) -> Path:
        path = place / "mails.mbox"
        path.write_bytes(b"".join(FROM + mail + b"\n" for mail in mails))
        return path


class TestPackedMbox(ArchiveContract):
    kind = "mbox"

    def write(self, place: Path, mails: list[bytes]) -> Path:
        path = place / "mails.gz"
        path.write_bytes(gzip.compress(b"".join(FROM + mail + b"\n" for mail in mails)))
        return path


class FolderContract(ArchiveContract):
    """What archives of one file a mail must do besides."""

    def file(self, root: Path, name: str) -> Path:
        """A place for one more file that holds a mail."""
        raise NotImplementedError

    def test_links_are_named_and_not_followed(self, tmp_path: Path) -> None:
        root = self.write(tmp_path, MAILS[:1])
        secret = tmp_path / "secret"
        secret.write_bytes(b"From: other@x.example\n\nnot ours")
        link = self.file(root, "link")
        link.symlink_to(secret)
        (unreadable,) = [i for i in open_archive(root).items() if isinstance(i, UnreadableItem)]
        assert unreadable.name == link.relative_to(root).as_posix()
        assert unreadable.raw == b""

    def test_a_pipe_is_named_and_never_waited_for(self, tmp_path: Path) -> None:
        root = self.write(tmp_path, MAILS[:1])
        os.mkfifo(self.file(root, "pipe"))
        assert len([i for i in open_archive(root).items() if isinstance(i, UnreadableItem)]) == 1

    def test_a_folder_linked_into_the_tree_is_not_entered(self, tmp_path: Path) -> None:
        root = self.write(tmp_path, MAILS[:1])
        self.write(tmp_path / "elsewhere", MAILS)
        (root / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        assert [i.raw for i in open_archive(root).items()] == MAILS[:1]

    def test_files_that_go_never_shift_the_place_to_go_on_from(self, tmp_path: Path) -> None:
        root = self.write(tmp_path, MAILS)
        items = list(open_archive(root).items())
        end = items[5].end
        for item in items[:4]:
            assert isinstance(item, ArchiveItem)
            (root / item.name).unlink()
        assert [i.raw for i in open_archive(root).items(end)] == MAILS[6:]

    def test_a_file_that_is_gone_before_it_is_read_is_named(self, tmp_path: Path) -> None:
        root = self.write(tmp_path, MAILS[:3])
        reading = open_archive(root).items()
        first = next(reading)
        assert isinstance(first, ArchiveItem)
        for path in [p for p in root.rglob("*") if p.is_file() and p.name != Path(first.name).name]:
            path.unlink()
        assert all(isinstance(item, UnreadableItem) for item in reading)


def _dated(path: Path, content: bytes, number: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, ns=(0, 10**18 + number))


class TestMaildir(FolderContract):
    kind = "maildir"

    def write(self, place: Path, mails: list[bytes]) -> Path:
        root = place / "Maildir"
        (root / "tmp").mkdir(parents=True)
        (root / "tmp" / "half").write_bytes(b"From: never@x.example\n\ndelivered")
        places = ("cur", "new", ".Sent/cur", "Old/2025/new")
        for number, mail in enumerate(mails):
            _dated(root / places[number % 4] / f"{number}.host:2,S", mail, number)
        return root

    def file(self, root: Path, name: str) -> Path:
        return root / "cur" / name

    def test_folders_are_named(self, tmp_path: Path) -> None:
        found = {i.folder for i in open_archive(self.write(tmp_path, MAILS)).items()}
        assert found == {"", "Sent", "Old/2025"}


class TestEml(FolderContract):
    kind = "eml"

    def write(self, place: Path, mails: list[bytes]) -> Path:
        root = place / "mails"
        for number, mail in enumerate(mails):
            folder = root / ("" if number % 2 else "more")
            _dated(folder / f"{number}.{'eml' if number % 3 else 'EML'}", mail, number)
        (root / "notes.txt").write_text("no mail")
        return root

    def file(self, root: Path, name: str) -> Path:
        return root / f"{name}.eml"

    def test_one_mail_in_a_file_of_its_own_is_an_archive_too(self, tmp_path: Path) -> None:
        path = tmp_path / "saved mail"
        path.write_bytes(MAILS[0])
        assert [i.raw for i in open_archive(path).items()] == MAILS[:1]


def test_every_reader_named_can_be_loaded() -> None:
    assert {load(kind)(Path()).kind for kind in READERS} == set(READERS)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04zip", b"\x89PNG\r\n", b"just some text\n", b"\x1f\x8bbroken"]
)
def test_what_is_no_archive_is_refused_with_a_next_step(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thing"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        open_archive(path)
    assert refused.value.next_step


def test_folders_without_mail_and_paths_without_anything_are_refused(tmp_path: Path) -> None:
    (tmp_path / "boxes").mkdir()
    (tmp_path / "boxes" / "a.mbox").write_bytes(FROM + MAILS[0])
    (tmp_path / "empty").mkdir()
    for name in ("boxes", "empty", "nothing"):
        with pytest.raises(UserError) as refused:
            open_archive(tmp_path / name)
        assert refused.value.next_step


def test_a_path_that_no_system_can_reach_is_a_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be reached"):
        open_archive(tmp_path / ("x" * 5000))
