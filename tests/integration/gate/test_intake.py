"""What must hold of the gate, whatever it is fed. On SQLite and on PostgreSQL."""

import json
from collections.abc import Callable

import pytest

from stillwater.core.errors import UserError
from stillwater.core.words import Action
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.triage import behind_theirs
from stillwater.vault.models import Item, Leaf
from stillwater.vault.verifying import first_wrong
from tests.integration.gate.conftest import CrashingReader, Life
from tests.support import mailbox
from tests.support.mailbox import OTHER, PERSON, PLAN, made_theirs, made_wanted, mail

STRANGER = "new@elsewhere.example"
TWO = """
[[others]]
label = "K"
handles = ["kim@mail.example"]
mode = "no_contact"
"""
THREAT = "I will kill you. I know where you live."


def record_of(life: Life, attempt: Attempt) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        life.session().open_private(bytes(attempt.sealed_reading))
    )
    return found


def test_theirs_is_sealed_once_and_held(life: Life) -> None:
    raw = mail(OTHER, "I miss you.")
    assert life.take(raw).theirs == 1
    assert life.take(raw).duplicates == 1
    attempt = Attempt.objects.get(person=life.person)
    assert (attempt.action, attempt.state) == (Action.HELD, Attempt.State.READ)
    assert life.session().open_item(attempt.item, life.home) == raw
    assert first_wrong(life.person, life.home)[1] is None


def test_the_same_mail_twice_in_one_batch_is_one(life: Life) -> None:
    raw = mail(OTHER, "I miss you.")
    outcome = life.take(raw, raw.replace(b"\n", b"\r\n"))
    assert (outcome.theirs, outcome.duplicates) == (1, 1)


def test_wanted_mail_leaves_no_row_and_no_file(life: Life) -> None:
    items, leaves = Item.objects.count(), Leaf.objects.count()
    outcome = life.take(*made_wanted(60), mail("ana@friends.example", THREAT))
    assert outcome.untouched == 61
    assert (Item.objects.count(), Leaf.objects.count()) == (items, leaves)
    assert not Attempt.objects.exists()
    assert not list(life.home.vault.rglob("*.age"))


def test_a_strangers_threat_is_sealed_and_told(life: Life) -> None:
    outcome = life.take(mail(STRANGER, THREAT))
    assert (outcome.from_strangers, outcome.alerts) == (1, 1)
    attempt = Attempt.objects.get(person=life.person)
    assert attempt.other is None
    assert attempt.tier == 1
    assert Notice.objects.get(person=life.person).tier == 1


def test_a_known_handle_in_reply_to_is_theirs(life: Life) -> None:
    raw = mail(STRANGER, "Your parcel is waiting.").replace(
        b"To: ", b"Reply-To: " + OTHER.encode() + b"\nTo: ", 1
    )
    assert life.take(raw).theirs == 1


def test_forged_own_address_with_a_threat_is_told(life: Life) -> None:
    outcome = life.take(mail(PERSON, THREAT, to=PERSON))
    assert (outcome.outgoing, outcome.alerts) == (0, 1)


def test_a_reader_that_crashes_holds_and_tells(life: Life) -> None:
    outcome = life.take(mail(OTHER, "anything"), reader=CrashingReader())
    assert (outcome.theirs, outcome.unread, outcome.alerts) == (1, 1, 1)
    attempt = Attempt.objects.get(person=life.person)
    assert attempt.state == Attempt.State.UNREAD
    assert attempt.action == Action.ALERT


def test_a_reader_that_crashes_leaves_strangers_alone(life: Life) -> None:
    outcome = life.take(mail(STRANGER, "hello"), reader=CrashingReader())
    assert outcome.untouched == 1
    assert not Attempt.objects.exists()


def test_what_a_stop_left_is_finished(life: Life) -> None:
    """Sealed and recorded, and then the machine stopped before it was read."""
    with life.gate() as intake:
        intake.take_in([intake.triage(mail(OTHER, THREAT)), intake.triage(mail(STRANGER, THREAT))])
    assert set(Attempt.objects.values_list("state", flat=True)) == {Attempt.State.SEALED}
    assert not Notice.objects.exists()
    with life.gate() as intake:
        outcome = intake.finish_what_was_left()
        again = intake.finish_what_was_left()
    assert (outcome.theirs, outcome.from_strangers, outcome.alerts) == (1, 1, 2)
    assert again.alerts == 0
    assert set(Attempt.objects.values_list("state", flat=True)) == {Attempt.State.READ}
    assert not list(life.home.spool.rglob("*.spool"))


def test_a_damaged_spool_is_told_and_stops_nothing(life: Life) -> None:
    with life.gate() as intake:
        intake.take_in([intake.triage(mail(OTHER, "one")), intake.triage(mail(STRANGER, THREAT))])
    for spooled in life.home.spool.rglob("*.spool"):
        spooled.write_bytes(spooled.read_bytes()[:-1] + b"x")
    with life.gate() as intake:
        assert intake.finish_what_was_left().alerts == 2
    assert set(Attempt.objects.values_list("state", flat=True)) == {Attempt.State.UNREAD}
    assert Notice.objects.exists()


def test_bytes_that_no_parser_reads_and_that_name_the_other_are_sealed(life: Life) -> None:
    with life.gate() as intake:
        theirs = intake.triage_unreadable(b"\0\0 jordan@mail.example \0", "damaged")
        assert theirs is not None
        assert intake.triage_unreadable(b"\0\0 nobody here \0", "damaged") is None
        assert intake.take([theirs]).unread == 1
    assert Attempt.objects.get(person=life.person).state == Attempt.State.UNREAD


def test_more_of_the_same_joins_a_notice_in_silence(life: Life) -> None:
    life.take(mail(OTHER, THREAT, number=1))
    life.clock.at = life.clock.at.replace(hour=15)
    life.take(mail(OTHER, THREAT, number=2))
    assert Notice.objects.filter(person=life.person).count() == 1
    life.clock.at = life.clock.at.replace(hour=23)
    life.take(mail(OTHER, THREAT, number=3))
    assert Notice.objects.filter(person=life.person).count() == 2


def test_another_courts_papers_never_join_in_silence(life: Life) -> None:
    """Else the other's papers would hide a hearing that comes within the same hours."""
    served = "You are hereby served. Summons in the {} Court. You must respond by {}."
    life.take(mail(OTHER, served.format("Family", "30 November 2026"), number=1))
    life.take(mail(OTHER, served.format("Family", "30 November 2026"), number=2))
    assert Notice.objects.count() == 1
    life.take(mail("clerk@county.example", served.format("County", "2 December 2026"), number=3))
    assert Notice.objects.count() == 2


def test_one_others_threat_never_hides_anothers(new_life: Callable[..., Life]) -> None:
    life = new_life(plan=PLAN + TWO)
    life.take(mail(OTHER, THREAT, number=1), mail("kim@mail.example", THREAT, number=2))
    assert Notice.objects.count() == 2


def test_a_notice_names_its_original(life: Life) -> None:
    life.take(mail(OTHER, THREAT))
    told = json.loads(life.session().open_private(bytes(Notice.objects.get().sealed)))
    assert told["item"] == Attempt.objects.get().item.public_id


def test_two_people_with_the_same_other_never_meet(new_life: Callable[..., Life]) -> None:
    first, second = new_life("first"), new_life("second")
    raw = mail(OTHER, THREAT)
    first.take(raw)
    assert Attempt.objects.filter(person=second.person).count() == 0
    assert second.take(raw).theirs == 1
    mine = Attempt.objects.get(person=first.person)
    theirs = Attempt.objects.get(person=second.person)
    assert bytes(mine.source_identity) != bytes(theirs.source_identity)
    assert mine.other_id != theirs.other_id
    with pytest.raises(UserError):
        second.session().open_item(mine.item, second.home)


def test_open_columns_and_records_hold_what_they_may(life: Life) -> None:
    life.take(mail(OTHER, THREAT, subject="canary subject"))
    attempt = Attempt.objects.values().get(person=life.person)
    opened = {
        name: value for name, value in attempt.items() if not isinstance(value, bytes | memoryview)
    }
    assert "canary" not in str(opened)
    assert OTHER not in str(opened)
    record = record_of(life, Attempt.objects.get(person=life.person))
    assert "kill you" not in json.dumps(record)
    assert record["match"]["other"] == "J"  # type: ignore[index]


def test_a_large_batch_verifies(life: Life) -> None:
    assert life.take(*made_theirs(300)).theirs == 300
    done, wrong = first_wrong(life.person, life.home)
    assert wrong is None
    assert done >= 300


def test_a_header_too_long_to_be_read_hides_no_sender(life: Life) -> None:
    raw = b"X-Padding: " + b"x" * (17 * 2**20) + b"\nFrom: " + OTHER.encode() + b"\n\nhello\n"
    assert life.take(raw).theirs == 1


def test_their_handle_as_envelope_sender_is_enough(life: Life) -> None:
    raw = b"Return-Path: <jordan+x@mail.example>\n" + mail(STRANGER, "Your parcel is waiting.")
    assert life.take(raw).theirs == 1


def test_what_stays_is_told_before_its_source_is_past(new_life: Callable[..., Life]) -> None:
    """A forged court is not sealed: a stop before the batch is decided must not lose the notice."""
    plan = mailbox.PLAN + '\n[[always_pass]]\nhandle = "@court.example"\nwhy = "court"\n'
    life = new_life(plan=plan)
    with life.gate() as intake:
        intake.take_in([intake.triage(mail("registry@court.example", "A letter."))])
    assert Notice.objects.filter(person=life.person).count() == 1


def test_what_its_neighbours_showed_to_be_theirs_stays_theirs(life: Life) -> None:
    received = b"Received: from a by b; Mon, 2 Feb 2026 10:00:00 +0100\n"
    with life.gate() as intake:
        theirs = intake.triage(received + mail(OTHER, "one", number=1))
        rest = behind_theirs(intake.triage(mail("ana@friends.example", "two", number=2)), theirs)
        intake.take_in([theirs, rest])
    with life.gate() as intake:
        assert intake.finish_what_was_left().theirs == 2
    assert set(Attempt.objects.values_list("action", flat=True)) == {Action.HELD}
