"""Where the transactions of keys, ledger and openings begin and end."""

from datetime import timedelta
from typing import BinaryIO

from django.db import transaction

from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.people.models import Person
from stillwater.vault import epochs, keys, ledger, opening, openings
from stillwater.vault.keys import NewKeys, Session
from stillwater.vault.models import Epoch, Item, Log, Request, SelfCheck
from stillwater.vault.selfcheck import run_self_check
from stillwater.vault.wrapping import STANDARD, Cost


def new_person(
    name: str,
    passphrase: str,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
    opening_wait: timedelta = keys.DAY,
    loosening_delay: timedelta = keys.DAY,
    cost: Cost = STANDARD,
) -> NewKeys:
    """A person with keys, a first epoch and a ledger with its first leaf."""
    with transaction.atomic():
        person = Person.objects.create(
            public_id=new_public_id(randomness), name=name, created_at=clock.now()
        )
        made = keys.create(
            person,
            passphrase,
            home=home,
            clock=clock,
            randomness=randomness,
            opening_wait=opening_wait,
            loosening_delay=loosening_delay,
            cost=cost,
        )
        ledger.begin(person, home=home, clock=clock, randomness=randomness)
    ledger.pin(home, person)
    return made


def epoch_now(
    person: Person, *, home: Home, clock: Clock, randomness: Randomness = system_randomness
) -> Epoch:
    """The epoch to seal to; a new one where a month has begun."""
    with transaction.atomic():
        return epochs.current_epoch(person, home, clock, randomness)


def hold_ledger(
    person: Person, *, home: Home, clock: Clock, randomness: Randomness = system_randomness
) -> ledger.Pinned:
    """Before anything is appended: is this the ledger that was pinned?

    Where the database was set back, a new log begins whose first leaf names the
    pinned head, so that nobody is ever shown two histories under one name. The
    same where nothing is pinned, as after a restore: nobody can say then whether
    this is the latest state, so the new log names the head that is found here.
    """
    pinned = ledger.check_pin(home, person)
    if pinned.state is ledger.PinState.SET_BACK:
        begin_again(person, pinned.note, "set_back", home=home, clock=clock, randomness=randomness)
    elif pinned.state is ledger.PinState.NONE:
        head = ledger.latest_checkpoint(ledger.current_log(person)).note
        begin_again(person, head, "not_pinned", home=home, clock=clock, randomness=randomness)
    return pinned


def begin_again(
    person: Person,
    previous_head: str,
    why: str,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> Log:
    """A new log that names the old head: after a restore, or a database that was set back."""
    with transaction.atomic():
        log = ledger.begin(
            person,
            home=home,
            clock=clock,
            randomness=randomness,
            previous_head=previous_head,
            why=why,
        )
    ledger.pin(home, person)
    return log


def after_restore(*, home: Home, clock: Clock) -> None:
    """Every ledger that came with a backup goes on in a new log that names the old head."""
    for person in Person.objects.order_by("pk"):
        head = ledger.latest_checkpoint(ledger.current_log(person)).note
        begin_again(person, head, "restored", home=home, clock=clock)


def ask_to_open(item: Item, *, clock: Clock) -> Request:
    """Ask to open one item; the wait begins."""
    with transaction.atomic():
        return openings.ask_to_open(item, clock=clock)


def cancel(request: Request) -> None:
    """Take a request back."""
    with transaction.atomic():
        openings.cancel(request)


def open_now(
    session: Session,
    request: Request,
    item: Item,
    out: BinaryIO,
    *,
    home: Home,
    clock: Clock,
    reason: openings.Reason | None = None,
) -> None:
    """Show one original, in ``out``.

    1. The file is there and unchanged: else a wait would be used up for nothing.
    2. The wait is over, or a reason ends it; a leaf says so, and is committed.
    3. Only then is it opened.
    """
    opening.prove(item, home)
    hold_ledger(session.person, home=home, clock=clock)
    with transaction.atomic():
        why = openings.finish(request, clock=clock, reason=reason)
        leaf = openings.opened_leaf(item, why, clock.now())
        ledger.write(session.person, [leaf], home=home, clock=clock)
    ledger.pin(home, session.person)
    session.open_item_to(item, home, out)


def rotate(session: Session, *, home: Home, clock: Clock) -> Epoch:
    """A new epoch from now on; older ones sealed to those who may open them today."""
    with transaction.atomic():
        return keys.rotate(session, home=home, clock=clock)


def new_recovery(session: Session, *, home: Home, clock: Clock) -> NewKeys:
    """A new recovery sheet; the old one opens nothing that is sealed from now on."""
    with transaction.atomic():
        return keys.new_recovery(session, home=home, clock=clock)


def change_passphrase(
    session: Session, passphrase: str, *, clock: Clock, cost: Cost = STANDARD
) -> None:
    """The same keys under another passphrase."""
    with transaction.atomic():
        keys.change_passphrase(session, passphrase, clock=clock, cost=cost)


def change_waits(
    session: Session, opening_wait: timedelta, loosening_delay: timedelta, *, clock: Clock
) -> Request | None:
    """Longer at once, shorter after the delay; gives what waits."""
    with transaction.atomic():
        return openings.change_waits(
            keys.keyring_of(session.person), opening_wait, loosening_delay, clock=clock
        )


def self_check(person: Person, *, home: Home, clock: Clock) -> SelfCheck:
    """Verify ledger and vault, and keep what came of it. The caller holds the person's lock."""
    result = run_self_check(home, person, clock.now())
    with transaction.atomic():
        result.save()
    return result


def settle_waits(person: Person, *, home: Home, clock: Clock) -> bool:
    """Let shorter waits take effect whose delay is over; whether any did."""
    if openings.waiting(person, openings.What.SETTINGS).exists():
        hold_ledger(person, home=home, clock=clock)
    with transaction.atomic():
        leaves = openings.settle_waits(person, clock=clock)
        if leaves:
            ledger.write(person, leaves, home=home, clock=clock)
    if leaves:
        ledger.pin(home, person)
    return bool(leaves)
