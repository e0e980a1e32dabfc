"""What the person must be told: opened, joined, acknowledged.

A notice holds categories and facts, sealed to the person; in the open lie its
tier and its times. More of the same within six hours joins a notice in silence,
or the other would hold a pager (plan/paging.py has the rule).
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.judgements import Match
from stillwater.core.words import Action, Channel, How, Kind, Standing, Tier
from stillwater.gate.first import First, hand_over
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Notice
from stillwater.gate.newcomers import Newcomers
from stillwater.gate.sameness import danger_of, hidden
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
    first: First,
) -> None:
    """Open or join a notice for every alert and every question. Call inside a transaction.

    ``items`` are the ids of the sealed originals, by the ids of their arrivals:
    what is told about must be found again. A question is of tier 0 and shares no
    kind with an alert, so that neither joins the other in silence. Of many questions
    about new senders on one day one notice is told for all (newcomers.py); of some
    danger a reviewer hears first (first.py).
    """
    alerts = [one for one in judgements if is_told(one)]
    if alerts:
        telling = _Telling(person, machine, private, now, items, first)
        for alert in alerts:
            telling.tell(alert)


class _Telling:
    """The open notices of one person, and what is told of now."""

    def __init__(
        self,
        person: Person,
        machine: MachineKey,
        private: Private,
        now: datetime,
        items: Mapping[str, str],
        first: First,
    ) -> None:
        self._person, self._machine, self._private = person, machine, private
        self._now, self._items, self._first = now, items, first
        mine = Notice.objects.filter(person=person, acknowledged_at=None).defer("sealed")
        self._open = list(mine.select_related("person").order_by("opened_at"))
        self._with_reviewer = [one for one in self._open if first.is_still_theirs(one)]
        self._newcomers = Newcomers(person, private, now)

    def tell(self, alert: Judgement) -> None:
        """One alert or question."""
        kinds = [hidden(self._person, self._machine, one) for one in _sameness(alert)]
        tier = 0 if _asks(alert) or alert.reading is None else int(alert.reading.danger.tier)
        is_reviewers = tier == Tier.AT_ONCE and self._first.is_reviewers(alert, self._now)
        if tier and not is_reviewers:
            self._hand_over()
        page = Page(tier=tier, kinds=frozenset(kinds), at=self._now)
        joined = next((one for one in self._open if joins(_page(one), page)), None)
        if joined is not None:
            joined.last_joined_at, joined.more_came = self._now, True
            joined.save(update_fields=["last_joined_at", "more_came"])
            return
        opened = self._opened(alert, tier, kinds, is_reviewers=is_reviewers)
        self._open.append(opened)
        if is_reviewers:
            self._with_reviewer.append(opened)

    def _hand_over(self) -> None:
        """Other danger came: the person hears of all of it."""
        for one in self._with_reviewer:
            hand_over(one, self._machine, self._now)
        self._with_reviewer.clear()

    def _opened(
        self, alert: Judgement, tier: int, kinds: list[str], *, is_reviewers: bool
    ) -> Notice:
        item = self._items.get(alert.arrival.id)
        is_danger = tier == Tier.AT_ONCE
        return Notice.objects.create(
            person=self._person,
            tier=tier,
            opened_at=self._now,
            last_joined_at=self._now,
            sealed=self._private(_told(alert, item)),
            categories_hmac=kinds,
            asks=self._newcomers.meet() if _is_newcomer(alert) else Notice.Asks.NOT,
            for_gate=self._first.seal(item, is_reviewers=is_reviewers) if is_danger else b"",
        )


def is_told(judgement: Judgement) -> bool:
    """Whether the person must hear of it."""
    return judgement.decision.action in (Action.ALERT, Action.ASK)


def answer(person: Person, opens: Private, item: str, now: datetime) -> None:
    """The question about this item is answered; alerts stay. Call inside a transaction.

    ``opens`` is the signed-in person's: what a notice is about lies sealed.
    """
    mine = Notice.objects.filter(person=person, acknowledged_at=None, tier=0)
    for notice in mine.exclude(asks=Notice.Asks.SEVERAL):
        told = json.loads(opens(bytes(notice.sealed)))
        if told["item"] == item and told.get("action") == Action.ASK:
            notice.acknowledged_at = now
            notice.save(update_fields=["acknowledged_at"])
    if not mine.filter(asks=Notice.Asks.SILENT).exists():
        mine.filter(asks=Notice.Asks.SEVERAL).update(acknowledged_at=now)


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


def acknowledge(person: Person, now: datetime, but: Collection[int] = ()) -> int:
    """The person has seen every open notice, ``but`` these; gives how many.

    Call inside a transaction.
    """
    mine = Notice.objects.filter(person=person, acknowledged_at=None).exclude(pk__in=but)
    return mine.update(acknowledged_at=now)


def acknowledge_one(notice: Notice, now: datetime) -> None:
    """The person has seen this one; the others stay open. Call inside a transaction."""
    Notice.objects.filter(pk=notice.pk, acknowledged_at=None).update(acknowledged_at=now)


def _asks(alert: Judgement) -> bool:
    return alert.decision.action is Action.ASK


def _is_newcomer(alert: Judgement) -> bool:
    """A question about somebody whom nothing but their words connects with the plan.

    Anybody can be that, again and again, under ever new addresses. A child's message, and
    what claims to be somebody wanted, are told by themselves.
    """
    return _asks(alert) and alert.match.standing is Standing.STRANGER


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
    if match.standing is Standing.CHILD and match.other is not None:
        return "child_on_theirs"
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
    own = alert.reading.danger.of_own_death if alert.reading is not None else ()
    kinds = [kind for kind in _kinds(alert) if kind not in own]
    return [danger_of(alert.match.other, kind, finer.get(kind)) for kind in kinds]


def _sender(alert: Judgement) -> str | None:
    """The first handle that it claims to come from, in exact form where it has one.

    Of what looks like a child's in its other form: anybody can write many that look alike.
    """
    handles = (one.handle for one in alert.arrival.senders if one.handle)
    first = next(handles, None)
    known = canonical(first) if first is not None else None
    if known is None:
        return first
    return known.loose if alert.match.standing is Standing.CHILD else known.exact


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
            # That nothing comes came by no way.
            "channel": alert.arrival.channel if alert.arrival.kind is not Kind.TICK else None,
            "received_at": alert.arrival.received_at.isoformat(),
            "kinds": _kinds(alert),
            "text": shown.text if shown else None,
            "facts": [asdict(fact) for fact in shown.facts] if shown else [],
        }
    ).encode()
