"""Plain threats stand without the model; friends' and everyday words raise nothing by rules."""

import pytest

from stillwater.core.words import DangerCategory, Tier
from stillwater.reading.phrases import THEIRS_ALONE, Level
from stillwater.reading.reader import look
from tests.unit.reading.asking import ask, dangers, from_other, from_stranger

TIER_1 = {one.value for one in DangerCategory if one.tier is Tier.AT_ONCE}

PLAIN = [
    "you'll be leaving that house feet first",
    "keep talking and see if you wake up tomorrow",
    "i would sooner bury you than share you",
    "next time i wont stop",
    "either you come home or somebody gets hurt",
    "police wont get there in time",
    "i know people who will do it for a grand",
    "you need a bullet",
    "only one of us is walking away",
    "im going to run you off the road",
    "i'll have both of you killed",
    "just picked up the new shotgun",
    "two bullets. one for you one for me",
    "you made a vow, theres only one way out of it",
    "its not over till i say its over",
    "be with me or be with nobody. you are going to be with me or with nobody",
    "ive written the note",
    "i took everything in the cabinet",
    "if youre not here by 9 ill do it",
    "i've got the rope",
    "good luck finding us",
    "im not giving Mia back until you talk to me",
    "kids are gone. so am i",
    "I dropped the baby",
    "shes having an asthma attack",
    "ill be waiting when you get off work",
    "who is that car in your drive",
    "you changed the locks. cute",
    "i know what bus you get",
    "i should have squeezed harder",
    "next time i wont let go of your neck",
    "everything you own is going in the skip",
    "im gonna put your windows in",
    "this is your last warning",
    "youve got until midnight to ring me",
    "say sorry or i hit upload",
    "your pictures are on a site now",
]

FRIENDLY = [
    "you'll regret not coming, karaoke was wild",
    "you've got 10 minutes to get here or we start without you",
    "I've a spare key of yours, shall I hang onto it? happy to",
    "My son put a baseball through your greenhouse, he's on his way round",
    "There's a bottle in the vestry with your name on",
    "you're dead if you eat my leftovers",
    "i'm going to jump in the shower then call you",
    "i'm gonna beat you black and blue at squash",
    "i know what time you finish so ill swing by and get you",
    "ill be waiting for you outside work with the dog",
    "I'm in your driveway, bring the cake tin",
    "nobody will miss you more than me",
    "we have recorded your call for training",
    "gonna kill u all next round starting w jordan",
    "saw you on the trail cam, framed it",
    "can you look out the window there's a rainbow",
    "your house is going up for sale when?",
    "you belong to me on game night",
]

EVERYDAY = [
    "you are on the list for the school trip",
    "I am 40 next week, the party is at 5:40",
    "can we finish it by friday or monday",
    "the parents evening is in room 2",
    "I will send it to you with the forms, all of them",
    "he has a therapist at school now",
    "I heard the boiler again",
    "take Mia to swimming and bring the bag",
]


def _standing(text: str, *, other: bool) -> set[str]:
    """Categories of tier 1 that rules found which no model takes back from a known other."""
    found = look(ask(text, from_other=other), text)
    return {
        one.hit.rule.marks
        for one in found.all
        if one.hit.rule.marks in TIER_1 and one.hit.rule.level is not Level.DOUBT
    }


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_threat_of_a_known_other_stands(text: str) -> None:
    assert _standing(text, other=True)
    assert TIER_1 & dangers(from_other(text))


@pytest.mark.parametrize("text", FRIENDLY)
def test_what_friends_say_in_play_raises_nothing(text: str) -> None:
    assert dangers(from_stranger(text)) == set()


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_of_an_other_are_no_doubt(text: str) -> None:
    found = look(ask(text, from_other=True), text)
    assert [one.hit.rule.name for one in found.all if one.hit.rule.marks in TIER_1] == []


def test_what_is_plain_counts_from_a_known_other_alone() -> None:
    text = "i know what bus you get, ill sit with you"
    levels = {one.hit.rule.level for one in look(ask(text, from_other=True), text).all}
    assert levels & THEIRS_ALONE
    assert not {one.hit.rule.level for one in look(ask(text, from_other=False), text).all}


@pytest.mark.parametrize(
    "text",
    [
        "Tell Ray he's a dead man and so are you for hiding him",
        "Next time I see that car I'm putting you into the guard rail",
        "we'll see how brave you are with a broken jaw",
        "You think blocking helps?",
        "be a shame with you asleep on the third floor",
        "Can't block a brick though can you",
        "6 min gone. 14 min remain",
        "I was contracted to end your life",
    ],
)
def test_a_strangers_plain_threat_is_found(text: str) -> None:
    assert TIER_1 & dangers(from_stranger(text))


def test_a_friend_who_speaks_of_dying_is_found() -> None:
    assert "suicide_threat" in dangers(
        from_stranger("i keep looking at the pills on the side and counting them")
    )
