"""Review: a trusted friend opens what is held in the person's place, and sorts it.

1. A leaf that names the reviewer is committed before any plaintext is shown.
2. What they pass on is checked for runs of the original, then sealed to the person.
3. The person hears category, facts and note: never what was opened, never its words.

The reviewer's session opens originals and nothing else of the person's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from stillwater.circle import limits
from stillwater.circle.limits import Held
from stillwater.circle.models import HandedOn, Member, Opened, Reviewed
from stillwater.circle.permissions import Role
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, is_public_id, new_public_id, system_randomness
from stillwater.core.words import DangerCategory, Direction, Tier
from stillwater.gate import feedback, telling
from stillwater.gate.feedback import Proof
from stillwater.gate.first import was_sorted
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.models import Attempt
from stillwater.gate.originals import Original, original_of
from stillwater.gate.sorting import (
    Sorted,
    Sorting,
    kind_of,
    must_quote_nothing,
    note_of,
    tier_of,
    told_of,
)
from stillwater.people.models import Person
from stillwater.plan.wording import CATEGORY_WORDS
from stillwater.vault import ledger, openings
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item
from stillwater.vault.opening import prove

VERSION = 1


@dataclass(frozen=True)
class Review:
    """What one reviewer may do for one person."""

    member: Member
    session: Session = field(repr=False)
    home: Home
    machine: MachineKey = field(repr=False)
    clock: Clock
    randomness: Randomness = field(default=system_randomness, repr=False)

    def queue(self) -> "QuerySet[Attempt]":
        """What waits for this reviewer: danger first, then need, then age."""
        return queue_of(self.session.person, self.member)

    def next(self, most: int) -> list[Attempt]:
        """The first few of the queue."""
        return first_of(self.queue(), most)

    def find(self, untrusted_id: str) -> Attempt | None:
        """One of the queue, by the id of its item."""
        if not is_public_id(untrusted_id):
            return None
        found = first_of(self.queue().filter(item__public_id=untrusted_id), 1)
        return found[0] if found else None

    def held_by(self, attempt: Attempt | None = None) -> Held | None:
        """What speaks against one more now. Danger passes; so does what is open today already."""
        if attempt is not None and (attempt.tier == Tier.AT_ONCE or self.is_open(attempt)):
            return None
        now = timezone.localtime(self.clock.now())
        return limits.what_holds(
            now=now,
            opened_today=self._opened_since(limits.day_began(now)),
            daily_limit=self.member.daily_limit,
            quiet_from=self.member.quiet_from,
            quiet_until=self.member.quiet_until,
            rests_until=self.member.rests_until,
        )

    def is_open(self, attempt: Attempt) -> bool:
        """Whether this reviewer opened it today, so that it may be shown again."""
        began = limits.day_began(timezone.localtime(self.clock.now()))
        item = attempt.item.public_id
        return Opened.objects.filter(member=self.member, item=item, at__gte=began).exists()

    def open(self, attempt: Attempt) -> None:
        """The leaf, and from now on it may be shown to this reviewer. Raises UserError."""
        if self.is_open(attempt):
            return
        if (held := self.held_by(attempt)) is not None:
            raise _for_today(held)
        self._must_reach(attempt)
        prove(attempt.item, self.home)
        person, now = self.session.person, self.clock.now()
        hold_ledger(person, home=self.home, clock=self.clock, randomness=self.randomness)
        with transaction.atomic():
            openings.must_have_a_true_clock(person, self.clock)
            leaf = openings.opened_leaf(attempt.item, "review", now, self.member.public_id)
            ledger.write(
                person, [leaf], home=self.home, clock=self.clock, randomness=self.randomness
            )
            Opened.objects.create(member=self.member, item=attempt.item.public_id, at=now)
        ledger.pin(self.home, person)

    def original(self, attempt: Attempt) -> Original:
        """What is in it, for the reviewer's eyes. Raises UserError where it was not opened."""
        if not self.is_open(attempt):
            raise UserError(_("It is not open."), _("Open it first."), ExitCode.NOT_ALLOWED)
        return original_of(attempt.channel, self.session.open_item(attempt.item, self.home))

    def sort(self, attempt: Attempt, sorting: Sorting) -> None:
        """Say what it is. Raises UserError where the note or a fact repeats its words."""
        original = self.original(attempt)
        must_quote_nothing(sorting, original)
        with transaction.atomic():
            now = self.clock.now()
            take_in(self.member, attempt, sorting, now, self.randomness)
            was_sorted(attempt.person, self.machine, [attempt.item.public_id], now)
        if sorting.sorted_as is Sorted.NOT_THEIRS:
            not_theirs(self.session, attempt, self.home, self.clock, self.member.public_id)

    def hand_on(self, attempt: Attempt) -> None:
        """Leave it to another reviewer. Raises UserError where there is nobody else."""
        others = Member.objects.filter(
            person=self.session.person, role=Role.REVIEWER, state=Member.State.ACTIVE
        ).exclude(pk=self.member.pk)
        gone = HandedOn.objects.filter(item=attempt.item.public_id).values("member")
        if not others.exclude(pk__in=gone).exists():
            raise UserError(
                _("There is nobody else who could take it yet."),
                _("You can leave it: it stays sealed, and it waits. The person may invite a second "
                  "reviewer."),
                ExitCode.NOT_NOW,
            )  # fmt: skip
        with transaction.atomic():
            HandedOn.objects.get_or_create(
                member=self.member,
                item=attempt.item.public_id,
                defaults={"at": self.clock.now()},
            )

    def _opened_since(self, began: datetime) -> int:
        opened = Opened.objects.filter(member=self.member, at__gte=began)
        return opened.values("item").distinct().count()

    def _must_reach(self, attempt: Attempt) -> None:
        """Before a leaf is written: was this month sealed to them yet?"""
        try:
            self.session.epoch_identity(attempt.item.epoch)
        except UserError as error:
            raise UserError(
                _("This one was sealed before you began."),
                _("It opens for you once the person has signed in again. The others do now."),
                ExitCode.NOT_NOW,
            ) from error


def not_theirs(
    session: Session, attempt: Attempt, home: Home, clock: Clock, reviewer: str = ""
) -> bool:
    """Teach the gate that a sender is somebody else; False where it may not be taught.

    A sender that the plan lists, or of whom the person said that it is one of theirs, stays
    theirs until the person says otherwise; and of some things nobody knows a sender. That it
    was sorted holds all the same.
    """
    try:
        feedback.say(
            session,
            attempt.item,
            "not_theirs",
            home=home,
            clock=clock,
            reviewer=reviewer,
            proof=Proof.REVIEWER,
        )
    except UserError as error:
        if error.exit_code is ExitCode.BROKEN:
            raise
        return False
    return True


def waiting_for_review(person: Person) -> "QuerySet[Attempt]":
    """What somebody should look at, and nobody has sorted yet."""
    return Attempt.objects.filter(person=person, wants_review=True, direction=Direction.IN)


def queue_of(person: Person, member: Member) -> "QuerySet[Attempt]":
    """What waits for a member: danger first, then need, then age; not what they handed on."""
    handed_on = HandedOn.objects.filter(member=member).values("item")
    return (
        waiting_for_review(person)
        .exclude(item__in=Item.objects.filter(public_id__in=handed_on))
        .order_by("urgency", "received_at", "pk")
    )


def first_of(queue: "QuerySet[Attempt]", most: int) -> list[Attempt]:
    """The first few, with their items. Sorted by ids alone: rows are wide, and may be many."""
    chosen = list(queue.values_list("pk", flat=True)[:most])
    whole = Attempt.objects.select_related("item", "item__epoch", "person").in_bulk(chosen)
    return [whole[pk] for pk in chosen]


def take_in(
    member: Member,
    attempt: Attempt,
    sorting: Sorting,
    now: datetime,
    randomness: Randomness = system_randomness,
) -> None:
    """Keep what was said, sealed, and tell the person. Inside a transaction.

    The caller has checked that nothing of the original is in it.
    """
    sorted_now = Attempt.objects.filter(pk=attempt.pk, wants_review=True)
    if not sorted_now.update(wants_review=False):
        raise UserError(_("Somebody sorted it already."), _("Nothing else is needed."))
    note = note_of(sorting)
    facts = [asdict(fact) for fact in sorting.facts]
    said = {
        "version": VERSION,
        "sorted": sorting.sorted_as,
        "category": sorting.category,
        "facts": facts,
        "note": note,
        "channel": attempt.channel,
        "received_at": attempt.received_at.isoformat(),
    }
    person = attempt.person
    Reviewed.objects.create(
        person=person,
        member=member,
        public_id=new_public_id(randomness),
        item=attempt.item.public_id,
        at=now,
        sealed=seal_private(keyring_of(person).recipient, json.dumps(said).encode()),
    )
    text = told_of(sorting, note)
    if text is None:
        return
    telling.tell(
        person,
        now,
        text,
        [kind_of(sorting)],
        tier=tier_of(sorting),
        item=attempt.item.public_id,
        channel=attempt.channel,
        received_at=attempt.received_at,
        facts=facts,
    )


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What the person hears of one item that was sorted."""

    at: datetime
    sorted_as: Sorted
    about: str  # the danger, in our words
    facts: Sequence[Mapping[str, str | None]]
    note: str


def passed_on(session: Session, last: int = 50) -> list[PassedOn]:
    """What reviewers passed on, the newest first; of hooks only those with a note."""
    found = Reviewed.objects.filter(person=session.person).order_by("-at", "-pk")[:last]
    said = [_opened(session, row) for row in found]
    return [one for one in said if one.sorted_as is not Sorted.HOOK or one.note]


def _opened(session: Session, row: Reviewed) -> PassedOn:
    said = json.loads(session.open_private(bytes(row.sealed)))
    category = said["category"]
    return PassedOn(
        at=row.at,
        sorted_as=Sorted(said["sorted"]),
        about=CATEGORY_WORDS[DangerCategory(category)] if category else "",
        facts=said["facts"],
        note=said["note"],
    )


def _for_today(held: Held) -> UserError:
    said = {
        Held.LIMIT: (
            _("That is enough for today."),
            _("You set this limit so that it stays bearable. The rest is sealed, and can wait."),
        ),
        Held.QUIET: (_("These are your quiet hours."), _("Nothing here is lost by waiting.")),
        Held.REST: (_("You are resting."), _("Nothing here is lost by waiting.")),
    }
    what, next_step = said[held]
    return UserError(what, next_step, ExitCode.NOT_NOW)
