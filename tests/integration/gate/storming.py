"""Storms of mail through the live gate, and what was told of them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from stillwater.core.words import Channel, DangerCategory
from stillwater.gate.intake import Intake
from stillwater.gate.models import Notice
from stillwater.gate.over_time import OverTime
from stillwater.gate.plans import active_plan
from stillwater.gate.triage import Triaged
from stillwater.patterns.contact import Contact
from tests.integration.gate.conftest import START, Life
from tests.support.mailbox import OTHER, mail

STORM, SILENCE = DangerCategory.STORM.value, DangerCategory.SILENCE_AFTER_STORM.value
NEW_WAY = DangerCategory.NEW_CHANNEL_AFTER_BLOCK.value
KIM = "kim@mail.example"
YOU = """
[you]
timezone = "Europe/Berlin"
"""
TWO = """
[[others]]
label = "K"
handles = ["kim@mail.example"]
mode = "no_contact"
"""
_numbers = count(1)


def came(
    intake: Intake, at: datetime, *, sender: str = OTHER, channel: Channel = Channel.MAIL
) -> Triaged:
    """One attempt of which a server says that it came in then."""
    one = intake.triage(mail(sender, "Please write to me.", number=next(_numbers)))
    arrival = replace(one.arrival, received_at=at, channel=channel)
    return replace(one, arrival=arrival, received_at_is_guess=False)


def take(life: Life, *moments: datetime, sender: str = OTHER) -> None:
    with life.gate() as intake:
        intake.take([came(intake, at, sender=sender) for at in moments])


def days(*ahead: float) -> Iterator[datetime]:
    return (START + timedelta(days=one) for one in ahead)


def live(life: Life, *moments: datetime, sender: str = OTHER) -> None:
    """Each as it comes, the clock with it."""
    for at in moments:
        life.clock.at = at
        take(life, at, sender=sender)


def storm(life: Life, sender: str = OTHER) -> None:
    """Four quiet weeks, then twelve attempts in an hour."""
    live(life, *days(*range(0, 28, 5)), sender=sender)
    live(life, *days(*(28 + n / 300 for n in range(12))), sender=sender)


def told(life: Life) -> list[dict[str, Any]]:
    session = life.session()
    rows = Notice.objects.filter(person=life.person).order_by("opened_at", "pk")
    return [json.loads(session.open_private(bytes(one.sealed))) for one in rows]


def kinds(life: Life) -> list[list[str]]:
    return [one["kinds"] for one in told(life)]


def contact(life: Life, label: str = "J") -> Contact:
    plan = active_plan(life.person, life.machine, life.clock.now())
    assert plan is not None
    now = life.clock.now()
    found = OverTime.of(life.person, life.machine, plan, now)._unfolding.storms.contact(label)
    assert found is not None
    return found


class StoppedError(Exception):
    """The machine stopped here."""


def stop(*_: object) -> None:
    """Stands in for a step at which the machine stops."""
    raise StoppedError
