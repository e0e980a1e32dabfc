"""The sealed record says what was found, and never a word of it."""

import json
from datetime import UTC, datetime

from stillwater.core.arrivals import Address, Arrival
from stillwater.core.judgements import Decision, Match, Reading
from stillwater.core.words import Action, Channel, Direction, How, Kind, Need, Tactic
from stillwater.gate.judging import Judgement
from stillwater.gate.records import sealed_record

ARRIVAL = Arrival(
    id="a",
    channel=Channel.MAIL,
    kind=Kind.MESSAGE,
    direction=Direction.IN,
    received_at=datetime(2026, 11, 24, tzinfo=UTC),
    senders=(Address("j@mail.example", None),),
    text="marmalade",
)


def record(reading: Reading | None) -> dict[str, object]:
    match = Match("J", How.HANDLE, 0.99)
    sealed = sealed_record(Judgement(ARRIVAL, match, reading, Decision(Action.HELD)))
    assert b"marmalade" not in sealed
    found: dict[str, object] = json.loads(sealed)
    return found


def test_tactics_and_needs_that_are_there_the_likeliest_first() -> None:
    reading = Reading(
        tactics={Tactic.GUILT: 0.61, Tactic.PITY: 0.934, Tactic.PROBE: 0.2},
        needs={Need.CHILDREN: 0.5, Need.MONEY: 0.49},
    )
    found = record(reading)["reading"]
    assert isinstance(found, dict)
    assert list(found["tactics"].items()) == [("pity", 0.93), ("guilt", 0.61)]
    assert found["needs"] == {"children": 0.5}


def test_what_nothing_read_has_no_reading() -> None:
    assert record(None)["reading"] is None
