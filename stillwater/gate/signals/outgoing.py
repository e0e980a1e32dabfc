"""What is due, claimed, sent, and noted: one round over everyone here.

The truth is in the rows. Each is claimed by a conditional UPDATE, so two that go round at
once send once; whoever is killed between sending and noting lets one note go out twice, and
none is lost: the lease runs out, and the next round takes it up.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from stillwater.core.clock import Clock
from stillwater.core.errors import UserError
from stillwater.core.words import Tier
from stillwater.core.zones import system_zone
from stillwater.gate.first import hand_over_what_is_due, is_seen, with_reviewer
from stillwater.gate.models import Notice
from stillwater.gate.signals import schedule
from stillwater.gate.signals.models import Delivery, Signals, Way
from stillwater.gate.signals.texts import Says, note_for, pace_of, quiet_of
from stillwater.gate.signals.transports import Transport
from stillwater.gate.signals.troubles import Trouble
from stillwater.gate.signals.ways import address_of, note_trouble
from stillwater.gate.told import told_to
from stillwater.people.models import Person, Settings
from stillwater.vault.machine import MachineKey

LEASE = timedelta(seconds=90)  # longer than one note may take (transports.PATIENCE)


@dataclass(frozen=True, slots=True)
class Errand:
    """One note on one way, and the rows that it speaks for."""

    way: Way
    rows: tuple[Delivery, ...]
    asks_reviewer: bool = False  # to look, before the person hears

    @property
    def says(self) -> Says:
        if self.asks_reviewer:
            return Says.REVIEW
        if self.way.is_agreed:
            return Says.AGREED
        danger = any(row.notice.tier == Tier.AT_ONCE for row in self.rows)
        return Says.DANGER if danger else Says.NOTE


Runs = Callable[[Callable[[], None]], object]


def _at_once(errand: Callable[[], None]) -> None:
    errand()


@dataclass(frozen=True)
class Post:
    """Takes notices out. ``runs`` carries one errand out: here, or in a thread of a pool."""

    machine: MachineKey
    clock: Clock
    transport: Transport
    runs: Runs = _at_once

    def go_round(self) -> int:
        """Claim everything that is due and send it; gives how many notes were begun."""
        begun = 0
        for errand in self.due():
            claimed = self.claim(errand)
            if claimed is not None:
                begun += 1
                self.runs(_Carrying(self, claimed))
        return begun

    def due(self) -> list[Errand]:
        """What is to be said now, tier 1 first."""
        ids = _may_be_due().values_list("person_id", flat=True).distinct()
        errands = [one for person in Person.objects.filter(pk__in=ids) for one in self._of(person)]
        return sorted(errands, key=lambda one: one.says is Says.NOTE)

    def _of(self, person: Person) -> Iterator[Errand]:
        now = self.clock.now()
        hand_over_what_is_due(person, self.machine, now)
        plan = _Plan.of(person, self.machine, now)
        for way in plan.ways:
            rows = plan.for_agreed(way) if way.is_agreed else plan.for_person(way)
            if rows:
                yield Errand(way, tuple(rows))
            if way.is_agreed and (rows := plan.for_reviewer(way, self.machine)):
                yield Errand(way, tuple(rows), asks_reviewer=True)

    def claim(self, errand: Errand) -> Errand | None:
        """The part of it that is ours now; None: somebody else is at all of it.

        What was acknowledged meanwhile is nobody's any more.
        """
        now = self.clock.now()
        free = (
            Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + LEASE)
        )  # the last: a clock that was set back
        ours = [
            row
            for row in errand.rows
            if Delivery.objects.filter(
                free, pk=row.pk, step=row.step, notice__acknowledged_at=None
            ).update(leased_until=now + LEASE)
        ]
        return replace(errand, rows=tuple(ours)) if ours else None

    def carry_out(self, errand: Errand) -> None:
        """Send it, and note what came of it. Acknowledged meanwhile, it is not sent."""
        pks = [row.pk for row in errand.rows]
        if not Delivery.objects.filter(pk__in=pks, notice__acknowledged_at=None).exists():
            return
        trouble = self._send(errand)
        now = self.clock.now()
        with transaction.atomic():
            if trouble is None:
                _note_said(errand, now)
            else:
                _note_trouble(errand, trouble, now)

    def _send(self, errand: Errand) -> Trouble | None:
        try:
            address = address_of(self.machine, errand.way)
            note = note_for(self.machine, errand.way.person, errand.says)
        except UserError:  # sealed by another machine's key, or changed
            return Trouble.KEY
        return self.transport.send(address, note)


@dataclass(frozen=True, slots=True)
class _Carrying:
    post: Post
    errand: Errand

    def __call__(self) -> None:
        self.post.carry_out(self.errand)


@dataclass(frozen=True)
class _Plan:
    """What one person is to be told, as the rows and the clock have it."""

    ways: Sequence[Way]
    notices: Sequence[Notice]  # open ones, oldest first
    with_reviewer: Sequence[Notice]  # those of which the person does not hear yet
    rows: dict[tuple[int, int], Delivery]  # by notice and way
    chosen: Signals
    zone: ZoneInfo
    now: datetime

    @classmethod
    def of(cls, person: Person, machine: MachineKey, now: datetime) -> "_Plan":
        told = told_to(person, machine, now).defer("sealed")
        notices = list(told.order_by("opened_at", "pk"))
        ids = with_reviewer(person, machine, now)
        waiting = list(Notice.objects.filter(pk__in=ids).select_related("person").order_by("pk"))
        ways = list(Way.objects.filter(person=person).select_related("person").order_by("pk"))
        zone = ZoneInfo(Settings.of(person).timezone or system_zone())
        rows = _rows(person, [*notices, *waiting], ways)
        return cls(ways, notices, waiting, rows, Signals.of(person), zone, now)

    def for_person(self, way: Way) -> list[Delivery]:
        """The rows that are due on one of the person's own ways."""
        local = self.now.astimezone(self.zone)
        quiet, pace = quiet_of(self.chosen), pace_of(self.chosen)
        due = []
        for notice in self.notices:
            row = self.rows[notice.pk, way.pk]
            if schedule.waits_for_morning(notice.tier, local, quiet):
                continue
            if notice.tier == Tier.AT_ONCE:
                is_due = schedule.repeats(row.step, row.said_at, self.now, pace.repeat)
            else:
                is_due = row.step == 0
            if is_due and schedule.retries(row.tries, row.tried_at, self.now):
                due.append(row)
        return due

    def for_reviewer(self, way: Way, machine: MachineKey) -> list[Delivery]:
        """The rows of what a reviewer is to look at first, until one did."""
        repeat = pace_of(self.chosen).repeat
        rows = [(one, self.rows[one.pk, way.pk]) for one in self.with_reviewer]
        return [
            row
            for notice, row in rows
            if schedule.repeats(row.step, row.said_at, self.now, repeat)
            and schedule.retries(row.tries, row.tried_at, self.now)
            and not is_seen(notice, machine)
        ]

    def for_agreed(self, way: Way) -> list[Delivery]:
        """The row of the oldest tier 1, where whoever was agreed on is to hear of it now."""
        oldest = next((one for one in self.notices if one.tier == Tier.AT_ONCE), None)
        if oldest is None:
            return []
        row = self.rows[oldest.pk, way.pk]
        said = [self.rows[oldest.pk, one.pk].step for one in self.ways if not one.is_agreed]
        is_due = schedule.tells_agreed(
            oldest.opened_at,
            max(said, default=0),
            row.step,
            row.said_at,
            self.now,
            pace_of(self.chosen),
        )
        return [row] if is_due and schedule.retries(row.tries, row.tried_at, self.now) else []


def _may_be_due() -> QuerySet[Notice]:
    """Open notices that are still to be said: whoever has none of them is not looked at."""
    said = Delivery.objects.filter(notice=OuterRef(OuterRef("pk")), way=OuterRef("pk"), step__gt=0)
    silent = Way.objects.filter(~Exists(said), person=OuterRef("person"), is_agreed=False)
    return Notice.objects.filter(
        Q(tier=Tier.AT_ONCE) | Exists(silent),
        acknowledged_at=None,
        person__ways__isnull=False,
    ).exclude(asks=Notice.Asks.SILENT)


def _rows(
    person: Person, notices: Sequence[Notice], ways: Sequence[Way]
) -> dict[tuple[int, int], Delivery]:
    """One row for each notice and way; those that are not there yet are made."""
    found = _rows_of(person)
    missing = [
        Delivery(person=person, notice=notice, way=way)
        for notice in notices
        for way in ways
        if (notice.pk, way.pk) not in found
    ]
    if missing:
        Delivery.objects.bulk_create(missing, ignore_conflicts=True)
        found = _rows_of(person)
    return found


def _rows_of(person: Person) -> dict[tuple[int, int], Delivery]:
    rows = Delivery.objects.filter(person=person, notice__acknowledged_at=None)
    return {(row.notice_id, row.way_id): row for row in rows.select_related("notice")}


def _note_said(errand: Errand, now: datetime) -> None:
    for row in errand.rows:
        Delivery.objects.filter(pk=row.pk, step=row.step).update(
            step=row.step + 1, said_at=now, tries=0, tried_at=None, leased_until=None
        )
    if errand.says is Says.DANGER:
        # One note speaks for every tier 1 that was said before: two notices are no reason
        # to ring twice as often.
        Delivery.objects.filter(
            way=errand.way,
            step__gt=0,
            notice__tier=Tier.AT_ONCE,
            notice__acknowledged_at=None,
            leased_until=None,
        ).update(said_at=now)
    Way.objects.filter(pk=errand.way.pk).update(worked_at=now, trouble="", trouble_since=None)


def _note_trouble(errand: Errand, trouble: Trouble, now: datetime) -> None:
    for row in errand.rows:
        Delivery.objects.filter(pk=row.pk, step=row.step).update(
            tries=row.tries + 1, tried_at=now, leased_until=None
        )
    note_trouble(errand.way, trouble, now)
