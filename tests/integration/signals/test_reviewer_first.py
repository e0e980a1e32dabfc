"""A suicide threat goes to the reviewer first, where the plan says so; then to the person."""

from collections.abc import Callable
from datetime import timedelta

import pyrage
import pytest
from django.db import transaction

from stillwater.circle.models import Member, Opened
from stillwater.core.clock import SetClock
from stillwater.gate import standing
from stillwater.gate.first import was_sorted
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.signals.models import Delivery, Way
from stillwater.gate.signals.texts import Texts
from stillwater.gate.signals.troubles import Trouble
from stillwater.gate.told import told_to
from stillwater.vault.models import Reviewer
from tests.integration.gate.conftest import Life
from tests.integration.signals.conftest import FRIEND, PHONE, InMemory, Sending
from tests.support.mailbox import OTHER, PLAN, mail

DANGER, AGREED, REVIEW = Texts().danger, Texts().agreed, Texts().review
SUICIDE = "I have taken the pills. I am going to kill myself."
WEAPON = "I bought a gun and I will shoot you."
FIRST = PLAN.replace('mode = "no_contact"', 'mode = "no_contact"\nsuicide_first = "reviewer"')


def add_reviewer(life: Life) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    at = life.clock.now() - timedelta(days=1)
    Reviewer.objects.create(person=life.person, recipient=recipient, from_at=at)


@pytest.fixture
def alone(new_life: Callable[..., Life]) -> Sending:
    """The plan says so; there is a way to the person, and nobody else."""
    sending = Sending(new_life(plan=FIRST), InMemory())
    sending.add(PHONE)
    return sending


@pytest.fixture
def sending(alone: Sending) -> Sending:
    """There is a reviewer too, and a way to them."""
    add_reviewer(alone.life)
    alone.ways.agree(FRIEND, "Kim", agreed=True)
    return alone


def comes(sending: Sending, text: str = SUICIDE, number: int = 1, sender: str = OTHER) -> str:
    """A mail; gives the id of its item."""
    sending.life.take(mail(sender, text, number=number))
    return Attempt.objects.latest("pk").item.public_id


def hears(sending: Sending) -> bool:
    """Whether the person's page says that something needs them."""
    life = sending.life
    needs = standing.of(life.home, life.person, life.clock).something_needs_you
    assert needs is told_to(life.person, life.machine, life.clock.now()).exists()
    return needs


def texts(sending: Sending) -> tuple[list[str], list[str]]:
    return sending.transport.texts(PHONE), sending.transport.texts(FRIEND)


def sort(sending: Sending, item: str) -> None:
    life = sending.life
    with transaction.atomic():
        was_sorted(life.person, life.machine, [item], life.clock.now())


def open_it(sending: Sending, item: str) -> None:
    life = sending.life
    now = life.clock.now()
    member = Member.objects.create(
        person=life.person, role="reviewer", state="active", sealed=b"", added_at=now
    )
    Opened.objects.create(member=member, item=item, at=now)


def test_the_reviewer_hears_at_once_and_again_and_after_the_minutes_the_person(
    sending: Sending,
) -> None:
    comes(sending)
    sending.go()
    assert texts(sending) == ([], [REVIEW])
    assert not hears(sending)
    sending.go_for(minutes=29)
    person, reviewer = texts(sending)
    assert person == []
    assert len(reviewer) >= 3
    assert set(reviewer) == {REVIEW}
    sending.go_for(minutes=1)
    assert texts(sending)[0] == [DANGER]
    assert hears(sending)
    said = len(texts(sending)[1])
    sending.go_for(minutes=29)
    assert len(texts(sending)[1]) == said
    sending.go_for(minutes=1)
    assert texts(sending)[1][said:] == [AGREED]  # as of any danger that nobody saw
    sending.go_for(minutes=300)
    assert texts(sending)[1][said:] == [AGREED] * 3
    assert len(texts(sending)[0]) > 7


def test_what_the_reviewer_opened_is_not_said_to_them_again_and_the_person_hears(
    sending: Sending,
) -> None:
    item = comes(sending)
    sending.go()
    open_it(sending, item)
    sending.go_for(minutes=29)
    assert texts(sending) == ([], [REVIEW])
    sending.go_for(minutes=1)
    assert texts(sending)[0] == [DANGER]


def test_what_the_reviewer_sorted_in_time_does_not_reach_the_person(sending: Sending) -> None:
    item = comes(sending)
    sending.go()
    sort(sending, "0" * 32)
    assert Notice.objects.filter(acknowledged_at=None).count() == 1
    sort(sending, item)
    sending.go_for(minutes=300)
    assert texts(sending) == ([], [REVIEW])
    assert not hears(sending)


def test_what_is_sorted_once_the_person_heard_stays_told(sending: Sending) -> None:
    item = comes(sending)
    sending.go_for(minutes=31)
    sort(sending, item)
    assert hears(sending)


def test_where_more_came_meanwhile_the_person_hears_all_the_same(sending: Sending) -> None:
    item = comes(sending)
    sending.go()
    comes(sending, SUICIDE + " Tonight.", number=2)
    assert Notice.objects.get().more_came
    sort(sending, item)
    sending.go_for(minutes=30)
    assert texts(sending)[0] == [DANGER]


@pytest.mark.parametrize("missing", ["reviewer", "way"])
def test_where_nobody_can_be_reached_the_person_hears_at_once(alone: Sending, missing: str) -> None:
    if missing == "way":
        add_reviewer(alone.life)
    else:
        alone.ways.agree(FRIEND, "Kim", agreed=True)
    comes(alone)
    assert hears(alone)
    alone.go()
    assert texts(alone) == ([DANGER], [])


def test_where_the_way_is_taken_away_meanwhile_the_person_hears(sending: Sending) -> None:
    comes(sending)
    sending.go()
    Way.objects.filter(is_agreed=True).delete()
    sending.go()
    assert texts(sending)[0] == [DANGER]


def test_where_the_note_does_not_go_out_the_person_hears_at_once(sending: Sending) -> None:
    sending.transport.troubles[FRIEND] = Trouble.SILENT
    comes(sending)
    sending.go()
    sending.go()
    assert texts(sending) == ([DANGER], [])
    assert hears(sending)


def test_where_nobody_sends_notes_the_page_says_it_after_two_minutes(sending: Sending) -> None:
    comes(sending)
    assert not hears(sending)
    sending.life.clock.at += timedelta(minutes=2)
    assert hears(sending)


@pytest.mark.parametrize("minutes", [-600, -1])
def test_a_clock_that_was_set_back_keeps_nothing_from_the_person(
    sending: Sending, minutes: int
) -> None:
    comes(sending)
    sending.go()
    sending.go(minutes=minutes)
    assert texts(sending)[0] == [DANGER]


@pytest.mark.parametrize("text", [WEAPON, "I know where you live. I am outside your house."])
def test_after_a_threat_the_person_hears_at_once(sending: Sending, text: str) -> None:
    comes(sending, text)
    Notice.objects.update(acknowledged_at=sending.life.clock.now())
    sending.life.clock.at += timedelta(days=3)
    comes(sending, number=2)
    assert hears(sending)
    sending.go()
    assert texts(sending)[0] == [DANGER]


def test_after_a_visit_that_was_written_down_the_person_hears_at_once(sending: Sending) -> None:
    comes(sending, "Hello.")
    Attempt.objects.update(how="none", tier=2, channel="visit")
    comes(sending, number=2)
    assert hears(sending)


def test_other_danger_that_comes_meanwhile_brings_all_of_it_to_the_person(
    sending: Sending,
) -> None:
    comes(sending)
    sending.go()
    comes(sending, WEAPON, number=2)
    assert (
        told_to(sending.life.person, sending.life.machine, sending.life.clock.now()).count()
        == Notice.objects.count()
    )
    # And from then on every further one, though it is of the same kind as the first.
    sending.life.clock.at += timedelta(hours=7)
    comes(sending, SUICIDE + " Now.", number=3)
    assert (
        told_to(sending.life.person, sending.life.machine, sending.life.clock.now()).count()
        == Notice.objects.count()
    )


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("somebody.new@elsewhere.example", SUICIDE),  # a friend of the person, perhaps
        (OTHER, f"{SUICIDE} {WEAPON}"),
        (OTHER, f"its Mia. {SUICIDE}"),
    ],
)
def test_what_is_not_surely_theirs_or_about_more_the_person_hears_at_once(
    new_life: Callable[..., Life], sender: str, text: str
) -> None:
    plan = FIRST.replace("[[wanted]]", 'children = [{ name = "Mia" }]\n\n[[wanted]]')
    sending = Sending(new_life(plan=plan), InMemory())
    add_reviewer(sending.life)
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    comes(sending, text, sender=sender)
    assert hears(sending)


def test_under_watch_nothing_is_hidden_so_the_person_hears_at_once(
    new_life: Callable[..., Life],
) -> None:
    sending = Sending(new_life(plan=FIRST.replace("no_contact", "watch")), InMemory())
    add_reviewer(sending.life)
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    comes(sending)
    assert hears(sending)


def test_without_the_persons_decision_they_hear_first(new_life: Callable[..., Life]) -> None:
    sending = Sending(new_life(), InMemory())
    add_reviewer(sending.life)
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    comes(sending)
    assert hears(sending)


def test_whoever_says_that_they_have_seen_all_has_not_seen_this(sending: Sending) -> None:
    comes(sending)
    life = sending.life
    assert standing.sealed_notices(life.home, life.person, life.clock) == []
    assert standing.acknowledge(life.home, life.person, SetClock(life.clock.at)) == 0
    sending.go()
    sending.go_for(minutes=30)
    assert texts(sending)[0] == [DANGER]


def test_no_row_says_of_what_kind_it_was(sending: Sending) -> None:
    comes(sending)
    comes(sending, WEAPON, number=2)
    first, second = Notice.objects.order_by("pk")
    assert len(first.for_gate) == len(second.for_gate) > 0
    assert Delivery.objects.count() == 0
