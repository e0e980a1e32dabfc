"""The whole: when there are facts, whose words count, what is never handed on, how long."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.plans import Child
from stillwater.core.words import Channel, FactKind, Need
from stillwater.reading.facts import facts_in
from stillwater.reading.facts.request import RUN, _words_of
from tests.unit.reading.facts.reading_of import CHILDREN, THURSDAY, read, values

ALL_NEEDS = dict.fromkeys(Need, 0.9)
AT = THURSDAY.replace(tzinfo=UTC)
PRACTICAL = (
    "Change the pick-up on Friday to 5.30 not 6, and £45 for Mia's shoes by Monday",
    "hearing on 14 April at 10, bring the form",
    "asks about money 45 GBP by 2026-03-09",
    "Asks about the children.",
    "Pick-up: on Friday at 17:30.",
)


def test_a_practical_message_gives_its_facts_and_one_request() -> None:
    facts = read("Running late, can we do 5.30 tomorrow for Mimi? not 5")
    assert [(fact.kind, fact.value) for fact in facts[1:]] == [
        (FactKind.CHILD, "Mia"),
        (FactKind.DATE, "2026-03-06"),
        (FactKind.TIME, "17:30"),
    ]
    assert facts[0].kind is FactKind.REQUEST


@pytest.mark.parametrize(
    ("text", "need", "sentence"),
    [
        ("I collect Mia Friday at half five instead of five", Need.CHILDREN,
         "Change the pick-up on Friday to 17:30."),
        ("45 quid for boots by Monday", Need.MONEY, "Asks about money: 45 GBP by 2026-03-09."),
        ("how is Mia?", Need.CHILDREN, "Asks about the children."),
        ("the hearing is on 14 April at 10", Need.LEGAL, "Court hearing: on 2026-04-14 at 10:00."),
    ],
)  # fmt: skip
def test_the_request_says_as_much_as_the_facts_carry(text: str, need: Need, sentence: str) -> None:
    assert values(read(text, need), FactKind.REQUEST) == [sentence]


def test_without_a_need_there_are_no_facts() -> None:
    text = "remember the 14th at 5, that £20 wine"
    assert read(text, sure=0.49) == ()
    assert facts_in(text, received_at=AT, needs={}) == ()
    assert facts_in(text, received_at=AT, needs={Need.MONEY: 0.3}, gate=0.2) != ()


def test_legal_service_is_a_need_of_its_own() -> None:
    facts = facts_in("served: hearing 14 April", received_at=AT, needs={}, legal=True)
    assert {fact.need for fact in facts} == {Need.LEGAL}
    assert values(facts, FactKind.DATE) == ["2026-04-14"]


def test_an_hour_alone_is_todays_while_that_is_still_to_come() -> None:
    assert values(read("5.20 for Mia"), FactKind.DATE) == ["2026-03-05"]
    late = datetime(2026, 3, 5, 20, 0)  # noqa: DTZ001
    assert values(read("5.20 for Mia", at=late), FactKind.DATE) == []
    assert values(read("5.20 for Mia", before=["and Friday?"]), FactKind.DATE) == []


def test_what_they_quote_forward_or_sign_with_is_not_read() -> None:
    own = "Friday at 5 then."
    rest = "\n\nRegards\nJordan Doe\n\nOn 1 Mar 2026 Sam wrote:\n> the 14th at 9, £80"
    facts = read(own + rest, channel=Channel.MAIL)
    assert values(facts, FactKind.DATE, FactKind.TIME) == ["2026-03-06", "17:00"]
    assert values(facts, FactKind.AMOUNT) == []


def test_insults_around_a_need_do_not_lose_its_facts() -> None:
    plain = "pick up Mia on Friday at 5"
    wrapped = f"you are a pathetic liar. {plain}. everyone knows it!!"
    assert [f for f in read(wrapped) if f.kind is not FactKind.REQUEST] == [
        f for f in read(plain) if f.kind is not FactKind.REQUEST
    ]


def test_a_place_of_their_wording_is_never_handed_on() -> None:
    facts = read("Friday 5 at Think What You Did Lane, or at school")
    assert values(facts, FactKind.PLACE) == ["school"]


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    facts = facts_in(text, received_at=AT, needs=ALL_NEEDS, children=CHILDREN)
    assert facts[0].kind is FactKind.REQUEST


LETTERS = st.text(alphabet="bcfgjklpqvxz äß🙂\n", max_size=200)


@given(LETTERS)
def test_random_letters_hold_no_fact(text: str) -> None:
    facts = facts_in(text, received_at=AT, needs=ALL_NEEDS, children=(Child("Aurelia"),))
    assert [fact.kind for fact in facts] == [FactKind.REQUEST]


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from([*" ".join(PRACTICAL).split(), "on", "the", "Friday", "17:30.", "money:"]),
        max_size=25,
    ).map(" ".join),
    st.sampled_from(list(Need)),
)
def test_the_request_takes_nothing_from_the_original(text: str, need: Need) -> None:
    for original in (text, *PRACTICAL):
        sentence = values(read(original, need), FactKind.REQUEST)[0]
        ours, theirs = _words_of(sentence), _words_of(original)
        if len(theirs) < RUN:
            assert not set(ours) & set(theirs)
        runs = {tuple(theirs[n : n + RUN]) for n in range(len(theirs) - RUN + 1)}
        assert not runs & {tuple(ours[n : n + RUN]) for n in range(len(ours) - RUN + 1)}


@given(st.sampled_from(PRACTICAL), st.sampled_from(["upper", "title", "spaces", "emoji"]))
def test_case_spaces_and_emoji_change_no_fact(text: str, how: str) -> None:
    changed = {
        "upper": text.upper(),
        "title": text,
        "spaces": text.replace(" ", "  "),
        "emoji": f"🙄 {text} 🙄",
    }[how]
    want = [f for f in read(text) if f.kind is not FactKind.REQUEST]
    assert [f for f in read(changed) if f.kind is not FactKind.REQUEST] == want


SIZE = 1_000_000  # characters
HOSTILE = (
    "a", "a ", "1 ", "1.", "3/6 ", "the ", "not 5 ", "fri ", "on friday at 5 ", "by friday ",
    "£1 ", "mia ", "hundred ", "two ", "a\n", "Regards\nJo\n", "> a\nb\n", "a@", "1a-", "half ",
    "1-", "12-34-", "\u0301", "🔪 ", "www.", "\ufdfa", "mon-", "end of ", "until ", "from 5 to 6 ",
    "send by 5 ", "within 5 days ", "twenty-", "5 30 ", "on 5 30 fri ", "£5, friday ",
    "friday or i ", "before then ", "told him friday ", "212 000 ", "18 h ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_takes_less_than_a_second(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    began = time.process_time()
    facts_in(text, received_at=AT, needs=ALL_NEEDS, children=CHILDREN)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    "text", ["Mia made you a card", "4am and still here", "you write today", "the moon on Saturday"]
)
def test_a_lone_name_hour_or_day_needs_a_sure_need(text: str) -> None:
    kinds = {FactKind.CHILD, FactKind.TIME, FactKind.DATE}
    assert values(read(text, sure=0.9), *kinds) == []
    assert values(read(text, sure=0.96), *kinds) != []


def test_needs_that_are_each_unsure_add_up() -> None:
    text, half = "45 quid by Monday", {Need.MONEY: 0.4, Need.CHILDREN: 0.4}
    assert facts_in(text, received_at=AT, needs={Need.MONEY: 0.4}) == ()
    assert [fact.need for fact in facts_in(text, received_at=AT, needs=half)][1:] == [
        Need.MONEY
    ] * 2


def test_a_weekday_for_a_subject_is_no_day() -> None:
    text = "Tuesday\nI raised my voice in the hallway. I apologise."
    assert values(read(text, channel=Channel.MAIL), FactKind.DATE) == []


def test_english_with_a_small_word_of_another_language_is_english() -> None:
    text = "De fella from de bank is on to me and he want it by Friday, de form"
    found = facts_in(
        text,
        received_at=THURSDAY.replace(tzinfo=ZoneInfo("America/Barbados")),
        needs={Need.MONEY: 0.9},
        language="es",
    )
    assert values(found, FactKind.DEADLINE) == ["2026-03-06"]
