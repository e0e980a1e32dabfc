"""What the plan makes of one arrival. Pure: the same input, the same decision.

Every rule that applies speaks, with an action and a reason; the highest action
wins (alert > ask > digest > held > recorded > untouched) and every reason is
kept. A rule that is missing cannot let anything of theirs through: without any
voice, what is theirs is held.
"""

import re
from collections.abc import Iterator, Sequence

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Decision, Fact, Match, Reading, Shown
from stillwater.core.plans import Other, Plan, Relay
from stillwater.core.words import (
    FROM_EVENTS,
    Action,
    DangerCategory,
    Direction,
    How,
    Kind,
    Mode,
    Standing,
    Tier,
)
from stillwater.plan.low_contact import low_contact
from stillwater.plan.voices import Voice
from stillwater.plan.wording import (
    THREE_WAYS,
    all_at_once,
    claims_lines,
    danger_lines,
    first_that_quotes_nothing,
    legal_lines,
)

_SURE = 0.9  # confidence from which a child's handle is taken for the child's own
SUSPECTED_FROM = 0.95  # confidence from which what is suspected is treated as theirs
_SUSPECTING = ("An unknown sender may be someone in your plan. Shall a reviewer look first?",)
_PASSES = frozenset({Standing.WANTED, Standing.ALWAYS_PASS})
NOT_READ_YET = "Tactics and needs were not read, in this language or at all: they are left empty."


def decide(
    plan: Plan,
    arrival: Arrival,
    match: Match,
    reading: Reading | None,
    about: Sequence[str] = (),
) -> Decision:
    """The decision for one arrival, of which ``match`` and ``reading`` are known.

    ``reading`` None: not read, because the sender is wanted or proved to be an
    always-pass sender, or because of what kind of arrival it is. ``about``: the labels
    of those whom a tick has danger to tell of.
    """
    voices = list(_voices(plan, arrival, match, reading, about))
    action = max((voice.action for voice in voices), key=lambda one: one.rank)
    first = [voice for voice in voices if voice.action is action]
    rest = [voice for voice in voices if voice.action is not action]
    reasons = [voice.reason for voice in (*first, *rest)]
    if match.other is not None and reading is not None and not reading.tactics:
        reasons.append(NOT_READ_YET)
    return Decision(
        action=action,
        reasons=tuple(dict.fromkeys(reasons)),
        when=next((one.when for one in first if one.when is not None), None),
        shown=_code_shown(arrival, match, reading, action) or _shown(arrival, action, voices),
    )


def hides(plan: Plan, arrival: Arrival, match: Match) -> bool:
    """Whether what is theirs goes out of sight on the channel that it came by.

    What it holds changes nothing about that: danger is told, and the words stay
    hidden. So is what a child may have written from a handle of theirs: anybody can claim
    that, so it is asked about at once, out of sight (docs/decisions/0091). A child's own
    message, from a handle of the child's alone, and the person's own stay where they are.
    """
    if match.other is None or arrival.direction is Direction.OUT:
        return False
    own = _by_mode(plan, arrival, match)
    return own.action in (Action.HELD, Action.DIGEST)


def _voices(
    plan: Plan, arrival: Arrival, match: Match, reading: Reading | None, about: Sequence[str]
) -> Iterator[Voice]:
    if arrival.kind is Kind.FEEDBACK:
        yield Voice(Action.RECORDED, "You or a reviewer said this.")
    elif arrival.kind is Kind.TICK:
        yield from _told_by_the_clock(reading, about)
    elif arrival.direction is Direction.OUT:
        yield Voice(Action.RECORDED, "It is your own message.")
    elif match.other is not None:
        yield from _theirs(plan, arrival, match, reading)
    else:
        yield from _not_theirs(match, reading)


# Theirs, or on their behalf


def _theirs(plan: Plan, arrival: Arrival, match: Match, reading: Reading | None) -> Iterator[Voice]:
    other = plan.other(match.other or "")
    yield from _what_is_told_at_once(other, match, reading)
    if reading is None or reading.unread is not None:
        yield _unread(match)
    if match.standing is Standing.CHILD:
        yield Voice(
            Action.ASK,
            "It may be a child who writes: that is never held in silence.",
            ("This may be from a child, or from someone else. Shall a reviewer look first?",),
        )
    yield _by_mode(plan, arrival, match, reading)


def _unread(match: Match) -> Voice:
    return Voice(
        Action.ALERT,
        "No machine could read it. It may have been made that way on purpose.",
        (
            f"A message could not be read by a machine. {_origin(match)} It may have been "
            f"made that way on purpose. {THREE_WAYS}",
            "Unread by machine: handle with care.",
        ),
    )


def _by_mode(plan: Plan, arrival: Arrival, match: Match, reading: Reading | None = None) -> Voice:
    """What the plan says of their attempts, whatever danger is in it."""
    other = plan.other(match.other or "")
    if other is None:
        return Voice(Action.HELD, "The plan has nobody of that label: held, to be safe.")
    if match.how is How.SUSPECTED and match.confidence < SUSPECTED_FROM:
        reason = "It may be theirs; that is not sure enough to decide."
        return Voice(Action.ASK, reason, _SUSPECTING)
    if match.how is How.RELAY:
        return _by_relay(_relay_of(other, match.relay))
    return _of_the_mode(plan, other, arrival, reading)


def _of_the_mode(plan: Plan, other: Other, arrival: Arrival, reading: Reading | None) -> Voice:
    if arrival.channel in other.court_ordered:
        return Voice(Action.RECORDED, "A court ordered this channel: it is recorded, never held.")
    if other.mode is Mode.WATCH:
        return Voice(Action.RECORDED, "You watch: everything is recorded and nothing hidden.")
    if other.mode is Mode.NO_CONTACT:
        return Voice(Action.HELD, "You decided on no contact: it is held.")
    return low_contact(plan, other, arrival, reading)


def _relay_of(other: Other, name: str | None) -> Relay | None:
    return next((relay for relay in other.relays if name and relay.name == name), None)


def _by_relay(relay: Relay | None) -> Voice:
    asking = ("Someone may be carrying word. Shall a reviewer look first?",)
    if relay is None:
        # Said by feedback, not decided in the plan: asked about, never held by us.
        return Voice(
            Action.ASK, "It may be word carried; the plan does not list the sender.", asking
        )
    reason = {
        Action.HELD: "You decided that what they carry is held.",
        Action.UNTOUCHED: "You decided that what they carry is left alone.",
    }
    return Voice(
        relay.on_relay,
        reason.get(relay.on_relay, "You decided to be asked about what they carry."),
        asking if relay.on_relay is Action.ASK else (),
    )


# Not theirs


def _not_theirs(match: Match, reading: Reading | None) -> Iterator[Voice]:
    if match.standing in _PASSES:
        yield Voice(Action.UNTOUCHED, "It passes unread, as you decided.")
        return
    yield from _what_is_told_at_once(None, match, reading)
    if reading is not None and reading.unread is not None:
        # Whoever writes from a new address can break the reader as well: told, and left there.
        yield _unread(match)
    if match.standing is Standing.CLAIMS_TO_PASS:
        yield Voice(
            Action.ALERT,
            "It claims to come from a sender that always passes, and nothing proves that.",
            claims_lines(match.why_passes or ""),
        )
    if match.standing is Standing.FORGED_WANTED:
        yield Voice(
            Action.ASK,
            "It is not from the wanted sender that it claims to come from.",
            (
                "Something claims to come from somebody wanted. Your mail server says that it "
                "does not. Shall a reviewer look first?",
            ),
        )
    if match.standing is Standing.CHILD and match.confidence < _SURE:
        yield Voice(
            Action.ASK,
            "It says that it comes from a child, and somebody else may be writing.",
            ("This may be from a child, or from someone else. Shall a reviewer look first?",),
        )
    yield Voice(Action.UNTOUCHED, _why_untouched(match))


def _why_untouched(match: Match) -> str:
    if match.standing is Standing.CHILD:
        return "A child's own message is left where it is."
    return "Nothing says that it is theirs: it stays where it is."


# For everybody


def _told_by_the_clock(reading: Reading | None, about: Sequence[str]) -> Iterator[Voice]:
    """A tick has no words; what it tells of is that nothing came."""
    if reading is not None and reading.danger.tier is not Tier.NONE:
        origin = f"It is about {' and '.join(about)}." if about else ""
        yield Voice(
            Action.ALERT,
            "Nothing has come for clearly longer than usual, after many attempts.",
            danger_lines(reading.danger.categories, origin),
        )
    yield Voice(Action.UNTOUCHED, "Only the clock moved.")


def _what_is_told_at_once(
    other: Other | None, match: Match, reading: Reading | None
) -> Iterator[Voice]:
    """Danger and legal service: told in every mode, whoever it comes from."""
    if reading is None:
        return
    if reading.danger.tier is not Tier.NONE:
        yield Voice(
            Action.ALERT,
            _why_danger(reading),
            danger_lines(reading.danger.categories, _origin(match)),
            () if set(reading.danger.categories) <= FROM_EVENTS else reading.facts,
        )
        if (
            other is not None
            and other.suicide_first == "reviewer"
            and DangerCategory.SUICIDE_THREAT in reading.danger.categories
        ):
            yield Voice(
                Action.ALERT,
                "Your plan lets a reviewer hear of suicide first: you hear of it where none can "
                "be reached, none answers, or there was other danger before.",
            )
    if reading.legal_service:
        with_facts = match.standing is not Standing.CLAIMS_TO_PASS
        yield Voice(
            Action.ALERT,
            "It looks like papers served by a court: those are received in law all the same.",
            legal_lines(_origin(match), with_facts=with_facts),
            reading.facts if with_facts else (),
        )


def _why_danger(reading: Reading) -> str:
    soon = "at once" if reading.danger.tier is Tier.AT_ONCE else "the same day"
    return f"It may hold danger of a kind that is told {soon}, in every mode."


def _origin(match: Match) -> str:
    if match.standing in (Standing.CLAIMS_TO_PASS, Standing.FORGED_WANTED):
        return "Nothing proves who sent it."
    if match.other is None:
        return "Its sender is not in your plan."
    if match.how is How.RELAY:
        return f"It came through somebody who may carry word from {match.other}."
    if match.how is How.SUSPECTED:
        return f"It may be from {match.other}."
    return f"It is from {match.other}."


# What is shown


def _shown(arrival: Arrival, action: Action, voices: list[Voice]) -> Shown | None:
    first = [voice for voice in voices if voice.action is action]
    ladders = [voice.lines for voice in first if voice.lines]
    if not ladders:
        return None
    together = all_at_once(ladder[0] for ladder in ladders)
    ladder = [together, *(line for each in ladders for line in each)]
    return Shown(
        text=first_that_quotes_nothing(ladder, arrival), facts=_facts(action, first, voices)
    )


def _facts(action: Action, first: list[Voice], voices: list[Voice]) -> tuple[Fact, ...]:
    """Those of the voices that decided; an alert or a question carries a digest's facts as well."""
    speak = voices if action in (Action.ALERT, Action.ASK) else first
    return tuple(dict.fromkeys(fact for voice in speak for fact in voice.facts))


_CODE = re.compile(r"\d{4,10}")
_NO_SENDER = "–"
_SAFE_SENDER = re.compile(r"\+?[0-9]{3,20}|[^\s@]{1,64}@[^\s@]{1,100}|[A-Za-z0-9]{1,11}")


def _code_shown(
    arrival: Arrival, match: Match, reading: Reading | None, action: Action
) -> Shown | None:
    """A one-time code from a stranger: its digits and its sender, and nothing of its text."""
    if action is not Action.UNTOUCHED or reading is None or match.standing is not Standing.STRANGER:
        return None
    if arrival.direction is Direction.OUT or match.other is not None:
        return None
    code = re.sub(r"\D", "", reading.one_time_code or "")
    if not code.isascii() or not _CODE.fullmatch(code):
        return None
    return Shown(text=f"{code} · {_sender_shown(arrival)}")


def _sender_shown(arrival: Arrival) -> str:
    """The sender's handle where it is plain; the name it shows is theirs to choose."""
    handle = arrival.senders[0].handle if arrival.senders else None
    if handle is None or not _SAFE_SENDER.fullmatch(handle):
        return _NO_SENDER
    return first_that_quotes_nothing((handle, _NO_SENDER), arrival)
