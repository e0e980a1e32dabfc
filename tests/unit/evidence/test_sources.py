"""Hostile bundles: refused by name, nothing unpacked, nothing read that should not be."""

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from stillwater.evidence.verifier import sources
from stillwater.evidence.verifier.problems import CallError, WrongError
from stillwater.evidence.verifier.sources import open_bundle, read_small
from tests.unit.evidence.builder import build

FILES = build().files


def as_folder(tmp_path: Path) -> Path:
    return build().write(tmp_path / "bag")


def as_tar(tmp_path: Path) -> Path:
    with tarfile.open(tmp_path / "bag.tar", "w") as tar:
        tar.add(as_folder(tmp_path), "bag")
    return tmp_path / "bag.tar"


def as_zip(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in FILES.items():
            packed.writestr(f"bag/{name}", data)
    return tmp_path / "bag.zip"


@pytest.mark.parametrize("form", [as_folder, as_tar, as_zip])
def test_a_bundle_reads_the_same_in_every_form(form, tmp_path):
    assert read_all(form(tmp_path)) == FILES


def refused(path: Path) -> WrongError:
    """What is said of a bundle that is refused, on opening or when all of it is read."""
    with pytest.raises(WrongError) as caught:
        read_all(path)
    return caught.value


def read_all(path: Path, names: Iterable[str] | None = None) -> dict[str, bytes]:
    with open_bundle(path) as source:
        return {name: read_small(source, name, 1 << 20) for name in names or source.files}


HOSTILE_NAMES = [
    "../outside",
    "data/../../outside",
    "/etc/passwd",
    "data//x",
    "./x",
    "data/.hidden",
    "data\\x",
    "C:x",
    "data/\u202etxt.exe",
    "data/new\nline",
    "a/" * 20 + "x",
    "x" * 300,
    "data/con sole",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_no_bundle_has_is_refused_in_a_tar(name, tmp_path):
    path = tmp_path / "bag.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(f"bag/{name}")
        tar.addfile(member, io.BytesIO())
    said = str(refused(path))
    # Whatever is shown of it can be shown.
    assert said.isascii()
    assert said.isprintable()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_no_bundle_has_is_refused_in_a_zip(name, tmp_path):
    path = tmp_path / "bag.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"bag/{name}", b"x")
    refused(path)


@pytest.mark.parametrize("pair", [("data/a", "data/a"), ("data/a", "data/A")])
def test_one_name_twice_is_refused(pair, tmp_path):
    path = tmp_path / "bag.tar"
    with tarfile.open(path, "w") as tar:
        for name in pair:
            tar.addfile(tarfile.TarInfo(f"bag/{name}"), io.BytesIO())
    assert "each name once" in str(refused(path))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused_in_a_zip(tmp_path):
    path = tmp_path / "bag.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("bag/a", b"1")
        packed.writestr("bag/a", b"2")
    assert "each name once" in str(refused(path))


def test_names_that_differ_only_in_capitals_are_refused_in_a_folder(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "A").write_bytes(b"")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system folds capitals itself")
    assert "each name once" in str(refused(tmp_path))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, b"S"]
)
def test_links_devices_and_sparse_files_are_refused_in_a_tar(kind, tmp_path):
    path = tmp_path / "bag.tar"
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        member = tarfile.TarInfo("bag/data/x")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    refused(path)


def test_links_are_refused_in_a_folder(tmp_path):
    as_folder(tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("not yours")
    (tmp_path / "bag" / "data" / "link.eml").symlink_to(outside)
    assert refused(tmp_path / "bag").where == "data/link.eml"


def test_a_linked_folder_is_refused(tmp_path):
    as_folder(tmp_path)
    (tmp_path / "bag" / "data" / "more").symlink_to(tmp_path)
    refused(tmp_path / "bag")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path)


def test_links_are_refused_in_a_zip(tmp_path):
    path = tmp_path / "bag.zip"
    with zipfile.ZipFile(path, "w") as packed:
        member = zipfile.ZipInfo("bag/data/x")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(member, "/etc/passwd")
    refused(path)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "bag.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("bag/data/x", "w") as out,
    ):
        for _ in range(300):
            out.write(bytes(1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    assert "times its size" in str(refused(path))


def test_a_damaged_zip_member_is_named(tmp_path):
    path = as_zip(tmp_path)
    with zipfile.ZipFile(path) as packed:
        member = packed.infolist()[0]
    data = bytearray(path.read_bytes())
    at = member.header_offset + 30 + len(member.filename)
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert refused(path).where == member.filename.removeprefix("bag/")


@pytest.mark.parametrize("cut", [100, 700, 5000])
def test_a_tar_that_was_cut_short_is_not_right(cut, tmp_path):
    path = as_tar(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(WrongError):
        read_all(path, FILES)


def test_bytes_after_the_end_of_a_tar_are_refused(tmp_path):
    path = as_tar(tmp_path)
    path.write_bytes(path.read_bytes() + b"hidden" * 100)
    assert "more bytes" in str(refused(path))


def test_files_outside_the_one_folder_are_refused(tmp_path):
    path = tmp_path / "bag.tar"
    with tarfile.open(path, "w") as tar:
        for name in ("bag/x", "elsewhere/x"):
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    assert "another folder" in str(refused(path))


def test_a_file_that_has_no_business_being_large_is_not_read(tmp_path):
    (tmp_path / "bagit.txt").write_bytes(b"x" * 1000)
    with pytest.raises(WrongError, match="at most 999"), open_bundle(tmp_path) as source:
        read_small(source, "bagit.txt", 999)


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_FILES", 3)
    assert "at most 3 files" in str(refused(as_folder(tmp_path)))


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"age-encryption.org/v1\n", "age -d -i YOUR-KEY.txt -o bundle.tar bundle.age"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "age -d"),
        (b"\x1f\x8b\x08", "gunzip"),
    ],
)
def test_what_must_be_opened_first_is_said_with_the_command(start, said, tmp_path):
    (tmp_path / "bundle.age").write_bytes(start)
    with pytest.raises(CallError) as caught, open_bundle(tmp_path / "bundle.age"):
        pass
    assert said in caught.value.next_step


def test_random_bytes_are_no_bundle(tmp_path):
    (tmp_path / "x").write_bytes(bytes(range(256)) * 4)
    refused(tmp_path / "x")


def test_many_extended_headers_in_a_row_are_an_answer(tmp_path):
    """Python's tar reader recurses over these."""
    path = tmp_path / "x.tar"
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 0
    path.write_bytes(header.tobuf(tarfile.USTAR_FORMAT) * 5000)
    refused(path)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 3_000_000])
@pytest.mark.parametrize("form", ["folder", "tar"])
def test_files_of_every_size_are_read_to_their_end(size, form, tmp_path):
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "before").write_bytes(b"b" * 700)
    data = os.urandom(size)
    (folder / "x").write_bytes(data)
    path = folder
    if form == "tar":
        path = tmp_path / "bag.tar"
        with tarfile.open(path, "w") as tar:
            tar.add(folder, "bag")
    with open_bundle(path) as source, source.open("x") as stream:
        pieces = list(iter(lambda: stream.read(100_000), b""))
    assert b"".join(pieces) == data
