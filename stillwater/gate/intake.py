"""Steps 3 to 6: seal, record, read, decide, carry out, for many arrivals at a time.

The order is what keeps everything safe, whenever the machine stops:

1. Strangers are read first; only those with danger in them, or who turn out
   to be theirs after all, go on. The rest is left where it was.
2. What was taken in before is recognised by its source identity and left out.
3. The originals go into the spool (machine key) and into the vault (age), and
   both are on the disk before anything names them.
4. One transaction writes items, ledger leaves, the checkpoint, one row an
   attempt, the notices about what stays where it was, and how far the source
   has been read. From here on nothing is lost.
5. The reader reads, the plan decides.
6. What happened over time is seen in what came (over_time.py), in order, and
   one transaction writes what was decided, the notices, and what was counted.
7. The spool of this batch is emptied.

A kill between 3 and 4 leaves orphan files, which the sweeper sets aside; the
source still has the originals. A kill between 4 and 7 leaves a spool file,
which ``finish_what_was_left`` takes up at step 5: what was decided before the kill is
neither counted nor told again. Everything is idempotent.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.core.judgements import Match
from stillwater.core.words import Action, How, Tier
from stillwater.gate import notices, rows
from stillwater.gate.feedback import Hearing
from stillwater.gate.first import First
from stillwater.gate.judging import Judge, Judgement, unread
from stillwater.gate.keeping import epoch_now, hold_ledger
from stillwater.gate.outcomes import Outcome, how_many, outcome_of
from stillwater.gate.over_time import OverTime
from stillwater.gate.plans import ActivePlan
from stillwater.gate.records import sealed_record
from stillwater.gate.spooling import Spool, Spooled
from stillwater.gate.triage import Lane, Triaged, triage_mail, triage_unreadable
from stillwater.identity.known import Known
from stillwater.identity.recognising import ASK_FROM
from stillwater.people.models import Person
from stillwater.text.mail import source_form
from stillwater.vault import ledger
from stillwater.vault.locks import Held
from stillwater.vault.machine import MachineKey
from stillwater.vault.sealing import ToSeal, record, seal_files


@dataclass(frozen=True)
class Taken:
    """A batch that is sealed and recorded, and being read."""

    fresh: Mapping[bytes, Triaged]  # by source identity
    judgements: Future[list[Judgement]]  # of ``fresh``, in order
    stays: Sequence[Judgement]  # strangers', left where they were
    spooled: Path | None
    outcome: Outcome


@dataclass
class Intake:
    """The gate of one person: takes batches of arrivals all the way.

    The caller holds the person's lock (vault/locks.py).
    """

    person: Person
    home: Home
    machine: MachineKey
    plan: ActivePlan
    known: Known
    judge: Judge
    clock: Clock
    private: Callable[[bytes], bytes]  # seals to the person
    randomness: Randomness = field(default=system_randomness)
    held: Held | None = None  # the person's lock, where it can be given away for a moment
    hearing: Hearing | None = None  # what the person says while the lock is given away

    def is_wanted(self) -> bool:
        """Whether somebody waits for this person's vault: live mail, most likely."""
        return self.held is not None and self.held.is_wanted()

    def give_way(self) -> None:
        """Let whoever waits go first. Between two batches only, when all is settled."""
        if self.held is not None:
            self.held.give_way()
            hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
            if self.hearing is not None:
                self.hearing.catch_up()

    @cached_property
    def _spool(self) -> Spool:
        return Spool(self.home, self.machine, self.person, self.randomness)

    def triage(
        self,
        untrusted_raw: bytes,
        *,
        arrived_at: datetime | None = None,
        also_own: tuple[str, ...] = (),
    ) -> Triaged:
        """Steps 1 and 2 for one mail.

        ``arrived_at`` is when its server says that it came in; ``also_own`` are
        addresses of the person beside those in the plan.
        """
        you = self.plan.plan.you
        if also_own:
            you = replace(you, handles=(*you.handles, *also_own))
        return triage_mail(
            untrusted_raw,
            known=self.known,
            you=you,
            fallback_received_at=arrived_at or self.clock.now(),
            randomness=self.randomness,
        )

    def triage_unreadable(self, untrusted_raw: bytes, why: str) -> Triaged | None:
        """The same for bytes that are no mail; None: they name nobody in the plan."""
        return triage_unreadable(
            untrusted_raw,
            why,
            known=self.known,
            now=self.clock.now(),
            randomness=self.randomness,
        )

    def take(self, batch: Sequence[Triaged]) -> Outcome:
        """Take a batch of triaged arrivals through steps 3 to 6."""
        return self.settle(self.take_in(batch))

    def take_in(
        self, batch: Sequence[Triaged], also_in_transaction: Callable[[], None] | None = None
    ) -> Taken:
        """Steps 3 and 4 for a batch; reading goes on in the background until ``settle``.

        ``also_in_transaction`` runs in the transaction of step 4, and always:
        whoever feeds the batch notes there how far it has come.
        """
        strangers = [one for one in batch if one.lane is Lane.STRANGER]
        judged = dict(zip(map(id, strangers), self.judge.begin(strangers).result(), strict=True))
        going_on = [_as_judged(one, judged.get(id(one))) for one in batch if _goes_on(one, judged)]
        fresh = self._without_duplicates(going_on)
        stays = [judged[id(one)] for one in strangers if not _goes_on(one, judged)]
        spooled = self._seal_and_record(fresh, stays, also_in_transaction)
        return Taken(
            fresh=fresh,
            judgements=self.judge.begin(list(fresh.values())),
            stays=stays,
            spooled=spooled,
            outcome=Outcome(
                untouched=len(batch) - len(going_on), duplicates=len(going_on) - len(fresh)
            ),
        )

    def settle(self, taken: Taken) -> Outcome:
        """Steps 5 to 7: what the reader said is decided and written, and the spool emptied."""
        judged = dict(zip(taken.fresh, taken.judgements.result(), strict=True))
        outcome = taken.outcome
        undated = {one for one, given in taken.fresh.items() if given.received_at_is_guess}
        outcome.add(self._write(judged, undated))
        outcome.alerts += how_many(taken.stays, Action.ALERT)
        outcome.asked += how_many(taken.stays, Action.ASK)
        if taken.spooled is not None:
            self._spool.empty(taken.spooled)
        return outcome

    def matches_of(
        self, batch: Sequence[Triaged], taken: Taken | None = None
    ) -> list[Match | None]:
        """As what each was sealed, by now or before; None: it was not sealed, or is nobody's.

        ``taken``: what was settled just now, whose matches are still known in full.
        """
        judged: dict[bytes, Match] = {}
        if taken is not None:
            matches = (one.match for one in taken.judgements.result())
            judged = dict(zip(taken.fresh, matches, strict=True))
        identities = [self._source_identity(one.raw) for one in batch]
        recorded = rows.whose(self.person, identities)
        return [
            self._known_match(one, judged.get(identity), recorded.get(identity))
            for one, identity in zip(batch, identities, strict=True)
        ]

    def _known_match(
        self, one: Triaged, judged: Match | None, recorded: rows.Recorded | None
    ) -> Match | None:
        if judged is not None:
            return judged if judged.other is not None else None
        if recorded is None:
            return None
        match = self._recorded_match(one, recorded)
        if match is None or match.how is not How.SUSPECTED or recorded.action == Action.HELD:
            return match
        # How sure it was stands in no row; the danger in it was told. It is not hidden.
        return replace(match, confidence=0.0)

    def _recorded_match(self, one: Triaged, recorded: rows.Recorded) -> Match | None:
        """What the row still knows of a match; None: nobody's, or the person is to be asked."""
        label = self._labels.get(recorded.other)
        how = How(recorded.how)
        if label is None or (how is How.SUSPECTED and recorded.action == Action.ASK):
            return None
        if how is How.RELAY:
            # Which relay it was stands in no row: the plan says it of the sender.
            return self.known.match(one.arrival, carries_word=True)
        return Match(label, how, confidence=1.0)

    def finish_what_was_left(self) -> Outcome:
        """Take up every batch that was sealed and recorded but not decided."""
        outcome = Outcome()
        for path, spooled in self._spool.left_over():
            recorded = rows.whose(self.person, [one.source_identity for one in spooled])
            batch = {
                one.source_identity: self._triage_again(one, recorded[one.source_identity])
                for one in spooled
                if one.source_identity in recorded and not recorded[one.source_identity].is_decided
            }
            judgements = self.judge.begin(list(batch.values())).result()
            undated = {one for one, given in batch.items() if given.received_at_is_guess}
            outcome.add(self._write(dict(zip(batch, judgements, strict=True)), undated))
            self._spool.empty(path)
        outcome.add(self._give_up_reading())
        return outcome

    def _give_up_reading(self) -> Outcome:
        """What is sealed and in no spool any more can be read by nobody but a reviewer.

        That is itself a reason for a notice: the spool may have been damaged on purpose.
        """
        undecided = rows.undecided(self.person)
        given_up = {
            bytes(attempt.source_identity): unread(
                rows.arrival_of(attempt),
                Match(self._labels.get(attempt.other_id), How(attempt.how)),
            )
            for attempt in undecided
        }
        undated = {bytes(one.source_identity) for one in undecided if one.received_at_is_guess}
        return self._write(given_up, undated) if given_up else Outcome()

    @cached_property
    def _labels(self) -> dict[int | None, str]:
        return {row.pk: label for label, row in self.plan.others.items()}

    def _triage_again(self, spooled: Spooled, recorded: rows.Recorded) -> Triaged:
        """As when it was sealed: what was theirs then (its neighbours showed it) is theirs now."""
        again = None
        if spooled.unreadable is not None:
            again = self.triage_unreadable(spooled.raw, spooled.unreadable)
        again = again or self.triage(spooled.raw)
        # When it came in may have been its server's word, which stands in no spool.
        again = replace(
            again,
            arrival=replace(again.arrival, received_at=recorded.received_at),
            received_at_is_guess=recorded.received_at_is_guess,
        )
        match = self._recorded_match(again, recorded)
        if match is None or again.match.other is not None:
            return again
        if match.how is How.SUSPECTED:
            # No row says how sure it was: asked about, rather than held in silence.
            match = replace(match, confidence=ASK_FROM)
        return replace(again, match=match, lane=Lane.THEIRS)

    def _without_duplicates(self, batch: Sequence[Triaged]) -> dict[bytes, Triaged]:
        """By source identity, and only what was never taken in before."""
        by_identity: dict[bytes, Triaged] = {}
        for one in batch:
            by_identity.setdefault(self._source_identity(one.raw), one)
        before = rows.taken_before(self.person, list(by_identity))
        return {identity: one for identity, one in by_identity.items() if identity not in before}

    def _source_identity(self, raw: bytes) -> bytes:
        return self.machine.source_identity(self.person.public_id, source_form(raw))

    def _seal_and_record(
        self,
        fresh: Mapping[bytes, Triaged],
        stays: Sequence[Judgement],
        also_in_transaction: Callable[[], None] | None,
    ) -> Path | None:
        """Spool, seal, and the first transaction; gives the spool file of this batch."""
        spooled = None
        if fresh:
            spooled = self._spool.put(
                [Spooled(identity, one.raw, one.unreadable) for identity, one in fresh.items()]
            )
        sealed = seal_files(
            self.home,
            epoch_now(self.person, home=self.home, clock=self.clock, randomness=self.randomness),
            [
                ToSeal(one.raw, one.arrival.received_at, one.arrival.channel, one.arrival.kind)
                for one in fresh.values()
            ],
            self.randomness,
        )
        with transaction.atomic():
            items = record(
                self.person,
                sealed,
                home=self.home,
                clock=self.clock,
                randomness=self.randomness,
            )
            rows.make(
                self.person,
                self.plan,
                zip(fresh.values(), fresh, items, strict=True),
                self.clock.now(),
            )
            # Told here: nothing else will remember them once the source is past them.
            self._tell(stays, {})
            if also_in_transaction is not None:
                also_in_transaction()
        ledger.pin(self.home, self.person)
        return spooled

    def _write(self, judged: Mapping[bytes, Judgement], undated: Collection[bytes]) -> Outcome:
        """The second transaction: what was decided, the notices, and what was counted.

        None of these was decided before. ``undated``: those of which no server said when
        they came in.
        """
        if not judged:
            return Outcome()
        now = self.clock.now()
        over_time = OverTime.of(self.person, self.machine, self.plan, now)
        judged = over_time.unfolded(judged, undated)
        judgements = list(judged.values())
        decided = [
            (identity, judgement, self.private(sealed_record(judgement)))
            for identity, judgement in judged.items()
        ]
        told = [one for one, judgement in judged.items() if notices.is_told(judgement)]
        with transaction.atomic():
            rows.fill_in(self.person, decided)
            items = rows.items_of(self.person, told).items()
            self._tell(judgements, {judged[one].arrival.id: item for one, item in items})
            over_time.save()
        return outcome_of(judgements)

    def _tell(self, judgements: Sequence[Judgement], items: Mapping[str, str]) -> None:
        notices.tell(
            self.person,
            self.machine,
            self.private,
            judgements,
            self.clock.now(),
            items,
            First(self.person, self.machine, self.plan),
        )


def _goes_on(one: Triaged, judged: Mapping[int, Judgement]) -> bool:
    """Whether this is sealed: theirs, or a stranger's with danger in it.

    A stranger's mail that only claims to come from a court, or that is a
    forged friend's, is told about and stays where it was.
    """
    judgement = judged.get(id(one))
    if judgement is None or judgement.reading is None:
        return one.lane is Lane.THEIRS
    return judgement.match.other is not None or judgement.reading.danger.tier is not Tier.NONE


def _as_judged(one: Triaged, judgement: Judgement | None) -> Triaged:
    """The same arrival under the match that its reading gave."""
    return one if judgement is None else replace(one, match=judgement.match)
