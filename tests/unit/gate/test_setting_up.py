"""What was answered in set-up: kept whole, and made into the plan that it says."""

import json
from dataclasses import asdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.plans import AlwaysPass
from stillwater.core.words import Channel, Mode, Need
from stillwater.gate.setting_up import About, Allowed, Answers, plan_of
from stillwater.plan.form import dump, parse

TODAY = date(2026, 11, 24)
_WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
_HANDLES = st.lists(
    st.sampled_from(["+4917612345678", "j@mail.example", "instagram:jo", "iban:DE02120300000000"]),
    unique=True,
    max_size=4,
).map(tuple)
_ALLOWED = st.builds(
    Allowed,
    channel=st.sampled_from(["", *Channel]).map(str),
    subjects=st.lists(st.sampled_from(list(Need)).map(str), unique=True).map(tuple),
    cadence=st.sampled_from(["daily", "weekly", "at_once"]),
    at=st.sampled_from(["", "09:30", "18:00"]),
    until=st.sampled_from(["", "2030-01-31"]),
)
_ABOUT = st.builds(
    About,
    label=_WORD,
    relation=st.sampled_from(["", "partner", "parent"]),
    names=st.lists(_WORD, max_size=3).map(tuple),
    handles=_HANDLES,
    children=st.sampled_from(["", "yes", "no"]),
    child_names=st.lists(_WORD, max_size=2).map(tuple),
    orders=st.sampled_from([(), ("none",), ("protects_me",), ("against_me", "unsure")]),
    shared=st.sampled_from([(), ("nothing",), ("home",), ("money", "unsure")]),
    mode=st.sampled_from(["", "watch", "no_contact", "low_contact"]),
    allowed=_ALLOWED,
)
_ANSWERS = st.builds(
    Answers,
    done=st.just(("passphrase", "who")),
    others=st.lists(_ABOUT, min_size=1, max_size=3, unique_by=lambda one: one.label.casefold()).map(
        tuple
    ),
    passes=st.sampled_from([(), (AlwaysPass("@court.example", "court"),)]),
)


@given(_ANSWERS)
def test_what_was_answered_comes_back_whole(answers: Answers) -> None:
    assert Answers.from_data(json.loads(json.dumps(asdict(answers)))) == answers


@given(_ANSWERS)
def test_the_plan_is_the_one_that_its_text_says(answers: Answers) -> None:
    made = plan_of(answers, timezone="Europe/Berlin", region="DE", today=TODAY)
    assert parse(dump(made)) == made
    assert [one.label for one in made.others] == [one.label for one in answers.others]


@given(_ANSWERS)
def test_nothing_is_held_before_children_court_home_and_money_are_settled(
    answers: Answers,
) -> None:
    made = plan_of(answers, timezone="UTC", region=None, today=TODAY)
    for about, other in zip(answers.others, made.others, strict=True):
        free = (about.children, about.orders, about.shared) == ("no", ("none",), ("nothing",))
        if not free:
            assert other.mode is Mode.WATCH
        elif about.mode:
            assert other.mode == about.mode
        # What is held has a day from which on it is; what is watched has none.
        assert (other.since is None) == (other.mode is Mode.WATCH)
