"""The commands as they are typed: keys, plan, import, export, and a lawyer's stock tools."""

import json
from pathlib import Path

import pytest

from tests.integration.evidence.conftest import Lawyer
from tests.support.household import Household, new_household
from tests.support.mailbox import OTHER, PERSON, mail, write_mbox


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    folder = tmp_path_factory.mktemp("household")
    made = new_household(folder)
    theirs = [mail(OTHER, "Please answer me.", number=n) for n in range(20)]
    sent = mail(PERSON, "Please do not write.", number=99, to=f"Jordan <{OTHER}>")
    write_mbox(folder / "all.mbox", [*theirs, sent])
    made.json("import", folder / "all.mbox")
    return made


def test_what_was_imported_can_be_given_to_a_lawyer(household, lawyer: Lawyer, tmp_path: Path):
    out, opened = tmp_path / "x.age", tmp_path / "opened"
    words = ("evidence", "export", "--other", "J", "--to", lawyer.recipient, "--out", out)
    made = household.json(*words, signed_in=True)
    assert (made["items_shown"], made["items_of"]) == (21, 21)
    sealed = household.run("verify", out)
    assert sealed.returncode == 2
    assert "age -d -i" in sealed.stderr
    opened.mkdir()
    bag = lawyer.open(out, opened)
    done = household.run("verify", bag, "--key", made["fingerprint"])
    assert done.returncode == 0, done.stderr
    assert "the key you gave" in done.stdout
    rows = json.loads((bag / "data" / "items.json").read_text())["items"]
    assert sorted(row["direction"] for row in rows) == ["in"] * 20 + ["out"]


def test_in_the_clear_says_what_that_means(household, tmp_path: Path):
    done = household.run(
        "evidence", "export", "--other", "J", "--clear", tmp_path / "bag", signed_in=True
    )
    assert done.returncode == 0, done.stderr
    assert "whoever has the folder can read it" in done.stdout


def test_a_place_that_is_taken_begins_no_wait(household, lawyer: Lawyer, tmp_path: Path):
    """Else openings of everything would stand ready a day after a slip."""
    (tmp_path / "x").write_text("taken")
    for words in (("--clear", tmp_path / "x"), ("--to", lawyer.recipient, "--out", tmp_path / "x")):
        done = household.run("evidence", "export", "--other", "J", *words, signed_in=True)
        assert done.returncode == 2
    assert household.json("vault", "waiting") == {"waiting": []}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--other", "Nobody", "--clear", "x"], 2, "stillwater plan show"),
        (["--other", "J"], 2, "--to"),
        (["--other", "J", "--to", "age1", "--clear", "x"], 2, "--to"),
        (["--other", "J", "--to", "age1nonsense"], 2, "age1"),
        (["--other", "J", "--clear", "/nowhere/at/all"], 2, "folder"),
        (["--other", "J", "--clear", "x", "--until", "2001-01-01"], 2, "nothing to export"),
    ],
)
def test_a_slip_is_answered_with_a_next_step(words, code, said, household, tmp_path: Path):
    words = [str(tmp_path / word) if word == "x" else word for word in words]
    done = household.run("evidence", "export", *words, signed_in=True)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_wrong_passphrase_exports_nothing(household, tmp_path: Path):
    (tmp_path / "wrong").write_text("not the passphrase\n")
    words = ("--passphrase-file", tmp_path / "wrong", "--clear", tmp_path / "x")
    done = household.run("evidence", "export", "--other", "J", *words)
    assert done.returncode == 4
    assert not (tmp_path / "x").exists()


def test_verify_needs_no_home(tmp_path: Path, household):
    done = Household(tmp_path / "no home", household.passphrase_file).run("verify", tmp_path / "x")
    assert done.returncode == 2
    assert not (tmp_path / "no home").exists()
