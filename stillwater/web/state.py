"""What the first page says: the state, and nothing of anybody's content."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from stillwater.core.clock import Clock
from stillwater.gate.live.watching import WatchState, combined, state_of
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.vault.models import SelfCheck

# The self-check runs daily; a machine may sleep for a night and a day.
CHECK_IS_LATE_AFTER = timedelta(days=2)


class Needs(Enum):
    """Whether anything needs the person, as far as an unsigned page may say."""

    NOT_SET_UP = "not_set_up"
    NOTHING = "nothing"
    SOMETHING = "something"
    ASK = "ask"  # several people live here: whose page it is, only signing in says


class Checked(Enum):
    """How the last self-check went."""

    NEVER = "never"
    PASSED = "passed"
    LATE = "late"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class PageState:
    """All that the first page shows."""

    needs: Needs
    checked: Checked
    passed_ago: str  # "today", "3 days ago"; "" where it never passed
    watching: WatchState  # of the only person here


def page_state(clock: Clock) -> PageState:
    """The state now, from the database."""
    people = list(Person.objects.order_by("pk"))
    checked, passed_ago = _last_check(people, clock)
    # Of several people nothing is said before somebody signs in.
    alone = people if len(people) == 1 else []
    watching = combined(
        one for one in (state_of(person, clock.now()) for person in alone) if one.is_anything
    )
    return PageState(_needs(people), checked, passed_ago, watching)


def _needs(people: list[Person]) -> Needs:
    if not people:
        return Needs.NOT_SET_UP
    if len(people) > 1:
        return Needs.ASK
    waits = Notice.objects.filter(person=people[0], acknowledged_at=None).exists()
    return Needs.SOMETHING if waits else Needs.NOTHING


def _last_check(people: list[Person], clock: Clock) -> tuple[Checked, str]:
    """The worst of everyone's last self-checks, and when the oldest of them passed."""
    last = [SelfCheck.objects.filter(person=person).order_by("-at").first() for person in people]
    if any(check is not None and not check.passed for check in last):
        return Checked.WRONG, ""
    times = [check.at for check in last if check is not None]
    if not times or len(times) < len(people):
        return Checked.NEVER, ""
    since = clock.now() - min(times)
    late = since > CHECK_IS_LATE_AFTER
    return (Checked.LATE if late else Checked.PASSED), _ago(since)


def _ago(since: timedelta) -> str:
    if since < timedelta(hours=1):
        return "within the last hour"
    hours = since // timedelta(hours=1)
    if hours < 24:
        return "1 hour ago" if hours == 1 else f"{hours} hours ago"
    return "1 day ago" if since.days == 1 else f"{since.days} days ago"
