"""Whole ways through the gate, from a line to its decision."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., list[dict[str, Any]]]
Make = Callable[..., dict[str, Any]]

JORDAN = "+4917612345678"
STRANGER = "+4917100000000"
THREAT = "I will kill you if you do not answer me tonight"


def outcome(decision: dict[str, Any]) -> tuple[str | None, str, str]:
    return (
        decision["match"]["other"],
        decision["match"]["how"],
        decision["decision"]["action"],
    )


def test_no_contact_holds_and_watch_records(run: Run, line: Make) -> None:
    j, k = run(
        line(JORDAN, "I miss you and our garden"),
        line("kim@mail.example", "about the chairs", channel="sms"),
    )
    assert outcome(j) == ("J", "handle", "held")
    assert outcome(k) == ("K", "handle", "recorded")
    assert j["shown"] is None
    assert k["shown"] is None
    assert j["reading"]["danger"] == {"tier": 0, "categories": []}


def test_a_threat_of_theirs_is_told_without_its_words(run: Run, line: Make) -> None:
    (decision,) = run(line(JORDAN, THREAT))
    assert outcome(decision) == ("J", "handle", "alert")
    assert decision["reading"]["danger"]["tier"] == 1
    assert "kill_or_injure" in decision["reading"]["danger"]["categories"]
    assert "threat" in decision["shown"]["text"]
    assert "kill" not in decision["shown"]["text"]


def test_a_strangers_threat_is_told_and_nobodys(run: Run, line: Make) -> None:
    (decision,) = run(line(STRANGER, THREAT))
    assert outcome(decision) == (None, "none", "alert")


def test_a_stranger_is_left_alone(run: Run, line: Make) -> None:
    (decision,) = run(line(STRANGER, "your parcel comes tomorrow between two and four"))
    assert outcome(decision) == (None, "none", "untouched")
    assert decision["reading"] is not None


def test_a_code_is_shown_as_digits_and_sender(run: Run, line: Make) -> None:
    (decision,) = run(line("Google", "G-482910 is your Google verification code."))
    assert outcome(decision) == (None, "none", "untouched")
    assert decision["shown"] == {"text": "482910 · Google", "facts": []}


def test_wanted_and_proved_senders_are_not_read(run: Run, line: Make) -> None:
    ana, court = run(
        line("ana@friends.example", THREAT, channel="mail"),
        line("clerk@north.court.example", THREAT, channel="mail", auth={"dmarc": "pass"}),
    )
    for decision in (ana, court):
        assert outcome(decision) == (None, "none", "untouched")
        assert decision["reading"] is None
        assert decision["shown"] is None


@pytest.mark.parametrize("auth", [None, {}, {"dmarc": "none"}, {"dmarc": "fail"}, {"dmarc": 1}])
def test_a_court_that_is_not_proved_only_claims(run: Run, line: Make, auth: object) -> None:
    (decision,) = run(line("clerk@court.example", "Hearing soon", channel="mail", auth=auth))
    assert outcome(decision) == (None, "none", "alert")
    assert "claims to come from" in decision["shown"]["text"]
    assert "the family court" in decision["shown"]["text"]


def test_a_forged_friend_is_asked_about(run: Run, line: Make) -> None:
    (decision,) = run(
        line("ana@friends.example", "are you home tonight", channel="mail", auth={"dmarc": "fail"})
    )
    assert outcome(decision) == (None, "none", "ask")


def test_a_known_handle_beats_codes_courts_and_friends(run: Run, line: Make) -> None:
    froms = [{"handle": "clerk@court.example"}, {"handle": "jordan@mail.example"}]
    court, code = run(
        line(
            None, "hello there my dear", channel="mail", auth={"dmarc": "pass"}, **{"from": froms}
        ),
        line(JORDAN, "Your verification code is 482910"),
    )
    assert outcome(court) == ("J", "handle", "held")
    assert outcome(code) == ("J", "handle", "held")
    assert code["shown"] is None


def test_an_alias_and_a_name_that_holds_a_handle(run: Run, line: Make) -> None:
    named = {"handle": "x@y.example", "name": "jordan@mail.example"}
    alias, name = run(
        line("jоrdan+new@mail.example", "hello", channel="mail"),
        line(None, "hello", channel="mail", **{"from": [named]}),
    )
    assert outcome(alias) == ("J", "alias", "held")
    assert outcome(name) == ("J", "alias", "held")


def test_platform_mail_that_names_them_is_theirs(run: Run, line: Make) -> None:
    text = "jordan@mail.example sent you 0.01 EUR with a note"
    theirs, nobodys = run(
        line("no-reply@pay.example", text, channel="mail"),
        line("bo@friends.example", text, channel="mail"),
    )
    assert outcome(theirs) == ("J", "alias", "held")
    assert outcome(nobodys) == (None, "none", "untouched")


def test_relays_only_while_they_carry_word(run: Run, line: Make) -> None:
    word = "Jordan asked me to tell you to call him, he is really struggling"
    held, asked, plain, unlisted = run(
        line("+4917699999999", word),
        line("+4917688888888", word),
        line("+4917699999999", "the cake recipe is on its way"),
        line(STRANGER, word),
    )
    assert outcome(held) == ("J", "relay", "held")
    assert outcome(asked) == ("J", "relay", "ask")
    assert asked["shown"]["text"]
    assert outcome(plain) == (None, "none", "untouched")
    assert outcome(unlisted) == ("J", "relay", "ask")


def test_a_child_is_never_held(run: Run, line: Make) -> None:
    (decision,) = run(line("+491761111111", "can we get ice cream on Friday"))
    assert outcome(decision) == (None, "none", "untouched")


def test_a_child_in_need_is_told_at_once(run: Run, line: Make) -> None:
    for words in ("daddy is shouting and hit me", "come get me please im scared"):
        (decision,) = run(line("+491761111111", words))
        assert outcome(decision) == (None, "none", "alert")
        assert "child_emergency" in decision["reading"]["danger"]["categories"]


def test_a_court_ordered_channel_is_recorded(run: Run, line: Make) -> None:
    (decision,) = run(line("kim@mail.example", "the report is attached", channel="mail"))
    assert outcome(decision) == ("K", "handle", "recorded")


def test_own_mail_says_to_whom_and_is_not_read(run: Run, line: Make) -> None:
    out = line("sam@home.example", THREAT, channel="mail", direction="out")
    to_j, to_bo = run(
        {**out, "to": [{"handle": "jordan@mail.example"}]},
        {**out, "to": [{"handle": "b@x.example"}]},
    )
    assert outcome(to_j) == ("J", "handle", "recorded")
    assert outcome(to_bo) == (None, "none", "recorded")
    assert to_j["reading"]["danger"]["tier"] == 0


def test_feedback_teaches_from_the_next_line_on(run: Run, line: Make) -> None:
    def says(what: str, number: int, **more: Any) -> dict[str, Any]:
        return {**line(None, n=number), "kind": "feedback", "about": "a1", "says": what, **more}

    before, told, after, back, again = run(
        line(STRANGER, "hello it is me", n=1),
        says("theirs", 2, other="J"),
        line(STRANGER, "hello it is me again", n=3),
        says("not_theirs", 4),
        line(STRANGER, "hello once more from me", n=5),
    )
    assert outcome(before) == (None, "none", "untouched")
    assert outcome(told) == (None, "none", "recorded")
    assert outcome(after) == ("J", "handle", "held")
    assert outcome(back)[2] == "recorded"
    assert outcome(again) == (None, "none", "untouched")


def test_feedback_makes_a_relay_that_is_asked_about(run: Run, line: Make) -> None:
    word = "Jordan asked me to tell you to call him, he is really struggling"
    plain = "the cake recipe is on its way"
    before, _, after, theirs = run(
        line(STRANGER, plain, n=1),
        {**line(None, n=2), "kind": "feedback", "about": "a1", "says": "relay", "other": "K"},
        line(STRANGER, word, n=3),
        line(STRANGER, plain, n=4),
    )
    assert outcome(before) == (None, "none", "untouched")
    assert outcome(after) == ("K", "relay", "ask")
    assert outcome(theirs) == (None, "none", "untouched")


def test_a_tick_moves_only_the_clock(run: Run, line: Make) -> None:
    (decision,) = run({**line(None), "kind": "tick"})
    assert outcome(decision) == (None, "none", "untouched")


def test_low_contact_without_a_channel_lets_nothing_through(run: Run, line: Make) -> None:
    plan = """
[you]
[[others]]
label = "J"
handles = ["j@x.example"]
mode = "low_contact"
subjects = ["children"]
[[others]]
label = "K"
handles = ["k@x.example"]
mode = "parallel_parenting"
"""
    decisions = run(
        line("j@x.example", "the form is due on Friday", channel="mail"),
        line("k@x.example", "the form is due on Friday", channel="mail"),
        line("j@x.example", THREAT, channel="mail"),
        plan=plan,
    )
    assert [outcome(one)[2] for one in decisions] == ["held", "held", "alert"]


# Originals

MAIL = b"""From: Jordan <jordan@mail.example>\r
To: sam@home.example\r
Subject: us\r
Date: Sun, 1 Mar 2026 18:00:00 +0100\r
Message-ID: <1@mail.example>\r
\r
%s\r
"""


def raw_line(line: Make, raw: bytes, **more: Any) -> dict[str, Any]:
    made = line(None, channel="mail", raw=base64.b64encode(raw).decode(), **more)
    return {key: value for key, value in made.items() if key not in ("from", "text", "direction")}


def test_fields_left_out_are_read_from_the_original(run: Run, line: Make) -> None:
    plain, threat = run(
        raw_line(line, MAIL % b"I miss our garden"), raw_line(line, MAIL % THREAT.encode())
    )
    assert outcome(plain) == ("J", "handle", "held")
    assert outcome(threat) == ("J", "handle", "alert")


def test_a_sender_that_only_the_original_shows(run: Run, line: Make) -> None:
    made = raw_line(line, MAIL % b"hello")
    (decision,) = run({**made, "from": [{"handle": "ana@friends.example"}]})
    assert outcome(decision) == ("J", "handle", "held")


def test_the_persons_own_address_in_from_proves_nothing(run: Run, line: Make) -> None:
    own = MAIL.replace(b"Jordan <jordan@mail.example>", b"sam@home.example")
    forged, sent = run(
        raw_line(line, own % THREAT.encode()),
        raw_line(line, own.replace(b"To: sam@home", b"To: kim@mail") % b"as agreed"),
    )
    assert outcome(forged) == (None, "none", "alert")
    assert outcome(sent)[0] in (None, "K")


def test_authentication_is_believed_from_the_plans_server_only(run: Run, line: Make) -> None:
    court = MAIL.replace(b"jordan@mail.example", b"clerk@court.example")
    results = b"Authentication-Results: %s; dmarc=pass header.from=court.example\r\n"
    good, bad = run(
        raw_line(line, results % b"mx.home.example" + court % b"papers"),
        raw_line(line, results % b"mx.evil.example" + court % b"papers"),
    )
    assert outcome(good)[2] == "untouched"
    assert good["reading"] is None
    assert outcome(bad)[2] == "alert"


@pytest.mark.parametrize(
    ("broken", "action"),
    [
        ({"raw": "!!! not base64"}, "alert"),
        ({"raw": 7}, "alert"),
        ({"text": ["a", "list"]}, "alert"),
        ({"text": {"an": "object"}}, "alert"),
        ({"attachments": "none"}, "held"),
        ({"profile": 3, "auth": [], "account": {}, "subject": 5}, "held"),
        ({"from": {"handle": JORDAN}}, "held"),
        ({"from": JORDAN}, "held"),
        ({"from": [JORDAN]}, "held"),
        ({"from": [{"handle": 4917612345678}]}, "held"),
        ({"from": [[["deep", {"x": "write to jordan@mail.example"}]]]}, "held"),
        ({"kind": "carrier pigeon"}, "held"),
        ({"kind": 5}, "held"),
        ({"channel": "carrier pigeon"}, "held"),
        ({"channel": 5}, "held"),
        ({"direction": "sideways"}, "held"),
        ({"text": "\x00\x00"}, "held"),
        ({"text": "\ud800 half"}, "held"),
        ({"to": 3}, "held"),
    ],
)
def test_theirs_and_broken_is_never_let_through(
    run: Run, line: Make, broken: dict[str, Any], action: str
) -> None:
    (decision,) = run({**line(JORDAN, "hello my dear old friend"), **broken})
    assert decision["match"]["other"] == "J"
    assert decision["decision"]["action"] == action


@pytest.mark.parametrize("broken", [{"raw": "!!!"}, {"text": 5}, {"from": 3}, {"from": [[]]}])
def test_a_strangers_broken_one_stays_where_it_is(
    run: Run, line: Make, broken: dict[str, Any]
) -> None:
    (decision,) = run({**line(STRANGER, "hello"), **broken})
    assert outcome(decision) == (None, "none", "untouched")


def test_a_broken_original_that_names_them_is_theirs(run: Run, line: Make) -> None:
    whole = base64.b64encode(MAIL % b"hello").decode()
    made = raw_line(line, b"")
    (decision,) = run({**made, "raw": "*" + whole + "*"})
    assert decision["match"]["other"] == "J"
    assert decision["decision"]["action"] == "alert"
    assert any("No machine could read it" in one for one in decision["decision"]["reasons"])
