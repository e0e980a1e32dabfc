"""What must hold of mailbox files: where a mail begins, and that no byte is lost."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.channels.archives.items import ArchiveItem, Item, UnreadableItem
from stillwater.channels.archives.mbox import MboxArchive
from stillwater.core.errors import UserError

FROM = b"From j@x.example Fri Mar  6 17:30:00 2026\n"
TAKEOUT = b"From 1723@xxx Fri Mar 06 17:30:00 +0000 2026\r\n"
MAIL = b"From: j@x.example\nSubject: hi\n\nHello\n"


def read(tmp_path: Path, content: bytes, start: int = 0, cap: int = 10**8) -> list[Item]:
    path = tmp_path / "box.mbox"
    path.write_bytes(content)
    return list(MboxArchive(path, cap).items(start))


def raws(items: list[Item]) -> list[bytes]:
    return [item.raw for item in items]


def test_each_mail_is_its_bytes_without_from_line_and_separator(tmp_path: Path) -> None:
    assert raws(read(tmp_path, (FROM + MAIL + b"\n") * 3)) == [MAIL] * 3


def test_takeouts_lines_labels_and_line_ends(tmp_path: Path) -> None:
    mail = b"X-GM-THRID: 1723\r\nX-Gmail-Labels: Sent,=?UTF-8?Q?F=C3=BCr_mich?=\r\n" + (
        MAIL.replace(b"\n", b"\r\n")
    )
    items = read(tmp_path, (TAKEOUT + mail + b"\r\n") * 2)
    assert raws(items) == [mail, mail]
    assert isinstance(items[0], ArchiveItem)
    assert (items[0].labels, items[0].folder) == (("Sent", "Für mich"), "box")


@pytest.mark.parametrize(
    "line",
    [
        b"\nFrom now on I am at home Friday.\n",
        b"\nFrom j@x.example Fri Mar  6 17:30:00 2026\nno field follows\n",
        b"\nFrom j@x.example yesterday\nA: field\n",
        b"From j@x.example Fri Mar  6 17:30:00 2026\nA: field\n",  # no empty line before
        b"\n>From j@x.example Fri Mar  6 17:30:00 2026\nA: field\n",
    ],
)
def test_a_line_in_a_body_begins_no_mail(tmp_path: Path, line: bytes) -> None:
    mail = MAIL + line
    assert raws(read(tmp_path, FROM + mail + b"\n" + FROM + MAIL)) == [mail, MAIL]


def test_bytes_before_the_first_mail_are_an_item_that_cannot_be_read(tmp_path: Path) -> None:
    first, second = read(tmp_path, b"j@x.example was here\n\n" + FROM + MAIL)
    assert isinstance(first, UnreadableItem)
    assert b"j@x.example" in first.raw
    assert second.raw == MAIL


def test_reading_goes_on_from_any_item(tmp_path: Path) -> None:
    content = b"".join(FROM + MAIL + b"%d\n\n" % n for n in range(20))
    items = read(tmp_path, content)
    for number, item in enumerate(items):
        assert content.startswith(FROM, item.position)
        assert raws(read(tmp_path, content, item.position)) == raws(items[number:])
        assert raws(read(tmp_path, content, item.end)) == raws(items[number + 1 :])
    assert items[-1].end == items[-1].done == len(content)


def test_a_changed_mailbox_is_not_read_from_the_middle_of_a_mail(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read(tmp_path, FROM + MAIL, start=10)


PIECES = st.lists(
    st.sampled_from(
        [FROM, TAKEOUT, MAIL, b"\n", b"\r\n", b"From ", b"\nFrom x", b"A: b\n", b"\0", b"text"]
    ),
    max_size=30,
).map(b"".join)


@given(PIECES)
@settings(deadline=None)
def test_no_byte_is_lost_whatever_the_mailbox(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    items = read(tmp_path_factory.mktemp("any"), content)
    ends = [item.end for item in items]
    assert [item.position for item in items[1:]] == ends[:-1]
    for item in items:
        taken = content[item.position : item.end]
        assert item.raw in taken
        at = taken.rindex(item.raw)
        from_line, separator = taken[:at].strip(), taken[at + len(item.raw) :]
        assert not separator.strip()
        assert b"\n" not in from_line
        assert not from_line or from_line.startswith(b"From")
    assert not items or not content[ends[-1] :].strip()
    assert items or not content.strip()


def test_a_mail_across_many_chunks_is_whole(tmp_path: Path) -> None:
    long = MAIL + b"x" * 3_000_000 + b"\n\nFrom here on\n" + b"y" * 3_000_000 + b"\n"
    assert raws(read(tmp_path, (FROM + long + b"\n" + FROM + MAIL + b"\n") * 2)) == [long, MAIL] * 2


def test_an_item_over_the_cap_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    long = MAIL + b"x" * 5_000_000 + b"\n"
    content = FROM + MAIL + b"\n" + FROM + long + b"\n" + FROM + MAIL
    first, over, last = read(tmp_path, content, cap=2_000_000)
    assert isinstance(over, UnreadableItem)
    assert (over.position, over.length) == (first.end, len(FROM + long) + 1)
    assert MAIL in over.raw
    assert raws([first, last]) == [MAIL, MAIL]


def packed(tmp_path: Path, content: bytes) -> MboxArchive:
    path = tmp_path / "box.mbox.gz"
    path.write_bytes(content)
    return MboxArchive(path)


def test_packed_mailboxes_are_read_alike_in_several_members_too(tmp_path: Path) -> None:
    content = b"".join(FROM + MAIL + b"%d\n\n" % n for n in range(50))
    archive = packed(tmp_path, gzip.compress(content[:999]) + gzip.compress(content[999:]))
    items = list(archive.items())
    assert raws(items) == raws(read(tmp_path, content))
    assert items[-1].done == archive.size
    assert raws(list(archive.items(items[30].position))) == raws(items[30:])


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_what_lies_before_damage_is_read_and_the_damage_named(tmp_path: Path, damage: str) -> None:
    content = gzip.compress(b"".join(FROM + MAIL + b"%d\n\n" % n for n in range(9999)), 1)
    half = len(content) // 2
    broken = content[:half] if damage == "cut" else content[:half] + b"\xff" * 99 + content[half:]
    *_, last = items = list(packed(tmp_path, broken).items())
    assert isinstance(last, UnreadableItem)
    assert raws(items)[:100] == [MAIL + b"%d\n" % n for n in range(100)]


def test_a_bomb_fills_neither_memory_nor_disk_and_is_left(tmp_path: Path) -> None:
    path = tmp_path / "bomb.mbox.gz"
    with gzip.open(path, "wb") as bomb:
        bomb.write(FROM + MAIL + b"\n" + FROM + MAIL)
        for _ in range(100):
            bomb.write(bytes(1_000_000))
    tracemalloc.start()
    items = list(MboxArchive(path, item_cap=8_000_000).items())
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert items[0].raw == MAIL
    assert all(isinstance(item, UnreadableItem) for item in items[1:])
    assert items[-1].end < 30_000_000
    assert most_bytes < 30_000_000
    assert [p.name for p in tmp_path.iterdir()] == ["bomb.mbox.gz"]
