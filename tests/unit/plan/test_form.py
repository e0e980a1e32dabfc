"""The plan as TOML: everything that is right is read, everything else is named with its line."""

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.plans import (
    AlwaysPass,
    Child,
    Handover,
    Keep,
    Other,
    Plan,
    Relay,
    Wanted,
    You,
)
from stillwater.core.words import Action, Channel, Mode, Need
from stillwater.plan.form import DAYS, dump, parse

WHOLE = """
[you]
names = ["Sam"]            # how others address the person
handles = ["sam@home.example", "+4915112345678"]
region = "DE"              # for numbers without +
timezone = "Europe/Berlin"
languages = ["en"]
authserv = ["mx.home.example"]       # whose Authentication-Results to believe

[[others]]
label = "J"                # all that is ever shown
names = ["Jordan", "Jo"]
handles = ["+4917612345678", "jordan@mail.example", "instagram:jord.an"]
mode = "low_contact"       # watch | no_contact | low_contact | parallel_parenting
since = 2026-01-10         # block day
channel = "mail"           # from here on for the latter two modes: the one channel,
emergency = "+4915199999"  # and a handle of the person's for true emergencies
subjects = ["children", "money"]     # names of needs
cadence = "daily"          # at_once | daily | weekly
at = "18:00"
until = 2027-06-30         # left out: open-ended; after it, held
suicide_first = "reviewer" # you | reviewer
children = [{ name = "Mia", also = ["Mimi"], handles = ["+491760000001"] }]
handovers = [{ day = "friday", time = "17:00", place = "school" }]
court_ordered = ["mail"]   # channels that a court ordered: never held
relays = [{ name = "Aunt Rosa", handles = ["+4917699999999"], on_relay = "held" }]
keep = { voicemail = "discard", letter = "until 2027-01-01" }     # default: sealed
litigation_hold = false

[[wanted]]
name = "Ana"
handles = ["+49176555555"]

[[always_pass]]
handle = "registry@court.example"   # or "@court.example"
why = "court"
"""

SMALLEST = '[you]\n[[others]]\nlabel = "J"\nmode = "watch"\n'


def test_the_plan_of_the_design_is_read_whole() -> None:
    plan = parse(WHOLE)
    assert plan.you == You(
        names=("Sam",),
        handles=("sam@home.example", "+4915112345678"),
        region="DE",
        timezone="Europe/Berlin",
        languages=("en",),
        authserv=("mx.home.example",),
    )
    assert plan.others == (
        Other(
            label="J",
            mode=Mode.LOW_CONTACT,
            names=("Jordan", "Jo"),
            handles=("+4917612345678", "jordan@mail.example", "instagram:jord.an"),
            since=date(2026, 1, 10),
            channel=Channel.MAIL,
            emergency="+4915199999",
            subjects=(Need.CHILDREN, Need.MONEY),
            cadence="daily",
            at=time(18),
            until=date(2027, 6, 30),
            suicide_first="reviewer",
            children=(Child("Mia", ("Mimi",), ("+491760000001",)),),
            handovers=(Handover("friday", time(17), "school"),),
            court_ordered=(Channel.MAIL,),
            relays=(Relay("Aunt Rosa", ("+4917699999999",), Action.HELD),),
            keep=(
                (Channel.VOICEMAIL, Keep("discard")),
                (Channel.LETTER, Keep("until", date(2027, 1, 1))),
            ),
        ),
    )
    assert plan.wanted == (Wanted("Ana", ("+49176555555",)),)
    assert plan.always_pass == (AlwaysPass("registry@court.example", "court"),)


def test_nearly_everything_may_be_left_out() -> None:
    assert parse(SMALLEST) == Plan(others=(Other("J", Mode.WATCH),))


def other(lines: str) -> str:
    return f'[you]\nregion = "DE"\n[[others]]\nlabel = "J"\nmode = "watch"\n{lines}\n'


def you(lines: str) -> str:
    return f'[you]\n{lines}\n[[others]]\nlabel = "J"\nmode = "watch"\n'


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("nonsense", "line 1"),
        ("[you\n", "line 1"),
        ("", "[you]"),
        ('[[others]]\nlabel = "J"\nmode = "watch"\n', "[you]"),
        ("[you]\n", "about nobody"),
        ("[you]\nothers = 3\n", "others"),
        (other("colour = 1"), "line 6): colour of others number 1"),
        ("colour = 1\n" + SMALLEST, "line 1): colour"),
        ('[you]\n[[others]]\nmode = "watch"\n', "label"),
        ('[you]\n[[others]]\nlabel = "J"\n', "mode"),
        ('[you]\n[[others]]\nlabel = "J"\nmode = "block"\n', "line 4): mode"),
        (other('handles = "x@y.example"'), "line 6): handles"),
        (other('handles = ["private number"]'), "no handle"),
        (other('handles = [""]'), "empty"),
        (other("handles = [17]"), "text"),
        (other('handles = ["a sentence that is no handle at all"]'), "no handle"),
        (you('handles = ["0176 12345678"]'), "line 2): handles of you holds a number"),
        (you('region = "XX"'), "line 2): region"),
        (you('region = "de"'), "region"),
        (you('timezone = "Mars/Base"'), "timezone"),
        (you('timezone = "../../etc/passwd"'), "timezone"),
        (you('timezone = "/etc/passwd"'), "timezone"),
        (other('since = "yesterday"'), "since"),
        (other("since = 2026-01-10T10:00:00Z"), "since"),
        (other("since = 2026-02-02\nuntil = 2026-01-01"), "line 7): until"),
        (other('channel = "pigeon"'), "channel"),
        (other('court_ordered = ["pigeon"]'), "court_ordered"),
        (other('subjects = ["weather"]'), "subjects"),
        (other('cadence = "hourly"'), "cadence"),
        (other('at = "25:00"'), "at"),
        (other("at = 18"), "at"),
        (other('litigation_hold = "yes"'), "litigation_hold"),
        (other('keep = { mail = "burn" }'), "mail of keep"),
        (other('keep = { pigeon = "sealed" }'), "pigeon of keep"),
        (other('keep = { mail = "until soon" }'), "keep"),
        (other("keep = 3"), "keep"),
        (other('suicide_first = "nobody"'), "suicide_first"),
        (other('children = [{ also = ["Mimi"] }]'), "line 6): children number 1"),
        (other('children = { name = "Mia" }'), "children"),
        (other('children = [{ name = "Mia", age = 3 }]'), "age of children number 1"),
        (other('handovers = [{ day = "Friday", time = "17:00" }]'), "day of handovers"),
        (other('handovers = [{ day = "friday" }]'), "time of handovers"),
        (other('relays = [{ name = "R", on_relay = "alert" }]'), "on_relay"),
        (SMALLEST + '[[others]]\nlabel = "j"\nmode = "watch"\n', "line 6): label"),
        (SMALLEST + "[[wanted]]\nhandles = [1]\n", "wanted"),
        (SMALLEST + '[[always_pass]]\nwhy = "court"\n', "handle"),
        (SMALLEST + '[[always_pass]]\nhandle = "@"\n', "handle"),
        (SMALLEST + '[[always_pass]]\nhandle = "@court"\n', "no domain"),
        (other('names = ["a\\nb"]'), "one line"),
    ],
)
def test_every_mistake_is_named_and_has_a_place(toml: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(toml)
    assert said in caught.value.what
    assert caught.value.exit_code is ExitCode.USAGE
    assert "\n" not in caught.value.what


def test_a_wanted_handle_cannot_be_an_others_however_it_is_written() -> None:
    toml = other('handles = ["+4917612345678"]') + '[[wanted]]\nhandles = ["0176 12345678"]\n'
    with pytest.raises(UserError, match=r"line 8.*stands under others"):
        parse(toml)
    mine = you('handles = ["j@x.example"]') + 'handles = ["J@x.example"]\n'
    with pytest.raises(UserError, match="stands under others"):
        parse(mine)


def test_short_codes_are_handles_as_they_stand() -> None:
    plan = parse(SMALLEST + '[[always_pass]]\nhandle = "110"\nwhy = "police"\n')
    assert plan.always_pass == (AlwaysPass("110", "police"),)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_plan_or_a_user_error(text: str) -> None:
    for toml in (text, SMALLEST + text, you(text), other(text)):
        with suppress(UserError):
            parse(toml)


def test_nested_without_end() -> None:
    with pytest.raises(UserError):
        parse("a = " + "[" * 100_000)


# Out and in again

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12
).filter(lambda text: bool(text.strip()))
MAILS = st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)
NUMBERS = st.from_regex(r"\+49176[0-9]{7}", fullmatch=True)
HANDLES = st.lists(MAILS | NUMBERS, max_size=3).map(tuple)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
KEEPS = st.dictionaries(
    st.sampled_from(Channel),
    st.sampled_from([Keep(), Keep("discard")])
    | st.dates(date(2000, 1, 1)).map(lambda day: Keep("until", day)),
    max_size=3,
).map(lambda kept: tuple(kept.items()))
OTHERS = st.builds(
    Other,
    label=WORDS,
    mode=st.sampled_from(Mode),
    names=NAMES,
    handles=HANDLES,
    since=st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1)),
    channel=st.none() | st.sampled_from(Channel),
    emergency=st.none() | NUMBERS,
    subjects=st.lists(st.sampled_from(Need), max_size=3).map(tuple),
    cadence=st.sampled_from(["at_once", "daily", "weekly"]),
    at=st.none() | CLOCKS,
    until=st.none() | st.dates(date(2020, 1, 2)),
    suicide_first=st.sampled_from(["you", "reviewer"]),
    children=st.lists(st.builds(Child, WORDS, NAMES, HANDLES), max_size=2).map(tuple),
    handovers=st.lists(
        st.builds(Handover, st.sampled_from(DAYS), CLOCKS, st.none() | WORDS), max_size=2
    ).map(tuple),
    court_ordered=st.lists(st.sampled_from(Channel), max_size=2).map(tuple),
    relays=st.lists(
        st.builds(
            Relay,
            WORDS,
            HANDLES,
            st.sampled_from([Action.HELD, Action.ASK, Action.UNTOUCHED]),
        ),
        max_size=2,
    ).map(tuple),
    keep=KEEPS,
    litigation_hold=st.booleans(),
)
PLANS = st.builds(
    Plan,
    others=st.lists(OTHERS, min_size=1, max_size=2, unique_by=lambda one: one.label.casefold()).map(
        tuple
    ),
    you=st.builds(
        You,
        names=NAMES,
        handles=st.just(("me@own.home",)),
        region=st.sampled_from([None, "DE", "US"]),
        timezone=st.sampled_from(["UTC", "Europe/Berlin"]),
        languages=st.lists(WORDS, max_size=2).map(tuple),
        authserv=NAMES,
    ),
    wanted=st.lists(
        st.builds(Wanted, st.none() | WORDS, st.just(("ana@friends.home",))), max_size=2
    ).map(tuple),
    always_pass=st.lists(
        st.builds(AlwaysPass, MAILS | st.just("@court.example"), st.just("") | WORDS), max_size=2
    ).map(tuple),
)


@settings(deadline=None)
@given(PLANS)
def test_what_is_written_is_read_again(plan: Plan) -> None:
    assert parse(dump(plan)) == plan


def test_word_processors_quotation_marks_are_named() -> None:
    with pytest.raises(UserError) as wrong:
        parse("[you]\n[[others]]\nlabel = \u201cJ\u201d\n")
    assert "straight" in wrong.value.next_step


def test_the_key_that_was_meant_is_named() -> None:
    with pytest.raises(UserError) as wrong:
        parse('[you]\n[[others]]\nlabel = "J"\nmode = "watch"\nhandle = "x@y.example"\n')
    assert wrong.value.next_step.startswith("Did you mean handles?")
