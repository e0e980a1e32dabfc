"""The commands, typed in a home of their own, as a person would type them."""

import re
from pathlib import Path

import pytest

from stillwater.cli.vault import harmless
from tests.support.household import PASSPHRASE, Household


@pytest.fixture
def house(tmp_path: Path) -> Household:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")
    return Household(tmp_path / "home", passphrase)


def test_keys_backup_and_restore_from_end_to_end(house: Household, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    made = house.run("keys", "new", "--wait", "2h", "--sheet", sheet, signed_in=True)
    assert made.returncode == 0, made.stderr
    assert "2 hours" in made.stdout
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET-KEY" not in made.stdout + made.stderr

    again = house.run("keys", "new", signed_in=True)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.splitlines() == [
        "These keys are there already.",
        "See: stillwater keys check",
    ]

    words = tmp_path / "words"
    words.write_text(" ".join(w for _, w in sorted(numbered(sheet.read_text()).items())))
    checked = house.json("keys", "check", "--words-file", words, signed_in=True)
    assert checked == {"passphrase": True, "words": True, "months": 1}

    before = house.json("ledger", "checkpoint")["checkpoint"]
    kept = tmp_path / "kept.age"
    assert house.run("backup", "make", kept).returncode == 0
    there = Household(tmp_path / "there", house.passphrase_file)
    restored = there.run("backup", "restore", kept, "--words-file", words)
    assert restored.returncode == 0, restored.stderr
    verified = there.json("ledger", "verify")
    assert (verified["entries"], verified["wrong"]) == (2, [])
    assert [log["why"] for log in verified["logs"]] == ["first", "restored"]
    assert there.json("ledger", "checkpoint")["checkpoint"] != before
    assert there.run("backup", "restore", kept, "--words-file", words).returncode == 2


def test_a_sheet_that_cannot_be_written_is_shown(house: Household, tmp_path: Path) -> None:
    """The words are nowhere else: they are never lost, for programs neither."""
    made = house.json("keys", "new", "--sheet", tmp_path / ("x" * 250), signed_in=True)
    assert "sheet" not in made
    assert len(made["words"]) == 24


def test_a_changed_ledger_is_named_with_exit_code_1(house: Household) -> None:
    assert house.run("keys", "new", signed_in=True).returncode == 0
    (pin,) = (house.home / "pins").iterdir()
    pin.write_text(pin.read_text().replace("\n1\n", "\n2\n"))
    done = house.run("ledger", "verify")
    assert done.returncode == 1
    assert "pinned checkpoint" in done.stdout
    assert "Traceback" not in done.stderr


def test_exit_codes_and_two_lines(house: Household) -> None:
    assert house.run("keys", "new", signed_in=True).returncode == 0
    wrong = house.passphrase_file.with_name("wrong")
    wrong.write_text("another horse battery\n")
    cases = {
        4: ("keys", "check", "--passphrase-file", wrong),
        2: ("vault", "cancel", "0123456789"),
        5: ("backup", "make", "/proc/nowhere.age"),
    }
    for code, words in cases.items():
        done = house.run(*words)
        assert (done.returncode, done.stdout) == (code, "")
        assert len(done.stderr.strip().splitlines()) == 2
    assert house.json("vault", "waiting") == {"waiting": []}
    assert house.json("vault", "check")["passed"] is True
    shown = house.json("keys", "waits", "--wait", "48h", signed_in=True)
    assert shown["opening_wait_seconds"] == 48 * 3600
    assert shown["shorter_from"] is None
    asked = house.json("keys", "waits", "--wait", "1h", signed_in=True)
    assert asked["opening_wait_seconds"] == 48 * 3600
    assert house.json("keys", "waits")["shorter_from"] == asked["shorter_from"] is not None


def numbered(sheet: str) -> dict[int, str]:
    return {int(n): word for n, word in re.findall(r"(\d+)\. ([a-z]+)", sheet)}


def test_nothing_in_an_original_commands_the_terminal() -> None:
    untrusted = (
        b"plain \xc3\xa9 \t tab\r\n\x1b[31mred\x1b]0;title\x07 \x9b31m\r overwritten\x00"
        b" \xe2\x80\xae right to left \xe2\x80\x8b zero \xc2\x9b31m \xff\xe2\x80\xa8end"
    )
    first, second = harmless(untrusted)
    assert first == "plain é \t tab"
    assert second.isprintable()
    assert r"\x1b[31mred\x1b]0;title\x07" in second
    assert r"\u202e" in second
    assert all(ord(character) >= 32 for character in second)
