"""What the plan makes of an arrival: every rule of safety.md that holds in this version."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.arrivals import Address, Arrival
from stillwater.core.judgements import Danger, Decision, Fact, Match, Reading
from stillwater.core.plans import Other, Plan, Relay
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
    Standing,
)
from stillwater.plan.decide import decide

AT = datetime(2026, 3, 1, 18, tzinfo=UTC)
MESSAGE = Arrival("a", AT, Channel.SMS, senders=(Address("+4917612345678"),), text="x y z w v")
JORDAN = Other(
    "J",
    Mode.NO_CONTACT,
    relays=(
        Relay("Rosa", on_relay=Action.HELD),
        Relay("Tom", on_relay=Action.ASK),
        Relay("Uma", on_relay=Action.UNTOUCHED),
    ),
)
THEIRS = Match("J", How.HANDLE, 0.99)
STRANGER = Match()
NOTHING = Reading()
THREAT = Reading(danger=Danger((DangerCategory.KILL_OR_INJURE,)))
PETS = Reading(danger=Danger((DangerCategory.PETS,)))
SERVED = Reading(
    legal_service=True,
    facts=(Fact(FactKind.WHO, "court", Need.LEGAL), Fact(FactKind.DEADLINE, "2026-04-01", None)),
)
UNREAD = Reading(unread="it broke")


def decided(
    match: Match = THEIRS,
    reading: Reading | None = NOTHING,
    other: Other = JORDAN,
    arrival: Arrival = MESSAGE,
) -> Decision:
    return decide(Plan(others=(other,)), arrival, match, reading)


@pytest.mark.parametrize(
    ("mode", "action"),
    [
        (Mode.WATCH, Action.RECORDED),
        (Mode.NO_CONTACT, Action.HELD),
        (Mode.LOW_CONTACT, Action.HELD),
        (Mode.PARALLEL_PARENTING, Action.HELD),
    ],
)
def test_what_each_mode_makes_of_theirs(mode: Mode, action: Action) -> None:
    decision = decided(other=replace(JORDAN, mode=mode))
    assert decision.action is action
    assert decision.shown is None
    assert decision.reasons


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("reading", [THREAT, PETS, SERVED, UNREAD])
@pytest.mark.parametrize(
    "match",
    [
        THEIRS,
        Match("J", How.ALIAS, 0.9),
        Match("J", How.RELAY, 0.9, relay="Uma"),
        Match("J", How.HANDLE, 0.99, standing=Standing.CHILD),
    ],
)
def test_danger_courts_and_the_unreadable_are_told_in_every_mode(
    mode: Mode, reading: Reading, match: Match
) -> None:
    decision = decided(match, reading, replace(JORDAN, mode=mode, court_ordered=tuple(Channel)))
    assert decision.action is Action.ALERT
    assert decision.shown is not None


@pytest.mark.parametrize("category", DangerCategory)
@pytest.mark.parametrize(
    "match",
    [
        STRANGER,
        Match(standing=Standing.CHILD, confidence=0.99),
        Match(standing=Standing.FORGED_WANTED),
        Match(standing=Standing.CLAIMS_TO_PASS, why_passes="court"),
    ],
)
def test_danger_is_told_whoever_it_comes_from(match: Match, category: DangerCategory) -> None:
    decision = decided(match, Reading(danger=Danger((category,))))
    assert decision.action is Action.ALERT


def test_papers_served_by_a_stranger_are_told_with_court_and_deadline() -> None:
    decision = decided(STRANGER, SERVED)
    assert decision.action is Action.ALERT
    assert decision.shown is not None
    assert decision.shown.facts == SERVED.facts


def test_a_court_ordered_channel_is_recorded_and_never_held() -> None:
    ordered = replace(JORDAN, court_ordered=(Channel.SMS,))
    assert decided(other=ordered).action is Action.RECORDED
    elsewhere = replace(MESSAGE, channel=Channel.MAIL)
    assert decided(other=ordered, arrival=elsewhere).action is Action.HELD


@pytest.mark.parametrize(
    ("relay", "action"),
    [("Rosa", Action.HELD), ("Tom", Action.ASK), ("Uma", Action.UNTOUCHED), (None, Action.ASK)],
)
def test_what_relays_carry_is_as_the_person_decided(relay: str | None, action: Action) -> None:
    decision = decided(Match("J", How.RELAY, 0.9, relay=relay))
    assert decision.action is action
    assert (decision.shown is not None) is (action is Action.ASK)


def test_a_child_that_may_be_the_other_is_asked_about() -> None:
    both = Match("J", How.HANDLE, 0.99, standing=Standing.CHILD)
    unsure = Match(standing=Standing.CHILD, confidence=0.6)
    assert decided(both).action is Action.ASK
    assert decided(unsure).action is Action.ASK
    assert decided(Match(standing=Standing.CHILD, confidence=0.99)).action is Action.UNTOUCHED


@pytest.mark.parametrize("standing", [Standing.WANTED, Standing.ALWAYS_PASS])
def test_who_was_listed_passes_unread(standing: Standing) -> None:
    decision = decided(Match(standing=standing), None)
    assert (decision.action, decision.shown) == (Action.UNTOUCHED, None)


def test_a_forged_friend_is_asked_about() -> None:
    assert decided(Match(standing=Standing.FORGED_WANTED)).action is Action.ASK


def test_a_claim_is_told_in_the_plans_words_alone() -> None:
    match = Match(standing=Standing.CLAIMS_TO_PASS, why_passes="the family court")
    decision = decided(match)
    assert decision.action is Action.ALERT
    assert decision.shown is not None
    assert "claims to come from" in decision.shown.text
    assert "the family court" in decision.shown.text
    assert decision.shown.facts == ()


def test_a_forged_court_hands_over_no_facts() -> None:
    match = Match(standing=Standing.CLAIMS_TO_PASS, why_passes="court")
    decision = decided(match, SERVED)
    assert decision.shown is not None
    assert decision.shown.facts == ()
    assert "The facts say" not in decision.shown.text
    # The court is in the plan; that this is the court is what nothing proves.
    assert "not in your plan" not in decision.shown.text


def test_a_strangers_unreadable_is_told() -> None:
    """The other can write from a new address, and break the reader from there."""
    assert decided(STRANGER, UNREAD).action is Action.ALERT


@pytest.mark.parametrize(
    ("code", "sender", "shown"),
    [
        ("482910", "+4930123456", "482910 · +4930123456"),
        ("G-482910", "Google", "482910 · Google"),
        ("482 910", "code@bank.example", "482910 · code@bank.example"),
        ("482910", "I will find you", "482910 · –"),
        ("482910", None, "482910 · –"),
        ("call me", "+4930123456", None),
        ("1", "+4930123456", None),
        (None, "+4930123456", None),
    ],
)
def test_a_code_is_digits_and_sender(code: str | None, sender: str | None, shown: str) -> None:
    arrival = replace(MESSAGE, senders=(Address(sender, "I hate you"),), text="so many words here")
    decision = decided(STRANGER, Reading(one_time_code=code), arrival=arrival)
    assert decision.action is Action.UNTOUCHED
    assert (decision.shown.text if decision.shown else None) == shown


def test_a_code_of_theirs_is_held_like_the_rest() -> None:
    decision = decided(THEIRS, Reading(one_time_code="482910"))
    assert (decision.action, decision.shown) == (Action.HELD, None)


def test_a_code_with_a_threat_is_an_alert() -> None:
    decision = decided(STRANGER, replace(THREAT, one_time_code="482910"))
    assert decision.action is Action.ALERT
    assert decision.shown is not None
    assert "482910" not in decision.shown.text


def test_own_words_feedback_and_ticks() -> None:
    out = replace(MESSAGE, direction=Direction.OUT)
    assert decided(THEIRS, arrival=out).action is Action.RECORDED
    assert decided(STRANGER, THREAT, arrival=out).action is Action.RECORDED
    assert decided(STRANGER, arrival=replace(MESSAGE, kind=Kind.FEEDBACK)).action is Action.RECORDED
    assert decided(STRANGER, arrival=replace(MESSAGE, kind=Kind.TICK)).action is Action.UNTOUCHED


def test_suicide_is_said_in_the_words_agreed_on() -> None:
    reading = Reading(danger=Danger((DangerCategory.SUICIDE_THREAT,)))
    decision = decided(THEIRS, reading, replace(JORDAN, suicide_first="reviewer"))
    assert decision.action is Action.ALERT
    assert decision.shown is not None
    assert "You need not answer. Emergency services can check on them." in decision.shown.text
    assert any("reviewer" in reason for reason in decision.reasons)


def test_a_label_that_left_the_plan_is_held() -> None:
    assert decided(Match("gone", How.HANDLE, 0.99)).action is Action.HELD


def test_theirs_says_that_tactics_are_not_read() -> None:
    assert any("Tactics" in reason for reason in decided().reasons)


MATCHES = st.builds(
    Match,
    other=st.none() | st.just("J"),
    how=st.sampled_from(How),
    confidence=st.floats(0, 1),
    relay=st.none() | st.sampled_from(["Rosa", "Tom", "Uma", "nobody"]),
    standing=st.sampled_from(Standing),
    why_passes=st.none() | st.just("court"),
)
READINGS = st.none() | st.builds(
    Reading,
    danger=st.lists(st.sampled_from(DangerCategory), max_size=3, unique=True).map(
        lambda found: Danger(tuple(found))
    ),
    legal_service=st.booleans(),
    one_time_code=st.none() | st.just("123456"),
    unread=st.none() | st.just("it broke"),
)
ARRIVALS = st.builds(
    replace,
    st.just(MESSAGE),
    kind=st.sampled_from(Kind),
    channel=st.sampled_from(Channel),
    direction=st.sampled_from(Direction),
)
OTHERS = st.builds(
    replace,
    st.just(JORDAN),
    mode=st.sampled_from(Mode),
    court_ordered=st.lists(st.sampled_from(Channel), max_size=3).map(tuple),
)


@settings(deadline=None)
@given(MATCHES, READINGS, ARRIVALS, OTHERS)
def test_laws_of_every_decision(
    match: Match, reading: Reading | None, arrival: Arrival, other: Other
) -> None:
    decision = decided(match, reading, other, arrival)
    assert decision.reasons
    assert decision == decided(match, reading, other, arrival)
    comes_in = arrival.direction is Direction.IN and arrival.kind not in (Kind.FEEDBACK, Kind.TICK)
    theirs = match.other is not None and match.how is not How.RELAY
    if comes_in and theirs:
        assert decision.action is not Action.UNTOUCHED
    if comes_in and theirs and (reading is None or reading.unread):
        assert decision.action is Action.ALERT
    listed = match.other is None and match.standing in (Standing.WANTED, Standing.ALWAYS_PASS)
    if comes_in and reading is not None and reading.danger.tier and not listed:
        assert decision.action is Action.ALERT
    if match.other is None and comes_in:
        assert decision.action not in (Action.HELD, Action.RECORDED)
    if decision.action in (Action.ALERT, Action.ASK):
        assert decision.shown is not None
    elif decision.action in (Action.HELD, Action.RECORDED):
        assert decision.shown is None
