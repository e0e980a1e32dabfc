"""Notices of our own making: what a reviewer sorted, who joins the circle. Sealed, like all."""

import json
from collections.abc import Sequence
from datetime import datetime

from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.vault.keys import keyring_of, seal_private


def tell(
    person: Person,
    now: datetime,
    text: str,
    kinds: Sequence[str],
    *,
    tier: int = 0,
    item: str | None = None,
    channel: str | None = None,
    received_at: datetime | None = None,
    facts: Sequence[dict[str, str | None]] = (),
) -> Notice:
    """Open a notice: docs/formats/attempt-record.md has its form. Inside a transaction.

    Nothing joins it in silence, and it joins nothing: it is said by us or by somebody of the
    circle, never by the other, so nobody can make a pager of it.
    """
    told = {
        "version": 1,
        "item": item,
        "other": None,
        "action": "alert" if tier else "digest",
        "answers": [],
        "channel": channel,
        "received_at": (received_at or now).isoformat(),
        "kinds": list(kinds),
        "text": text,
        "facts": list(facts),
    }
    return Notice.objects.create(
        person=person,
        tier=tier,
        opened_at=now,
        last_joined_at=now,
        sealed=seal_private(keyring_of(person).recipient, json.dumps(told).encode()),
        categories_hmac=[],
    )
