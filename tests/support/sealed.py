"""Things that lie sealed with somebody, made straight: an attempt, a notice, a plan."""

import json
import os
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.home import Home
from stillwater.core.words import Channel, Kind
from stillwater.gate import keeping
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.plans import Plans
from stillwater.people.models import Other, Person
from stillwater.plan.form import parse
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey
from stillwater.vault.sealing import ToSeal, record, seal_files

RAW = (
    b"From: J <jordan@mail.example>\r\nDate: Fri, 20 Nov 2026 14:03:00 +0000\r\n"
    b"Subject: the blue kettle\r\n\r\nthe violet harbour canary sings tonight\r\n"
)


def seal_one(
    person: Person,
    home: Home,
    *,
    raw: bytes = RAW,
    at: datetime | None = None,
    channel: Channel = Channel.MAIL,
    direction: str = "in",
    other: Other | None = None,
    reading: dict[str, Any] | None = None,
) -> Attempt:
    """One attempt, sealed and in the ledger as the gate does it, with its row."""
    clock: Clock = SystemClock()
    at = at or clock.now()
    epoch = keeping.epoch_now(person, home=home, clock=clock)
    sealed = seal_files(home, epoch, [ToSeal(raw, at, channel, Kind.MESSAGE)])
    with transaction.atomic():
        (item,) = record(person, sealed, home=home, clock=clock)
        return Attempt.objects.create(
            person=person,
            item=item,
            other=other,
            source_identity=os.urandom(32),
            channel=channel,
            kind=Kind.MESSAGE,
            direction=direction,
            received_at=at,
            recorded_at=clock.now(),
            how="handle",
            plan_number=1,
            action="held",
            state=Attempt.State.READ,
            sealed_reading=private(person, reading) if reading is not None else b"",
            wants_review=False,
        )


def private(person: Person, data: dict[str, Any]) -> bytes:
    return seal_private(keyring_of(person).recipient, json.dumps(data).encode())


def notice(person: Person, kinds: tuple[str, ...] = ("weapon",), **more: Any) -> Notice:
    """An open notice; ``more`` replaces what it tells, and ``tier``."""
    now = SystemClock().now()
    tier = more.pop("tier", 1)
    told = {
        "version": 1,
        "item": None,
        "other": "J",
        "action": "alert",
        "answers": [],
        "channel": "mail",
        "received_at": now.isoformat(),
        "kinds": list(kinds),
        "text": "This may contain a threat.",
        "facts": [],
        **more,
    }
    return Notice.objects.create(
        person=person, tier=tier, opened_at=now, last_joined_at=now, sealed=private(person, told)
    )


def set_plan(
    person: Person, toml: str, clock: Clock | None = None, session: Session | None = None
) -> None:
    machine = MachineKey.load_or_create(settings.HOME)
    Plans(person, settings.HOME, machine, clock or SystemClock()).set(parse(toml), session)
