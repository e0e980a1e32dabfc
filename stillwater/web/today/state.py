"""What the first page says: how things stand, and nothing of anybody's content."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from stillwater.core.clock import Clock
from stillwater.gate.live.watching import WatchState, state_of
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.vault.models import SelfCheck

# The self-check runs daily; a machine may sleep for a night and a day.
CHECK_IS_LATE_AFTER = timedelta(days=2)


class Checked(Enum):
    """How the last self-check went."""

    NEVER = "never"
    PASSED = "passed"
    LATE = "late"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Today:
    """All that the first page shows."""

    something_needs_you: bool
    checked: Checked
    passed_ago: str  # "today", "3 days ago"; "" where it never passed
    watching: WatchState


def state_of_today(person: Person, clock: Clock) -> Today:
    """How things stand with this person now."""
    checked, passed_ago = _last_check(person, clock)
    return Today(
        Notice.objects.filter(person=person, acknowledged_at=None).exists(),
        checked,
        passed_ago,
        state_of(person, clock.now()),
    )


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
        return "within the last hour"
    hours = since // timedelta(hours=1)
    if hours < 24:
        return "1 hour ago" if hours == 1 else f"{hours} hours ago"
    return "1 day ago" if since.days == 1 else f"{since.days} days ago"
