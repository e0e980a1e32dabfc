"""When a bundle may be made: the wait, what ends it, and the leaf before any plaintext.

A sealed export is a loosening: it waits for the delay that the person set. An
export in the clear is that many openings: each item waits for its own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.gate import keeping
from stillwater.people.models import Other, Person
from stillwater.vault import ledger, openings
from stillwater.vault.keys import Session, keyring_of
from stillwater.vault.models import Item, Request
from stillwater.vault.openings import Reason, What

IN_THE_CLEAR = "clear"
AGAIN_WITHIN = timedelta(hours=1)  # of the first making: longer, and it waits anew
_SALT = 16


def ask(person: Person, about: str, *, clock: Clock) -> Request:
    """Ask for a sealed export; ``about`` is a hash of what was asked. The wait begins."""
    with transaction.atomic():
        wait = keyring_of(person).loosening_delay
        return openings.ask(person, What.EXPORT, about, wait, clock=clock)


def ask_in_the_clear(items: Sequence[Item], *, clock: Clock) -> list[Request]:
    """Ask to open each of these items; each wait begins, or goes on."""
    with transaction.atomic():
        return [openings.ask_to_open(item, clock=clock) for item in items]


def allow(
    session: Session,
    request: Request,
    leaf: dict[str, Any],
    *,
    home: Home,
    clock: Clock,
    reason: Reason | None = None,
) -> None:
    """The wait is over, or a reason ends it: the leaf is committed, then plaintext may be made.

    Raises UserError (NOT_NOW) while it must wait.
    """
    keeping.hold_ledger(session.person, home=home, clock=clock)
    with transaction.atomic():
        why = openings.finish(request, clock=clock, reason=reason)
        ledger.write(session.person, [{**leaf, "reason": why}], home=home, clock=clock)
    ledger.pin(home, session.person)


def allow_in_the_clear(
    session: Session,
    requests: Sequence[Request],
    items: Sequence[Item],
    leaf: dict[str, Any],
    *,
    home: Home,
    clock: Clock,
    reason: Reason | None = None,
) -> None:
    """The same for an export in the clear: one leaf for each opening, and one for the export."""
    keeping.hold_ledger(session.person, home=home, clock=clock)
    with transaction.atomic():
        why = "waited"
        for request in requests:
            why = openings.finish(request, clock=clock, reason=reason)
        ledger.write(session.person, _clear_leaves(items, leaf, why, clock), home=home, clock=clock)
    ledger.pin(home, session.person)


def allow_again_in_the_clear(
    session: Session,
    first_at: datetime,
    items: Sequence[Item],
    leaf: dict[str, Any],
    why: str,
    *,
    home: Home,
    clock: Clock,
) -> None:
    """The very same export once more, since what was made at ``first_at`` did not arrive.

    No second wait; on record like the first, with ``why`` that one might be made. Raises
    UserError (NOT_NOW) where the first is too long ago, or the clock cannot be believed.
    """
    openings.must_have_a_true_clock(session.person, clock)
    if not may_be_again(first_at, clock.now()):
        raise UserError(
            "It was made too long ago to be had again without a wait.",
            "Choose it anew, and ask for it.",
            ExitCode.NOT_NOW,
        )
    keeping.hold_ledger(session.person, home=home, clock=clock)
    with transaction.atomic():
        ledger.write(session.person, _clear_leaves(items, leaf, why, clock), home=home, clock=clock)
    ledger.pin(home, session.person)


def may_be_again(first_at: datetime, now: datetime) -> bool:
    """Whether what was made then may be had once more; not where the clock was set back."""
    return timedelta(0) <= now - first_at < AGAIN_WITHIN


def _clear_leaves(
    items: Sequence[Item], leaf: dict[str, Any], why: str, clock: Clock
) -> list[dict[str, Any]]:
    opened = [openings.opened_leaf(item, why, clock.now()) for item in items]
    return [*opened, {**leaf, "reason": why}]


def take_back(requests: Sequence[Request]) -> None:
    """The bundle could not be written: what was waited for need not be waited for again.

    The leaf stays: from then on somebody might have had the plaintext.
    """
    with transaction.atomic():
        Request.objects.filter(
            pk__in=[request.pk for request in requests], state=Request.State.DONE
        ).update(state=Request.State.WAITING, ended_by="")


def exported_leaf(
    other: Other,
    shown: int,
    recipient: str,
    *,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> dict[str, Any]:
    """The ledger leaf of an export: how many items, and to whom, as hashes.

    ``about`` ties it to the other for whoever knows the id; the salt keeps
    everybody else from telling whether two exports were about the same one.
    """
    salt = randomness(_SALT).hex()
    return {
        "kind": "exported",
        "at": ledger.moment(clock.now()),
        "items": shown,
        "to": sha256(recipient.encode()).hexdigest(),
        "salt": salt,
        "about": about_other(other, salt),
    }


def about_other(other: Other, salt: str) -> str:
    """What an export's leaf says of the other it was about."""
    return sha256(f"{salt}:{other.public_id}".encode()).hexdigest()
