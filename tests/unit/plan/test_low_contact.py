"""Low contact and parallel parenting: only the facts that the plan names come through."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from stillwater.core.arrivals import Address, Arrival
from stillwater.core.judgements import Danger, Decision, Fact, Match, Reading
from stillwater.core.plans import Other, Plan, You
from stillwater.core.words import (
    Action,
    Channel,
    DangerCategory,
    FactKind,
    How,
    Kind,
    Mode,
    Need,
    Standing,
    Tactic,
)
from stillwater.plan.decide import SUSPECTED_FROM, decide, hides

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEXT = "you ruined my life but pick Mia up on Friday at half past five"
MAIL = Arrival(
    "a",
    AT,
    Channel.MAIL,
    senders=(Address("jordan@mail.example"),),
    recipients=(Address("sam@home.example"),),
    text=TEXT,
)
LOW = Other(
    "J",
    Mode.LOW_CONTACT,
    channel=Channel.MAIL,
    emergency="+4915199999",
    subjects=(Need.CHILDREN, Need.MONEY),
    until=date(2027, 6, 30),
)
PARENTING = replace(LOW, mode=Mode.PARALLEL_PARENTING, subjects=())
DATE = Fact(FactKind.DATE, "2026-03-06", Need.CHILDREN)
SUM = Fact(FactKind.AMOUNT, "300 EUR", Need.MONEY)
NEEDS = dict.fromkeys(Need, 0.02)
TACTICS = dict.fromkeys(Tactic, 0.02)
HOOK = Reading(tactics={**TACTICS, Tactic.GUILT: 0.95}, needs=NEEDS)
CHILDREN = Reading(
    tactics={**TACTICS, Tactic.GUILT: 0.95}, needs={**NEEDS, Need.CHILDREN: 0.9}, facts=(DATE,)
)
THEIRS = Match("J", How.HANDLE, 0.99)


def decided(
    other: Other = LOW,
    reading: Reading = CHILDREN,
    match: Match = THEIRS,
    **changes: object,
) -> Decision:
    plan = Plan((other,), You(timezone="Europe/Berlin", region="DE"))
    return decide(plan, replace(MAIL, **changes), match, reading)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [LOW, PARENTING])
def test_a_need_that_the_plan_names_comes_as_facts_at_its_time(other: Other) -> None:
    decision = decided(other)
    assert decision.action is Action.DIGEST
    assert decision.when is not None
    assert decision.when.isoformat() == "2026-03-03T18:00:00+01:00"
    assert decision.shown is not None
    assert decision.shown.facts == (DATE,)
    assert "ruined" not in decision.shown.text
    assert "children" in decision.shown.text


def test_a_hook_without_a_need_is_held() -> None:
    decision = decided(reading=HOOK)
    assert (decision.action, decision.shown, decision.when) == (Action.HELD, None, None)
    assert "Nothing in it needs an answer: it is held." in decision.reasons


@pytest.mark.parametrize(
    ("likely", "action"), [(0.49, Action.HELD), (0.5, Action.DIGEST), (0.51, Action.DIGEST)]
)
def test_a_need_counts_from_one_half(likely: float, action: Action) -> None:
    reading = replace(CHILDREN, needs={**NEEDS, Need.CHILDREN: likely})
    assert decided(reading=reading).action is action


@pytest.mark.parametrize(
    ("other", "changes", "why"),
    [
        (LOW, {"channel": Channel.SMS}, "another channel"),
        (LOW, {"received_at": datetime(2027, 7, 1, 12, tzinfo=UTC)}, "has ended"),
        (replace(LOW, subjects=(Need.MONEY,)), {}, "does not name its subject"),
        (replace(LOW, subjects=()), {}, "does not name its subject"),
        (replace(LOW, channel=None), {}, "names no channel"),
        (LOW, {"recipients": (Address("0151 99999"),)}, "none is seen"),
        (LOW, {"account": "+4915199999"}, "none is seen"),
        (
            replace(PARENTING, channel=Channel.VOICEMAIL),
            {"channel": Channel.VOICEMAIL},
            "in writing",
        ),
    ],
)
def test_what_the_plan_does_not_allow_is_held_with_the_reason(
    other: Other, changes: dict[str, object], why: str
) -> None:
    decision = decided(other, **changes)
    assert (decision.action, decision.shown, decision.when) == (Action.HELD, None, None)
    assert any(why in reason for reason in decision.reasons)


@pytest.mark.parametrize("other", [LOW, PARENTING])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"channel": Channel.SMS},
        {"received_at": datetime(2027, 7, 1, 12, tzinfo=UTC)},
        {"recipients": (Address("+4915199999"),)},
        {"kind": Kind.VOICEMAIL, "channel": Channel.VOICEMAIL},
    ],
)
def test_a_childs_emergency_is_told_on_any_channel(
    other: Other, changes: dict[str, object]
) -> None:
    reading = replace(CHILDREN, danger=Danger((DangerCategory.CHILD_EMERGENCY,)))
    decision = decided(other, reading, **changes)
    assert decision.action is Action.ALERT
    assert decision.shown is not None
    assert DATE in decision.shown.facts
    assert not any("none is seen" in reason for reason in decision.reasons)


def test_other_subjects_stay_out_of_the_facts() -> None:
    both = replace(
        CHILDREN,
        needs={**NEEDS, Need.CHILDREN: 0.9, Need.MONEY: 0.9},
        facts=(DATE, SUM, Fact(FactKind.TIME, "17:30", Need.MONEY)),
    )
    shown = decided(PARENTING, both).shown
    assert shown is not None
    # When it is belongs to the whole message, whatever subject the reader put it under.
    assert shown.facts == (DATE, Fact(FactKind.TIME, "17:30", Need.MONEY))
    assert "money" not in shown.text
    whole = decided(LOW, both).shown
    assert whole is not None
    assert SUM in whole.facts


def test_what_was_not_read_for_needs_is_held() -> None:
    assert decided(reading=Reading()).action is Action.HELD


def test_three_words_are_not_given_back() -> None:
    shown = decided(text="The children Friday?").shown
    assert shown is not None
    assert not {"children", "friday"} & set(shown.text.lower().replace(".", "").split())


def test_what_happened_shows_no_facts_that_the_mode_would_not() -> None:
    storm = replace(CHILDREN, danger=Danger((DangerCategory.STORM,)))
    held = decided(replace(LOW, subjects=(Need.MONEY,)), storm)
    assert held.action is Action.ALERT
    assert held.shown is not None
    assert held.shown.facts == ()
    through = decided(LOW, storm)
    assert through.shown is not None
    assert through.shown.facts == (DATE,)


@pytest.mark.parametrize(
    ("confidence", "action"), [(0.5, Action.ASK), (0.94, Action.ASK), (0.95, Action.DIGEST)]
)
def test_suspected_is_asked_about_until_it_is_sure_enough(
    confidence: float, action: Action
) -> None:
    match = Match("J", How.SUSPECTED, confidence)
    assert decided(match=match).action is action
    held = decided(replace(LOW, mode=Mode.NO_CONTACT), match=match)
    assert (held.action is Action.HELD) is (confidence >= SUSPECTED_FROM)


def test_who_says_that_they_are_somebody_else_at_their_handle_changes_nothing() -> None:
    match = replace(THEIRS, standing=Standing.SOMEONE_ELSE)
    assert decided(match=match) == decided()
    assert decided(replace(LOW, mode=Mode.NO_CONTACT), match=match).action is Action.HELD
    assert hides(Plan((LOW,)), MAIL, match)


def test_a_child_at_their_handle_is_asked_about_with_the_facts_and_out_of_sight() -> None:
    match = replace(THEIRS, standing=Standing.CHILD)
    asked = decided(match=match)
    assert asked.action is Action.ASK
    assert asked.shown is not None
    plain = decided()
    assert plain.shown is not None
    assert asked.shown.facts == plain.shown.facts != ()
    assert hides(Plan((LOW,)), MAIL, match)


def test_what_is_theirs_goes_out_of_sight_whatever_it_holds() -> None:
    def gone(other: Other, match: Match = THEIRS, channel: Channel = Channel.MAIL) -> bool:
        return hides(Plan((other,)), replace(MAIL, channel=channel), match)

    assert gone(LOW)
    assert gone(PARENTING, channel=Channel.SMS)
    assert gone(replace(LOW, mode=Mode.NO_CONTACT))
    assert not gone(replace(LOW, mode=Mode.WATCH))
    assert not gone(replace(LOW, court_ordered=(Channel.MAIL,)))
    assert not gone(LOW, Match("J", How.SUSPECTED, 0.6))
    assert gone(LOW, Match("J", How.SUSPECTED, 0.96))
    assert not gone(LOW, Match())
