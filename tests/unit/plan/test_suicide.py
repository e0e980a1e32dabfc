"""Whether a reviewer hears of it first: only where nothing is in doubt."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Danger, Match, Reading
from stillwater.core.plans import Other, Plan
from stillwater.core.words import Channel, DangerCategory, Direction, How, Kind, Mode, Standing
from stillwater.plan.suicide import is_for_reviewer

J = Other("J", Mode.NO_CONTACT, suicide_first="reviewer")
THEIRS = Match("J", How.HANDLE, 0.99)
SUICIDE = DangerCategory.SUICIDE_THREAT
ALONE = Reading(danger=Danger((SUICIDE,)))
MESSAGE = Arrival(
    id="a",
    received_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    channel=Channel.SMS,
    kind=Kind.MESSAGE,
    direction=Direction.IN,
)


def of(*categories: DangerCategory, own: tuple[DangerCategory, ...] = ()) -> Reading:
    return Reading(danger=Danger(categories, of_own_death=own))


def first(
    other: Other = J,
    match: Match = THEIRS,
    reading: Reading | None = ALONE,
    arrival: Arrival = MESSAGE,
) -> bool:
    return is_for_reviewer(Plan((other,)), arrival, match, reading)


def test_what_is_surely_theirs_and_of_suicide_alone() -> None:
    assert first()
    assert first(match=replace(THEIRS, how=How.ALIAS))
    assert first(match=replace(THEIRS, standing=Standing.SOMEONE_ELSE))
    assert first(reading=of(SUICIDE, DangerCategory.COUNTDOWN_OR_FAREWELL))
    harm = DangerCategory.KILL_OR_INJURE
    assert first(reading=of(harm, SUICIDE, own=(harm,)))


@pytest.mark.parametrize("category", [one for one in DangerCategory if one is not SUICIDE])
def test_of_any_other_danger_the_person_hears(category: DangerCategory) -> None:
    assert not first(reading=of(category))
    is_farewell = category is DangerCategory.COUNTDOWN_OR_FAREWELL
    assert first(reading=of(category, SUICIDE)) is is_farewell


@pytest.mark.parametrize(
    "match",
    [
        Match(),
        Match("J", How.RELAY, 0.9, relay="Rosa"),
        Match("J", How.SUSPECTED, 0.99),
        replace(THEIRS, standing=Standing.CHILD),
        Match("K", How.HANDLE, 0.99),
    ],
)
def test_of_what_is_not_surely_theirs_the_person_hears(match: Match) -> None:
    assert not first(match=match)


def test_where_it_is_not_so_decided_or_not_hidden_or_not_read_the_person_hears() -> None:
    assert not first(replace(J, suicide_first="you"))
    assert not first(replace(J, mode=Mode.WATCH))
    assert not first(replace(J, court_ordered=(Channel.SMS,)))
    assert not first(reading=None)
    assert not first(reading=replace(of(SUICIDE), unread="broken"))
    assert not first(reading=replace(of(SUICIDE), legal_service=True))
    assert not first(arrival=replace(MESSAGE, direction=Direction.OUT))
