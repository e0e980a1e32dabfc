"""What is written down about a known other counts, and what happened with it is told."""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from stillwater.channels.by_hand.happenings import Happening as By
from stillwater.channels.by_hand.times import Exactness, Happened
from stillwater.core.words import Action, Channel
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.by_hand.saving import ByHand
from stillwater.gate.models import Attempt, HandEntry, Notice
from stillwater.gate.plans import active_plan
from tests.integration.gate.conftest import START, Life
from tests.integration.gate.storming import (
    NEW_WAY,
    STORM,
    StoppedError,
    contact,
    days,
    kinds,
    live,
    stop,
    take,
    told,
)


def written(
    life: Life, happening: By = By.LETTER, *, on: float | None = None, whose: str = "J"
) -> tuple[ByHand, Attempt]:
    session, zone = life.session(), ZoneInfo("Europe/Berlin")
    drafts = Drafts(session, life.clock)
    plan = active_plan(life.person, life.machine, life.clock.now())
    assert plan is not None
    draft = drafts.begin("", happening)
    at = life.clock.now() if on is None else START + timedelta(days=on)
    other = plan.others[whose].public_id if whose else ""
    happened = Happened(at.astimezone(zone), Exactness.EXACT, str(zone))
    drafts.change(draft.id, lambda one: replace(one, other=other, happened=happened))
    by_hand = ByHand(session, life.home, life.machine, life.clock, zone)
    saved = by_hand.save(draft.id)
    assert by_hand.save(draft.id).pk == saved.pk  # pressed twice
    return by_hand, saved


def test_a_new_way_in_that_is_written_down_is_told_once(life: Life) -> None:
    live(life, *days(0, 1))
    _, letter = written(life)
    written(life)
    (notice,) = told(life)
    assert notice["kinds"] == [NEW_WAY]
    assert (notice["other"], notice["channel"]) == ("J", "letter")
    assert notice["item"] == letter.item.public_id
    letter.refresh_from_db()
    assert (letter.action, letter.tier, letter.wants_review) == (Action.ALERT, 2, False)
    assert contact(life).on((START + timedelta(days=1)).date()) == 3


def test_after_an_import_of_old_years_a_new_way_in_is_told(life: Life) -> None:
    take(life, *(START - timedelta(days=1100 - n) for n in range(600)))
    written(life)
    assert kinds(life) == [[NEW_WAY]]


def test_a_storm_that_begins_with_an_entry_is_told_and_says_nothing_of_the_rest(
    life: Life,
) -> None:
    take(life, START)
    written(life, By.VISIT)
    Notice.objects.all().delete()
    for _ in range(20):
        written(life, By.VISIT)
    assert kinds(life) == [[STORM]]  # and not that they came: whoever wrote it knows
    record = json.loads(
        life.session().open_private(
            bytes(
                Attempt.objects.get(
                    action="alert", tier=2, item__public_id=told(life)[0]["item"]
                ).sealed_reading
            )
        )
    )
    assert record["reading"]["danger"] == ["came_in_person", STORM]


def test_an_entry_of_long_ago_tells_nothing(life: Life) -> None:
    take(life, START)
    for _ in range(20):
        written(life, By.GIFT, on=-30)
    assert kinds(life) == []
    assert Channel.GIFT in contact(life).channels


@pytest.mark.parametrize(("happening", "whose"), [(By.LETTER, ""), (By.CHILD_TOLD, "J")])
def test_whose_it_was_is_not_said_or_a_child_said_it(life: Life, happening: By, whose: str) -> None:
    take(life, START)
    for _ in range(20):
        written(life, happening, whose=whose)
    assert kinds(life) == []
    assert contact(life).total() == 1


def test_whose_it_was_may_be_said_later_and_counts_then_once(life: Life) -> None:
    take(life, START)
    by_hand, attempt = written(life, whose="")
    other = Attempt.objects.order_by("pk")[0].other
    assert other is not None
    entry = HandEntry.objects.get(attempt=attempt)
    by_hand.correct(entry, "It was J.", "a" * 32, other.public_id)
    assert kinds(life) == [[NEW_WAY]]
    again = HandEntry.objects.get(attempt=attempt)
    by_hand.correct(again, "It was J, surely.", "b" * 32, other.public_id)
    assert contact(life).total() == 2


def test_a_kill_while_an_entry_is_saved_counts_it_once(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(life, START)

    with monkeypatch.context() as patched:
        patched.setattr("stillwater.gate.notices.tell", stop)
        with pytest.raises(StoppedError):
            written(life)
    assert contact(life).total() == 1
    written(life)
    assert kinds(life) == [[NEW_WAY]]
    assert contact(life).total() == 2
