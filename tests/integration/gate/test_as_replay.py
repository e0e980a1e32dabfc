"""The live gate decides as replay does on the same arrivals."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from stillwater.core.arrivals import Arrival
from stillwater.core.words import Kind
from stillwater.gate import silences
from stillwater.gate.arrival_lines import read_line
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.replay import Replay
from stillwater.gate.triage import Triaged, lane_of
from stillwater.plan.form import parse
from stillwater.reading.sandbox import InProcessReader
from tests import scenarios
from tests.integration.gate.conftest import Life
from tests.support.mailbox import mail

SCENARIOS = ("storm_then_silence", "ex_partner", "new_numbers", "two_others", "boss", "sibling")


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_decides_as_replay_does(name: str, new_life: Callable[..., Life]) -> None:
    folder = Path(scenarios.__file__).parent / name
    text = (folder / "plan.toml").read_text("utf-8")
    lines = [
        one
        for one in (folder / "arrivals.jsonl").read_bytes().splitlines()
        if json.loads(one)["kind"] != "feedback"
    ]
    reader, plan = InProcessReader(), parse(text)
    replayed = [json.loads(one) for one in Replay(plan, reader, lambda _: None).decide_lines(lines)]
    first = read_line(lines[0], 1).arrival.received_at
    life = new_life(plan=text, at=first - timedelta(minutes=1))
    compared, live_reader = [], InProcessReader()  # one, which remembers the last messages
    for number, (line, of_replay) in enumerate(zip(lines, replayed, strict=True), start=1):
        arrival = read_line(line, number).arrival
        life.clock.at = arrival.received_at
        before = set(Notice.objects.values_list("pk", flat=True))
        if arrival.kind is Kind.TICK:
            silences.look(life.person, life.home, life.machine, life.clock)
            new = Notice.objects.exclude(pk__in=before)
            found = [json.loads(life.session().open_private(bytes(one.sealed))) for one in new]
            assert [one["kinds"] for one in found] == (
                [categories(of_replay)] if of_replay["decision"]["action"] == "alert" else []
            )
            continue
        attempt = taken_as_it_came(life, arrival, number, live_reader)
        if attempt is not None:
            record = json.loads(life.session().open_private(bytes(attempt.sealed_reading)))
            assert record["reading"]["danger"] == categories(of_replay), of_replay["id"]
            assert attempt.action == of_replay["decision"]["action"], of_replay["id"]
            compared.append(attempt.pk)
    assert compared


def categories(of_replay: dict[str, Any]) -> list[str]:
    found: list[str] = of_replay["reading"]["danger"]["categories"]
    return found


def taken_as_it_came(
    life: Life, arrival: Arrival, number: int, reader: InProcessReader
) -> Attempt | None:
    """Through the gate, as its channel gave it; None: it stays where it was."""
    newest = Attempt.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with life.gate(reader) as intake:
        # What makes two arrivals the same one is that of mail: so each is a mail of its own.
        raw = arrival.raw or mail("nobody@made.example", "", number=number)
        match = intake.known.match(arrival)
        intake.take([Triaged(raw, arrival, match, lane_of(match))])
    return Attempt.objects.filter(pk__gt=newest).first()
