"""The main job, on real mail where it is there: import twice, leave the wanted alone."""

import hashlib
from pathlib import Path

import pytest

from tests.support.household import Household, new_household
from tests.support.mailbox import (
    OTHER,
    PERSON,
    Mixed,
    made_theirs,
    made_wanted,
    mail,
    mixed,
    write_mbox,
)
from tests.support.truth import assert_each_once, assert_verifies


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    return new_household(tmp_path_factory.mktemp("household"))


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    path = tmp_path_factory.mktemp("mails") / "all.mbox"
    return mixed(path, theirs=2_000, wanted=1_750, real=True)


def test_imported_twice_every_one_once(household: Household, mails: Mixed, tmp_path: Path) -> None:
    home = household.copy(tmp_path / "home")
    before = hashlib.sha256(mails.path.read_bytes()).digest()

    first = home.json("import", mails.path)
    assert first["read"] == mails.theirs + mails.wanted
    assert first["theirs"] == mails.theirs
    assert first["untouched"] == mails.wanted
    assert first["from_strangers"] == 0
    assert first["unreadable"] == []

    second = home.json("import", mails.path)
    assert second["theirs"] == 0
    assert second["duplicates"] == mails.theirs
    assert second["untouched"] == mails.wanted

    assert hashlib.sha256(mails.path.read_bytes()).digest() == before
    assert_each_once(home, mails.originals)
    assert_verifies(home)


def test_the_same_mail_from_other_archives_is_one(household: Household, tmp_path: Path) -> None:
    """From an mbox (munged, LF), from a Maildir and as .eml (CRLF): one attempt."""
    home = household.copy(tmp_path / "home")
    theirs = list(made_theirs(12, seed=31))
    write_mbox(tmp_path / "a.mbox.gz", theirs)
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / folder).mkdir(parents=True)
    (tmp_path / "letters").mkdir()
    for number, raw in enumerate(theirs):
        (tmp_path / "Maildir" / "cur" / f"{number}.host:2,S").write_bytes(raw)
        (tmp_path / "letters" / f"{number}.eml").write_bytes(raw.replace(b"\n", b"\r\n"))

    assert home.json("import", tmp_path / "a.mbox.gz")["theirs"] == 12
    assert home.json("import", tmp_path / "Maildir")["duplicates"] == 12
    assert home.json("import", tmp_path / "letters")["duplicates"] == 12


def test_a_reused_message_id_with_another_body_is_a_new_attempt(
    household: Household, tmp_path: Path
) -> None:
    home = household.copy(tmp_path / "home")
    raw = next(made_theirs(1, seed=41))
    other = raw + b"And one line more.\n"
    write_mbox(tmp_path / "a.mbox", [raw])
    write_mbox(tmp_path / "b.mbox", [raw, other])
    assert home.json("import", tmp_path / "a.mbox")["theirs"] == 1
    again = home.json("import", tmp_path / "b.mbox")
    assert (again["theirs"], again["duplicates"]) == (1, 1)


def test_sent_mail_to_the_other_is_recorded_as_out(household: Household, tmp_path: Path) -> None:
    home = household.copy(tmp_path / "home")
    sent = mail(PERSON, "Please do not write.", number=1, to=f"Jordan <{OTHER}>")
    elsewhere = mail(PERSON, "See you.", number=2, to="ana@friends.example")
    write_mbox(tmp_path / "sent.mbox", [sent, elsewhere])
    report = home.json("import", tmp_path / "sent.mbox")
    assert (report["from_you"], report["theirs"], report["untouched"]) == (1, 0, 1)


def test_a_threat_among_their_mails_is_told(household: Household, tmp_path: Path) -> None:
    home = household.copy(tmp_path / "home")
    threat = "I will kill you. I know where you live."
    again = mail(OTHER, "Once more: " + threat, number=2)
    write_mbox(tmp_path / "t.mbox", [mail(OTHER, threat, number=1), again])
    assert home.json("status")["something_needs_you"] is False
    report = home.json("import", tmp_path / "t.mbox")
    assert report["alerts"] == 2
    assert home.json("status")["something_needs_you"] is True
    told = home.json("status", "--open", "--seen", signed_in=True)["notices"]
    assert len(told) == 1
    assert told[0]["more_came"] is True
    assert "kill_or_injure" in told[0]["kinds"]
    assert "kill you" not in str(told)
    assert home.json("status")["something_needs_you"] is False


def test_no_word_of_wanted_or_sealed_mail_lies_open(household: Household, tmp_path: Path) -> None:
    """Canaries in wanted mail, in theirs, in their handle and in the plan: nowhere on the disk."""
    home = household.copy(tmp_path / "home")
    write_mbox(
        tmp_path / "c.mbox",
        [
            mail(OTHER, "canarybody one two three", number=1, subject="canarysubject"),
            mail("Stranger <canarystranger@work.example>", "canarywanted", number=2),
            *made_wanted(5),
        ],
    )
    home.json("import", tmp_path / "c.mbox")
    words = (b"canary", b"jordan@mail.example", b"work.example", b"+4917612345678")
    for path in home.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in words if word in content], path.name


def test_a_mail_hidden_in_the_body_of_theirs_does_not_pass(
    household: Household, tmp_path: Path
) -> None:
    """A mailbox whose writer marks no "From " lines: the rest of theirs claims to be a friend's."""
    home = household.copy(tmp_path / "home")
    received = b"Received: from a by b; Mon, 2 Feb 2026 10:00:00 +0100\n"
    line = b"From x@y.example Mon Feb  2 10:00:00 2026\n"
    smuggled = line + mail("ana@friends.example", "The rest of what they wrote.", number=2)
    wanted = received + mail("ana@friends.example", "Lunch?", number=3)
    theirs = received + mail(OTHER, "The beginning.", number=1)
    (tmp_path / "a.mbox").write_bytes(
        line + theirs + b"\n" + smuggled + b"\n" + smuggled + b"x\n\n" + line + wanted
    )
    report = home.json("import", tmp_path / "a.mbox")
    assert (report["theirs"], report["untouched"]) == (3, 1)
