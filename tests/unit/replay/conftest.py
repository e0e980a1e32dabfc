"""A plan, lines made from a few words, and the decisions about them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from stillwater.gate.replay import Replay
from stillwater.plan.form import parse
from stillwater.reading.sandbox import InProcessReader

PLAN = """
[you]
names = ["Sam"]
handles = ["sam@home.example", "+4915112345678"]
region = "DE"
timezone = "Europe/Berlin"
authserv = ["mx.home.example"]

[[others]]
label = "J"
names = ["Jordan", "Jo"]
handles = ["+4917612345678", "jordan@mail.example", "instagram:jord.an"]
mode = "no_contact"
since = 2026-01-10
children = [{ name = "Mia", handles = ["+491761111111"] }]
relays = [
  { name = "Aunt Rosa", handles = ["+4917699999999"], on_relay = "held" },
  { name = "Uncle Tom", handles = ["+4917688888888"], on_relay = "ask" },
]

[[others]]
label = "K"
handles = ["kim@mail.example"]
mode = "watch"
court_ordered = ["mail"]

[[wanted]]
name = "Ana"
handles = ["ana@friends.example", "+49176555555"]

[[always_pass]]
handle = "@court.example"
why = "the family court"
"""

Decisions = list[dict[str, Any]]


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def run(warnings: list[str]) -> Callable[..., Decisions]:
    """Replay lines (bytes or objects) under PLAN, or another plan, in this process."""

    def call(*lines: bytes | dict[str, Any], plan: str = PLAN) -> Decisions:
        replay = Replay(parse(plan), InProcessReader(), warnings.append)
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        return [json.loads(decision) for decision in replay.decide_lines(raw)]

    return call


@pytest.fixture
def line() -> Callable[..., dict[str, Any]]:
    """An arrival: ``line("+49…", "words", channel="mail", auth={…})``."""

    def make(sender: str | None, text: str | None = None, **more: Any) -> dict[str, Any]:
        number = more.pop("n", 1)
        return {
            "id": f"a{number}",
            "received_at": f"2026-03-01T18:{number:02}:00+01:00",
            "channel": "sms",
            "kind": "message",
            "direction": "in",
            "from": [] if sender is None else [{"handle": sender}],
            "text": text,
            **more,
        }

    return make
