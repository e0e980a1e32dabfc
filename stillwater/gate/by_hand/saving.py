"""Saving an entry, and adding to it: sealed in the vault first, then one transaction.

1. The person's lock is held. What was saved from this draft before is that entry: a second
   press makes no second one.
2. The entry is sealed, and after it what is kept apart, and each picture as it came. All of
   it is on the disk.
3. One transaction writes items, ledger leaves and the checkpoint, the attempt, the entry with
   its parts, what was counted and a notice where a storm or a new way in begins with it, and
   takes the draft away.

A kill between 2 and 3 leaves files that nothing names, which the sweeper sets aside; the
draft is still there.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from stillwater.channels.by_hand import entry as forms
from stillwater.channels.by_hand.entry import Draft
from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.times import Exactness
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.core.judgements import Danger, Match, Reading
from stillwater.core.saying import to_say
from stillwater.core.words import Channel, DangerCategory, Direction, How, Kind
from stillwater.gate.by_hand.counting import NO_OPINION, Counting
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.judging import Judgement
from stillwater.gate.keeping import epoch_now, hold_ledger
from stillwater.gate.models import Attempt, Authorship, HandDraft, HandEntry, HandPart
from stillwater.gate.plans import ActivePlan, active_plan
from stillwater.gate.records import sealed_record
from stillwater.gate.rows import arrival_of
from stillwater.people.models import Other, Person
from stillwater.vault import ledger
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item
from stillwater.vault.sealing import Sealed, ToSeal, record, seal_files


class _Part(NamedTuple):
    """Something sealed beside the entry, and what its row says to the person."""

    role: HandPart.Role
    sealed: Sealed
    said: dict[str, Any]


@dataclass(frozen=True)
class ByHand:
    """Writing for good, for one person who is signed in."""

    session: Session
    home: Home
    machine: MachineKey
    clock: Clock
    zone: ZoneInfo
    randomness: Randomness = system_randomness

    @property
    def person(self) -> Person:
        return self.session.person

    def saved(self, draft_id: str) -> Attempt | None:
        """What was saved from a draft before."""
        identity = self._identity(draft_id)
        return Attempt.objects.filter(person=self.person, source_identity=identity).first()

    def save(self, draft_id: str) -> Attempt:
        """Save a draft; gives the attempt. Raises UserError where that cannot be done now."""
        drafts = Drafts(self.session, self.clock, self.randomness)
        with self._at_work():
            before = self.saved(draft_id)
            if before is not None:
                return before
            draft = drafts.find(draft_id)
            if draft is None:
                raise UserError(
                    to_say("That is not being written any more."), to_say("Begin once more.")
                )
            draft.may_be_saved()
            now = self.clock.now()
            said = forms.sealed_entry(draft, now.astimezone(self.zone), str(self.zone))
            raw = forms.canonical(said)
            at = forms.happened(draft, now, str(self.zone)).at
            (first,) = self._seal(draft.happening.channel, draft.happening.kind, at, raw)
            parts = [*self._apart(draft, first, now), *self._pictures(drafts, draft, now)]
            plan = active_plan(self.person, self.machine, now)
            with transaction.atomic():
                items = self._record([first, *(part.sealed for part in parts)])
                attempt = self._attempt(draft, raw, at, items[0], now, plan)
                entry = HandEntry.objects.create(
                    person=self.person, attempt=attempt, sealed=self._private(said)
                )
                for part, item in zip(parts, items[1:], strict=True):
                    self._row(entry, part, item, now)
                HandDraft.objects.filter(person=self.person, public_id=draft_id).delete()
            ledger.pin(self.home, self.person)
        return attempt

    def correct(
        self, entry: HandEntry, untrusted_text: str, form_key: str, other: str = ""
    ) -> HandPart:
        """Append a correction; what was written before stays. Raises UserError.

        ``other``: the opaque id of an other, where the entry did not say whose it was.
        """
        text = forms.clean(untrusted_text)
        forms.check_length(text)
        row = self._other(other)
        if not text and row is None:
            raise UserError(
                to_say("Nothing was written."), to_say("Write what was different, then save it.")
            )
        text = text or "Now I know who it was."
        attempt = entry.attempt
        with self._at_work():
            before = entry.parts.filter(form_key=form_key).first() if form_key else None
            if before is not None:
                return before
            now = self.clock.now()
            local = now.astimezone(self.zone)
            said = forms.sealed_part("correction", attempt.item.public_id, text, local)
            channel, kind = Channel(attempt.channel), Kind(attempt.kind)
            (sealed,) = self._seal(channel, kind, now, forms.canonical(said))
            part = _Part(HandPart.Role.CORRECTION, sealed, said)
            with transaction.atomic():
                (item,) = self._record([sealed])
                made = self._row(entry, part, item, now, form_key)
                if row is not None:
                    self._is_theirs(entry, row, now)
            ledger.pin(self.home, self.person)
        return made

    def _is_theirs(self, entry: HandEntry, whose: Other, now: datetime) -> None:
        """Whose it was is said later: from then on it counts. Inside the transaction."""
        attempt = entry.attempt
        if not Attempt.objects.filter(pk=attempt.pk, other=None).update(other=whose):
            return
        plan = active_plan(self.person, self.machine, now)
        if plan is None:
            return
        said = json.loads(self.session.open_private(bytes(entry.sealed)))
        happening = Happening(said["happening"])
        self._counting(plan, now).count(happening, arrival_of(attempt), whose, attempt.item)

    def _counting(self, plan: ActivePlan, now: datetime) -> Counting:
        return Counting(self.person, self.machine, plan, now)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """Alone with this person's vault, under the ledger that was pinned."""
        with person_lock(self.home, self.person, wait=AT_A_PAGE):
            hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
            yield

    def _identity(self, draft_id: str) -> bytes:
        return self.machine.source_identity(self.person.public_id, forms.source_form(draft_id))

    def _seal(self, channel: Channel, kind: Kind, at: datetime, raw: bytes) -> list[Sealed]:
        epoch = epoch_now(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
        return seal_files(self.home, epoch, [ToSeal(raw, at, channel, kind)], self.randomness)

    def _apart(self, draft: Draft, first: Sealed, now: datetime) -> Iterator[_Part]:
        """The leaf of each looks like the entry's own: what it is about lies sealed."""
        local = now.astimezone(self.zone)
        for name, text in draft.apart().items():
            said = forms.sealed_part(name, first.public_id, text, local)
            (sealed,) = self._seal(first.channel, first.kind, now, forms.canonical(said))
            yield _Part(HandPart.Role.APART, sealed, said)

    def _pictures(self, drafts: Drafts, draft: Draft, now: datetime) -> Iterator[_Part]:
        """One at a time: ten large ones are never in memory together."""
        for picture in draft.pictures:
            raw = drafts.picture(picture)
            (sealed,) = self._seal(draft.happening.channel, draft.happening.kind, now, raw)
            yield _Part(HandPart.Role.PICTURE, sealed, {"part": "picture", **picture.as_json()})

    def _record(self, sealed: Sequence[Sealed]) -> list[Item]:
        return record(
            self.person, sealed, home=self.home, clock=self.clock, randomness=self.randomness
        )

    def _attempt(
        self,
        draft: Draft,
        raw: bytes,
        at: datetime,
        item: Item,
        now: datetime,
        plan: ActivePlan | None,
    ) -> Attempt:
        arrival, whose = forms.arrival_of(draft, raw, at), self._other(draft.other)
        happened: tuple[DangerCategory, ...] = ()
        decision = NO_OPINION
        if whose is not None and plan is not None:
            happened, decision = self._counting(plan, now).count(
                draft.happening, arrival, whose, item
            )
        said = (draft.happening.danger,) if draft.happening.danger else ()
        danger = Danger((*said, *happened))
        judgement = Judgement(arrival, Match(), Reading(danger=danger), decision)
        exact = draft.happened is not None and draft.happened.exactness is Exactness.EXACT
        return Attempt.objects.create(
            person=self.person,
            item=item,
            other=whose,
            source_identity=self._identity(draft.id),
            channel=draft.happening.channel,
            kind=draft.happening.kind,
            direction=Direction.IN,
            received_at=at,
            received_at_is_guess=not exact,
            recorded_at=now,
            how=How.NONE,  # no handle: the person says so
            plan_number=plan.number if plan else 0,
            tier=int(danger.tier),
            action=decision.action,  # mostly no notice: whoever wrote it knows
            state=Attempt.State.READ,
            sealed_reading=seal_private(self._recipient, sealed_record(judgement)),
            wants_review=False,
        )

    def _other(self, public_id: str) -> Other | None:
        return Other.objects.filter(person=self.person, public_id=public_id).first()

    def _row(
        self, entry: HandEntry, part: _Part, item: Item, now: datetime, form_key: str = ""
    ) -> HandPart:
        return HandPart.objects.create(
            person=self.person,
            entry=entry,
            item=item,
            role=part.role,
            form_key=form_key,
            recorded_at=now,
            sealed=self._private(part.said),
        )

    @property
    def _recipient(self) -> str:
        return keyring_of(self.person).recipient

    def _private(self, said: dict[str, Any]) -> bytes:
        return seal_private(self._recipient, json.dumps(said).encode())


def say_who_wrote(
    session: Session, item: Item, *, not_mine: bool, home: Home, clock: Clock
) -> None:
    """The person says that they did not write an item of theirs, or takes that back.

    Of any item, without opening it; a leaf says so for ever. Saying the same twice is once.
    Raises UserError for an item of somebody else.
    """
    person = session.person
    if item.person_id != person.pk:
        raise UserError("That item is not yours.", "", ExitCode.NOT_ALLOWED)
    with person_lock(home, person, wait=AT_A_PAGE):
        hold_ledger(person, home=home, clock=clock)
        if is_not_mine(person, item) == not_mine:
            return
        now = clock.now()
        says = "not_written_by_me" if not_mine else "taken_back"
        leaf = {
            "kind": "authorship",
            "at": ledger.moment(now),
            "item": item.public_id,
            "says": says,
        }
        with transaction.atomic():
            Authorship.objects.create(person=person, item=item, not_mine=not_mine, said_at=now)
            ledger.write(person, [leaf], home=home, clock=clock)
        ledger.pin(home, person)


def is_not_mine(person: Person, item: Item) -> bool:
    """Whether the person's last word on an item is that they did not write it."""
    said = Authorship.objects.filter(person=person, item=item).order_by("pk").last()
    return said is not None and said.not_mine
