"""The pages of docs/formats, their schemas and the program say the same."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stillwater.core.plans import AlwaysPass, Child, Handover, Other, Plan, Relay, Wanted, You
from stillwater.core.words import (
    Action,
    Channel,
    DangerCategory,
    Direction,
    FactKind,
    How,
    Kind,
    Mode,
    Need,
    Tactic,
)
from stillwater.gate.replay import Replay
from stillwater.plan.form import dump, parse
from stillwater.reading.sandbox import InProcessReader

ROOT = Path(__file__).parents[2]
FORMATS = ROOT / "docs" / "formats"
DESIGN = ROOT.parent / "shared" / "design" / "replay.md"
NAMES = ["arrival", "plan", "decision", "labelled-message"]


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FORMATS / f"{name}.schema.json").read_text("utf-8"))
    return loaded


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        schema(name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def plain(value: Any) -> Any:
    """TOML's days and times as text, as the schema has them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def objects(text: str) -> Iterator[Any]:
    """JSON objects one after the other, however many lines each takes."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text.rstrip()):
        value, at = decoder.raw_decode(text, at)
        at += len(text[at:]) - len(text[at:].lstrip())
        yield value


@pytest.mark.parametrize("name", NAMES)
def test_each_form_has_a_schema_and_a_page_with_a_valid_example(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    page = FORMATS / f"{name}.md"
    assert f"({name}.schema.json)" in page.read_text("utf-8")
    if name == "plan":
        examples = [plain(tomllib.loads(block)) for block in blocks(page, "toml")]
    else:
        examples = [one for block in blocks(page, "json") for one in objects(block)]
    assert examples
    for example in examples:
        validator(name).validate(example)


def test_the_example_plan_is_a_plan() -> None:
    for block in blocks(FORMATS / "plan.md", "toml"):
        plan = parse(block)
        assert parse(dump(plan)) == plan
        validator("plan").validate(plain(tomllib.loads(dump(plan))))


def enums_in(value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ("enum", "examples") and isinstance(one, list):
                yield tuple(word for word in one if isinstance(word, str))
            else:
                yield from enums_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from enums_in(one)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("arrival", Channel),
        ("arrival", Kind),
        ("arrival", Direction),
        ("plan", Mode),
        ("plan", Channel),
        ("plan", Need),
        ("decision", How),
        ("decision", Action),
        ("decision", DangerCategory),
        ("decision", FactKind),
        ("decision", Need),
        ("labelled-message", Tactic),
        ("labelled-message", Need),
        ("labelled-message", DangerCategory),
    ],
)
def test_schemas_and_program_know_the_same_words(name: str, words: type[StrEnum]) -> None:
    assert tuple(word.value for word in words) in set(enums_in(schema(name)))


@pytest.mark.parametrize("scores", [("tactics", Tactic), ("needs", Need)])
def test_scores_are_all_or_none(scores: tuple[str, type[StrEnum]]) -> None:
    key, words = scores
    reading = schema("decision")["properties"]["reading"]["properties"]
    assert list(reading[key]["properties"]) == [word.value for word in words]
    assert reading[key]["anyOf"][1]["required"] == [word.value for word in words]


def test_every_word_stands_on_its_page() -> None:
    arrival = (FORMATS / "arrival.md").read_text("utf-8")
    for word in (*Channel, *Kind, *Direction):
        assert word.value in arrival
    decision = (FORMATS / "decision.md").read_text("utf-8")
    for word in (*How, *Action, *FactKind):
        assert word.value in decision


@pytest.mark.parametrize(
    ("path", "made"),
    [
        (("you",), You),
        (("others", "items"), Other),
        (("others", "items", "children", "items"), Child),
        (("others", "items", "handovers", "items"), Handover),
        (("others", "items", "relays", "items"), Relay),
        (("wanted", "items"), Wanted),
        (("always_pass", "items"), AlwaysPass),
    ],
)
def test_plan_schema_and_value_types_have_the_same_fields(path: tuple[str, ...], made: Any) -> None:
    place = schema("plan")
    for step in path:
        place = place[step] if step == "items" else place["properties"][step]
    assert set(place["properties"]) == {field.name for field in fields(made)}


def test_plan_parser_and_schema_refuse_the_same_top_level() -> None:
    assert set(schema("plan")["properties"]) == {field.name for field in fields(Plan)}


# What the program writes, and what the design says

LINES: list[dict[str, Any]] = [
    {"from": [{"handle": "+4917612345678"}], "text": "I will kill you tonight, you know it"},
    {"from": [{"handle": "Google"}], "text": "G-482910 is your Google verification code."},
    {"from": [{"handle": "+49176555555"}], "text": "lunch?"},
    {"from": [], "kind": "missed_call", "channel": "call"},
    {"direction": "out", "to": [{"handle": "jordan@mail.example"}], "text": "no"},
    {"kind": "feedback", "about": "0", "says": "theirs"},
    {"kind": "tick"},
    {"channel": "mail", "from": [{"handle": "registry@court.example"}], "raw": "!"},
]


def test_decisions_are_of_the_form() -> None:
    (block,) = blocks(FORMATS / "plan.md", "toml")
    replay = Replay(parse(block), InProcessReader(), lambda _: None)
    whole = [
        {"id": str(at), "received_at": "2026-03-01T18:00:00+01:00", "channel": "sms", **line}
        for at, line in enumerate(LINES)
    ]
    for line in whole:
        validator("arrival").validate(line)
    decisions = list(replay.decide_lines(json.dumps(line).encode() for line in whole))
    assert len(decisions) == len(LINES)
    for decision in decisions:
        validator("decision").validate(json.loads(decision))


@pytest.mark.parametrize(
    "broken",
    [
        {"received_at": "2026-03-01T18:00:00+01:00", "channel": "sms"},
        {"id": "a", "channel": "sms"},
        {"id": "a", "received_at": "2026-03-01T18:00:00", "channel": "sms"},
        {"id": "a", "received_at": "2026-03-01T18:00:00Z"},
        {"id": "a", "received_at": "2026-03-01T18:00:00Z", "kind": "feedback"},
        {"id": 1, "received_at": "2026-03-01T18:00:00Z", "channel": "sms"},
    ],
)
def test_the_schema_refuses_what_the_page_refuses(broken: dict[str, Any]) -> None:
    assert not validator("arrival").is_valid(broken)


@pytest.mark.skipif(not DESIGN.exists(), reason="the design pages are not part of the project")
def test_the_design_page_says_the_same() -> None:
    (toml,) = blocks(DESIGN, "toml")
    (ours,) = blocks(FORMATS / "plan.md", "toml")
    assert parse(toml) == parse(ours)
    (shown,) = blocks(DESIGN, "json")
    example = json.loads(shown.replace('"…all fourteen…": 0.02', '"guilt": 0.02'))
    tactics = dict.fromkeys(
        schema("decision")["properties"]["reading"]["properties"]["tactics"]["properties"], 0.0
    )
    example["reading"]["tactics"] = {**tactics, **example["reading"]["tactics"]}
    validator("decision").validate(example)
    page = DESIGN.read_text("utf-8")
    for word in (*Channel, *Kind, *Mode, *How, *Action, *FactKind, *Need):
        assert word.value in page
