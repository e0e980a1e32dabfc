"""Whose it is, by known handles: what must hold for every way in which one can appear."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stillwater.core.arrivals import Address, Arrival, Auth, Feedback
from stillwater.core.plans import AlwaysPass, Child, Other, Plan, Relay, Wanted, You
from stillwater.core.words import Action, Channel, Direction, How, Mode, Standing
from stillwater.identity.known import Known
from tests.support.pace import within

JORDAN = Other(
    label="J",
    mode=Mode.NO_CONTACT,
    handles=("+4917612345678", "jordan@mail.example", "instagram:jord.an"),
    children=(Child("Mia", handles=("+491761111111", "mia@kids.example")),),
    relays=(Relay("Aunt Rosa", ("+4917699999999",), Action.HELD),),
)
PLAN = Plan(
    others=(JORDAN, Other("K", Mode.WATCH, handles=("kim@mail.example",))),
    you=You(handles=("sam@home.example",), region="DE"),
    wanted=(Wanted("Ana", ("ana@friends.example", "+49176555555")),),
    always_pass=(
        AlwaysPass("registry@court.example", "court"),
        AlwaysPass("@police.example", "police"),
    ),
)


def arrival(*senders: str | Address, auth: Auth | None = None, **more: object) -> Arrival:
    plain = Arrival("a", datetime(2026, 3, 1, tzinfo=UTC), Channel.MAIL, auth=auth or Auth())
    addresses = tuple(one if isinstance(one, Address) else Address(one) for one in senders)
    return replace(plain, senders=addresses, **more)  # type: ignore[arg-type]


@pytest.fixture
def known() -> Known:
    return Known.from_plan(PLAN)


@pytest.mark.parametrize(
    "shown",
    [
        "jordan@mail.example",
        "JORDAN@Mail.Example",
        "+49 176 1234 5678",
        "0176/12345678",
        "0049 176 12345678",
        "instagram:Jord.An",
        "instagram:@jord.an",
    ],
)
def test_a_listed_handle_is_known_however_it_is_written(known: Known, shown: str) -> None:
    match = known.match(arrival(shown))
    assert (match.other, match.how, match.confidence) == ("J", How.HANDLE, 0.99)


@pytest.mark.parametrize(
    "shown",
    [
        "jordan+x@mail.example",
        "jоrdan@mail.example",
        "jordan@mаil.example",
        "j0rdan@mail.example",
        "whatsapp:+4917612345678",
    ],
)
def test_another_form_of_a_listed_handle_is_an_alias(known: Known, shown: str) -> None:
    match = known.match(arrival(shown))
    assert (match.other, match.how) == ("J", How.ALIAS)


@pytest.mark.parametrize(
    "senders",
    [
        ("stranger@x.example", "jordan@mail.example"),  # Reply-To
        ("ana@friends.example", "jordan@mail.example"),
        ("registry@court.example", "jordan@mail.example"),
        ("stranger@x.example", "other@y.example", "jordan@mail.example"),
    ],
)
def test_a_known_handle_in_any_sender_beats_everything(
    known: Known, senders: tuple[str, ...]
) -> None:
    match = known.match(arrival(*senders, auth=Auth(dmarc="pass")))
    assert (match.other, match.how) == ("J", How.HANDLE)


def test_a_listed_handle_that_is_forged_is_an_alias(known: Known) -> None:
    match = known.match(arrival("jordan@mail.example", auth=Auth(dmarc="fail")))
    assert (match.other, match.how) == ("J", How.ALIAS)
    answer_to = arrival("x@y.example", "jordan@mail.example", auth=Auth(dmarc="fail"))
    assert known.match(answer_to).how is How.HANDLE


def test_of_several_others_the_one_in_from_is_meant(known: Known) -> None:
    assert known.match(arrival("kim@mail.example", "jordan@mail.example")).other == "K"
    assert known.match(arrival("jordan@mail.example", "kim@mail.example")).other == "J"


def test_an_exact_handle_beats_a_look_alike_of_another(known: Known) -> None:
    match = known.match(arrival("kim+x@mail.example", "jordan@mail.example"))
    assert (match.other, match.how) == ("J", How.HANDLE)


@pytest.mark.parametrize(
    "name",
    [
        "jordan@mail.example",
        "Jordan (jordan@mail.example) via Pay",
        "+49 176 12345678 texted",
        "ｊordan＠mail.example",
        "j\u200bordan@mail.exa\u2060mple",
        "x" * 5000 + " jordan@mail.example",
    ],
)
def test_a_known_handle_in_the_shown_name_is_an_alias(known: Known, name: str) -> None:
    match = known.match(arrival(Address("who@knows.example", name)))
    assert (match.other, match.how) == ("J", How.ALIAS)


def test_a_plain_name_is_no_handle(known: Known) -> None:
    assert known.match(arrival(Address("who@knows.example", "Jordan 2026"))).other is None


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply@pay.example",
        "service@pay.example",
        "drive-shares-noreply@docs.example",
        "notification@social.example",
        "invitations@cal.example",
        "DoNotReply@x.example",
    ],
)
def test_platform_mail_is_matched_on_what_stands_in_it(known: Known, sender: str) -> None:
    match = known.match(arrival(sender), mentions=("x@y.example", "jordan@mail.example"))
    assert (match.other, match.how) == ("J", How.ALIAS)
    assert known.match(arrival(sender), mentions=("x@y.example",)).other is None


def test_a_friend_may_mention_a_known_handle(known: Known) -> None:
    assert known.match(arrival("bo@x.example"), mentions=("jordan@mail.example",)).other is None


def test_a_network_naming_an_account_of_theirs(known: Known) -> None:
    platform = Address("no-reply@mail.instagram.com", "Instagram")
    there = arrival(platform, subject="jord.an sent you a message")
    assert known.match(there).other == "J"
    assert known.match(arrival(platform, subject="jord.anne sent you a message")).other is None
    elsewhere = Address("no-reply@shop.example", "Shop")
    assert known.match(arrival(elsewhere, subject="jord.an sent you a message")).other is None


def test_a_relay_is_one_only_while_carrying_word(known: Known) -> None:
    carrying = known.match(arrival("+4917699999999"), carries_word=True)
    assert (carrying.other, carrying.how, carrying.relay) == ("J", How.RELAY, "Aunt Rosa")
    plain = known.match(arrival("+4917699999999"))
    assert (plain.other, plain.how) == (None, How.NONE)
    assert plain.reasons
    assert known.match(arrival("+491700000000"), carries_word=True).other is None


def test_a_child_is_a_child_and_never_a_relay(known: Known) -> None:
    match = known.match(arrival("+491761111111"), carries_word=True)
    assert (match.other, match.standing) == (None, Standing.CHILD)
    assert match.confidence >= 0.9


@pytest.mark.parametrize(
    ("sender", "auth"),
    [("mia+x@kids.example", Auth()), ("mia@kids.example", Auth(dmarc="fail"))],
)
def test_perhaps_a_child_is_less_sure(known: Known, sender: str, auth: Auth) -> None:
    match = known.match(arrival(sender, auth=auth))
    assert match.standing is Standing.CHILD
    assert match.confidence < 0.9


def test_a_handle_shared_by_child_and_other_is_both() -> None:
    shared = replace(JORDAN, children=(Child("Mia", handles=("+4917612345678",)),))
    match = Known.from_plan(replace(PLAN, others=(shared,))).match(arrival("+4917612345678"))
    assert (match.other, match.standing) == ("J", Standing.CHILD)


def test_wanted_unless_the_mail_server_says_forged(known: Known) -> None:
    assert known.match(arrival("ana@friends.example")).standing is Standing.WANTED
    forged = known.match(arrival("ana@friends.example", auth=Auth(dmarc="fail")))
    assert forged.standing is Standing.FORGED_WANTED


def test_a_look_alike_of_somebody_wanted_is_a_stranger(known: Known) -> None:
    assert known.match(arrival("ana@frіends.example")).standing is Standing.STRANGER
    assert known.match(arrival("ana+x@friends.example")).standing is Standing.STRANGER


def test_a_stranger_beside_somebody_wanted_is_read(known: Known) -> None:
    both = arrival("ana@friends.example", "someone@else.example")
    assert known.match(both).standing is Standing.STRANGER


def test_listed_by_the_very_address_beats_looking_like_an_other() -> None:
    plan = replace(PLAN, wanted=(Wanted("Ana", ("j0rdan@mail.example",)),))
    match = Known.from_plan(plan).match(arrival("j0rdan@mail.example"))
    assert (match.other, match.standing) == (None, Standing.WANTED)


PASSES = [Auth("pass"), Auth(None, ("court.example",)), Auth("none", ("mx.court.example",))]
CLAIMS = [
    Auth(),
    Auth("none"),
    Auth("fail"),
    Auth("fail", ("court.example",)),
    Auth(None, ("evil.example",)),
    Auth(None, ("notcourt.example",)),
    Auth(None, ("example",)),
]


@pytest.mark.parametrize("auth", PASSES)
def test_an_always_pass_sender_passes_when_proved(known: Known, auth: Auth) -> None:
    match = known.match(arrival("registry@court.example", auth=auth))
    assert (match.standing, match.why_passes) == (Standing.ALWAYS_PASS, "court")


@pytest.mark.parametrize("auth", CLAIMS)
def test_otherwise_it_only_claims_to(known: Known, auth: Auth) -> None:
    match = known.match(arrival("registry@court.example", auth=auth))
    assert (match.standing, match.why_passes) == (Standing.CLAIMS_TO_PASS, "court")


@pytest.mark.parametrize(
    ("sender", "passes"),
    [
        ("desk@police.example", True),
        ("desk@north.police.example", True),
        ("desk@notpolice.example", False),
        ("desk@police.example.evil.example", False),
        ("@police.example@evil.example", False),
    ],
)
def test_a_domain_means_itself_and_what_lies_below(known: Known, sender: str, passes: bool) -> None:
    standing = known.match(arrival(sender, auth=Auth("pass"))).standing
    assert standing is (Standing.ALWAYS_PASS if passes else Standing.STRANGER)


def test_a_court_in_reply_to_does_not_pass_for_from(known: Known) -> None:
    match = known.match(
        arrival("evil@x.example", "registry@court.example", auth=Auth("pass", ("x.example",)))
    )
    assert match.standing is Standing.CLAIMS_TO_PASS


def test_a_number_can_claim_and_never_prove() -> None:
    plan = replace(PLAN, always_pass=(AlwaysPass("+49301234567", "police"),))
    match = Known.from_plan(plan).match(arrival("+49301234567", auth=Auth("pass")))
    assert match.standing is Standing.CLAIMS_TO_PASS


def test_outgoing_says_to_whom(known: Known) -> None:
    out = arrival("sam@home.example", direction=Direction.OUT)
    to_j = replace(out, recipients=(Address("bo@x.example"), Address("jordan@mail.example")))
    assert known.match(to_j).other == "J"
    assert known.match(replace(out, recipients=(Address("bo@x.example"),))).other is None


def test_a_hidden_number_is_a_stranger(known: Known) -> None:
    assert known.match(arrival()).standing is Standing.STRANGER
    assert known.match(arrival(Address(None, "Unknown"))).standing is Standing.STRANGER


# Feedback


def said(says: str, other: str | None = "J") -> Feedback:
    return Feedback(about="a", says=says, other=other)


def test_feedback_teaches_at_once_and_can_be_taken_back(known: Known) -> None:
    new = arrival("new@x.example")
    assert known.match(new).other is None
    assert known.learn(new, said("theirs"))
    match = known.match(arrival("New@X.example"))
    assert (match.other, match.how) == ("J", How.HANDLE)
    assert known.learn(new, said("not_theirs"))
    assert known.match(new).other is None


def test_an_alias_can_be_declined_and_a_listed_handle_cannot(known: Known) -> None:
    alias, listed = arrival("jordan+x@mail.example"), arrival("jordan@mail.example")
    known.learn(alias, said("not_theirs"))
    known.learn(listed, said("not_theirs"))
    assert known.match(alias).other is None
    assert known.match(listed).other == "J"


def test_a_relay_is_taught_and_taken_back(known: Known) -> None:
    cousin = arrival("cousin@x.example")
    known.learn(cousin, said("relay", "K"))
    match = known.match(cousin, carries_word=True)
    assert (match.other, match.how, match.relay) == ("K", How.RELAY, None)
    assert known.match(cousin).other is None
    known.learn(cousin, said("not_relay"))
    assert known.match(cousin, carries_word=True).other is None


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply@pay.example",
        "ana@friends.example",
        "registry@court.example",
        "x@police.example",
        "sam@home.example",
        "mia@kids.example",
        "+4917699999999",
    ],
)
def test_nobody_else_is_taught_to_be_theirs(known: Known, sender: str) -> None:
    before = known.match(arrival(sender))
    assert not known.learn(arrival(sender), said("theirs"))
    assert known.match(arrival(sender)) == before


def test_with_several_others_feedback_must_say_whose(known: Known) -> None:
    assert not known.learn(arrival("new@x.example"), said("theirs", None))
    assert not known.learn(arrival("new@x.example"), said("theirs", "Z"))
    alone = Known.from_plan(replace(PLAN, others=(JORDAN,)))
    assert alone.learn(arrival("new@x.example"), said("theirs", None))


# Hostile input


def test_a_hundred_thousand_senders_take_bounded_time(known: Known) -> None:
    many = [Address(f"u{n}@h{n}.example", f"Name {n}") for n in range(100_000)]
    with within(4):  # about one
        assert known.match(arrival(*many, "jordan@mail.example")).other == "J"


def test_a_megabyte_of_name_takes_bounded_time(known: Known) -> None:
    with within(4):
        for name in ("a" * 10**6, "@" * 10**6, "1 " * 500_000, "a@" * 500_000):
            assert known.match(arrival(Address("x@y.example", name))).other is None
