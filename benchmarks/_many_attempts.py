"""A person with years behind them: rows as the gate makes them, without the originals' files."""

import json
import os
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.support import mailbox

if TYPE_CHECKING:
    from stillwater.gate.models import Attempt
    from stillwater.people.models import Person
    from stillwater.vault.models import Item

YEARS = timedelta(days=3 * 365)
BATCH = 2_000
SEEN, OPEN = 400, 12  # notices
CHANNELS = {"mail": 12, "sms": 4, "call": 2, "whatsapp": 3, "voicemail": 1, "instagram": 1}
ACTIONS = {"held": 70, "digest": 12, "alert": 9, "ask": 3, "recorded": 6}


def a_home_with(count: int) -> "Person":
    """Somebody with a plan and so many attempts, oldest first, over the last three years."""
    from stillwater.cli.common import ready

    home = ready()
    from stillwater.core.clock import SetClock
    from stillwater.gate.plans import Plans
    from stillwater.plan.form import parse
    from stillwater.vault.machine import MachineKey
    from tests.refusals.browsing import somebody

    person = somebody()
    chance = random.Random("many attempts")
    until = datetime.now(UTC) - timedelta(minutes=1)
    clock = SetClock(until)
    Plans(person, home, MachineKey.load_or_create(home), clock).set(parse(mailbox.PLAN))
    moments = sorted(until - chance.random() * YEARS for _ in range(count))
    for start in range(0, count, BATCH):
        _add(person, moments[start : start + BATCH], chance, clock)
    _add_notices(person, until, chance)
    _add_requests(person, until)
    _add_checks(person, until)
    return person


def _add(person: "Person", moments: Sequence[datetime], chance: random.Random, clock: Any) -> None:
    from django.conf import settings
    from django.db import transaction

    from stillwater.core.ids import new_public_id, system_randomness
    from stillwater.core.words import Channel, Kind
    from stillwater.gate.models import Attempt
    from stillwater.vault import sealing
    from stillwater.vault.epochs import current_epoch

    with transaction.atomic():
        epoch = current_epoch(person, settings.HOME, clock, system_randomness)
        sealed = [
            sealing.Sealed(
                public_id=new_public_id(),
                epoch=epoch,
                path="",
                length=chance.randrange(200, 9_000),
                ciphertext_sha256=os.urandom(32),
                commitment=os.urandom(32),
                received_at=at,
                channel=Channel(_drawn(CHANNELS, chance)),
                kind=Kind.MESSAGE,
            )
            for at in moments
        ]
        items = sealing.record(person, sealed, home=settings.HOME, clock=clock)
        Attempt.objects.bulk_create(_attempts(person, items, sealed, chance))


def _attempts(
    person: "Person", items: "Sequence[Item]", sealed: Sequence[Any], chance: random.Random
) -> "Iterator[Attempt]":
    from stillwater.gate.models import Attempt

    other = person.others.get()
    readings = _readings(person)
    for item, one in zip(items, sealed, strict=True):
        action = _drawn(ACTIONS, chance)
        yield Attempt(
            person=person,
            item=item,
            other=other,
            source_identity=os.urandom(32),
            channel=one.channel,
            kind=one.kind,
            direction="in" if chance.random() < 0.97 else "out",
            received_at=one.received_at,
            recorded_at=one.received_at,
            how="handle",
            plan_number=1,
            tier=chance.choice((1, 1, 2)) if action == "alert" else 0,
            action=action,
            state=Attempt.State.READ,
            sealed_reading=chance.choice(readings),
            wants_review=action != "recorded",
        )


def _readings(person: "Person") -> list[bytes]:
    """A few sealed records, used again and again: opening one costs what opening any costs."""
    record = {
        "version": 1,
        "senders": [{"handle": mailbox.OTHER, "name": "Jordan"}],
        "match": {"other": "J", "how": "handle", "confidence": 0.99, "reasons": [], "relay": None},
        "reading": {
            "danger": [],
            "spans": [],
            "facts": [{"kind": "amount", "value": "80 EUR", "need": "money"}],
            "legal_service": False,
            "unread": None,
        },
        "decision": {"action": "held", "reasons": ["You hold what they send."], "shown": None},
    }
    return [_sealed(person, record) for _ in range(20)]


def _add_notices(person: "Person", until: datetime, chance: random.Random) -> None:
    from stillwater.gate.models import Notice

    told = {
        "version": 1,
        "item": None,
        "other": "J",
        "action": "alert",
        "answers": [],
        "channel": "mail",
        "received_at": until.isoformat(),
        "kinds": ["location"],
        "text": "This may contain a threat.",
        "facts": [],
    }
    for number in range(SEEN + OPEN):
        at = until - YEARS * (1 - (number + 1) / (SEEN + OPEN + 1))
        Notice.objects.create(
            person=person,
            tier=chance.choice((0, 1, 2)),
            opened_at=at,
            last_joined_at=at,
            acknowledged_at=at if number < SEEN else None,
            sealed=_sealed(person, told),
        )


def _add_requests(person: "Person", until: datetime) -> None:
    """A year of openings, a hundred of them done, and a few that wait."""
    from django.conf import settings
    from django.db import transaction

    from stillwater.core.clock import SetClock
    from stillwater.gate.models import Attempt
    from stillwater.vault import ledger, openings
    from stillwater.vault.models import Request

    held = Attempt.objects.filter(person=person).order_by("pk")[:103]
    asked = [
        Request.objects.create(
            person=person,
            what="open",
            about=attempt.item.public_id,
            asked_at=until - timedelta(days=3 * (number + 1)),
            ready_at=until - timedelta(days=3 * (number + 1) - 1),
            state=Request.State.DONE if number >= 3 else Request.State.WAITING,
        )
        for number, attempt in enumerate(held)
    ]
    leaves = [
        openings.opened_leaf(attempt.item, "waited", one.ready_at)
        for attempt, one in zip(held, asked, strict=True)
        if one.state == Request.State.DONE
    ]
    with transaction.atomic():
        ledger.write(person, leaves, home=settings.HOME, clock=SetClock(until))
    ledger.pin(settings.HOME, person)


def _add_checks(person: "Person", until: datetime) -> None:
    from stillwater.vault.models import SelfCheck

    SelfCheck.objects.bulk_create(
        SelfCheck(person=person, at=until - timedelta(days=day), passed=True, items=1000)
        for day in range(YEARS.days)
    )


def _sealed(person: "Person", what: object) -> bytes:
    from stillwater.vault.keys import keyring_of, seal_private

    return seal_private(keyring_of(person).recipient, json.dumps(what).encode())


def _drawn(weights: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
