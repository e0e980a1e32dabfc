"""What is asked about is told, and what the person says of it holds from the next arrival on."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from stillwater.core.errors import ExitCode, UserError
from stillwater.gate import feedback, notices
from stillwater.gate.live.standing_gate import StandingGate
from stillwater.gate.models import Attempt, Feedback, Notice
from stillwater.gate.opening import open_gate
from stillwater.gate.standing import of
from stillwater.gate.triage import Lane
from stillwater.vault import ledger
from stillwater.vault.models import Item, Leaf
from stillwater.vault.verifying import first_wrong
from tests.conftest import Said
from tests.integration.gate.conftest import PASSPHRASE, Life
from tests.integration.gate.saying import (
    QUESTION,
    SECOND,
    STRANGER,
    THREAT,
    TWO,
    WORD,
    as_seen,
    asked,
    newest,
    say,
    told,
)
from tests.support.mailbox import OTHER, PLAN, mail


@pytest.fixture
def passphrase(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return str(path)


def test_a_question_opens_a_notice_in_one_neutral_sentence(life: Life) -> None:
    item = asked(life)
    (notice,) = told(life)
    assert notice["item"] == item.public_id
    assert notice["text"] == (
        "An unknown sender may be someone in your plan. Shall a reviewer look first?"
    )
    assert "block" not in json.dumps(notice["text"])
    assert Notice.objects.get(person=life.person).tier == 0
    assert of(life.home, life.person, life.clock).something_needs_you
    row = Notice.objects.values().get(person=life.person)
    lies_open = {key: one for key, one in row.items() if key not in ("sealed", "person_id")}
    assert item.public_id not in str(lies_open)
    assert STRANGER not in str(lies_open)


def test_more_of_the_same_sender_joins_in_silence_for_six_hours(life: Life) -> None:
    asked(life)
    asked(life, sender=STRANGER.upper(), number=2)
    assert Notice.objects.get(person=life.person).more_came
    asked(life, sender=SECOND, number=3)
    assert Notice.objects.filter(person=life.person).count() == 2
    life.clock.at += timedelta(hours=6)
    asked(life, number=4)
    assert Notice.objects.filter(person=life.person).count() == 3


def test_a_question_hides_no_danger_and_danger_hides_no_question(life: Life) -> None:
    asked(life)
    life.take(mail(STRANGER, THREAT, number=2))
    assert sorted(one["action"] for one in told(life)) == ["alert", "ask"]
    asked(life, sender=SECOND, number=3)
    life.take(mail(SECOND, THREAT + " Soon.", number=4))
    asked(life, sender=SECOND, number=5)
    found = told(life)
    assert sum(one["action"] == "ask" for one in found) == 2
    assert Notice.objects.filter(person=life.person, tier=1).exists()


def test_another_question_about_the_same_sender_is_another_question(life: Life) -> None:
    asked(life)
    asked(life, text=WORD, number=2)
    assert [one["kinds"] for one in told(life)] == [["may_be_theirs"], ["carries_word"]]


def test_a_stop_before_it_was_decided_loses_no_question(life: Life) -> None:
    with life.gate() as intake:
        intake.take_in([intake.triage(mail(STRANGER, QUESTION))])
    assert not Notice.objects.exists()
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert len(told(life)) == 1


# What was said holds


def test_theirs_is_held_from_the_next_arrival_on(life: Life) -> None:
    item = asked(life)
    assert say(life, item, "theirs").addresses == 1
    assert life.take(mail(STRANGER, "The post is here.", number=2)).theirs == 1
    assert (newest(life).how, newest(life).action) == ("handle", "held")
    assert not told(life), "the question was answered"
    assert first_wrong(life.person, life.home)[1] is None


def test_not_theirs_is_never_suspected_again(life: Life) -> None:
    say(life, asked(life), "not_theirs")
    outcome = life.take(mail(STRANGER, QUESTION + " Again.", number=2))
    assert (outcome.untouched, outcome.asked) == (1, 0)
    asked(life, sender=SECOND, number=3)


def test_not_theirs_silences_no_danger(life: Life) -> None:
    say(life, asked(life), "not_theirs")
    assert life.take(mail(STRANGER, THREAT, number=2)).alerts == 1


def test_relay_and_not_relay(life: Life) -> None:
    item = asked(life, text=WORD)
    say(life, item, "not_relay")
    assert life.take(mail(STRANGER, WORD + " Please.", number=2)).untouched == 1
    say(life, item, "relay")
    asked(life, text=WORD + " Again.", number=3)


def test_the_last_word_counts_and_leaves_nothing_behind(life: Life) -> None:
    item = asked(life)
    before = as_seen(life, STRANGER, SECOND, OTHER)
    say(life, item, "theirs")
    assert as_seen(life, STRANGER, SECOND, OTHER) != before
    say(life, item, "not_theirs")
    assert as_seen(life, STRANGER, SECOND, OTHER) == before


def test_answering_leaves_danger_told(life: Life) -> None:
    item = asked(life)
    life.take(mail(STRANGER, THREAT, number=2))
    say(life, item, "theirs")
    assert [one["action"] for one in told(life)] == ["alert"]


@pytest.mark.parametrize("proof", [feedback.Proof.PAGE, feedback.Proof.REVIEWER])
def test_what_the_person_said_is_taken_back_with_their_passphrase_alone(
    life: Life, proof: feedback.Proof
) -> None:
    item = asked(life)
    say(life, item, "theirs", proof=feedback.Proof.PAGE)
    with pytest.raises(feedback.NeedsPassphraseError):
        say(life, item, "not_theirs", proof=proof)
    assert as_seen(life, STRANGER)[0][0] is Lane.THEIRS
    assert not life.take(mail(STRANGER, "hello", number=2)).untouched


def test_a_look_alike_of_a_listed_handle_is_let_pass_with_the_passphrase_alone(life: Life) -> None:
    alike = OTHER.replace("j", "J").replace("@", "+new@")
    life.take(mail(alike, "I miss you."))
    item = newest(life).item
    with pytest.raises(feedback.NeedsPassphraseError):
        say(life, item, "not_theirs", proof=feedback.Proof.PAGE)
    assert as_seen(life, alike)[0][0] is Lane.THEIRS
    say(life, item, "not_theirs")
    assert as_seen(life, alike)[0][0] is not Lane.THEIRS


def test_where_more_was_held_than_is_looked_at_the_passphrase_is_asked_for(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = asked(life)
    life.take(mail(SECOND, "This is Jordan. You blocked me. I miss you.", number=2))
    assert newest(life).action == "held"
    monkeypatch.setattr("stillwater.gate.unsaying.LOOKED_AT", 0)
    with pytest.raises(feedback.NeedsPassphraseError):
        say(life, item, "not_theirs", proof=feedback.Proof.PAGE)
    monkeypatch.setattr("stillwater.gate.unsaying.LOOKED_AT", 1)
    say(life, item, "not_theirs", proof=feedback.Proof.PAGE)


def test_what_the_plan_lists_is_never_weakened(life: Life) -> None:
    life.take(mail(OTHER, "I miss you."))
    item = newest(life).item
    with pytest.raises(UserError, match="your plan lists them") as refused:
        say(life, item, "not_theirs")
    assert refused.value.exit_code is ExitCode.NOT_ALLOWED
    assert not Feedback.objects.exists()
    assert life.take(mail(OTHER, "I miss you.", number=2)).theirs == 1


def test_a_listed_handle_beside_another_stays_theirs(life: Life) -> None:
    raw = mail(STRANGER, "hello").replace(b"To: ", b"Reply-To: " + OTHER.encode() + b"\nTo: ", 1)
    life.take(raw)
    assert say(life, newest(life).item, "not_theirs").addresses == 1
    assert as_seen(life, OTHER)[0][0] is Lane.THEIRS


def test_where_the_plan_has_several_the_label_must_be_said(new_life: Callable[..., Life]) -> None:
    life = new_life(plan=PLAN + TWO)
    item = asked(life)
    for label in (None, "Z"):
        with pytest.raises(UserError, match="Your plan has"):
            say(life, item, "theirs", label)
    assert not Feedback.objects.exists()
    say(life, item, "theirs", "K")
    life.take(mail(STRANGER, "hello", number=2))
    match = json.loads(life.session().open_private(bytes(newest(life).sealed_reading)))["match"]
    assert match["other"] == "K"


def test_where_no_record_names_the_sender_the_header_does(life: Life) -> None:
    """A stop, and a spool that was lost: the row and the sealed original are all there is."""
    with life.gate() as intake:
        intake.take_in([intake.triage(mail(STRANGER, THREAT))])
    item = newest(life).item
    assert not bytes(newest(life).sealed_reading)
    assert say(life, item, "theirs").addresses == 1
    for spooled in life.home.spool.rglob("*.spool"):
        spooled.write_bytes(b"damaged")
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert newest(life).state == Attempt.State.UNREAD
    say(life, item, "not_theirs")
    assert as_seen(life, STRANGER)[0][0] is Lane.STRANGER


def test_a_persons_own_mail_is_nothing_to_speak_of(life: Life) -> None:
    life.take(mail("sam@home.example", "Leave me alone.", to=OTHER))
    with pytest.raises(UserError, match="nothing that somebody sent"):
        say(life, newest(life).item, "theirs")


# Kept, and heard by every gate


def test_it_is_kept_sealed_and_its_leaf_names_nobody(life: Life) -> None:
    item = asked(life)
    say(life, item, "theirs")
    row = Feedback.objects.get()
    assert b"elsewhere" not in bytes(row.for_gate)
    leaf = json.loads(bytes(Leaf.objects.filter(person=life.person).latest("pk").data))
    assert set(leaf) == {"kind", "at", "item", "says", "version", "random"}
    assert (leaf["kind"], leaf["item"], leaf["says"]) == ("feedback", item.public_id, "theirs")


def test_it_outlives_a_lost_profile(life: Life) -> None:
    say(life, asked(life), "theirs")
    for path in life.home.profiles.iterdir():
        path.unlink()
    assert as_seen(life, STRANGER)[0][0] is Lane.THEIRS


def test_a_row_that_does_not_open_lets_nothing_through(life: Life) -> None:
    say(life, asked(life), "theirs")
    Feedback.objects.update(for_gate=b"changed")
    with pytest.raises(UserError, match="does not open"):
        as_seen(life, STRANGER)


def test_a_stop_in_between_keeps_all_of_it_or_nothing(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = asked(life)

    def stops(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    leaves = Leaf.objects.filter(person=life.person).count()
    with monkeypatch.context() as patch:
        patch.setattr(notices, "answer", stops)
        with pytest.raises(KeyboardInterrupt):
            say(life, item, "theirs")
    assert not Feedback.objects.exists()
    assert Leaf.objects.filter(person=life.person).count() == leaves
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "pin", stops)  # the rows are committed by now
        with pytest.raises(KeyboardInterrupt):
            say(life, item, "theirs")
    assert as_seen(life, STRANGER)[0][0] is Lane.THEIRS
    assert first_wrong(life.person, life.home)[1] is None


def test_the_real_gate_hears_it_when_it_opens(life: Life) -> None:
    say(life, asked(life), "theirs")
    with open_gate(life.home, life.person, clock=life.clock) as intake:
        outcome = intake.take([intake.triage(mail(STRANGER, "hello", number=2))])
    assert outcome.theirs == 1


def test_an_import_hears_it_when_it_has_given_way(life: Life) -> None:
    item = asked(life)
    with open_gate(life.home, life.person, clock=life.clock) as intake:
        held, given = intake.held, []
        assert held is not None

        class GivesWay:
            def give_way(self) -> None:
                """Somebody else has the lock for a moment."""
                given.append(_row_of(life, item))

        intake.held = GivesWay()  # type: ignore[assignment]
        before = intake.triage(mail(STRANGER, "hello", number=2)).lane
        intake.give_way()
        after = intake.triage(mail(STRANGER, "hello", number=3)).lane
    assert given
    assert (before, after) == (Lane.STRANGER, Lane.THEIRS)
    # What that gate keeps at its end takes nothing back.
    assert as_seen(life, STRANGER)[0][0] is Lane.THEIRS


def _row_of(life: Life, item: Item) -> Feedback:
    """A row as ``feedback.say`` writes it, while another process holds no lock any more."""
    kept = {"version": 1, "handles": [STRANGER], "says": "theirs", "other": "J"}
    sealed = life.machine.seal_profile(life.person.public_id, json.dumps(kept).encode())
    return Feedback.objects.create(person=item.person, said_at=life.clock.now(), for_gate=sealed)


def test_a_standing_gate_hears_it_at_its_next_turn(life: Life) -> None:
    item = asked(life)
    with StandingGate(life.home, life.person, life.clock, life.machine) as gate:
        with gate.intake() as intake:
            assert intake.triage(mail(STRANGER, "hello", number=2)).lane is Lane.STRANGER
        say(life, item, "theirs")
        with gate.intake() as intake:
            assert intake.triage(mail(STRANGER, "hello", number=2)).lane is Lane.THEIRS
        say(life, item, "not_theirs")
        with gate.intake() as intake:
            assert intake.triage(mail(STRANGER, "hello", number=2)).lane is Lane.STRANGER
    assert as_seen(life, STRANGER)[0][0] is Lane.STRANGER


# Two people


def test_two_people_teach_only_their_own_gate(new_life: Callable[..., Life]) -> None:
    first, second = new_life("first"), new_life("second")
    item = asked(first)
    asked(second)
    say(first, item, "theirs")
    assert as_seen(first, STRANGER)[0][0] is Lane.THEIRS
    assert as_seen(second, STRANGER)[0][0] is Lane.STRANGER
    assert len(told(second)) == 1
    with pytest.raises(UserError):
        say(second, item, "theirs")
    assert Feedback.objects.filter(person=second.person).count() == 0


# The commands


def test_status_says_what_to_type_and_feedback_takes_it(
    life: Life, passphrase: str, stillwater: Callable[..., Said]
) -> None:
    item = asked(life).public_id[:12]
    said = stillwater("status")
    assert said.out.startswith("Something needs you.")
    assert item not in said.out
    opened = stillwater("status", "--open", "--passphrase-file", passphrase)
    for line in (
        f"if it is theirs: stillwater feedback {item} theirs",
        f"if it is not: stillwater feedback {item} not-theirs",
    ):
        assert line in opened.out
    assert STRANGER not in opened.out
    done = stillwater("feedback", item, "not-theirs", "--passphrase-file", passphrase)
    assert done.code == ExitCode.OK
    assert f"stillwater feedback {item} theirs" in done.out
    assert STRANGER not in done.out + done.err
    assert stillwater("status").out.startswith("Nothing needs you.")


def test_without_the_passphrase_nothing_is_learnt(
    life: Life, tmp_path: Path, stillwater: Callable[..., Said]
) -> None:
    item = asked(life).public_id
    wrong = tmp_path / "wrong"
    wrong.write_text("guessed\n")
    said = stillwater("feedback", item, "not-theirs", "--passphrase-file", str(wrong))
    assert said.code == ExitCode.NOT_ALLOWED
    assert not Feedback.objects.exists()
    assert len(told(life)) == 1


def test_an_item_of_somebody_else_is_no_item(
    new_life: Callable[..., Life], passphrase: str, stillwater: Callable[..., Said]
) -> None:
    first, _ = new_life("first"), new_life("second")
    item = asked(first).public_id
    call = ("feedback", item, "theirs", "--passphrase-file", passphrase)
    said = stillwater(*call, "--person", "second")
    nothing = stillwater("feedback", "0" * 32, *call[2:], "--person", "second")
    assert (said.code, said.err) == (nothing.code, nothing.err)
    assert said.code == ExitCode.USAGE
    assert not Feedback.objects.exists()
