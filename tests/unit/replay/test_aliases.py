"""Behind a new handle: whole ways through the gate for people who come back, and who do not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

Run = Callable[..., list[dict[str, Any]]]
Make = Callable[..., dict[str, Any]]

JORDAN = "+4917612345678"
ATTEMPTS = [
    "u cant just leave like dis.. me n Pixel r waiting 4 u",
    "y wont u answer me?? i did everything 4 u",
    "Pixel sat by d door again 2nite.. he misses u so much",
    "ok fine.. be lyk dat.. c wat happens",
    "remember d lake at Schwansee?? dat was us",
    "i no ur reading dis..",
    "ur mum said ur at Gretas.. tell her hi lol",
    "y r u doin dis 2 me.. im not d bad guy here",
    "cum home n we can talk.. just talk i promise",
    "i paid d rent n all u do is ignore me..",
    "gud nite.. luv u always u no dat",
    "d heating is broken again.. u always fixed it haha",
] * 2


def outcome(decision: dict[str, Any]) -> tuple[str | None, str, str]:
    return (
        decision["match"]["other"],
        decision["match"]["how"],
        decision["decision"]["action"],
    )


@pytest.fixture
def story(line: Make) -> Callable[..., list[dict[str, Any]]]:
    """Arrivals an hour apart, after 24 attempts of J: ("+49…", "words", more fields)."""

    def make(*arrivals: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> list[dict[str, Any]]:
        start = datetime.fromisoformat("2026-02-01T08:00:00+01:00")
        told = [(JORDAN, text) for text in ATTEMPTS]
        return [
            {
                **line(one[0], one[1]),
                "id": f"s{at}",
                "received_at": (start + timedelta(hours=at)).isoformat(),
                **(one[2] if len(one) == 3 else {}),
            }
            for at, one in enumerate([*told, *arrivals])
        ]

    return make


@pytest.fixture
def after(run: Run, story: Callable[..., list[dict[str, Any]]]) -> Callable[..., list[Any]]:
    """The decisions about what came after the 24 attempts."""

    def call(*arrivals: Any, **more: Any) -> list[Any]:
        return run(*story(*arrivals), **more)[len(ATTEMPTS) :]

    return call


def test_a_new_number_with_their_name_their_facts_and_their_hand_is_held(after: Any) -> None:
    (decision,) = after(("+4917100000001", "its J.. Pixel misses u n i do 2"))
    assert outcome(decision) == ("J", "suspected", "held")
    assert decision["match"]["confidence"] >= 0.95
    reasons = " ".join(decision["match"]["reasons"])
    assert "name" in reasons
    assert "wrote of before" in reasons
    assert "Pixel" not in reasons
    assert decision["shown"] is None


def test_new_numbers_every_week_are_each_known_by_the_second_message(after: Any) -> None:
    weeks = []
    for week in range(4):
        handle, at = f"+49171000001{week:02}", {"profile": {"age_days": 2}}
        weeks += [
            (handle, "y did u block me again.. dis is my new number", at),
            (handle, "Pixel misses u.. y r u doin dis 2 me", at),
        ]
    decisions = after(*weeks)
    firsts, seconds = decisions[::2], decisions[1::2]
    assert {one["decision"]["action"] for one in firsts} <= {"ask", "held", "alert"}
    assert {outcome(one) for one in seconds} == {("J", "suspected", "held")}


def test_in_between_it_is_asked_about_in_one_neutral_sentence(after: Any) -> None:
    (decision,) = after(("+4917100000002", "u no who dis is.. cum on"))
    assert outcome(decision) == ("J", "suspected", "ask")
    assert decision["shown"]["text"].endswith("Shall a reviewer look first?")
    assert decision["shown"]["facts"] == []


def test_style_alone_is_never_held(after: Any) -> None:
    same_hand = [
        "r u cumin 2 d thing 2moro.. need 2 no",
        "i got d bus so il b there b4 u lol",
        "dat shop is shut.. y r they lyk dis haha",
        "ok c u in a bit.. cant find d door",
        "wat time is d match 2nite..",
        "i no rite.. he always does dat",
    ]
    decisions = after(*(("+4917100000003", text) for text in same_hand))
    assert "held" not in {one["decision"]["action"] for one in decisions}
    assert all(one["match"]["confidence"] <= 0.9 for one in decisions)


@pytest.mark.parametrize(
    ("handle", "text", "more"),
    [
        ("+4930111111", "This is Ms Lee from Hill School. Mia left her jacket in class.", {}),
        ("Parcel Co", "Your parcel arrives today between 14:00 and 16:00.", {}),
        ("+4930222222", "Hi, I am Priya, a recruiter at Northbank. Are you open to roles?", {}),
        ("Bank", "482910 is your verification code. Do not share it.", {}),
        ("+4930333333", "Hello, we met at the choir on Sunday. Here is the sheet music link.", {}),
        ("+4930444444", "Hey, long time! Are you still in Berlin? Lunch next week?", {}),
        (
            "instagram:ana.old.friend",
            "I miss you! Coffee soon? Ana from uni",
            {"channel": "instagram", "profile": {"age_days": 2900, "mutual_contacts": 14}},
        ),
    ],
)
def test_who_is_not_them_passes(after: Any, handle: str, text: str, more: dict[str, Any]) -> None:
    (decision,) = after((handle, text, more))
    assert outcome(decision) == (None, "none", "untouched")


def test_a_wrong_suspicion_put_right_is_never_raised_again(run: Run, story: Any) -> None:
    handle = "+4917100000004"
    lines = story(
        (handle, "u no who dis is.. cum on"),
        (JORDAN, "", {"kind": "feedback", "from": [], "about": "s24", "says": "not_theirs"}),
        (handle, "its me.. Pixel misses u. y did u block me"),
        (JORDAN, "", {"kind": "feedback", "from": [], "about": "s24", "says": "theirs",
                      "other": "J"}),
        (handle, "ok then"),
    )  # fmt: skip
    suspected, _, passes, _, known = run(*lines)[len(ATTEMPTS) :]
    assert outcome(suspected) == ("J", "suspected", "ask")
    assert outcome(passes) == (None, "none", "untouched")
    assert outcome(known) == ("J", "handle", "held")


def test_a_relay_campaign_is_asked_about_and_never_held(after: Any) -> None:
    words = [
        "Jordan asked me to tell you to call him, he is really struggling",
        "Your mum here. Jordan asked me to tell you that he is really struggling",
        "Please just call Jordan, he asked me to tell you that he misses you",
    ]
    decisions = after(*((f"+491720000000{at}", text) for at, text in enumerate(words)))
    assert {one["decision"]["action"] for one in decisions} == {"ask"}
    assert {one["match"]["other"] for one in decisions} == {"J"}


def test_one_who_was_said_to_carry_no_word_is_not_asked_about_again(run: Run, story: Any) -> None:
    word = "Jordan asked me to tell you to call him, he is really struggling"
    feedback = {"kind": "feedback", "from": [], "about": "s24", "says": "not_relay"}
    first, _, second = run(
        *story(("+4917200000009", word), (JORDAN, "", feedback), ("+4917200000009", word))
    )[len(ATTEMPTS) :]
    assert outcome(first) == ("J", "relay", "ask")
    assert outcome(second) == (None, "none", "untouched")


def test_the_persons_own_sister_writing_warmly_passes(after: Any) -> None:
    sister = [
        "Hi love, it's Ruth! New phone. How are you holding up?",
        "I love you so much. Come over on Sunday, I'm making the lasagne.",
        "Thinking of you today. You don't have to answer, just wanted you to know.",
        "The kids drew you a picture. It is mostly purple.",
    ]
    decisions = after(*(("+4917300000001", text) for text in sister))
    assert {outcome(one) for one in decisions} == {(None, "none", "untouched")}


def test_two_others_at_once_are_told_apart(after: Any) -> None:
    plan = """
[you]
timezone = "Europe/Berlin"
[[others]]
label = "J"
names = ["Jordan"]
handles = ["+4917612345678"]
mode = "no_contact"
[[others]]
label = "K"
names = ["Kim"]
handles = ["+4917687654321"]
mode = "watch"
"""
    kim = "You will regret this. I have kept the letters from Aunt Thea and the Oldenburg house."
    _, j, k = after(
        ("+4917687654321", kim),
        ("+4917100000005", "its Jordan.. Pixel misses u. y did u block me"),
        ("+4917100000006", "It is Kim. I have spoken with Thea about the Oldenburg house."),
        plan=plan,
    )
    assert outcome(j)[:2] == ("J", "suspected")
    assert j["decision"]["action"] in ("held", "alert")
    assert k["match"]["other"] == "K"
    assert k["decision"]["action"] in ("recorded", "ask", "alert")


def test_a_child_on_their_phone_is_asked_about_and_never_held(after: Any) -> None:
    child, theirs = after(
        (JORDAN, "its Mia on dads phone can u call me"), (JORDAN, "the tomatoes are ripe")
    )
    assert outcome(child)[:2] == ("J", "handle")
    assert child["decision"]["action"] in ("ask", "alert")
    assert outcome(theirs) == ("J", "handle", "held")


def test_whoever_it_says_that_it_is_a_handle_of_theirs_is_theirs(after: Any) -> None:
    friend, relay, threat = after(
        (JORDAN, "its Ana, found this phone in the cafe"),
        (JORDAN, "its Rosa, the garden is green"),
        (JORDAN, "this is Rosa. I will kill you."),
    )
    assert outcome(friend) == outcome(relay) == ("J", "handle", "held")
    assert outcome(threat) == ("J", "handle", "alert")


def test_word_out_of_prison_is_theirs_by_name_and_asked_about_without(after: Any) -> None:
    named, unnamed, claimed, call = after(
        ("noreply@corrlinks.com", "A message from JORDAN BELL waits.", {"channel": "mail"}),
        ("noreply@corrlinks.com", "A message waits for you.", {"channel": "mail"}),
        ("+4917100000007", "Securus: an inmate at Hill, Jordan, wants to talk"),
        ("+15550001111", "You have a prepaid call from Jordan.", {"channel": "voicemail"}),
    )  # fmt: skip
    assert outcome(named) == ("J", "alias", "held")
    assert outcome(unnamed) == ("J", "suspected", "ask")
    assert outcome(claimed) == ("J", "suspected", "ask")
    assert outcome(call) == ("J", "alias", "held")


def test_victim_notification_passes_and_its_name_is_no_cloak(after: Any) -> None:
    mail, call, cloak = after(
        ("alerts@vinelink.com", "Jordan Bell was released.", {"channel": "mail"}),
        ("+18665551234", "This is VINE. The custody status of Jordan has changed.",
         {"channel": "voicemail"}),
        ("+4917100000008", "VINE link: its Jordan, Pixel misses u. y did u block me"),
    )  # fmt: skip
    assert outcome(mail) == (None, "none", "untouched")
    assert outcome(call)[:2] == (None, "none")
    assert cloak["match"]["other"] == "J"
    assert cloak["decision"]["action"] in ("ask", "held", "alert")  # never untouched


def test_outgoing_words_teach_nothing_of_theirs(run: Run, story: Any) -> None:
    out = {"direction": "out", "to": [{"handle": JORDAN}], "from": []}
    lines = story((JORDAN, "please leave Zanzibar and me alone", out),
                  ("+4917100000009", "lovely weather on Zanzibar today"))  # fmt: skip
    *_, recorded, stranger = run(*lines)
    assert outcome(recorded) == ("J", "handle", "recorded")
    assert outcome(stranger) == (None, "none", "untouched")
