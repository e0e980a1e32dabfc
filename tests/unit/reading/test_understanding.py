"""Rules and model together: what is found does not hang on how it is typed."""

import math
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.judgements import Reading
from stillwater.core.words import DangerCategory, Need, Tactic, Tier
from stillwater.reading import framing
from stillwater.reading.parts import as_read
from stillwater.reading.reader import prepare, read
from tests.unit.reading.asking import ask, dangers, from_other, from_stranger

THREATS = (
    "I am going to kill you",
    "You have until Friday or I burn the house down",
    "I'm outside your house right now",
    "If I can't have you nobody will",
    "I'll take the kids and you will never see them again",
    "I have a gun and I will use it on you",
    "I'm going to kill myself tonight",
    "I will send everyone your naked pictures",
)
NEEDS = (
    "Mia has a dentist appointment on Thursday at 4pm, can you take her or shall I?",
    "The school needs the consent form for Mia's trip back by Monday.",
    "Child support of 300 pounds for March has not arrived yet.",
)
INSULTS = (
    "You are pathetic and everybody is laughing at you.",
    "What a useless excuse for a mother you are.",
)


def _tier_1(reading: Reading) -> set[str]:
    return {one.value for one in reading.danger.categories if one.tier is Tier.AT_ONCE}


def _need(reading: Reading) -> float:
    return max(reading.needs.values())


def test_all_tactics_and_needs_have_a_probability() -> None:
    reading = from_other("Please, I'm so sorry. Can I have the kids on Sunday?")
    assert set(reading.tactics) == set(Tactic)
    assert set(reading.needs) == set(Need)
    assert all(0 <= one <= 1 for one in (*reading.tactics.values(), *reading.needs.values()))


def test_plain_tactics_and_needs_are_found() -> None:
    assert from_other("I'm so so sorry, please forgive me").tactics[Tactic.APOLOGY] > 0.5
    assert from_other(NEEDS[0]).needs[Need.CHILDREN] > 0.5
    assert from_other("ok").needs[Need.CHILDREN] < 0.5


def test_what_was_found_names_its_place() -> None:
    text = "I'm so so sorry, please forgive me."
    reading = from_other(text)
    shown = {span.why: text[span.start : span.end] for span in reading.spans}
    assert "sorry" in shown["model:apology"]


def test_an_unread_language_is_named_and_left_empty() -> None:
    reading = from_other("Je ne peux pas vivre sans toi, tu es tout pour moi et je pense à nous")
    assert reading.language == "fr"
    assert not reading.tactics
    assert not reading.needs
    assert from_other("Я не могу жить без тебя, ты моя жизнь").language == "ru"


def test_what_came_before_is_context() -> None:
    alone = read(ask("Saturday then?", from_other=True))
    before = ("Can you have the kids this weekend, Mia has swimming?",)
    followed = read(ask("Saturday then?", from_other=True, before=before))
    assert followed.needs[Need.CHILDREN] > alone.needs[Need.CHILDREN]


@pytest.mark.parametrize("threat", THREATS)
@pytest.mark.parametrize(
    "dressed",
    [
        str.upper,
        str.lower,
        lambda t: t.replace(" ", "   "),
        lambda t: f"{t} ❤️😂",
        lambda t: f"“{t}”",
        lambda t: t.replace("'", "’"),
        lambda t: t.replace(",", "").replace(".", ""),
        lambda t: t + "!!!!",
    ],
    ids=["upper", "lower", "spaces", "emoji", "quotes", "apostrophes", "no marks", "!!!!"],
)
def test_how_it_is_typed_takes_no_danger_away(threat: str, dressed: object) -> None:
    assert callable(dressed)
    assert _tier_1(from_other(threat))
    assert _tier_1(from_other(dressed(threat)))


@pytest.mark.parametrize("threat", THREATS)
@pytest.mark.parametrize("who", ["bitch", "mate", "sir", "mum", "dad", "son", "girl"])
def test_whoever_is_spoken_to_the_danger_is_the_same(threat: str, who: str) -> None:
    assert _tier_1(from_other(threat)) & _tier_1(from_other(f"{threat}, {who}"))


@pytest.mark.parametrize("threat", THREATS)
@pytest.mark.parametrize("need", NEEDS)
def test_a_need_around_a_threat_does_not_lower_it(threat: str, need: str) -> None:
    grave = _tier_1(from_other(threat))
    assert grave & _tier_1(from_other(f"{need} {threat}."))
    assert grave & _tier_1(from_other(f"{threat}. {need} {need}"))
    assert grave & _tier_1(from_stranger(f"{need} {threat}.")) or not dangers(from_stranger(threat))


@pytest.mark.parametrize("need", NEEDS)
@pytest.mark.parametrize("insult", INSULTS)
def test_insults_around_a_need_do_not_hide_it(need: str, insult: str) -> None:
    assert _need(from_other(need)) >= 0.5
    assert _need(from_other(f"{insult} {need}")) >= 0.5
    assert _need(from_other(f"{need} {insult}")) >= 0.5


def test_one_slip_seldom_hides_a_threat_of_the_other() -> None:
    chance = random.Random(11)
    texts = [_slip(threat, chance) for threat in THREATS for _ in range(10)]
    assert sum(bool(_tier_1(from_other(text))) for text in texts) / len(texts) >= 0.95


def _slip(text: str, chance: random.Random) -> str:
    words = text.split()
    at = chance.choice([n for n, word in enumerate(words) if len(word) >= 4])
    place = chance.randrange(1, len(words[at]) - 1)
    words[at] = words[at][:place] + words[at][place + 1 :]
    return " ".join(words)


@given(st.text(max_size=300), st.booleans(), st.none() | st.text(max_size=40))
@settings(deadline=None)
def test_spans_lie_in_the_text_as_read_whatever_it_is(
    text: str, theirs: bool, subject: str | None
) -> None:
    asked = ask(text, from_other=theirs, subject=subject)
    whole = as_read(asked).text
    reading = read(asked)
    for span in (*reading.spans, *reading.danger.spans):
        assert 0 <= span.start < span.end <= len(whole)
    assert all(math.isfinite(one) for one in reading.tactics.values())


@given(st.text(alphabet="aeiouklm 😂\u0301ßİ\n.", max_size=120))
@settings(deadline=None)
def test_a_reading_comes_through_the_pipe_as_it_was(text: str) -> None:
    reading = from_other(f"{text}\nI'm so sorry, forgive me")
    assert framing.reading_in(framing.answer(reading)[framing.ANSWER_HEAD.size :]) == reading


def test_the_same_text_is_read_the_same() -> None:
    once = from_other(NEEDS[0])
    for other in INSULTS:
        from_other(other)
    assert from_other(NEEDS[0]) == once


def test_time_grows_with_length_alone() -> None:
    prepare()
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefgh", k=6)) for _ in range(160_000)]

    def seconds(count: int) -> float:
        began = time.process_time()
        from_other(" ".join(words[:count]))
        return time.process_time() - began

    seconds(1_000)
    assert seconds(160_000) < 40 * max(seconds(16_000), 0.05)


def test_no_category_of_events_is_read_from_words() -> None:
    from_events = {
        DangerCategory.STORM,
        DangerCategory.SILENCE_AFTER_STORM,
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
    }
    for threat in THREATS:
        assert from_events.isdisjoint(from_other(threat).danger.categories)
