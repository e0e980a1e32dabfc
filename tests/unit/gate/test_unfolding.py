"""Danger that lies in what happened joins the reading, and the plan decides anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stillwater.core.arrivals import Address, Arrival
from stillwater.core.judgements import Danger, Match, Reading
from stillwater.core.plans import Other, Plan, You
from stillwater.core.words import (
    Action,
    Channel,
    DangerCategory,
    Direction,
    How,
    Kind,
    Mode,
    Standing,
    Tier,
)
from stillwater.gate.judging import Judgement
from stillwater.gate.unfolding import Unfolding
from stillwater.patterns.contact import Phase
from stillwater.patterns.storms import Storms
from stillwater.plan.decide import decide

BEGAN = datetime(2026, 2, 1, 12, tzinfo=UTC)
PLAN = Plan(
    (
        Other("J", Mode.NO_CONTACT, handles=("+4917612345678",), since=date(2026, 1, 10)),
        Other("K", Mode.WATCH, handles=("+4917633333333",)),
    ),
    You(timezone="Europe/Berlin"),
)
THEIRS = Match("J", How.HANDLE, 0.99)


def judged(
    days: float, match: Match = THEIRS, reading: Reading | None = None, **changes: object
) -> Judgement:
    arrival = Arrival(
        f"a{days}", BEGAN + timedelta(days=days), Channel.SMS, senders=(Address("+49"),), text="hm"
    )
    arrival = replace(arrival, **changes)  # type: ignore[arg-type]
    reading = reading or Reading()
    return Judgement(arrival, match, reading, decide(PLAN, arrival, match, reading))


def tick(days: float) -> Judgement:
    return judged(days, Match(), kind=Kind.TICK)


def categories(judgement: Judgement) -> tuple[DangerCategory, ...]:
    assert judgement.reading is not None
    return judgement.reading.danger.categories


def storm(unfolding: Unfolding, match: Match = THEIRS) -> list[Judgement]:
    """Four quiet weeks, then twelve attempts in a day."""
    quiet = [unfolding.seen(judged(days, match)) for days in range(0, 28, 5)]
    return [*quiet, *(unfolding.seen(judged(28 + n / 100, match)) for n in range(12))]


def test_a_storm_is_told_once_and_what_follows_is_held() -> None:
    found = storm(Unfolding(PLAN))
    told = [one for one in found if one.decision.action is Action.ALERT]
    assert [categories(one) for one in told] == [(DangerCategory.STORM,)]
    assert {one.decision.action for one in found} == {Action.HELD, Action.ALERT}
    assert told[0].decision.shown is not None
    assert "many attempts" in told[0].decision.shown.text


def test_what_was_read_stays_beside_what_happened() -> None:
    unfolding = Unfolding(PLAN)
    threat = Reading(danger=Danger((DangerCategory.WEAPON,)))
    found = [unfolding.seen(judged(n / 100, reading=threat)) for n in range(15)]
    (told,) = [one for one in found if DangerCategory.STORM in categories(one)]
    assert categories(told) == (DangerCategory.WEAPON, DangerCategory.STORM)
    assert told.reading is not None
    assert told.reading.danger.tier is Tier.AT_ONCE


def test_silence_after_a_storm_is_told_by_the_clock_and_names_the_other() -> None:
    unfolding = Unfolding(PLAN)
    storm(unfolding)
    assert unfolding.seen(tick(29)).decision.action is Action.UNTOUCHED
    told = unfolding.seen(tick(34))
    assert told.decision.action is Action.ALERT
    assert categories(told) == (DangerCategory.SILENCE_AFTER_STORM,)
    assert told.match.other is None
    assert told.decision.shown is not None
    assert "It is about J." in told.decision.shown.text
    assert unfolding.seen(tick(35)).decision.action is Action.UNTOUCHED


@pytest.mark.parametrize(
    ("match", "changes"),
    [
        (Match(), {}),
        (Match("J", How.SUSPECTED, 0.6), {}),
        (replace(THEIRS, standing=Standing.CHILD), {}),
        (THEIRS, {"direction": Direction.OUT}),
        (THEIRS, {"kind": Kind.FEEDBACK}),
        (THEIRS, {"reading": Reading(one_time_code="482910")}),
    ],
)
def test_what_is_no_attempt_makes_no_storm(match: Match, changes: dict[str, object]) -> None:
    unfolding = Unfolding(PLAN)
    for n in range(40):
        given = judged(n / 100, match, **changes)  # type: ignore[arg-type]
        assert unfolding.seen(given) is given
    assert unfolding.storms.phase("J") is Phase.QUIET


def test_each_other_has_a_storm_of_their_own() -> None:
    unfolding = Unfolding(PLAN)
    storm(unfolding)
    assert unfolding.storms.phase("K") is Phase.QUIET
    watched = [unfolding.seen(judged(40 + n / 100, Match("K", How.HANDLE, 0.99))) for n in range(9)]
    assert sum(one.decision.action is Action.ALERT for one in watched) == 1


def test_a_new_way_in_after_block_day_is_told_once() -> None:
    unfolding = Unfolding(PLAN)
    first = unfolding.seen(judged(0, channel=Channel.BANK))
    known = unfolding.seen(judged(1))
    new = unfolding.seen(judged(2, channel=Channel.LETTER))
    again = unfolding.seen(judged(3, channel=Channel.LETTER))
    relay = unfolding.seen(judged(4, Match("J", How.RELAY, 0.9), channel=Channel.SIGNAL))
    assert [one.decision.action for one in (first, known, new, again)] == [
        Action.HELD,
        Action.HELD,
        Action.ALERT,
        Action.HELD,
    ]
    assert categories(new) == (DangerCategory.NEW_CHANNEL_AFTER_BLOCK,)
    assert categories(relay) == ()


def test_days_are_those_of_the_plans_zone() -> None:
    unfolding = Unfolding(PLAN)
    unfolding.seen(judged(0.49))  # 23:45 in UTC, past midnight in Berlin
    contact = unfolding.storms.contact("J")
    assert contact is not None
    assert list(contact.counts) == [date(2026, 2, 2)]


def test_it_goes_on_where_it_was() -> None:
    unfolding = Unfolding(PLAN)
    storm(unfolding)
    later = Unfolding(PLAN, Storms.from_data(PLAN, unfolding.storms.as_data()))
    assert later.seen(tick(34)).decision.action is Action.ALERT
