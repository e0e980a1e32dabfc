"""What the person says of an item: whose it is, or whose it is not.

It is kept in rows of its own, each written together with its ledger leaf, and not
in the profile: that is written by whoever ends last, and begins anew where it does
not open. Every gate hears all rows when it opens, and those that came since
whenever it has held the person's lock again. So it holds from the next arrival on.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from django.db import transaction

from stillwater.channels.mail.arrival import from_raw
from stillwater.core.arrivals import Address, Arrival
from stillwater.core.arrivals import Feedback as Said
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.core.plans import Plan
from stillwater.core.words import Channel, Direction
from stillwater.gate import notices, rows
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Attempt, Feedback
from stillwater.gate.plans import active_plan
from stillwater.gate.unsaying import held_for
from stillwater.identity.known import Known
from stillwater.identity.recognising import Recogniser
from stillwater.people.models import Person
from stillwater.vault import ledger
from stillwater.vault.keys import Session
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item

VERSION = 1
OPPOSITE = {
    "theirs": "not_theirs",
    "not_theirs": "theirs",
    "relay": "not_relay",
    "not_relay": "relay",
}
_NEEDS_LABEL = frozenset({"theirs", "relay"})


class Proof(Enum):
    """Who stands behind what is said. What takes something back loosens (docs/decisions/0090)."""

    PAGE = "whoever sits at the open page"
    REVIEWER = "a reviewer, who looked at it"
    PASSPHRASE = "whoever typed the person's passphrase just now"


class NeedsPassphraseError(UserError):
    """What was said loosens, and nobody has shown that the person says it."""

    def __init__(self) -> None:
        super().__init__(
            "This takes back what held so far, so it needs your passphrase.",
            "Say it once more, with the passphrase.",
            ExitCode.NOT_ALLOWED,
        )


@dataclass
class Hearing:
    """Teaches one gate what was said: all of it at first, then what is new."""

    person: Person
    machine: MachineKey
    known: Known
    recogniser: Recogniser
    _heard: int = 0  # the newest row that was taught

    def catch_up(self) -> None:
        """Teach what was said since the last time. Only while nothing is being judged.

        Raises UserError where a row does not open: without it, what was said to be
        theirs would pass.
        """
        said = Feedback.objects.filter(person=self.person, pk__gt=self._heard).order_by("pk")
        for row in said:
            about, says = _opened(self.machine, self.person, row)
            self.recogniser.feedback(about, says, self.known.meant(says))
            self.known.learn(about, says)
            self._heard = row.pk


def _opened(machine: MachineKey, person: Person, row: Feedback) -> tuple[Arrival, Said]:
    data = json.loads(machine.open_profile(person.public_id, bytes(row.for_gate)))
    about = Arrival(
        id="",
        received_at=row.said_at,
        channel=Channel.MAIL,
        senders=tuple(Address(handle) for handle in data["handles"]),
    )
    return about, Said("", data["says"], data["other"])


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it. Safe to print."""

    item: str
    says: str
    addresses: int  # of the sender, for which it holds
    is_learnt: bool = True  # False: it only takes back the opposite; the plan lists the sender


def say(
    session: Session,
    item: Item,
    says: str,
    other: str | None = None,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
    reviewer: str = "",
    proof: Proof = Proof.PAGE,
) -> Heard:
    """The person says of an item of theirs what it is; it holds from the next arrival on.

    ``says``: a key of ``OPPOSITE``. ``other``: the label; None where the plan has one
    other, or none is needed. Nothing of the item is shown, so no wait stands before it.
    ``reviewer``: their id, where it is a reviewer's session, which opens originals and
    nothing else; a question that the person was asked stays open. ``proof``: who stands
    behind it. Raises UserError where that cannot be said of it, and NeedsPassphraseError
    where it loosens and ``proof`` is not enough.
    """
    person = session.person
    machine = MachineKey.load_or_create(home, randomness)
    with person_lock(home, person, wait=AT_A_PAGE):
        hold_ledger(person, home=home, clock=clock, randomness=randomness)
        active = active_plan(person, machine, clock.now())
        if active is None:
            raise UserError(
                "There is no plan yet, so nobody can be told apart.",
                "Write one, then: stillwater plan set PLAN.toml",
                ExitCode.NOT_NOW,
            )
        known = Known.from_plan(_with_own(active.plan, Mailboxes(person, home, machine, clock)))
        for row in Feedback.objects.filter(person=person).order_by("pk"):
            known.learn(*_opened(machine, person, row))
        label = _label(known, says, other)
        about = _about(session, item, active.plan, home, by_reviewer=bool(reviewer))
        handles = known.spoken_of(about, says)
        if not handles:
            raise UserError(
                "Nothing can be said of its sender here: your plan lists them, or it is an "
                "address of a platform or of your own.",
                "What your plan says is changed with: stillwater plan set PLAN.toml",
                ExitCode.NOT_ALLOWED,
            )
        kept = {"version": VERSION, "handles": handles, "says": says, "other": label}
        if proof is not Proof.PASSPHRASE and _loosens(session, item, about, kept, known, proof):
            raise NeedsPassphraseError
        with transaction.atomic():
            leaf = _leaf(kept, item, clock.now(), reviewer)
            _write(person, machine, kept, leaf, home=home, clock=clock, randomness=randomness)
            if not reviewer:
                notices.answer(person, session.open_private, item.public_id, clock.now())
        ledger.pin(home, person)
    is_learnt = says not in _NEEDS_LABEL or known.learn(about, Said("", says, label))
    return Heard(item.public_id, says, len(handles), is_learnt=is_learnt)


def _loosens(
    session: Session,
    item: Item,
    about: Arrival,
    kept: dict[str, Any],
    known: Known,
    proof: Proof,
) -> bool:
    """Whether something of these senders would pass that did not, or was asked about.

    A reviewer has looked, and says so of what was only suspected; what the person said
    is theirs to take back.
    """
    says = kept["says"]
    same = {kept["other"]} if says == "theirs" else set()
    if says == "not_relay":
        return bool(known.said_to_carry(about))
    if says not in ("theirs", "not_theirs"):
        return False
    if proof is Proof.REVIEWER:
        return bool(known.said_to_be(about) - same)
    if known.taken_for(about) - same:
        return True
    return bool(held_for(session, item, about.senders, known.exact) - same)


def _write(
    person: Person,
    machine: MachineKey,
    kept: dict[str, Any],
    leaf: dict[str, Any],
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness,
) -> None:
    """The row and its leaf."""
    now = clock.now()
    sealed = machine.seal_profile(person.public_id, json.dumps(kept).encode())
    Feedback.objects.create(person=person, said_at=now, for_gate=sealed)
    ledger.write(person, [leaf], home=home, clock=clock, randomness=randomness)


def _leaf(kept: dict[str, Any], item: Item, now: datetime, reviewer: str) -> dict[str, Any]:
    """The item and one of four words, and a reviewer's id where it was one: no handle, no label."""
    leaf = {
        "kind": "feedback",
        "at": ledger.moment(now),
        "item": item.public_id,
        "says": kept["says"],
    }
    return {**leaf, "who": reviewer} if reviewer else leaf


def _with_own(plan: Plan, boxes: Mailboxes) -> Plan:
    """The plan, with the addresses of the watched mailboxes among the person's own.

    Anybody can write one of them into From; said to be theirs, it would hold the
    person's own mail.
    """
    users = (boxes.account(row).user for row in boxes.all())
    handles = (*plan.you.handles, *(user for user in users if "@" in user))
    return replace(plan, you=replace(plan.you, handles=handles))


def _label(known: Known, says: str, other: str | None) -> str | None:
    if other is None and says not in _NEEDS_LABEL:
        return None
    label = known.meant(Said("", says, other))
    if label is None:
        # Shown to nobody but the person who is signed in, and whose labels they are.
        raise UserError(
            "Your plan has nobody of that label." if other else "Your plan has several others.",
            "Say whose, with --other and the label that your plan gives them.",
        )
    return label


def _about(session: Session, item: Item, plan: Plan, home: Home, *, by_reviewer: bool) -> Arrival:
    """The arrival that the item was, as far as feedback needs it: who claims to have sent it."""
    attempt = Attempt.objects.filter(person=session.person, item=item).first()
    if attempt is None or attempt.direction == Direction.OUT:
        raise UserError("That is nothing that somebody sent to you.", "See: stillwater vault list")
    recorded = () if by_reviewer else _recorded_senders(session, attempt)
    senders = recorded or _senders_in_header(session, attempt, plan, home)
    if not senders:
        raise UserError(
            "Nothing in it says who sent it, so nothing can be learnt of it.",
            "If you know a handle of theirs, put it into your plan: stillwater plan set PLAN.toml",
        )
    return replace(rows.arrival_of(attempt), senders=senders)


def _recorded_senders(session: Session, attempt: Attempt) -> tuple[Address, ...]:
    """From the sealed record; none where it was not read yet, or given up."""
    sealed = bytes(attempt.sealed_reading)
    if not sealed:
        return ()
    record = json.loads(session.open_private(sealed))
    found = (Address(one["handle"], one["name"]) for one in record["senders"])
    return tuple(one for one in found if one.handle)


def _senders_in_header(
    session: Session, attempt: Attempt, plan: Plan, home: Home
) -> tuple[Address, ...]:
    """From the header of the original, which is opened in memory and shown to nobody."""
    if attempt.channel != Channel.MAIL:
        return ()
    mail = from_raw(
        session.open_item(attempt.item, home),
        id=attempt.public_id,
        authserv=plan.you.authserv,
        own_handles=plan.you.handles,
        fallback_received_at=attempt.received_at,
    )
    return tuple(one for one in mail.arrival.senders if one.handle)
