"""Who hears of danger first: the person, or the reviewer who agreed to it.

1. The plan lets a reviewer hear of a suicide threat first (plan/suicide.py), somebody can open
   what is sealed, and there is a way to whoever was agreed on. Else the person hears at once.
2. No other danger of this other was told before, and none comes meanwhile.
3. The note to them goes out at once; where it does not, the person hears.
4. They answer, by sorting it, within the minutes that the person chose; else the person hears.

Which notice it is about lies under the machine key, for every danger of tier 1 alike.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from stillwater.circle.models import Opened
from stillwater.core.errors import UserError
from stillwater.core.words import Tier
from stillwater.gate.asking import has_reviewer
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.plans import ActivePlan
from stillwater.gate.sameness import danger_of, hidden
from stillwater.gate.signals.models import Delivery, Signals, Way
from stillwater.gate.signals.texts import pace_of
from stillwater.people.models import Person
from stillwater.plan.suicide import THREATENED_BEFORE, is_for_reviewer
from stillwater.vault.machine import MachineKey

GRACE = timedelta(minutes=2)  # for the first note to them to go out
_PERSON, _REVIEWER = "p", "r"
_NO_ITEM = "-" * 32


@dataclass(frozen=True)
class First:
    """For one gate: of what a reviewer hears first."""

    person: Person
    machine: MachineKey
    plan: ActivePlan

    def is_reviewers(self, alert: Judgement, now: datetime) -> bool:
        """Whether this goes to the reviewer first."""
        if not is_for_reviewer(self.plan.plan, alert.arrival, alert.match, alert.reading):
            return False
        return reached_by(self.person, now) is not None and not self._was_danger(alert)

    def seal(self, item: str | None, *, is_reviewers: bool) -> bytes:
        """What the gate has to know of a notice of tier 1, in one length for all."""
        told = {"first": _REVIEWER if is_reviewers else _PERSON, "item": item or _NO_ITEM}
        return self.machine.seal_secret(self.person.public_id, json.dumps(told).encode())

    def is_still_theirs(self, notice: Notice) -> bool:
        """Whether an open notice went to the reviewer, and was not handed over."""
        return notice.tier == Tier.AT_ONCE and _item(self.machine, notice) is not None

    def _was_danger(self, alert: Judgement) -> bool:
        """Stalking, a weapon or a threat of theirs before; what nobody can tell counts as that."""
        label = alert.match.other or ""
        row = self.plan.others.get(label)
        by_hand = Attempt.objects.filter(person=self.person, other=row, how="none", tier__gt=0)
        if row is None or by_hand.exists():
            return True
        before = {
            hidden(self.person, self.machine, danger_of(label, kind.value))
            for kind in THREATENED_BEFORE
        }
        told = Notice.objects.filter(person=self.person, tier__gt=0)
        return any(
            not kinds or not before.isdisjoint(kinds)
            for kinds in told.values_list("categories_hmac", flat=True)
        )


def reached_by(person: Person, now: datetime) -> Way | None:
    """The way to the reviewer who was agreed on; None: none can be reached."""
    if not has_reviewer(person, now):
        return None
    return Way.objects.filter(person=person, is_agreed=True).first()


def with_reviewer(person: Person, machine: MachineKey, now: datetime) -> frozenset[int]:
    """The open notices of which the person does not hear yet."""
    found = _reviewers(person, machine)
    way = reached_by(person, now) if found else None
    if way is None:
        return frozenset()
    after = pace_of(Signals.of(person)).agreed_after
    rows = {row.notice_id: row for row in Delivery.objects.filter(way=way, notice__in=found)}
    return frozenset(
        one.pk for one in found if _waits(now - one.opened_at, rows.get(one.pk), after)
    )


def _waits(age: timedelta, row: Delivery | None, after: timedelta) -> bool:
    """A clock that was set back, or a note that did not go out, ends it."""
    if not timedelta(0) <= age < after:
        return False
    if row is None or row.step == 0:
        return age < GRACE and (row is None or row.tries == 0)
    return True


def hand_over_what_is_due(person: Person, machine: MachineKey, now: datetime) -> int:
    """Nobody answered: from now on the person hears, as of any danger. Gives how many."""
    found = _reviewers(person, machine)
    waiting = with_reviewer(person, machine, now) if found else frozenset()
    due = [one for one in found if one.pk not in waiting]
    for one in due:
        hand_over(one, machine, now)
    return len(due)


def hand_over(notice: Notice, machine: MachineKey, now: datetime) -> None:
    """From now on the person hears of it; whoever was agreed on begins anew."""
    told = {"first": _PERSON, "item": _item(machine, notice) or _NO_ITEM}
    with transaction.atomic():
        notice.for_gate = machine.seal_secret(notice.person.public_id, json.dumps(told).encode())
        notice.opened_at = now
        notice.save(update_fields=["for_gate", "opened_at"])
        Delivery.objects.filter(notice=notice, way__is_agreed=True).delete()


def is_seen(notice: Notice, machine: MachineKey) -> bool:
    """Whether a reviewer opened it, or sorted it: then the note to them is not said again."""
    item = _item(machine, notice)
    opened = Opened.objects.filter(
        item=item, member__person=notice.person, at__gte=notice.opened_at
    )
    return opened.exists() or not _is_in_queue(notice.person, item)


def was_sorted(person: Person, machine: MachineKey, items: Sequence[str], now: datetime) -> None:
    """A reviewer answered: what they were told of first needs nobody any more.

    Where more came in silence meanwhile, it goes on to the person all the same. Inside a
    transaction.
    """
    waiting = with_reviewer(person, machine, now)
    for one in _reviewers(person, machine):
        if one.pk in waiting and not one.more_came and _item(machine, one) in items:
            Notice.objects.filter(pk=one.pk).update(acknowledged_at=now)


def _reviewers(person: Person, machine: MachineKey) -> list[Notice]:
    """The open notices that went to the reviewer first, oldest first."""
    mine = Notice.objects.filter(person=person, tier=Tier.AT_ONCE, acknowledged_at=None)
    rows = mine.exclude(for_gate=b"").defer("sealed").select_related("person")
    return [one for one in rows.order_by("opened_at", "pk") if _item(machine, one) is not None]


def _item(machine: MachineKey, notice: Notice) -> str | None:
    """The item of a notice that went to the reviewer; None: the person's, or not to be opened."""
    if not notice.for_gate:
        return None
    try:
        opened = machine.open_secret(notice.person.public_id, bytes(notice.for_gate))
    except UserError:
        return None
    told: dict[str, str] = json.loads(opened)
    return told["item"] if told["first"] == _REVIEWER else None


def _is_in_queue(person: Person, item: str | None) -> bool:
    return Attempt.objects.filter(person=person, item__public_id=item, wants_review=True).exists()
