"""What the person must be told: opened, joined, acknowledged.

A notice holds categories and facts, sealed to the person; in the open lie its
tier and its times. More of the same within six hours joins a notice in silence,
or the other would hold a pager (plan/paging.py has the rule).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.words import Action, Channel, Standing
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.plan.paging import Page, joins
from stillwater.vault.machine import MachineKey

Private = Callable[[bytes], bytes]
Hides = Callable[[str], str]


def tell(
    person: Person,
    machine: MachineKey,
    private: Private,
    judgements: Iterable[Judgement],
    now: datetime,
    items: Mapping[str, str],
) -> None:
    """Open or join a notice for every alert. Call inside a transaction.

    ``items`` are the ids of the sealed originals, by the ids of their arrivals:
    what is told about must be found again.
    """
    alerts = [one for one in judgements if one.decision.action is Action.ALERT]
    if not alerts:
        return
    open_notices = list(
        Notice.objects.filter(person=person, acknowledged_at=None).order_by("opened_at")
    )
    for alert in alerts:
        kinds = [hidden(person, machine, sameness) for sameness in _sameness(alert)]
        tier = int(alert.reading.danger.tier) if alert.reading else 0
        page = Page(tier=tier, kinds=frozenset(kinds), at=now)
        if joined := next((one for one in open_notices if joins(_page(one), page)), None):
            joined.last_joined_at, joined.more_came = now, True
            joined.save(update_fields=["last_joined_at", "more_came"])
            continue
        open_notices.append(
            Notice.objects.create(
                person=person,
                tier=tier,
                opened_at=now,
                last_joined_at=now,
                sealed=private(_told(alert, items.get(alert.arrival.id))),
                categories_hmac=kinds,
            )
        )


def tell_not_watching(
    person: Person,
    private: Private,
    hides: Hides,
    trouble: Trouble,
    mailbox: str,
    since: datetime,
    now: datetime,
) -> bool:
    """Say that nobody watches a mailbox; False where that is told already.

    Call inside a transaction. ``hides`` gives the keyed hash by which the same is known.
    """
    kind = hides(json.dumps([mailbox, "not_watching", trouble.value]))
    # Seen and not mended yet, it is not said again: the first page still says since when.
    told_before = Notice.objects.filter(person=person).filter(
        Q(acknowledged_at=None) | Q(opened_at__gte=since)
    )
    if any(kind in one.categories_hmac for one in told_before):
        return False
    told = {
        "version": 1,
        "item": None,
        "other": None,
        "channel": Channel.MAIL,
        "received_at": since.isoformat(),
        "kinds": ["not_watching"],
        "text": f"{trouble.said} {trouble.next_step}",
        "facts": [],
    }
    Notice.objects.create(
        person=person,
        tier=0,
        opened_at=now,
        last_joined_at=now,
        sealed=private(json.dumps(told).encode()),
        categories_hmac=[kind],
    )
    return True


def acknowledge(person: Person, now: datetime) -> int:
    """The person has seen every open notice; gives how many. Call inside a transaction."""
    return Notice.objects.filter(person=person, acknowledged_at=None).update(acknowledged_at=now)


def _kinds(alert: Judgement) -> list[str]:
    """What an alert is about: danger categories, and the kinds that are no danger."""
    kinds: list[str] = []
    if alert.reading is not None:
        kinds += [category.value for category in alert.reading.danger.categories]
        if alert.reading.legal_service:
            kinds.append("legal_service")
        if alert.reading.unread is not None:
            kinds.append("unread_by_machine")
    return kinds or [alert.match.standing.value]


def _sameness(alert: Judgement) -> list[str]:
    """For each kind, what a further alert must share with it to join it in silence."""
    shown = alert.decision.shown
    finer = {
        "legal_service": [[fact.kind, fact.value] for fact in shown.facts] if shown else [],
        Standing.CLAIMS_TO_PASS.value: [one.handle for one in alert.arrival.senders],
    }
    return [json.dumps([alert.match.other, kind, finer.get(kind)]) for kind in _kinds(alert)]


def hidden(person: Person, machine: MachineKey, sameness: str) -> str:
    """A keyed hash: which category it was is derived from content."""
    return machine.fingerprint(person.public_id, b"notice\0" + sameness.encode()).hex()


def _page(notice: Notice) -> Page:
    return Page(tier=notice.tier, kinds=frozenset(notice.categories_hmac), at=notice.opened_at)


def _told(alert: Judgement, item: str | None) -> bytes:
    """Category and facts, in our words: never the text."""
    shown = alert.decision.shown
    return json.dumps(
        {
            "version": 1,
            "item": item,  # None: it stays where it was
            "other": alert.match.other,
            "channel": alert.arrival.channel,
            "received_at": alert.arrival.received_at.isoformat(),
            "kinds": _kinds(alert),
            "text": shown.text if shown else None,
            "facts": [asdict(fact) for fact in shown.facts] if shown else [],
        }
    ).encode()
