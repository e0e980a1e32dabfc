"""The wait before something held is opened, and before a loosening takes effect.

The person set the wait on a good day. It can be cancelled at any time, and ended
at once for a reason: danger, a court, a child, an officer at the door. A ledger
leaf is committed before any plaintext is shown (gate/keeping.py).

The clock of the machine is the only one there is. Set back, it makes a wait
longer, and opening is refused while it stands before the last ledger entry. That
it was set forward cannot be seen; docs/sealed.md says so.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.core.saying import to_say
from stillwater.people.models import Person
from stillwater.vault import ledger
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import Checkpoint, Item, Keyring, Request

# Clocks are set right by a few seconds all the time.
_TOLERANCE = timedelta(minutes=1)


class What(StrEnum):
    """What was asked for."""

    OPEN = "open"
    EXPORT = "export"
    PLAN = "plan"
    SETTINGS = "settings"
    MAILBOX = "mailbox"
    NOTICES = "notices"
    REMOVAL = "removal"
    REVIEWER = "reviewer"


class Reason(StrEnum):
    """What ends a wait at once."""

    DANGER = "danger"
    COURT = "court"
    CHILD = "child"
    OFFICER = "officer"


def ask(
    person: Person,
    what: What,
    about: str,
    wait: timedelta,
    *,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> Request:
    """Ask for something that must wait; what waits already is not made to wait anew.

    ``about`` is an opaque id, or a hash of what was asked: at most 80 characters.
    Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    must_have_a_true_clock(person, clock)
    found = waiting(person, what).filter(about=about).first()
    if found is not None:
        return found
    now = clock.now()
    return Request.objects.create(
        person=person,
        public_id=new_public_id(randomness),
        what=what.value,
        about=about,
        asked_at=now,
        ready_at=now + wait,
    )


def ask_to_open(item: Item, *, clock: Clock, randomness: Randomness = system_randomness) -> Request:
    """Ask to open one item, after the person's wait for openings."""
    wait = keyring_of(item.person).opening_wait
    return ask(item.person, What.OPEN, item.public_id, wait, clock=clock, randomness=randomness)


def waiting(person: Person, what: What | None = None) -> QuerySet[Request]:
    """The requests of a person that are neither done nor cancelled, oldest first."""
    found = Request.objects.filter(person=person, state=Request.State.WAITING)
    if what is not None:
        found = found.filter(what=what.value)
    return found.order_by("asked_at", "pk")


def cancel(request: Request) -> bool:
    """Take a request back: always possible, at once. Inside a transaction of the gate.

    Whether it waited until now: pressed twice, the second press changes nothing. Raises
    UserError where what was waited for is done already.
    """
    assert connection.in_atomic_block
    mine = Request.objects.filter(pk=request.pk)
    changed = mine.filter(state=Request.State.WAITING).update(state=Request.State.CANCELLED)
    if not changed and not mine.filter(state=Request.State.CANCELLED).exists():
        raise UserError(to_say("That is not waiting any more."), "See: stillwater vault waiting")
    return bool(changed)


def finish(request: Request, *, clock: Clock, reason: Reason | None = None) -> str:
    """The wait is over, or a reason ends it: mark the request done; gives why it was ended.

    Inside the transaction that does what was asked. Raises UserError (NOT_NOW)
    while it must wait, and where the clock cannot be believed.
    """
    assert connection.in_atomic_block
    if reason is None:
        must_be_ready(request, clock)
    ended_by = reason.value if reason else ""
    changed = Request.objects.filter(pk=request.pk, state=Request.State.WAITING).update(
        state=Request.State.DONE, ended_by=ended_by
    )
    if not changed:
        raise UserError(to_say("That is not waiting any more."), "See: stillwater vault waiting")
    return ended_by or "waited"


def opened_leaf(item: Item, why: str, now: datetime, who: str = "") -> dict[str, Any]:
    """The ledger leaf of an opening: which item, when, and what ended the wait.

    ``who``: the id of a reviewer; left out where it was the person.
    """
    leaf = {
        "kind": "opened",
        "at": ledger.moment(now),
        "item": item.public_id,
        "reason": why,
    }
    return {**leaf, "who": who} if who else leaf


def must_be_ready(request: Request, clock: Clock) -> None:
    """Raises UserError (NOT_NOW) while the wait runs, or the clock cannot be believed."""
    must_have_a_true_clock(request.person, clock)
    left = request.ready_at - clock.now()
    if left > timedelta(0):
        raise UserError(
            f"The wait that you set runs for {in_words(left)} more.",
            "Come back then. Danger, a court, a child or an officer at the door ends it"
            " at once: --now danger|court|child|officer",
            ExitCode.NOT_NOW,
        )


def must_have_a_true_clock(person: Person, clock: Clock) -> None:
    """Raises UserError (NOT_NOW) where the clock stands before the last ledger entry."""
    last = Checkpoint.objects.filter(person=person).aggregate(last=Max("made_at"))["last"]
    if last is not None and clock.now() < last - _TOLERANCE:
        raise UserError(
            to_say("The clock of this machine stands before the last entry of your ledger."),
            to_say("Set the clock right, then try again: a wait is only as true as the clock."),
            ExitCode.NOT_NOW,
        )


def change_waits(
    keyring: Keyring,
    opening_wait: timedelta,
    loosening_delay: timedelta,
    *,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> Request | None:
    """Longer takes effect at once; shorter waits for the delay that was set before.

    Gives the request that waits, if there is one. Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    now_opening = max(keyring.opening_wait, opening_wait)
    now_delay = max(keyring.loosening_delay, loosening_delay)
    delay = keyring.loosening_delay
    keyring.opening_wait, keyring.loosening_delay = now_opening, now_delay
    keyring.changed_at = clock.now()
    keyring.save(update_fields=["opening_wait", "loosening_delay", "changed_at"])
    # Whoever asks again means the new numbers: what waited for the old ones is over.
    waiting(keyring.person, What.SETTINGS).update(state=Request.State.CANCELLED)
    if (now_opening, now_delay) == (opening_wait, loosening_delay):
        return None
    about = f"waits:{int(opening_wait.total_seconds())}:{int(loosening_delay.total_seconds())}"
    return ask(keyring.person, What.SETTINGS, about, delay, clock=clock, randomness=randomness)


def settle_waits(person: Person, *, clock: Clock) -> list[dict[str, Any]]:
    """Let shorter waits take effect whose delay is over; gives the leaves to write.

    Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    leaves = []
    for request in waiting(person, What.SETTINGS).filter(ready_at__lte=clock.now()):
        finish(request, clock=clock)
        _, opening, delay = request.about.split(":")
        Keyring.objects.filter(person=person).update(
            opening_wait=timedelta(seconds=int(opening)),
            loosening_delay=timedelta(seconds=int(delay)),
            changed_at=clock.now(),
        )
        leaves.append(
            {
                "kind": "loosened",
                "at": ledger.moment(clock.now()),
                "what": "waits",
                "opening_wait": int(opening),
                "loosening_delay": int(delay),
            }
        )
    return leaves


def in_words(left: timedelta) -> str:
    """A length of time as people say it, rounded up to whole minutes."""
    minutes = -(-int(left.total_seconds()) // 60)
    parts = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    said = [f"{number} {unit}{'' if number == 1 else 's'}" for unit, number in parts if number]
    return " ".join(said[:2]) or "less than a minute"
