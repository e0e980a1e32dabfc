"""How things stand with one person: what the first page and ``status`` may say."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.home import Home
from stillwater.gate import notices
from stillwater.gate.first import with_reviewer
from stillwater.gate.live.watching import Watching, WatchState, state_of
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.signals.models import Way
from stillwater.gate.signals.troubles import Trouble as WayTrouble
from stillwater.gate.told import told_to
from stillwater.people.models import Person
from stillwater.plan.models import PlanVersion
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import SelfCheck

MOST_SILENT = 20  # questions shown in a terminal


@dataclass(frozen=True, slots=True)
class Standing:
    """No names, no counts: nothing that invites a look."""

    something_needs_you: bool
    has_plan: bool
    plan_waiting_until: datetime | None
    waiting_to_be_read: bool
    self_check_passed_at: datetime | None
    self_check_wrong: bool
    watching: WatchState
    notes_go_out: bool  # whether there is a way to the person beside the page
    way_troubles: tuple[WayTrouble, ...]

    def as_data(self) -> dict[str, Any]:
        """For ``--json``."""
        plain = {name: _plain(value) for name, value in asdict(self).items() if name != "watching"}
        return {
            **plain,
            "watching": self.watching.watching.value,
            "not_watching_since": _plain(self.watching.since),
            "troubles": [one.value for one in self.watching.troubles],
            "way_troubles": [one.value for one in self.way_troubles],
        }

    def lines(self) -> list[str]:
        """For a person to read."""
        lines = ["Something needs you." if self.something_needs_you else "Nothing needs you."]
        if not self.has_plan:
            lines.append("There is no plan yet: stillwater plan set PLAN.toml")
        if self.plan_waiting_until:
            lines.append(f"Your plan changes at {self.plan_waiting_until:%Y-%m-%d %H:%M} UTC.")
        lines.append(self.watching.in_words)
        for trouble in self.watching.troubles:
            lines += [f"  {trouble.said}", f"  {trouble.next_step}"]
        if self.watching.watching is Watching.NOT and not self.watching.troubles:
            lines.append("  It watches while ./start or stillwater watch runs, and never in sleep.")
        if not self.notes_go_out:
            lines.append("Notes reach you on the page alone: stillwater notify add")
        for way_trouble in self.way_troubles:
            lines += [f"  {way_trouble.said}", f"  {way_trouble.next_step}"]
        if self.waiting_to_be_read:
            lines.append("Something was sealed and is waiting to be read by the machine.")
        if self.self_check_wrong:
            lines.append("The last self-check found something wrong: stillwater ledger verify")
        elif self.self_check_passed_at:
            lines.append(f"All was verified at {self.self_check_passed_at:%Y-%m-%d %H:%M} UTC.")
        else:
            lines.append("Nothing was verified yet: stillwater vault check")
        return lines


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def of(home: Home, person: Person, clock: Clock | None = None) -> Standing:
    """How things stand with this person now."""
    last = SelfCheck.objects.filter(person=person).order_by("-at").first()
    passed = SelfCheck.objects.filter(person=person, passed=True).order_by("-at").first()
    plans = PlanVersion.objects.filter(person=person)
    pending = plans.filter(state=PlanVersion.State.PENDING).order_by("takes_effect_at").first()
    spool = home.spool / person.public_id
    machine, now = MachineKey.load_or_create(home), (clock or SystemClock()).now()
    return Standing(
        something_needs_you=told_to(person, machine, now).exists(),
        has_plan=plans.filter(state=PlanVersion.State.ACTIVE).exists(),
        plan_waiting_until=pending.takes_effect_at if pending else None,
        waiting_to_be_read=spool.is_dir() and any(spool.iterdir()),
        self_check_passed_at=passed.at if passed else None,
        self_check_wrong=last is not None and not last.passed,
        watching=state_of(person, now),
        notes_go_out=Way.objects.filter(person=person, is_agreed=False).exists(),
        way_troubles=_way_troubles(person),
    )


def _way_troubles(person: Person) -> tuple[WayTrouble, ...]:
    words = Way.objects.filter(person=person).exclude(trouble="").order_by("pk")
    return tuple(dict.fromkeys(WayTrouble(one.trouble) for one in words))


def counts(person: Person) -> dict[str, int]:
    """How many attempts, by what was decided. Only where somebody asks."""
    mine = Attempt.objects.filter(person=person)
    return {
        "attempts": mine.filter(direction="in").count(),
        "from you": mine.filter(direction="out").count(),
        "for a reviewer": mine.filter(wants_review=True).count(),
    }


def sealed_notices(
    home: Home, person: Person, clock: Clock | None = None
) -> list[tuple[bytes, bool]]:
    """The open notices, oldest first: sealed to the person, and whether more of the same came.

    Last the newest of the questions for which one notice speaks.
    """
    mine = Notice.objects.filter(person=person, acknowledged_at=None, asks=Notice.Asks.SILENT)
    silent = sorted(mine.order_by("-opened_at")[:MOST_SILENT], key=lambda one: one.opened_at)
    told = told_to(person, MachineKey.load_or_create(home), (clock or SystemClock()).now())
    found = [*told.order_by("opened_at"), *silent]
    return [(bytes(notice.sealed), notice.more_came) for notice in found]


def acknowledge(home: Home, person: Person, clock: Clock | None = None) -> int:
    """The person has seen every open notice; gives how many there were.

    What a reviewer hears of first, the person has not seen.
    """
    now = (clock or SystemClock()).now()
    with transaction.atomic():
        waiting = with_reviewer(person, MachineKey.load_or_create(home), now)
        return notices.acknowledge(person, now, but=waiting)


def acknowledge_one(notice: Notice, clock: Clock | None = None) -> None:
    """The person has seen this notice; what came after it is told anew."""
    with transaction.atomic():
        notices.acknowledge_one(notice, (clock or SystemClock()).now())
