"""Style: what must hold of the ratio, whoever writes and whatever they write."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.identity.style.background import shipped
from stillwater.identity.style.habits import choices_in
from stillwater.identity.style.spellings import CHOICES, WAY_OF
from stillwater.identity.style.writer import ENOUGH, Streams, Writer, same_writer

CLIPPED = [
    "hey wat r u doin 2day lol",
    "cant make it tmr.. sry",
    "omg tht is so funny haha",
    "r u comin or wat??",
    "k c u l8r then",
    "dunno.. ask ur bro lol",
    "nah im gd thx",
    "wen r we meetin tmr",
] * 5
PLAIN = [
    "Good morning. Are you coming on Saturday?",
    "I could not make it yesterday, I am sorry.",
    "That would be lovely, thank you. What time should I be there?",
    "The appointment is at ten; please bring the letter.",
    "I have spoken to the school. They were very kind.",
    "We shall see. I do not think that it will rain.",
    "Please let me know when you arrive, so that I can open the gate.",
    "Thank you for the photographs. They are beautiful.",
] * 5
texts = st.text(max_size=200)


def test_two_hands_are_told_apart_in_both_directions() -> None:
    clipped, plain = ["wat time r u comin tmr", "lol dunno"], ["I do not know. What is the time?"]
    assert same_writer(CLIPPED, clipped) > 1
    assert same_writer(PLAIN, plain) > 0.5
    assert same_writer(CLIPPED, plain) < -1
    assert same_writer(PLAIN, clipped) < -1


def test_nothing_known_and_nothing_unknown_say_nothing() -> None:
    assert same_writer([], ["hello there"]) == 0
    assert same_writer(CLIPPED, []) == 0
    assert same_writer(CLIPPED, ["", "  \n"]) == 0


def test_below_twenty_texts_the_ratio_shrinks_to_nothing() -> None:
    unknown = ["wat time r u comin tmr", "lol dunno"]
    few = [Writer.of(CLIPPED[:count]).compare(unknown) for count in (1, 5, 10, ENOUGH)]
    assert [one.cold for one in few] == [True, True, True, False]
    assert abs(few[0].llr) <= 8 * 1 / ENOUGH
    assert few[0].llr < few[3].llr


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=8), st.lists(texts, max_size=4))
def test_any_text_gives_a_finite_ratio_and_always_the_same(
    known: list[str], unknown: list[str]
) -> None:
    llr = same_writer(known, unknown)
    assert -8 <= llr <= 8
    assert same_writer(list(known), list(unknown)) == llr


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_count(unknown: list[str], chance: object) -> None:
    shuffled = list(unknown)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same_writer(CLIPPED, shuffled) == pytest.approx(same_writer(CLIPPED, unknown))


@settings(max_examples=40, deadline=None)
@given(texts)
def test_what_is_learnt_can_be_taken_back(text: str) -> None:
    writer = Writer.of(CLIPPED)
    before = writer.as_data()
    writer.learn(text)
    writer.learn(text, -1)
    assert writer.as_data() == before


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=2, max_size=5))
def test_evidence_can_be_summed_message_by_message(unknown: list[str]) -> None:
    writer = Writer.of(CLIPPED)
    summed = Streams()
    for text in unknown:
        summed = summed + writer.streams(text)
    assert writer.weigh(summed).llr == pytest.approx(writer.compare(unknown).llr)


def test_a_writer_is_kept_as_counts_without_a_word() -> None:
    writer = Writer.of(["Meet me at Bernstein's bakery"], salt=b"a" * 32)
    kept = json.dumps(writer.as_data())
    assert "ernstein" not in kept
    assert "bakery" not in kept
    again = Writer.from_data(json.loads(kept), salt=b"a" * 32)
    assert again.compare(["at the bakery"]) == writer.compare(["at the bakery"])
    elsewhere = Writer.of(["Meet me at Bernstein's bakery"], salt=b"b" * 32)
    assert not set(elsewhere.words) & set(writer.words)


def test_time_grows_with_length_and_no_faster() -> None:
    def took(text: str) -> float:
        started = time.perf_counter()
        choices_in(text)
        return time.perf_counter() - started

    for hostile in ("a" * 200_000, ". " * 100_000, "'" * 200_000, "ha" * 100_000, "😂" * 200_000):
        assert took(hostile) < 1, hostile[:4]


def test_every_spelling_stands_in_one_choice() -> None:
    ways = [way for choice in CHOICES for way in choice]
    assert len(WAY_OF) == len(set(ways))
    assert all(len(choice) > 1 for choice in CHOICES)


def test_the_shipped_background_gives_chances() -> None:
    general = shipped()
    assert 0 < general.word("the") < 0.2
    assert general.word("the") > general.word("bernstein") > 0
    assert 0 < general.habit("=end", ".") < 1
    assert 0 < general.habit("never heard of", "x") < 1
