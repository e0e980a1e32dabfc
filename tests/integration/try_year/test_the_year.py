"""What the made-up year is: believable in its shape, the same every time, and of nobody."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from stillwater.cli.try_year import scenes, year
from stillwater.core.home import Home
from stillwater.core.words import Action, Direction, How
from stillwater.gate.models import Attempt, Feedback, Notice
from stillwater.people.models import Person
from stillwater.plan.models import PlanVersion
from stillwater.vault.keys import sign_in
from stillwater.vault.models import Request, SelfCheck

UNTIL = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


def test_it_is_about_four_hundred_mails_within_a_year() -> None:
    mails = scenes.written(UNTIL)
    assert len(mails) == scenes.count()
    assert 380 <= len(mails) <= 420
    assert UNTIL - timedelta(days=365) <= mails[0].at
    assert mails[-1].at < UNTIL


def test_it_is_the_same_every_time_and_moves_with_the_day() -> None:
    assert scenes.written(UNTIL) == scenes.written(UNTIL)
    moved = scenes.written(UNTIL + timedelta(days=30))
    assert [one.at for one in moved] == [
        one.at + timedelta(days=30) for one in scenes.written(UNTIL)
    ]


def test_nobody_real_is_in_it() -> None:
    assert all(one.address.endswith(".example") for one in scenes.people().values())


def test_there_is_a_storm_and_a_silence_behind_it() -> None:
    theirs = [
        (UNTIL - one.at).days
        for one in scenes.written(UNTIL)
        if one.sender == scenes.people()["other"]
    ]
    storm = [days for days in theirs if 46 <= days < 58]
    usual = [days for days in theirs if 70 <= days < 130]
    assert len(storm) / 12 > 10 * len(usual) / 60
    assert not [days for days in theirs if 34 <= days < 45]


@pytest.mark.django_db(transaction=True)
def test_the_gate_makes_of_it_what_a_year_has(home: Home) -> None:
    came: list[int] = []
    year.make(home, UNTIL, came.append)
    assert sum(came) == scenes.count()
    person = Person.objects.get(name=year.NAME)
    session = sign_in(person, year.PASSPHRASE)
    rows = Attempt.objects.filter(person=person)
    assert {Action.RECORDED, Action.HELD, Action.DIGEST, Action.ALERT, Action.ASK} <= set(
        rows.values_list("action", flat=True)
    )
    assert {How.HANDLE, How.SUSPECTED, How.RELAY} <= set(rows.values_list("how", flat=True))
    assert Counter(rows.values_list("direction", flat=True))[Direction.OUT] == 4
    assert not rows.filter(state__in=[Attempt.State.SEALED, Attempt.State.UNREAD]).exists()
    # Wanted mail left no trace; what was seen long ago is seen, and something needs them now.
    assert rows.count() < 220
    told = Notice.objects.filter(person=person)
    assert told.filter(acknowledged_at=None).exists()
    assert told.exclude(acknowledged_at=None).exists()
    kinds = [json.loads(session.open_private(bytes(one.sealed)))["kinds"] for one in told]
    assert ["silence_after_storm"] in kinds
    assert any("storm" in one for one in kinds)
    assert Feedback.objects.filter(person=person).count() == 1
    assert list(PlanVersion.objects.order_by("number").values_list("state", flat=True)) == [
        PlanVersion.State.PAST,
        PlanVersion.State.ACTIVE,
        PlanVersion.State.PENDING,
    ]
    asked = Request.objects.filter(person=person, what="open").order_by("asked_at")
    assert [one.state for one in asked] == ["done", "cancelled", "waiting", "waiting"]
    assert asked[2].ready_at <= UNTIL < asked[3].ready_at
    assert all(SelfCheck.objects.filter(person=person).values_list("passed", flat=True))
