"""Every change to a bundle is noticed, and the file that was changed is named."""

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.evidence.verifier.check import verify
from stillwater.evidence.verifier.notes import NoteKey
from stillwater.evidence.verifier.problems import WrongError
from stillwater.evidence.verifier.signatures import CryptographyChecker, fingerprint
from tests.unit.evidence import builder
from tests.unit.evidence.builder import Built, build

CHECKER = CryptographyChecker()
RIGHT = build()


class Memory:
    """A bundle that lies nowhere."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files
        self.files = {name: len(data) for name, data in files.items()}

    def open(self, name: str) -> io.BytesIO:
        return io.BytesIO(self._files[name])


def checked(files: dict[str, bytes], **options):
    return verify(Memory(files), checker=CHECKER, **options)


def wrong(files: dict[str, bytes], **options) -> WrongError:
    with pytest.raises(WrongError) as caught:
        checked(files, **options)
    return caught.value


def test_a_right_bundle_is_right():
    report = checked(RIGHT.files)
    assert (report.shown, report.of, report.custody) == (3, 10, 1)
    assert report.logs == [("stillwater/test", 13)]
    assert not report.key_given


def test_every_byte_of_every_file_counts():
    for name, data in RIGHT.files.items():
        for at in range(len(data)):
            changed = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]
            assert name in wrong({**RIGHT.files, name: changed}).where


@given(data=st.data())
def test_any_other_byte_in_any_place_is_noticed_and_its_file_named(data):
    name = data.draw(st.sampled_from(sorted(RIGHT.files)))
    content = RIGHT.files[name]
    at = data.draw(st.integers(0, len(content)))
    kind = data.draw(st.sampled_from(["change", "insert", "cut"]))
    byte = bytes([data.draw(st.integers(0, 255))])
    changed = {
        "change": content[:at] + byte + content[at + 1 :],
        "insert": content[:at] + byte + content[at:],
        "cut": content[:at],
    }[kind]
    if changed != content:
        assert name in wrong({**RIGHT.files, name: changed}).where


@pytest.mark.parametrize("name", sorted(RIGHT.files))
def test_a_file_taken_away_is_named(name):
    left = {n: d for n, d in RIGHT.files.items() if n != name}
    assert name in wrong(left).where


@pytest.mark.parametrize("name", ["extra.txt", "data/extra.txt", "data/originals/0004-x.eml"])
def test_a_file_put_in_is_named(name):
    assert wrong({**RIGHT.files, name: b"x"}).where == name


def test_taking_the_tag_manifest_and_its_signature_away_is_not_right():
    left = {n: d for n, d in RIGHT.files.items() if not n.startswith("tagmanifest")}
    assert "tagmanifest" in wrong(left).where


def resealed(change: Callable[[Built], None]) -> WrongError:
    """What is found when somebody with the signing key changes a bundle and seals it again."""
    built = build()
    change(built)
    return wrong(built.seal().files)


def _swap(files: dict[str, bytes], folder: str) -> None:
    first, second, *_ = sorted(n for n in files if n.startswith(f"data/{folder}/0"))
    files[first], files[second] = files[second], files[first]


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        ("originals", "data/leaves/0001"),  # the leaf's commitment no longer fits
        ("salts", "data/leaves/0001"),
        ("leaves", "data/proofs/0001"),
        ("proofs", "data/proofs/0001"),
    ],
)
def test_swapped_files_are_noticed_even_with_all_hashes_made_anew(folder, named):
    assert resealed(lambda built: _swap(built.files, folder)).where.startswith(named)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("length", 1),
        ("sha256", "0" * 64),
        ("received_at", "2026-03-02T10:00:01Z"),
        ("received_local", "2026-03-02T10:00:00+01:00"),
        ("received_local", "2026-03-02T11:00:00"),
        ("received_local", "yesterday"),
        ("received_local", 7),
        ("utc_offset", "UTC+02:00"),
        ("channel", "sms"),
        ("kind", "call"),
        ("leaf_index", 4),
        ("log", 2),
        ("log", True),
        ("number", 2),
        ("file", "data/originals/../../etc/passwd"),
        ("file", None),
    ],
)
def test_a_table_that_says_something_else_than_the_ledger_is_noticed(column, value):
    def change(built: Built) -> None:
        about, rows = _table(built)
        rows[0][column] = value
        _put_table(built, about, rows)

    found = resealed(change)
    assert found.where in (
        "data/items.json",
        "data/items.json, item 1",
        "data/proofs/0001-" + ITEM_1 + ".tlog-proof",
    )


ITEM_1 = sorted(n for n in RIGHT.files if n.startswith("data/salts/"))[0][16:48]


def _table(built: Built) -> tuple[dict, list[dict]]:
    value = json.loads(built.files["data/items.json"])
    return value["about"], value["items"]


def _put_table(built: Built, about: dict, rows: list[dict]) -> None:
    built.files["data/items.json"] = builder.table_json(about, rows)
    built.files["data/items.csv"] = builder.table_csv(builder.ITEM_COLUMNS, rows)


def test_an_item_that_no_row_names_is_noticed():
    def change(built: Built) -> None:
        about, rows = _table(built)
        about["items_shown"] = 2
        _put_table(built, about, rows[:2])

    assert "0003-" in resealed(change).where


def test_rows_in_another_order_are_noticed():
    def change(built: Built) -> None:
        about, rows = _table(built)
        _put_table(built, about, rows[::-1])

    assert resealed(change).where == "data/items.json"


def test_one_message_counted_twice_is_noticed():
    """Under another name, with its own files: the leaf behind it is the same."""

    def change(built: Built) -> None:
        about, rows = _table(built)
        first = rows[-1]["file"][len("data/originals/") : -len(".eml")]
        again = "0004-" + "a" * 32
        for name in [n for n in built.files if first in n]:
            built.files[name.replace(first, again)] = built.files[name]
        rows.append(rows[-1] | {"number": 4, "file": f"data/originals/{again}.eml"})
        about["items_shown"], about["items_of"] = 4, 10
        _put_table(built, about, rows)

    found = resealed(change)
    assert (found.where, "again" in found.found) == ("data/items.json", True)


def test_items_numbered_in_another_order_than_that_of_receipt_are_noticed():
    def change(built: Built) -> None:
        about, rows = _table(built)
        names = [row["file"][len("data/originals/") : -len(".eml")] for row in rows[:2]]
        swapped = ["0001" + names[1][4:], "0002" + names[0][4:]]
        for old, new in zip(reversed(names), swapped, strict=True):
            for name in [n for n in built.files if old in n]:
                built.files[name.replace(old, new)] = built.files.pop(name)
        rows[0], rows[1] = rows[1] | {"number": 1}, rows[0] | {"number": 2}
        for row, name in zip(rows[:2], swapped, strict=True):
            row["file"] = f"data/originals/{name}.eml"
        _put_table(built, about, rows)

    assert "order of receipt" in resealed(change).expected


def test_a_custody_row_with_another_reason_than_its_leaf_is_noticed():
    def change(built: Built) -> None:
        value = json.loads(built.files["data/custody.json"])
        value["items"][0]["reason"] = "court"
        built.files["data/custody.json"] = builder.table_json(value["about"], value["items"])
        built.files["data/custody.csv"] = builder.table_csv(builder.CUSTODY_COLUMNS, value["items"])

    assert resealed(change).where == "data/custody.json"


def test_a_csv_that_differs_from_the_json_is_noticed():
    def change(built: Built) -> None:
        built.files["data/items.csv"] = built.files["data/items.csv"].replace(b"mail", b"post")

    assert resealed(change).where == "data/items.csv"


@pytest.mark.parametrize("shown_of", [(2, 10), (3, 2), (3, None), (True, 10)])
def test_a_wrong_count_of_what_is_shown_is_noticed(shown_of):
    def change(built: Built) -> None:
        about, rows = _table(built)
        about["items_shown"], about["items_of"] = shown_of
        _put_table(built, about, rows)

    assert resealed(change).where == "data/items.json"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"about":{},"items":[' + b'{"a":' * 50_000,
        b"null",
        b"{}",
        b'{"about":1e999,"items":[]}',
        b"\xff",
        b'{"about":{"format":"stillwater-bundle/1","format":"x"},\n"items":[\n\n]}\n',
        b"9" * 100_000,
    ],
    ids=["deep list", "deep object", "null", "empty", "infinite", "bytes", "twice", "huge number"],
)
@pytest.mark.parametrize("name", ["data/items.json", "data/custody.json"])
def test_hostile_json_is_an_answer_and_not_a_crash(name, content):
    def change(built: Built) -> None:
        built.files[name] = content

    assert resealed(change).where == name


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("data/ledger/log-1/leaf-hashes", lambda data: data[:-32]),
        ("data/ledger/log-1/leaf-hashes", lambda data: data[:-1]),
        ("data/ledger/log-1/leaf-hashes", lambda data: data[32:] + data[:32]),
        ("data/ledger/log-1/checkpoint", lambda data: data.replace(b"\n13\n", b"\n12\n")),
        ("data/ledger/log-1/key.vkey", lambda data: b"x" + data),
        ("data/ledger/key.pem", lambda data: data + b"\n"),
        ("data/ledger/allowed_signers", lambda data: data * 2),
        ("bagit.txt", lambda data: data.replace(b"1.0", b"0.97")),
    ],
)
def test_a_ledger_file_that_does_not_fit_is_named(name, change):
    def apply(built: Built) -> None:
        built.files[name] = change(built.files[name])

    assert resealed(apply).where == name


def test_another_key_than_the_trusted_one_is_said():
    other = builder.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    found = wrong(RIGHT.files, trusted=fingerprint(builder.public_of(other)))
    assert "the key that you gave" in found.expected


def test_a_checkpoint_of_another_key_is_noticed():
    other = builder.Ed25519PrivateKey.from_private_bytes(b"k" * 32)

    def change(built: Built) -> None:
        built.files["data/ledger/log-1/checkpoint"] = builder.checkpoint_of(built.hashes, other)

    assert resealed(change).where == "data/ledger/log-1/checkpoint"


def test_a_trusted_key_that_fits_is_said_to_be_the_callers():
    assert checked(RIGHT.files, trusted=fingerprint(builder.public_of(RIGHT.key))).key_given


class TestPins:
    def test_an_earlier_checkpoint_of_the_same_log_holds(self):
        for size in range(1, len(RIGHT.hashes) + 1):
            pin = builder.checkpoint_of(RIGHT.hashes[:size], RIGHT.key)
            assert checked(RIGHT.files, pins=[("kept", pin)]).pins

    def test_a_log_that_began_differently_is_named(self):
        pin = builder.checkpoint_of([b"\1" * 32, *RIGHT.hashes[1:5]], RIGHT.key)
        assert "log-1/checkpoint" in wrong(RIGHT.files, pins=[("kept", pin)]).where

    def test_the_same_size_with_another_root_is_named(self):
        pin = builder.checkpoint_of([b"\1" * 32, *RIGHT.hashes[1:]], RIGHT.key)
        assert "log-1/checkpoint" in wrong(RIGHT.files, pins=[("kept", pin)]).where

    def test_a_later_checkpoint_and_one_of_another_log_are_said_to_say_nothing(self):
        later = builder.checkpoint_of([*RIGHT.hashes, b"\1" * 32], RIGHT.key)
        elsewhere = builder.checkpoint_of(RIGHT.hashes, RIGHT.key, "stillwater/another")
        for pin in (later, elsewhere):
            report = checked(RIGHT.files, pins=[("kept", pin)])
            assert report.unsaid
            assert not report.pins

    def test_one_with_more_entries_than_a_log_that_a_later_one_followed_is_wrong(self):
        built = build()
        later = [builder.sha(b"\x00" + b"begun anew")]
        public = builder.public_of(built.key)
        key_id = builder.note_key_id("stillwater/later", public).hex()
        written = builder.b64(b"\x01" + public)
        folder = "data/ledger/log-2"
        built.files |= {
            f"{folder}/checkpoint": builder.checkpoint_of(later, built.key, "stillwater/later"),
            f"{folder}/key.vkey": f"stillwater/later+{key_id}+{written}\n".encode(),
            f"{folder}/leaf-hashes": later[0],
        }
        pin = builder.checkpoint_of([*built.hashes, builder.sha(b"one more")], built.key)
        found = wrong(built.seal().files, pins=[("kept", pin)])
        assert found.where == "data/ledger/log-1/checkpoint"
        assert "set back" in found.found

    def test_a_pin_that_another_key_signed_is_wrong(self):
        other = builder.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
        pin = builder.checkpoint_of(RIGHT.hashes, other)
        assert wrong(RIGHT.files, pins=[("kept", pin)]).where == "kept"


def test_without_a_checker_hashes_are_still_checked_and_nothing_is_called_signed():
    report = verify(Memory(RIGHT.files), checker=None)
    assert report.signatures_by is None
    name = next(n for n in RIGHT.files if n.startswith("data/originals/0002"))
    with pytest.raises(WrongError) as caught:
        verify(Memory({**RIGHT.files, name: b"changed"}), checker=None)
    assert caught.value.where == name


def test_a_note_key_is_written_as_go_writes_it():
    public = builder.public_of(RIGHT.key)
    written = NoteKey.of("stillwater/test", public).written
    assert written.encode() + b"\n" == RIGHT.files["data/ledger/log-1/key.vkey"]
