"""What is shown takes nothing from the original, whoever wrote it and whatever they know."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Danger, Match, Reading
from stillwater.core.plans import Other, Plan
from stillwater.core.words import Channel, DangerCategory, How, Mode, Standing
from stillwater.plan.decide import decide
from stillwater.plan.wording import (
    CATEGORY_WORDS,
    LAST_RUNGS,
    THREE_WAYS,
    claims_lines,
    danger_lines,
    legal_lines,
    quotes,
    words_of,
)

PLAN = Plan(others=(Other("J", Mode.NO_CONTACT),))
OURS = " ".join(
    [
        *danger_lines(tuple(DangerCategory), "It is from J."),
        *legal_lines("It is from J.", with_facts=True),
        *legal_lines("Nothing proves who sent it.", with_facts=False),
        *claims_lines("court"),
        *LAST_RUNGS,
        THREE_WAYS,
        "A message could not be read by a machine. Shall a reviewer look first?",
    ]
).split()
# Words that mean something; written here anew, so that this test can disagree with the code.
EMPTY = set(re.findall(r"\w+", "a an and be by from in is it may of on or that the this to with"))


def shown_for(arrival: Arrival, category: DangerCategory, match: Match) -> str:
    reading = Reading(danger=Danger((category,)), legal_service=category is DangerCategory.PETS)
    decision = decide(PLAN, arrival, match, reading)
    assert decision.shown is not None
    return decision.shown.text


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def takes_nothing(shown: str, original: str) -> bool:
    ours, theirs = plain(shown), plain(original)
    if len(theirs) < 4:
        return not (set(theirs) - EMPTY) & set(ours)
    runs = {tuple(theirs[at : at + 4]) for at in range(len(theirs) - 3)}
    return not any(tuple(ours[at : at + 4]) in runs for at in range(len(ours) - 3))


@settings(deadline=None)
@given(
    words=st.lists(st.sampled_from(OURS), max_size=30),
    category=st.sampled_from(DangerCategory),
    match=st.sampled_from(
        [
            Match("J", How.HANDLE, 0.99),
            Match(),
            Match(standing=Standing.CLAIMS_TO_PASS, why_passes="court"),
        ]
    ),
)
@example(words=OURS, category=DangerCategory.KILL_OR_INJURE, match=Match())
@example(words=OURS[:3], category=DangerCategory.PETS, match=Match())
def test_nothing_of_an_original_made_of_our_own_words(
    words: list[str], category: DangerCategory, match: Match
) -> None:
    original = " ".join(words)
    arrival = Arrival("a", datetime(2026, 3, 1, tzinfo=UTC), Channel.SMS, text=original)
    assert takes_nothing(shown_for(arrival, category, match), original)


@settings(deadline=None)
@given(
    subject=st.lists(st.sampled_from(OURS), min_size=1, max_size=5),
    text=st.lists(st.sampled_from(OURS), min_size=1, max_size=5),
)
@example(subject=["may", "contain", "threat"], text=["some", "words", "of", "theirs"])
@example(subject=["something", "look", "attention"], text=["knows", "waiting", "check"])
def test_nothing_of_a_short_subject_beside_a_text(subject: list[str], text: list[str]) -> None:
    arrival = Arrival(
        "a",
        datetime(2026, 3, 1, tzinfo=UTC),
        Channel.MAIL,
        subject=" ".join(subject),
        text=" ".join(text),
    )
    shown = shown_for(arrival, DangerCategory.WEAPON, Match())
    assert takes_nothing(shown, " ".join(subject))
    assert takes_nothing(shown, " ".join(text))


@settings(deadline=None)
@given(st.lists(st.sampled_from(OURS), min_size=1, max_size=30), st.integers(0, 3))
@example(words=["weapons;"], form=2)
def test_nothing_of_a_mail_that_only_the_reader_takes_apart(words: list[str], form: int) -> None:
    import base64
    import quopri

    body = " ".join(words)
    coded = [
        body.encode(),
        quopri.encodestring(body.encode()),
        base64.encodebytes(body.encode()),
        f"<p>{body.replace(' ', ' <b></b>')}</p>".encode(),
    ][form]
    raw = b"From: x@y.example\r\n\r\n" + coded
    arrival = Arrival("a", datetime(2026, 3, 1, tzinfo=UTC), Channel.MAIL, raw=raw)
    assert takes_nothing(shown_for(arrival, DangerCategory.WEAPON, Match()), body)


def test_every_category_has_words_and_every_rung_can_be_the_last() -> None:
    assert set(CATEGORY_WORDS) == set(DangerCategory)
    seen: set[str] = set()
    for rung in LAST_RUNGS:
        words = set(words_of(rung))
        assert len(words_of(rung)) < 4
        assert not words & seen
        seen |= words
    assert len(LAST_RUNGS) > 6  # a subject and a text of three words each cannot take them all


def test_several_texts_as_one_say_each_thing_once() -> None:
    reading = Reading(danger=Danger((DangerCategory.WEAPON,)), legal_service=True, unread="broke")
    arrival = Arrival("a", datetime(2026, 3, 1, tzinfo=UTC), Channel.SMS, text="a b c d e f")
    decision = decide(PLAN, arrival, Match("J", How.HANDLE, 0.99), reading)
    assert decision.shown is not None
    text = decision.shown.text
    assert text.count("It is from J.") == 1
    assert text.endswith(THREE_WAYS)
    assert text.count(THREE_WAYS) == 1
    assert "weapons" in text
    assert "papers from a court" in text


def test_nothing_forbidden_is_said() -> None:
    for word in ("fail", "relapse", "reset", "victim", "streak"):
        assert word not in [part.strip(".;:,").casefold() for part in OURS]


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_quoting_is_symmetric_to_its_definition(text: str, original: str) -> None:
    if len(words_of(original)) >= 4 and len(words_of(text)) < 4:
        assert not quotes(text, original)


def test_only_the_label_names_the_other() -> None:
    arrival = Arrival("a", datetime(2026, 3, 1, tzinfo=UTC), Channel.SMS, text="w x y z")
    other = replace(PLAN.others[0], names=("Jordan",), handles=("jordan@mail.example",))
    decision = decide(
        replace(PLAN, others=(other,)),
        arrival,
        Match("J", How.HANDLE, 0.99),
        Reading(danger=Danger((DangerCategory.WEAPON,))),
    )
    assert decision.shown is not None
    assert "from J." in decision.shown.text
    assert "ordan" not in decision.shown.text
