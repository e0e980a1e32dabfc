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
from stillwater.core.judgements import Match
from stillwater.core.words import Action, Channel, How, Standing
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.plan.paging import Page, joins
from stillwater.text.handles import canonical
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
    """Open or join a notice for every alert and every question. Call inside a transaction.

    ``items`` are the ids of the sealed originals, by the ids of their arrivals:
    what is told about must be found again. A question is of tier 0 and shares no
    kind with an alert, so that neither joins the other in silence.
    """
    alerts = [one for one in judgements if is_told(one)]
    if not alerts:
        return
    open_notices = list(
        Notice.objects.filter(person=person, acknowledged_at=None).order_by("opened_at")
    )
    for alert in alerts:
        kinds = [hidden(person, machine, sameness) for sameness in _sameness(alert)]
        tier = 0 if _asks(alert) or alert.reading is None else int(alert.reading.danger.tier)
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


def is_told(judgement: Judgement) -> bool:
    """Whether the person must hear of it."""
    return judgement.decision.action in (Action.ALERT, Action.ASK)


def answer(person: Person, opens: Private, item: str, now: datetime) -> None:
    """The question about this item is answered; alerts stay. Call inside a transaction.

    ``opens`` is the signed-in person's: what a notice is about lies sealed.
    """
    for notice in Notice.objects.filter(person=person, acknowledged_at=None, tier=0):
        told = json.loads(opens(bytes(notice.sealed)))
        if told["item"] == item and told.get("action") == Action.ASK:
            notice.acknowledged_at = now
            notice.save(update_fields=["acknowledged_at"])


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


def acknowledge_one(notice: Notice, now: datetime) -> None:
    """The person has seen this one; the others stay open. Call inside a transaction."""
    Notice.objects.filter(pk=notice.pk, acknowledged_at=None).update(acknowledged_at=now)


def _asks(alert: Judgement) -> bool:
    return alert.decision.action is Action.ASK


def _kinds(alert: Judgement) -> list[str]:
    """What it is about: danger categories, and the kinds that are no danger; or the question."""
    if _asks(alert):
        return [_question(alert.match)]
    kinds: list[str] = []
    if alert.reading is not None:
        kinds += [category.value for category in alert.reading.danger.categories]
        if alert.reading.legal_service:
            kinds.append("legal_service")
        if alert.reading.unread is not None:
            kinds.append("unread_by_machine")
    return kinds or [alert.match.standing.value]


def _question(match: Match) -> str:
    """What the person is asked of a sender."""
    if match.standing is not Standing.STRANGER:
        return match.standing.value
    return "carries_word" if match.how is How.RELAY else "may_be_theirs"


def _answers(match: Match) -> list[str]:
    """What the person may say of it. A handle that the plan lists is the plan's to change."""
    if match.standing is not Standing.STRANGER:
        return []
    if match.how in (How.SUSPECTED, How.NONE):
        return ["theirs", "not_theirs"]
    return ["relay", "not_relay"] if match.how is How.RELAY and match.relay is None else []


def _sameness(alert: Judgement) -> list[str]:
    """For each kind, what a further one must share with it to join it in silence."""
    if _asks(alert):
        question = ["asked", _question(alert.match), alert.match.other, _sender(alert)]
        return [json.dumps(question)]
    shown = alert.decision.shown
    finer = {
        "legal_service": [[fact.kind, fact.value] for fact in shown.facts] if shown else [],
        Standing.CLAIMS_TO_PASS.value: [one.handle for one in alert.arrival.senders],
    }
    return [json.dumps([alert.match.other, kind, finer.get(kind)]) for kind in _kinds(alert)]


def _sender(alert: Judgement) -> str | None:
    """The first handle that it claims to come from, in exact form where it has one."""
    handles = (one.handle for one in alert.arrival.senders if one.handle)
    first = next(handles, None)
    known = canonical(first) if first is not None else None
    return known.exact if known is not None else first


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
            "action": alert.decision.action,
            "answers": _answers(alert.match),
            "channel": alert.arrival.channel,
            "received_at": alert.arrival.received_at.isoformat(),
            "kinds": _kinds(alert),
            "text": shown.text if shown else None,
            "facts": [asdict(fact) for fact in shown.facts] if shown else [],
        }
    ).encode()
