"""People: handles of theirs, who carries word, and whether somebody new is one of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from stillwater.core.clock import SetClock, SystemClock
from stillwater.core.words import Action
from stillwater.gate.models import Attempt, Feedback, Notice
from stillwater.gate.triage import Lane
from stillwater.vault.keys import sign_in
from tests.integration.gate.conftest import Life
from tests.integration.mail_page.conftest import everything_kept
from tests.integration.plan_page.conftest import PASSPHRASE, Planner
from tests.support.mailbox import OTHER, PLAN, mail

STRANGER = "somebody.new@elsewhere.example"
QUESTION = "Why did you block me? It is me."
WORD = "Jordan asked me to tell you that he is sorry and misses you. Please call him."


def life_of(planner: Planner) -> Life:
    return Life(planner.browser.home, planner.person, SetClock(SystemClock().now()))


def as_seen(planner: Planner, sender: str) -> Lane:
    """What triage makes of a next mail of this sender."""
    with life_of(planner).gate() as intake:
        return intake.triage(mail(sender, "hello", number=90)).lane


def the_question(planner: Planner) -> str:
    (notice,) = Notice.objects.filter(person=planner.person, tier=0)
    return notice.public_id


def test_they_stand_under_their_labels_with_their_handles_by_the_way_in(planner: Planner) -> None:
    page = planner.browser.get("/g/")
    for shown in ("J", "Phone numbers", "+4917612345678", "Mail addresses", OTHER):
        assert shown in page.text
    assert "Jordan" not in page.text


def test_one_handle_more_holds_at_once(planner: Planner) -> None:
    where = f"/g/o/{planner.id_of('J')}"
    planner.browser.post(f"{where}/a", kind="tel", handle="0151 23456789")
    planner.browser.post(f"{where}/a", kind="instagram", handle="jord.an")
    assert planner.plan.others[0].handles[-2:] == ("+4915123456789", "instagram:jord.an")


@pytest.mark.parametrize(
    ("kind", "handle", "said"),
    [
        ("tel", "nobody", "That does not look like one."),
        ("mail", "no address", "That does not look like one."),
        ("mail", OTHER, "That one is there already."),
        ("tel", "", "is missing"),
        ("mail", "sam@home.example", "under others too"),
    ],
)
def test_a_handle_that_is_none_is_said_and_stays(
    planner: Planner, kind: str, handle: str, said: str
) -> None:
    before = planner.plan
    page = planner.browser.post(f"/g/o/{planner.id_of('J')}/a", 422, kind=kind, handle=handle)
    assert said in page.text
    assert handle in [one.get("value") for one in page.fields]
    assert planner.plan == before


def test_one_handle_less_loosens(planner: Planner) -> None:
    page = planner.browser.post(f"/g/o/{planner.id_of('J')}/b", 200, handle=OTHER)
    assert "Handles of J are left out." in page.text
    assert OTHER in planner.plan.others[0].handles
    planner.sure(page)
    assert OTHER in planner.plan.others[0].handles  # it waits


def test_names_more_at_once_and_less_loosens(planner: Planner) -> None:
    where = f"/g/o/{planner.id_of('J')}/c"
    planner.browser.post(where, names="Jordan\nJo\nJay")
    assert planner.plan.others[0].names == ("Jordan", "Jo", "Jay")
    assert "Names of J are left out." in planner.browser.post(where, 200, names="Jordan").text


def test_somebody_who_carries_word_is_asked_about_unless_said_otherwise(
    new_planner: Callable[..., Planner],
) -> None:
    planner = new_planner(delay=timedelta())
    where = f"/g/o/{planner.id_of('J')}"
    wrong = planner.browser.post(f"{where}/d", 422, name="Rosa")
    assert "Nothing says how they write." in wrong.text
    assert "Rosa" in [one.get("value") for one in wrong.fields]
    planner.browser.post(f"{where}/d", name="Rosa", h_mail="rosa@mail.example")
    (relay,) = planner.plan.others[0].relays
    assert (relay.name, relay.on_relay) == ("Rosa", Action.ASK)
    page = planner.browser.post(f"{where}/e", 200, name="Rosa")
    assert "Somebody who carries word from J is watched less." in page.text
    planner.sure(page)
    assert planner.plan.others[0].relays == ()


def test_somebody_else_begins_with_watch(planner: Planner) -> None:
    planner.browser.post("/g/new", label="K", h_mail="kim@mail.example")
    assert [one.label for one in planner.plan.others] == ["J", "K"]
    assert planner.plan.others[1].mode.value == "watch"
    page = planner.browser.post("/g/new", 422, label="k", names="Kim")
    assert "missing, or taken" in page.text
    assert "Kim" in page.text


# Somebody new


def unsaid(planner: Planner, where: str, status: int, **more: str) -> str:
    """What whoever sits at the page sees when they take something back."""
    before = Feedback.objects.count()
    seen = planner.browser.post(where, status, says="not_theirs", **more)
    assert Feedback.objects.count() == before
    return seen.text


@pytest.mark.parametrize("passphrase", ["", "not it"])
def test_nobody_takes_back_what_was_said_without_the_passphrase(
    planner: Planner, passphrase: str
) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    where = f"/g/q/{the_question(planner)}"
    planner.browser.post(where, says="theirs")
    unsaid(planner, where, 200)
    unsaid(planner, where, 422, passphrase=passphrase)
    assert as_seen(planner, STRANGER) is Lane.THEIRS


def test_an_unknown_sender_of_whom_nothing_was_held_is_somebody_else_with_one_press(
    planner: Planner,
) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    planner.browser.post(f"/g/q/{the_question(planner)}", says="not_theirs")
    assert Feedback.objects.count() == 1


def test_of_a_sender_whose_mail_was_held_the_passphrase_is_asked(planner: Planner) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    held = "This is Jordan. You blocked me. I miss you, talk to me."
    life_of(planner).take(mail(STRANGER.upper(), held, number=2))
    assert list(Attempt.objects.order_by("pk").values_list("action", flat=True)) == ["ask", "held"]
    where = f"/g/q/{the_question(planner)}"
    unsaid(planner, where, 200)
    planner.browser.post(where, says="not_theirs", passphrase=PASSPHRASE)
    assert Feedback.objects.count() == 1


def test_a_sender_is_not_handed_on_to_another_with_a_looser_plan(
    new_planner: Callable[..., Planner],
) -> None:
    two = f'{PLAN}\n[[others]]\nlabel = "K"\nhandles = ["kim@mail.example"]\nmode = "watch"\n'
    planner = new_planner(two)
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    where = f"/g/q/{the_question(planner)}"
    planner.browser.post(where, says="theirs", other="J")
    planner.browser.post(where, says="theirs", other="J")  # once more is nothing new
    planner.browser.post(where, 200, says="theirs", other="K")
    with life_of(planner).gate() as intake:
        assert intake.triage(mail(STRANGER, "hello", number=91)).match.other == "J"


def test_that_they_carry_word_is_not_taken_back_without_the_passphrase(planner: Planner) -> None:
    life_of(planner).take(mail(STRANGER, WORD, number=1))
    where = f"/g/q/{the_question(planner)}"
    planner.browser.post(where, says="relay")
    planner.browser.post(where, 200, says="not_relay")
    planner.browser.post(where, says="not_relay", passphrase=PASSPHRASE)


def test_a_question_is_answered_with_one_press_and_taken_back_with_the_passphrase(
    planner: Planner,
) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    page = planner.browser.get("/g/")
    assert "Somebody new may be J." in page.text
    assert QUESTION not in page.text
    assert as_seen(planner, STRANGER) is not Lane.THEIRS
    page = planner.browser.post(f"/g/q/{the_question(planner)}", says="theirs")
    assert "treated as theirs" in page.text
    assert "Somebody new" not in page.text
    assert as_seen(planner, STRANGER) is Lane.THEIRS
    assert "You said: it is J." in page.text
    where = f"/g/q/{the_question(planner)}"
    assert "It holds at once, so it needs your passphrase." in unsaid(planner, where, 200)
    assert as_seen(planner, STRANGER) is Lane.THEIRS
    page = planner.browser.post(where, says="not_theirs", passphrase=PASSPHRASE)
    assert "You said: it is somebody else." in page.text
    assert as_seen(planner, STRANGER) is not Lane.THEIRS
    assert Feedback.objects.filter(person=planner.person).count() == 2
    assert STRANGER not in everything_kept()


def test_word_carried_is_asked_about_in_its_own_words(planner: Planner) -> None:
    life_of(planner).take(mail(STRANGER, WORD, number=1))
    page = planner.browser.get("/g/")
    assert "Somebody may be carrying word" in page.text
    page = planner.browser.post(f"/g/q/{the_question(planner)}", says="not_relay")
    assert "You said: they carry no word." in page.text


def test_of_several_others_it_is_said_which(new_planner: Callable[..., Planner]) -> None:
    two = f'{PLAN}\n[[others]]\nlabel = "K"\nhandles = ["kim@mail.example"]\nmode = "no_contact"\n'
    planner = new_planner(two)
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    page = planner.browser.get("/g/")
    assert "Somebody new may be" in page.text
    planner.browser.post(f"/g/q/{the_question(planner)}", says="theirs", other="K")
    with life_of(planner).gate() as intake:
        match = intake.triage(mail(STRANGER, "hello", number=91)).match
    assert match is not None
    assert match.other == "K"


@pytest.mark.parametrize("says", ["", "relay", "anything"])
def test_what_is_no_answer_to_it_changes_nothing(planner: Planner, says: str) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    page = planner.browser.post(f"/g/q/{the_question(planner)}", 422, says=says)
    assert "That is no answer to this." in page.text
    assert "Somebody new may be J." in page.text
    assert not Feedback.objects.exists()


def test_nobody_is_asked_what_another_person_is_asked(new_planner: Callable[..., Planner]) -> None:
    planner = new_planner()
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    question = the_question(planner)
    robin = new_planner(name="Robin")
    assert "Somebody new" not in robin.browser.get("/g/").text
    robin.browser.post(f"/g/q/{question}", 403, says="theirs")
    assert not Feedback.objects.exists()
    assert sign_in(planner.person, PASSPHRASE).person == planner.person


def test_a_question_that_was_only_seen_can_still_be_answered(planner: Planner) -> None:
    life_of(planner).take(mail(STRANGER, QUESTION, number=1))
    Notice.objects.update(acknowledged_at=SystemClock().now())
    page = planner.browser.get("/g/")
    assert "Asked before" in page.text
    planner.browser.post(f"/g/q/{the_question(planner)}", says="theirs")
    assert as_seen(planner, STRANGER) is Lane.THEIRS
