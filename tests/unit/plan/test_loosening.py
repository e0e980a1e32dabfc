"""What loosens waits; what only tightens does not."""

from dataclasses import replace
from datetime import date, time

import pytest

from stillwater.core.plans import (
    AlwaysPass,
    Child,
    Handover,
    Keep,
    Other,
    Plan,
    Relay,
    Wanted,
    You,
)
from stillwater.core.words import Action, Channel, Mode, Need
from stillwater.plan.loosening import loosenings

J = Other(
    "J",
    Mode.LOW_CONTACT,
    names=("Jordan",),
    handles=("+4917612345678", "j@x.example"),
    since=date(2026, 1, 10),
    channel=Channel.MAIL,
    emergency="+4915100000",
    subjects=(Need.CHILDREN,),
    until=date(2026, 12, 31),
    children=(Child("Mia", handles=("+4917600001",)),),
    handovers=(Handover("friday", time(17)),),
    court_ordered=(Channel.MAIL,),
    relays=(Relay("Rosa", ("+4917699999",), Action.ASK),),
    keep=((Channel.LETTER, Keep("until", date(2027, 1, 1))),),
    litigation_hold=True,
)
PLAN = Plan(
    others=(J,),
    you=You(region="DE", authserv=("mx.home.example",)),
    wanted=(Wanted("Ana", ("ana@x.example",)),),
    always_pass=(AlwaysPass("@court.example", "court"),),
)


def with_other(**changes: object) -> Plan:
    return replace(PLAN, others=(replace(J, **changes),))  # type: ignore[arg-type]


LOOSER = [
    replace(PLAN, others=(replace(J, label="other label"),)),
    with_other(mode=Mode.WATCH),
    with_other(mode=Mode.PARALLEL_PARENTING),
    with_other(handles=("+4917612345678",)),
    with_other(names=()),
    with_other(since=None),
    with_other(since=date(2026, 2, 1)),
    with_other(channel=Channel.SMS),
    with_other(emergency="+4915100001"),
    with_other(subjects=(Need.CHILDREN, Need.MONEY)),
    with_other(cadence="at_once"),
    with_other(until=None),
    with_other(until=date(2027, 1, 1)),
    with_other(children=(Child("Mia", handles=("+4917600001", "+4917600002")),)),
    # Who says by a child's name that the child writes is asked about at once.
    with_other(children=(*J.children, Child("Jordan"))),
    with_other(children=(Child("Mia", also=("Jordan",), handles=("+4917600001",)),)),
    replace(PLAN, wanted=(*PLAN.wanted, Wanted("Jordan"))),
    with_other(handovers=()),
    with_other(court_ordered=(Channel.MAIL, Channel.SMS)),
    with_other(relays=()),
    with_other(relays=(Relay("Rosa", ("+4917699999",), Action.UNTOUCHED),)),
    with_other(relays=(Relay("Rosa", (), Action.ASK),)),
    with_other(keep=((Channel.LETTER, Keep("discard")),)),
    with_other(keep=((Channel.LETTER, Keep("until", date(2026, 6, 1))),)),
    with_other(keep=((*J.keep, (Channel.MAIL, Keep("discard"))))),
    with_other(litigation_hold=False),
    with_other(suicide_first="reviewer"),
    replace(PLAN, wanted=(Wanted("Ana", ("ana@x.example", "bo@x.example")),)),
    replace(PLAN, always_pass=(*PLAN.always_pass, AlwaysPass("@x.example"))),
    replace(PLAN, you=replace(PLAN.you, authserv=("mx.home.example", "mx.evil.example"))),
    replace(PLAN, you=replace(PLAN.you, region="US")),
    # What is noticed less is looser too.
    with_other(children=()),
    with_other(children=(Child("Mia"),)),
    replace(PLAN, always_pass=()),
    replace(PLAN, you=replace(PLAN.you, authserv=())),
    replace(PLAN, you=replace(PLAN.you, timezone="Europe/Berlin")),
    replace(PLAN, you=replace(PLAN.you, handles=("new@x.example",))),
    # A carrier is found by handle, and what holds for them by name.
    with_other(relays=(Relay("Rosa", ("n@x.example",), Action.UNTOUCHED), *J.relays)),
    # Another other must not take over what stands under this one, in whatever form.
    replace(
        PLAN,
        others=(
            Other("K", Mode.NO_CONTACT, handles=("j+1@x.example",), court_ordered=(Channel.MAIL,)),
            J,
        ),
    ),
    replace(PLAN, others=(J, Other("K", Mode.WATCH, children=(Child("x", (), ("J@x.example",)),)))),
    replace(PLAN, others=(J, Other("K", Mode.WATCH, relays=(Relay("x", ("+4917699999",)),)))),
]

TIGHTER = [
    PLAN,
    replace(PLAN, others=(J, Other("K", Mode.WATCH))),
    with_other(mode=Mode.NO_CONTACT),
    with_other(handles=("017612345678", "J@X.example", "new@x.example")),
    with_other(names=("Jordan", "Jo")),
    with_other(since=date(2025, 1, 1)),
    with_other(channel=None, emergency=None, subjects=()),
    with_other(cadence="weekly"),
    with_other(until=date(2026, 6, 1)),
    with_other(court_ordered=()),
    with_other(relays=(Relay("Rosa", ("+4917699999",), Action.HELD), Relay("T", ("t@x.example",)))),
    with_other(keep=()),
    with_other(keep=((Channel.LETTER, Keep("until", date(2028, 1, 1))),)),
    replace(PLAN, wanted=()),
    replace(PLAN, you=replace(PLAN.you, names=("S",))),
]


@pytest.mark.parametrize("plan", LOOSER)
def test_looser_is_said_in_one_sentence_without_a_handle(plan: Plan) -> None:
    said = loosenings(PLAN, plan)
    assert len(said) == 1
    assert "@" not in said[0]
    assert "+" not in said[0].replace("without +", "")
    assert said[0].endswith(".")


@pytest.mark.parametrize("plan", TIGHTER)
def test_tighter_says_nothing(plan: Plan) -> None:
    assert loosenings(PLAN, plan) == ()


def test_tighter_and_looser_at_once_is_looser() -> None:
    assert loosenings(PLAN, with_other(mode=Mode.NO_CONTACT, handles=("new@x.example",)))


def test_of_two_who_share_a_handle_the_order_counts() -> None:
    k = Other("K", Mode.LOW_CONTACT, handles=("j@x.example",))
    assert loosenings(replace(PLAN, others=(J, k)), replace(PLAN, others=(k, J)))
    apart = replace(k, handles=("k@x.example",))
    assert not loosenings(replace(PLAN, others=(J, apart)), replace(PLAN, others=(apart, J)))


def test_no_subjects_in_parallel_parenting_means_the_children() -> None:
    about_money = with_other(mode=Mode.PARALLEL_PARENTING, subjects=(Need.MONEY,))
    unsaid = with_other(mode=Mode.PARALLEL_PARENTING, subjects=())
    children = with_other(mode=Mode.PARALLEL_PARENTING, subjects=(Need.CHILDREN,))
    assert loosenings(about_money, unsaid)
    assert not loosenings(unsaid, children)
    assert not loosenings(children, unsaid)


@pytest.mark.parametrize("mode", list(Mode))
def test_from_watch_only_what_is_kept_or_known_can_be_loosened(mode: Mode) -> None:
    """Where nothing is held from the person, no way, subject or hour can be added."""
    watched = replace(J, mode=Mode.WATCH, channel=None, subjects=(), court_ordered=(), until=None)
    allowed = replace(
        watched,
        mode=mode,
        channel=Channel.SMS,
        subjects=tuple(Need),
        cadence="at_once",
        court_ordered=(Channel.MAIL,),
    )
    before, after = replace(PLAN, others=(watched,)), replace(PLAN, others=(allowed,))
    assert loosenings(before, after) == ()
    if mode is not Mode.WATCH:
        assert loosenings(after, before) != ()


def test_another_name_for_a_child_is_one_name_more_and_one_less() -> None:
    renamed = with_other(children=(Child("Zed", handles=("+4917600001",)),))
    assert len(loosenings(PLAN, renamed)) == 2


def test_from_watch_the_name_of_a_child_lets_nothing_more_through() -> None:
    watched = Plan(others=(Other("J", Mode.WATCH, handles=("j@x.example",)),))
    named = replace(
        watched,
        others=(replace(watched.others[0], mode=Mode.NO_CONTACT, children=(Child("Mia"),)),),
    )
    assert not loosenings(watched, named)
