"""Steps 4 and 5: what to ask the reader, and what its answer means. Writes nothing."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Self

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Decision, Match, Reading, Shown
from stillwater.core.plans import Plan
from stillwater.core.words import Action, DangerCategory, Direction, How, Standing
from stillwater.gate.said import said
from stillwater.gate.triage import Triaged
from stillwater.identity.known import Known
from stillwater.identity.recognising import Recogniser
from stillwater.plan.decide import decide
from stillwater.reading.reader import ReadingInput
from stillwater.reading.sandbox import Reader

# Nothing reads the mail of those whom the person listed, once that is proved.
NEVER_READ = frozenset({Standing.WANTED, Standing.ALWAYS_PASS})


_A_CHILD_SAYS = frozenset(
    {
        DangerCategory.CHILD_EMERGENCY,
        DangerCategory.CHILD_HARM_OR_TAKING,
        DangerCategory.KILL_OR_INJURE,
        DangerCategory.STRANGLING,
        DangerCategory.SUICIDE_THREAT,
        DangerCategory.WEAPON,
    }
)


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
        # Doubt is raised for what is theirs, and for a child who may be in need.
        from_other=about is not None or match.standing is Standing.CHILD,
        from_relay=match.how is How.RELAY,
        children=tuple(
            name
            for other in others
            for child in other.children
            for name in (child.name, *child.also)
        ),
        nicknames=tuple(
            (nickname, child.name)
            for other in others
            for child in other.children
            for nickname in child.also
        ),
        conversation=_conversation(plan, arrival, match),
        attachment_types=tuple(one.type for one in arrival.attachments),
        handovers=tuple(handover for other in others for handover in other.handovers),
        names=tuple(name for other in others for name in other.names),
    )


def _conversation(plan: Plan, arrival: Arrival, match: Match) -> str:
    """Which other's words it belongs to, as a number; "": nobody's that is remembered."""
    if match.other is None or arrival.direction is Direction.OUT:
        return ""
    return str([other.label for other in plan.others].index(match.other))


def judge(
    plan: Plan,
    known: Known,
    recogniser: Recogniser,
    arrival: Arrival,
    match: Match,
    reading: Reading | None,
) -> Judgement:
    """Look at the match again in the light of the reading, learn from it, and decide."""
    if reading is not None and match.other is None:
        match = known.match(arrival, mentions=reading.mentions, carries_word=reading.carries_word)
        if match.standing is Standing.STRANGER and match.other is None:
            match = recogniser.look(arrival, match, said(arrival), reading)
    elif reading is not None:
        match = recogniser.theirs(arrival, match, said(arrival))
    if reading is not None and match.other is None and match.standing is Standing.CHILD:
        reading = _as_of_a_child(reading)
    decision = decide(plan, arrival, match, reading)
    return Judgement(arrival=arrival, match=match, reading=reading, decision=decision)


def _as_of_a_child(reading: Reading) -> Reading:
    """Of a child's own words only what says that somebody is in danger: no play, no nagging."""
    kept = tuple(one for one in reading.danger.categories if one in _A_CHILD_SAYS)
    return replace(reading, danger=replace(reading.danger, categories=kept))


class Judge:
    """Reads and decides in a thread of its own, so that the next batch can be sealed meanwhile.

    One thread: the reader's child process takes one batch at a time. Leave the
    block to end it.
    """

    def __init__(self, plan: Plan, known: Known, recogniser: Recogniser, reader: Reader) -> None:
        self._plan = plan
        self._known = known
        self._recogniser = recogniser
        self._reader = reader
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)

    def begin(self, batch: Sequence[Triaged]) -> Future[list[Judgement]]:
        """Begin with a batch; the result has a judgement for each, in order."""
        return self._thread.submit(self._judge, batch)

    def _judge(self, batch: Sequence[Triaged]) -> list[Judgement]:
        """What turns out to be theirs is read again as theirs: then doubt is raised."""
        judged = self._judge_once(batch, [one.match for one in batch])
        again = [
            at
            for at, one in enumerate(batch)
            if one.match.other is None and judged[at].match.other is not None
        ]
        second = self._judge_once([batch[at] for at in again], [judged[at].match for at in again])
        for at, judgement in zip(again, second, strict=True):
            judged[at] = judgement
        return judged

    def _judge_once(self, batch: Sequence[Triaged], matches: Sequence[Match]) -> list[Judgement]:
        asked = [
            reading_input(self._plan, one.arrival, match)
            for one, match in zip(batch, matches, strict=True)
            if one.unreadable is None
        ]
        read = iter(self._reader.read_many(asked) if asked else [])
        return [
            judge(
                self._plan,
                self._known,
                self._recogniser,
                one.arrival,
                match,
                next(read) if one.unreadable is None else Reading(unread=one.unreadable),
            )
            for one, match in zip(batch, matches, strict=True)
        ]


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
