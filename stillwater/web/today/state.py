"""What the first page says: how things stand, and nothing of anybody's content."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stillwater.core.clock import Clock
from stillwater.gate.live.watching import Watching, WatchState, state_of
from stillwater.gate.signals.models import Way
from stillwater.gate.told import told_to
from stillwater.people.models import Person
from stillwater.plan.models import PlanVersion
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import SelfCheck

# The self-check runs daily; a machine may sleep for a night and a day.
CHECK_IS_LATE_AFTER = timedelta(days=2)


class Checked(Enum):
    """How the last self-check went."""

    NEVER = "never"
    PASSED = "passed"
    LATE = "late"
    WRONG = "wrong"


class Notes(Enum):
    """Whether danger is told anywhere but on these pages."""

    GO_OUT = "go_out"
    NOWHERE = "nowhere"  # there is no way yet
    SOME = "some"  # one way at least is in trouble
    NONE = "none"  # every way to the person is in trouble


@dataclass(frozen=True, slots=True)
class Today:
    """All that the first page shows."""

    something_needs_you: bool
    checked: Checked
    passed_ago: str  # "today", "3 days ago"; "" where it never passed
    watching: WatchState
    watching_words: str
    has_plan: bool
    notes: Notes

    @property
    def is_watching(self) -> bool:
        return self.watching.watching is Watching.ALL


def state_of_today(person: Person, machine: MachineKey, clock: Clock) -> Today:
    """How things stand with this person now."""
    checked, passed_ago = _last_check(person, clock)
    watching = state_of(person, clock.now())
    return Today(
        told_to(person, machine, clock.now()).exists(),
        checked,
        passed_ago,
        watching,
        _watching_words(watching, clock.now()),
        PlanVersion.objects.filter(person=person).exists(),
        _notes(person),
    )


def _notes(person: Person) -> Notes:
    ways = list(Way.objects.filter(person=person).values_list("is_agreed", "trouble"))
    mine = [trouble for is_agreed, trouble in ways if not is_agreed]
    if not mine:
        return Notes.NOWHERE
    if all(mine):
        return Notes.NONE
    return Notes.SOME if any(trouble for _is_agreed, trouble in ways) else Notes.GO_OUT


def said_moment(moment: datetime, now: datetime) -> str:
    """In the person's zone; the day only where it is not today's."""
    local = timezone.localtime(moment)
    time = date_format(local, "H:i")
    if local.date() == timezone.localtime(now).date():
        return time
    return f"{date_format(local, 'j F')}, {time}"


def _watching_words(state: WatchState, now: datetime) -> str:
    if state.watching is Watching.NOTHING:
        return _("Nothing is being watched: there is no mailbox yet.")
    if state.watching is Watching.ALL:
        return _("All your mailboxes are being watched.")
    if state.since is None:
        return _("Not watching yet.")
    return _("Not watching since %(when)s.") % {"when": said_moment(state.since, now)}


def _last_check(person: Person, clock: Clock) -> tuple[Checked, str]:
    """The last self-check, and when it passed."""
    last = SelfCheck.objects.filter(person=person).order_by("-at").first()
    if last is None:
        return Checked.NEVER, ""
    if not last.passed:
        return Checked.WRONG, ""
    since = clock.now() - last.at
    return (Checked.LATE if since > CHECK_IS_LATE_AFTER else Checked.PASSED), _ago(since)


def _ago(since: timedelta) -> str:
    if since < timedelta(hours=1):
        return _("within the last hour")
    hours = since // timedelta(hours=1)
    if hours < 24:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return ngettext("%(n)d day ago", "%(n)d days ago", since.days) % {"n": since.days}
