"""Steps 4 and 5: what to ask the reader, and what its answer means. Pure."""

from dataclasses import dataclass

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Decision, Match, Reading, Shown
from stillwater.core.plans import Plan
from stillwater.core.words import Action, Standing
from stillwater.identity.known import Known
from stillwater.plan.decide import decide
from stillwater.reading.reader import ReadingInput

# Nothing reads the mail of those whom the person listed, once that is proved.
NEVER_READ = frozenset({Standing.WANTED, Standing.ALWAYS_PASS})


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the stages said of one arrival."""

    arrival: Arrival
    match: Match
    reading: Reading | None
    decision: Decision


def is_read(match: Match) -> bool:
    """Whether the reader sees an arrival with this match."""
    return match.other is not None or match.standing not in NEVER_READ


def reading_input(plan: Plan, arrival: Arrival, match: Match) -> ReadingInput:
    """What the reader is told: the words, the time, and what the plan knows of the other."""
    about = plan.other(match.other) if match.other is not None else None
    others = (about,) if about else plan.others
    return ReadingInput(
        text=arrival.text,
        subject=arrival.subject,
        raw=arrival.raw,
        kind=arrival.kind,
        channel=arrival.channel,
        received_at=arrival.received_at,
        timezone=plan.you.timezone,
        from_other=about is not None,
        children=tuple(
            name
            for other in others
            for child in other.children
            for name in (child.name, *child.also)
        ),
        handovers=tuple(handover for other in others for handover in other.handovers),
        names=tuple(name for other in others for name in other.names),
    )


def judge(
    plan: Plan, known: Known, arrival: Arrival, match: Match, reading: Reading | None
) -> Judgement:
    """Look at the match again in the light of the reading, and decide."""
    if reading is not None and match.other is None:
        match = known.match(arrival, mentions=reading.mentions, carries_word=reading.carries_word)
    decision = decide(plan, arrival, match, reading)
    return Judgement(arrival=arrival, match=match, reading=reading, decision=decision)


def unread(arrival: Arrival, match: Match) -> Judgement:
    """What is said of an original that is sealed and that no machine can read any more.

    Always an alert, whoever it is from: what a stranger wrote is sealed only
    where danger was found in it.
    """
    reason = "It was sealed, and lost to the machine before it was read."
    return Judgement(
        arrival=arrival,
        match=match,
        reading=Reading(unread=reason),
        decision=Decision(
            Action.ALERT,
            reasons=(reason,),
            shown=Shown(
                "Something was sealed and could not be read by a machine. "
                "Ask my reviewer. See the facts. Call."
            ),
        ),
    )
