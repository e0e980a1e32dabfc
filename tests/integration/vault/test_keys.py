"""Keys: what opens what, and the sheet with the stock age tool alone."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from stillwater.core.clock import SetClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import system_randomness
from stillwater.gate import keeping
from stillwater.people.models import Person
from stillwater.vault import epochs, identities, keys
from stillwater.vault.models import Epoch, Item, Keyring, Reviewer
from stillwater.vault.sheet import Sheet
from tests.integration.vault.conftest import PASSPHRASE, QUICK, Kept, new_kept


def stock_age(identity_file: Path, sealed: Path) -> bytes:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    command = ["age", "-d", "-i", identity_file, sealed]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_passphrase_and_words_open_the_same(kept: Kept) -> None:
    (item,) = kept.seal(b"an original\r\n")
    by_words = keys.sign_in_with_words(kept.person, " ".join(kept.made.words))
    for session in (kept.session(), by_words):
        assert session.open_item(item, kept.home) == b"an original\r\n"
        assert session.open_private(keys.seal_private(kept.made.recipient, b"x")) == b"x"


def test_a_wrong_passphrase_is_said(kept: Kept) -> None:
    with pytest.raises(UserError) as error:
        keys.sign_in(kept.person, "another horse battery")
    assert error.value.exit_code is ExitCode.NOT_ALLOWED


def test_a_recipient_that_was_put_in_our_place_is_noticed(kept: Kept) -> None:
    """Whoever writes to the database could else have all that comes sealed to themself."""
    theirs = identities.recipient_of(identities.new_identity(system_randomness))
    Keyring.objects.update(recipient=theirs)
    for sign_in in (
        kept.session,
        lambda: keys.sign_in_with_words(kept.person, " ".join(kept.made.words)),
    ):
        with pytest.raises(UserError, match="somebody else") as error:
            sign_in()
        assert error.value.exit_code is ExitCode.BROKEN


def test_words_of_another_sheet_are_refused(kept: Kept) -> None:
    with pytest.raises(UserError, match="another recovery sheet"):
        keys.sign_in_with_words(kept.person, " ".join(identities.words_of(bytes(range(32)))))


def test_sheet_and_stock_age_alone_open_everything(kept: Kept, tmp_path: Path) -> None:
    """The commands of the sheet, with nothing of ours."""
    (item,) = kept.seal(b"From: x\r\n\r\nall of it \x00\xff\n")
    sheet = Sheet(kept.made.words, kept.made.recovery_identity, kept.clock.now())
    (tmp_path / "sheet.txt").write_text(sheet.text())
    (epoch_file,) = (kept.home.keys / kept.person.public_id / "epochs").iterdir()
    month_key = tmp_path / "month.key"
    month_key.write_bytes(stock_age(tmp_path / "sheet.txt", epoch_file))
    (sealed,) = kept.home.vault.rglob(f"{item.public_id}.age")
    assert month_key.read_text().startswith("AGE-SECRET-KEY-1")
    assert stock_age(month_key, sealed)[32:] == b"From: x\r\n\r\nall of it \x00\xff\n"


def test_no_key_lies_in_the_open(kept: Kept) -> None:
    """Nothing on the disk or in a row holds an identity, a word list or the passphrase."""
    kept.seal(b"something")
    session = kept.session()
    secrets = [kept.made.recovery_identity, str(session.identity), PASSPHRASE]
    secrets += [str(session.epoch_identity(epoch)) for epoch in Epoch.objects.all()]
    lying = [path.read_bytes() for path in kept.home.root.rglob("*") if path.is_file()]
    keyring = Keyring.objects.get()
    lying += [repr(keyring.wrapped).encode(), bytes(keyring.for_recovery)]
    lying += [bytes(epoch.sealed_identity) for epoch in Epoch.objects.all()]
    for secret in secrets:
        assert not any(secret.encode() in data for data in lying)
    assert kept.made.words[0] not in repr(kept.made)
    assert str(session.identity) not in repr(session)


def test_all_key_files_are_private(kept: Kept) -> None:
    for path in kept.home.keys.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_new_passphrase_takes_the_place_of_the_old(kept: Kept) -> None:
    (item,) = kept.seal(b"x")
    keeping.change_passphrase(kept.session(), "new horse battery", clock=kept.clock, cost=QUICK)
    with pytest.raises(UserError):
        kept.session()
    assert keys.sign_in(kept.person, "new horse battery").open_item(item, kept.home) == b"x"


def test_a_month_has_an_epoch_of_its_own(kept: Kept) -> None:
    first, second = kept.seal(b"1")[0], kept.seal(b"2")[0]
    kept.later(days=30)
    third = kept.seal(b"3")[0]
    assert first.epoch_id == second.epoch_id != third.epoch_id
    assert third.epoch.month == "2026-12"
    session = kept.session()
    opened = [session.open_item(item, kept.home) for item in (first, second, third)]
    assert opened == [b"1", b"2", b"3"]


def test_rotating_begins_an_epoch_and_lets_reviewers_in(kept: Kept, tmp_path: Path) -> None:
    """Reviewers come by sealing epochs anew: items and ledger stay as they are."""
    (old,) = kept.seal(b"old")
    before = {path: path.read_bytes() for path in kept.home.vault.rglob("*.age")}
    reviewer = identities.new_identity(system_randomness)
    row = Reviewer.objects.create(
        person=kept.person,
        recipient=identities.recipient_of(reviewer),
        from_at=kept.clock.now(),
    )
    assert keeping.rotate(kept.session(), home=kept.home, clock=kept.clock).month == "2026-11.2"
    (new,) = kept.seal(b"new")
    assert {path: path.read_bytes() for path in before} == before
    for item, original in ((old, b"old"), (new, b"new")):
        item.refresh_from_db()
        seen = keys.Session(kept.person, reviewer)
        assert seen.open_item(item, kept.home) == original
        assert kept.session().open_item(item, kept.home) == original
    row.until_at = kept.clock.now()
    row.save()
    kept.later(minutes=1)
    keeping.rotate(kept.session(), home=kept.home, clock=kept.clock)
    (last,) = kept.seal(b"last")
    with pytest.raises(UserError):
        keys.Session(kept.person, reviewer).open_item(last, kept.home)


def test_files_and_rows_of_epochs_are_the_same(kept: Kept) -> None:
    keeping.rotate(kept.session(), home=kept.home, clock=kept.clock)
    for epoch in Epoch.objects.all():
        path = epochs.epoch_path(kept.home, kept.person, epoch.month)
        assert path.read_bytes() == bytes(epoch.sealed_identity)


def test_an_epoch_file_without_a_row_is_never_written_over(kept: Kept) -> None:
    """A database that was set back knows less than the disk; the file may be all that opens."""
    path = epochs.epoch_path(kept.home, kept.person, "2026-12")
    path.write_bytes(b"of a row that is gone")
    kept.later(days=30)
    assert kept.seal(b"x")[0].epoch.month == "2026-12.2"
    assert path.read_bytes() == b"of a row that is gone"


def test_a_new_sheet_takes_the_place_of_the_old(kept: Kept) -> None:
    kept.seal(b"x")
    made = keeping.new_recovery(kept.session(), home=kept.home, clock=kept.clock)
    with pytest.raises(UserError):
        keys.sign_in_with_words(kept.person, " ".join(kept.made.words))
    again = keys.sheet_of_words(kept.person, " ".join(made.words))
    assert again == made
    recovery = identities.identity_of(identities.secret_from_words(" ".join(made.words)))
    for epoch in Epoch.objects.all():
        assert keys.Session(kept.person, recovery).epoch_identity(epoch)


def test_two_people_open_only_their_own(kept: Kept, home: Home) -> None:
    other = new_kept(home, "you")
    (item,) = kept.seal(b"mine")
    with pytest.raises(UserError) as error:
        other.session().open_item(item, home)
    assert error.value.exit_code is ExitCode.NOT_ALLOWED


def test_keys_are_not_made_twice(kept: Kept) -> None:
    with pytest.raises(UserError, match="already"):
        keys.create(kept.person, PASSPHRASE, home=kept.home, clock=kept.clock, cost=QUICK)


def test_before_there_are_keys(db: None, home: Home) -> None:
    clock = SetClock(new_kept(home).clock.at)
    person = Person.objects.create(name="nobody", created_at=clock.now())
    with pytest.raises(UserError, match="no keys"):
        keys.sign_in(person, PASSPHRASE)


def test_a_lost_signing_key_is_said(kept: Kept) -> None:
    keys.signing_key_path(kept.home, kept.person).unlink()
    with pytest.raises(UserError, match="signs your ledger"), transaction.atomic():
        kept.seal(b"x")


def test_many_items_open_without_a_query_for_each(
    kept: Kept, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept.seal(*[b"%d" % n for n in range(20)])
    session = kept.session()
    items = list(Item.objects.order_by("leaf_index"))
    assert session.open_item(items[0], kept.home) == b"0"
    with django_assert_num_queries(0):
        assert [session.open_item(item, kept.home) for item in items[1:3]] == [b"1", b"2"]
