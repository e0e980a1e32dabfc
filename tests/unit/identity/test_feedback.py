"""The last word counts, and leaves nothing of the words before it behind."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.arrivals import Address, Arrival, Feedback
from stillwater.core.judgements import Match, Reading
from stillwater.core.plans import Plan
from stillwater.core.words import Channel
from stillwater.identity.known import Known
from stillwater.identity.recognising import Recogniser, Said
from stillwater.plan.form import parse

PLAN: Plan = parse(
    """
    [you]
    names = ["Sam"]
    handles = ["sam@home.example"]
    region = "DE"
    [[others]]
    label = "J"
    names = ["Jordan"]
    handles = ["jordan@mail.example", "+4917612345678"]
    mode = "no_contact"
    relays = [{ name = "Rosa", handles = ["+4917699999999"], on_relay = "held" }]
    [[others]]
    label = "K"
    names = ["Kim"]
    handles = ["instagram:kim"]
    mode = "no_contact"
    [[wanted]]
    name = "Ana"
    handles = ["ana@friends.example"]
    """
)
NEW = ("new@x.example", "New@X.example", "+4915100000001", "015100000001", "instagram:else")
LOOK_ALIKE = ("jordan+x@mail.example", "j0rdan@mail.example")
RELAY = "+4917699999999"
LISTED = (
    "jordan@mail.example",
    "+4917612345678",
    "ana@friends.example",
    "sam@home.example",
    RELAY,
)
HANDLES = (*NEW, *LOOK_ALIKE, *LISTED, "no-reply@pay.example")
OPPOSITE = {
    "theirs": "not_theirs",
    "not_theirs": "theirs",
    "relay": "not_relay",
    "not_relay": "relay",
}
AT = datetime(2026, 11, 20, tzinfo=UTC)
SALT = b"k" * 32
SAYING = st.tuples(st.sampled_from(HANDLES), st.sampled_from([*OPPOSITE]), st.sampled_from("JK"))
Saying = tuple[str, str, str]


def arrival(sender: str) -> Arrival:
    return Arrival(id="a", received_at=AT, channel=Channel.MAIL, senders=(Address(sender),))


def matches(sayings: Sequence[Saying], senders: Sequence[str] = HANDLES) -> list[Match]:
    """What identity makes of each of these senders once all of this was said."""
    known, recogniser = Known.from_plan(PLAN), Recogniser(PLAN, SALT)
    for sender, says, label in sayings:
        about, said = arrival(sender), Feedback("a", says, label)
        # As the gate keeps it: the exact handles alone.
        for handle in known.spoken_of(about, says):
            recogniser.feedback(arrival(handle), said, known.meant(said))
            known.learn(arrival(handle), said)
    found = [
        known.match(arrival(one), carries_word=word) for one in senders for word in (False, True)
    ]
    weighed = [
        recogniser.look(arrival(one), Match(), Said(text), Reading(carries_word=True))
        for one in senders
        for text in ("its me. why did you block me", "Jordan asked me to tell you")
    ]
    return [*found, *weighed]


@given(st.lists(SAYING, max_size=6), SAYING)
def test_the_opposite_takes_back_whatever_was_said_just_before(
    before: list[Saying], saying: Saying
) -> None:
    sender, says, label = saying
    back = (sender, OPPOSITE[says], label)
    assert matches([*before, saying, back]) == matches([*before, back])


@given(st.sampled_from(NEW), st.sampled_from(["theirs", "relay"]), st.sampled_from("JK"))
def test_taken_back_everybody_is_known_as_before(sender: str, says: str, label: str) -> None:
    known, before = Known.from_plan(PLAN), Known.from_plan(PLAN)
    known.learn(arrival(sender), Feedback("a", says, label))
    assert known.match(arrival(sender), carries_word=True).other == label
    known.learn(arrival(sender), Feedback("a", OPPOSITE[says], label))
    for one in HANDLES:
        for word in (False, True):
            assert known.match(arrival(one), carries_word=word) == before.match(
                arrival(one), carries_word=word
            )


@given(st.lists(SAYING, max_size=8))
def test_no_feedback_changes_what_the_plan_lists(sayings: list[Saying]) -> None:
    known, before = Known.from_plan(PLAN), Known.from_plan(PLAN)
    for sender, says, label in sayings:
        known.learn(arrival(sender), Feedback("a", says, label))
    for one in LISTED:
        for word in (False, True):
            now = known.match(arrival(one), carries_word=word)
            assert now == before.match(arrival(one), carries_word=word)


def test_what_feedback_can_speak_of() -> None:
    known = Known.from_plan(PLAN)
    for listed in (
        "jordan@mail.example",
        "sam@home.example",
        "ana@friends.example",
        "no-reply@pay.example",
    ):
        for says in OPPOSITE:
            assert known.spoken_of(arrival(listed), says) == ()
    assert known.spoken_of(arrival(RELAY), "not_theirs") == (RELAY,)
    assert known.spoken_of(arrival(RELAY), "not_relay") == ()
    assert known.spoken_of(arrival("New@X.example"), "theirs") == ("new@x.example",)


def test_how_often_theirs_is_said_of_one_handle_changes_nothing() -> None:
    once = ("new@x.example", "theirs", "J")
    assert matches([once, once, once]) == matches([once])
