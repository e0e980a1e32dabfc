"""The gate from outside: arrivals in, decisions out, nothing kept. No Django here.

Identity, reading and plan are the ones that the live gate uses. The clock is
the arrivals' own. Lines are read in batches, since the reader is another
process, but every decision is made with what had been learnt by its own line:
feedback ends the batch before it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stillwater.channels.mail.arrival import from_raw
from stillwater.core.arrivals import Address, Arrival
from stillwater.core.errors import UserError
from stillwater.core.judgements import Match, Reading
from stillwater.core.plans import Plan
from stillwater.core.words import Direction, How, Kind
from stillwater.gate.arrival_lines import Line, read_line
from stillwater.gate.decision_lines import decision_line
from stillwater.gate.judging import Judgement, is_read, judge, reading_input
from stillwater.gate.unfolding import Unfolding
from stillwater.identity.known import Known
from stillwater.identity.recognising import Recogniser
from stillwater.plan.decide import decide
from stillwater.reading.sandbox import Reader

BATCH_LINES = 256
BATCH_BYTES = 8 * 2**20
REMEMBERED = 100_000  # arrivals that feedback can still speak of
MOST_SENDERS = 20  # of each

_UNREAD_KINDS = frozenset({Kind.FEEDBACK, Kind.TICK})
_IN_BROKEN = Match(
    how=How.ALIAS,
    confidence=0.9,
    reasons=("A handle that you listed stands in a part of it that could not be read.",),
)


@dataclass(slots=True)
class _Waiting:
    """An arrival between its match and its reading."""

    arrival: Arrival
    match: Match
    unread: str | None
    feedback_reason: str | None = None

    @property
    def asks_reader(self) -> bool:
        return (
            self.arrival.kind not in _UNREAD_KINDS
            and self.arrival.direction is not Direction.OUT
            and is_read(self.match)
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """What is remembered of an earlier arrival, for feedback about it."""

    direction: Direction
    senders: tuple[Address, ...]


class Replay:
    """One run over one file. ``warn`` gets plain sentences for standard error."""

    def __init__(self, plan: Plan, reader: Reader, warn: Callable[[str], None]) -> None:
        self._plan = plan
        self._reader = reader
        self._warn = warn
        self._known = Known.from_plan(plan)
        self._recogniser = Recogniser(plan)
        self._unfolding = Unfolding(plan)
        self._latest: datetime | None = None
        self._forgotten: datetime | None = None
        self._number = 0
        self._before: OrderedDict[str, _Before] = OrderedDict()

    def decide_line(self, untrusted_line: bytes) -> str:
        """The decision for the next line, as a line of JSON. Raises UserError."""
        return next(self.decide_lines([untrusted_line]))

    def decide_lines(self, untrusted_lines: Iterable[bytes]) -> Iterator[str]:
        """A decision for each line, in order; empty lines are passed over.

        Raises UserError for the first line that is not of the form; what came
        before it has been decided by then.
        """
        batch: list[_Waiting] = []
        size = 0
        for untrusted_line in untrusted_lines:
            self._number += 1
            if not untrusted_line.strip():
                continue
            try:
                line = self._line(untrusted_line)
            except UserError:
                yield from self._decide(batch)
                raise
            if line.arrival.kind is Kind.FEEDBACK and batch:
                yield from self._decide(batch)
                batch, size = [], 0
            batch.append(self._matched(line))
            size += len(untrusted_line)
            if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
                yield from self._decide(batch)
                batch, size = [], 0
        yield from self._decide(batch)

    # Steps 1 and 2

    def _line(self, untrusted_line: bytes) -> Line:
        line = read_line(untrusted_line, self._number)
        at = line.arrival.received_at
        if self._latest is not None and at < self._latest:
            self._warn(f"Line {self._number} is earlier than one before it; taken as it stands.")
        else:
            self._latest = at
            self._forget_daily(at)
        if line.arrival.raw is not None:
            line.arrival = self._completed(line)
        return line

    def _forget_daily(self, at: datetime) -> None:
        """Unknown senders are kept for 30 days here too, by the clock of the file."""
        if self._forgotten is None or at - self._forgotten >= timedelta(days=1):
            self._forgotten = at
            self._recogniser.forget_old(at)

    def _completed(self, line: Line) -> Arrival:
        """The fields that the line left out, from the original mail; every sender of either."""
        given = line.arrival
        mail = from_raw(
            given.raw or b"",
            id=given.id,
            authserv=self._plan.you.authserv,
            own_handles=self._plan.you.handles,
            account=given.account,
            fallback_received_at=given.received_at,
        ).arrival
        direction = given.direction if "direction" in line.said else self._direction(mail)
        return replace(
            given,
            direction=direction,
            senders=_both(given.senders, mail.senders),
            recipients=_both(given.recipients, mail.recipients),
            subject=given.subject if given.subject is not None else mail.subject,
            auth=given.auth if "auth" in line.said else mail.auth,
            problems=(*given.problems, *mail.problems),
        )

    def _direction(self, mail: Arrival) -> Direction:
        """Anybody can write the person's own address into From: out only where it went to them."""
        if mail.direction is Direction.OUT and mail.auth.dmarc != "fail":
            return Direction.OUT if self._known.match(mail).other else Direction.IN
        return Direction.IN

    def _matched(self, line: Line) -> _Waiting:
        arrival = line.arrival
        if arrival.kind in _UNREAD_KINDS:
            waiting = _Waiting(arrival, Match(), None)
            if arrival.kind is Kind.FEEDBACK:
                waiting.feedback_reason = self._learn(arrival)
            return waiting
        match = self._known.match(arrival)
        # Too much to be read whole, or broken: a sender may stand in it unseen.
        unseen = line.broken or (arrival.raw if arrival.problems else None)
        if match.other is None and unseen:
            label = self._known.named_in(unseen)
            match = replace(_IN_BROKEN, other=label) if label else match
        self._remember(arrival)
        return _Waiting(arrival, match, line.unread)

    def _remember(self, arrival: Arrival) -> None:
        """Whose handles it came from, and nothing of what was in it."""
        self._before[arrival.id] = _Before(arrival.direction, arrival.senders[:MOST_SENDERS])
        self._before.move_to_end(arrival.id)
        if len(self._before) > REMEMBERED:
            self._before.popitem(last=False)

    def _learn(self, arrival: Arrival) -> str:
        said = arrival.feedback
        if said is None:
            return "It does not say what of which arrival, so nothing was learnt."
        about = self._before.get(said.about)
        if about is None:
            return "It speaks of no earlier arrival of this file, so nothing was learnt."
        earlier = replace(arrival, direction=about.direction, senders=about.senders)
        self._recogniser.feedback(earlier, said, self._known.meant(said))
        if self._known.learn(earlier, said):
            return "It holds from the next arrival on."
        return "It changes nothing that the plan does not say already."

    # Steps 4 and 5

    def _decide(self, batch: list[_Waiting]) -> Iterator[str]:
        readings = self._read(batch)
        judged = [self._judged(one, reading) for one, reading in zip(batch, readings, strict=True)]
        for one, judgement in zip(batch, self._read_again(batch, judged), strict=True):
            whole = self._unfolding.seen(judgement)
            yield decision_line(_with_reason(whole, one.feedback_reason))

    def _read(self, batch: list[_Waiting]) -> list[Reading | None]:
        asked = [one for one in batch if one.asks_reader]
        answers = iter(
            self._reader.read_many(
                [reading_input(self._plan, one.arrival, one.match) for one in asked]
            )
            if asked
            else []
        )
        return [
            _with_unread(next(answers), one.unread if one.match.other is not None else None)
            if one.asks_reader
            else (Reading() if is_read(one.match) else None)
            for one in batch
        ]

    def _judged(self, one: _Waiting, reading: Reading | None) -> Judgement:
        if one.arrival.kind in _UNREAD_KINDS:
            decision = decide(self._plan, one.arrival, one.match, reading)
            return Judgement(one.arrival, one.match, reading, decision)
        return judge(self._plan, self._known, self._recogniser, one.arrival, one.match, reading)

    def _read_again(self, batch: list[_Waiting], judged: list[Judgement]) -> list[Judgement]:
        """What only its reading showed to be theirs is read once more, as theirs."""
        again = [
            (at, replace(one, match=judgement.match))
            for at, (one, judgement) in enumerate(zip(batch, judged, strict=True))
            if one.match.other is None and judgement.match.other is not None
        ]
        whole = list(judged)
        readings = self._read([one for _, one in again])
        for (at, one), reading in zip(again, readings, strict=True):
            whole[at] = self._judged(one, reading)
        return whole


def _with_unread(reading: Reading, unread: str | None) -> Reading:
    return reading if unread is None else replace(reading, unread=unread)


def _with_reason(judgement: Judgement, reason: str | None) -> Judgement:
    if reason is None:
        return judgement
    decision = judgement.decision
    more = replace(decision, reasons=(*decision.reasons, reason))
    return replace(judgement, decision=more)


def _both(given: tuple[Address, ...], found: tuple[Address, ...]) -> tuple[Address, ...]:
    """Addresses of the line, then those of the original that the line does not have."""
    handles = {one.handle for one in given}
    return (*given, *(one for one in found if one.handle not in handles))
