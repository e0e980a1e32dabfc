"""A sealed notice as the page tells it: kinds and facts in our words, and nothing else."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from stillwater.core.errors import UserError
from stillwater.core.words import Action, DangerCategory, FactKind
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.told import told_to
from stillwater.web.here import Here
from stillwater.web.mailboxes.words import said_here
from stillwater.web.needs import words
from stillwater.web.needs.words import Words

MOST_OPENED = 20
_LAST = 3  # tier 0 is less urgent than 2
_URGENCY = Case(When(tier=0, then=Value(_LAST)), default=F("tier"), output_field=IntegerField())
_OURS = frozenset({"not_watching"})  # kinds whose text is one of our own sentences


@dataclass(frozen=True, slots=True)
class Told:
    """One notice. ``headline`` is one of a few sentences, and names nobody."""

    public_id: str
    tier: int
    headline: Words
    also: tuple[Words, ...] = ()  # what else it says of itself
    about: tuple[Words, ...] = ()  # what kind of danger
    label: str = ""
    channel: Words = ""
    at: datetime | None = None
    facts: tuple[tuple[Words, str], ...] = ()
    text: str = ""
    item: str = ""
    may_not_be_theirs: bool = False  # only suspected: the person can say so
    attempt: str = ""  # the id of what lies sealed; "": it stays where it came in
    more_came: bool = False
    is_danger: bool = False
    is_legal: bool = False
    is_question: bool = False
    is_mailbox: bool = False


class OpenNotices(NamedTuple):
    """What needs the person, the most urgent first; and whether there is more than that."""

    shown: list[Told]
    are_more: bool

    @property
    def headlines(self) -> list[Words]:
        """What kinds of things need them, each once: no number, no name."""
        return list(dict.fromkeys(one.headline for one in self.shown))


def open_notices(here: Here) -> OpenNotices:
    """Of danger and of all else the newest, and no more than one page can open quickly.

    Somebody can make many; what is older comes up as these are seen.
    """
    told_now = told_to(here.person, here.machine, here.clock.now())
    rows = list(told_now.order_by(_URGENCY, "-opened_at", "-pk")[: MOST_OPENED + 1])
    newest = sorted(rows[:MOST_OPENED], key=lambda row: (row.tier or _LAST, row.opened_at))
    return OpenNotices([told(here, row) for row in newest], len(rows) > MOST_OPENED)


def told(here: Here, notice: Notice) -> Told:
    """One notice, opened. What does not open is told as that."""
    try:
        data = json.loads(here.opens(bytes(notice.sealed)))
    except UserError:
        return Told(notice.public_id, notice.tier, words.NOT_OPENED)
    kinds = data["kinds"]
    dangers = [DangerCategory(one) for one in kinds if one in set(DangerCategory)]
    headline, also = _headline(kinds, dangers, is_question=data.get("action") == Action.ASK)
    return Told(
        public_id=notice.public_id,
        tier=notice.tier,
        headline=headline,
        also=also,
        about=() if headline == words.SUICIDE else tuple(words.CATEGORIES[one] for one in dangers),
        label=data["other"] or "",
        channel=words.channel_words(data["channel"]) if data["channel"] else "",
        at=datetime.fromisoformat(data["received_at"]),
        facts=tuple(map(fact_words, data["facts"])),
        text=said_here(data["text"] or "") if _OURS.issuperset(kinds) else "",
        item=data["item"] or "",
        may_not_be_theirs="not_theirs" in data.get("answers", ()) and bool(data["item"]),
        attempt=_attempt(here, data["item"]),
        more_came=notice.more_came,
        is_danger=bool(dangers) or "unread_by_machine" in kinds,
        is_legal="legal_service" in kinds,
        is_question=data.get("action") == Action.ASK,
        is_mailbox="not_watching" in kinds,
    )


def fact_words(fact: dict[str, Any]) -> tuple[Words, str]:
    """A fact as two texts: what it is, and its value as people write it."""
    kind, value = FactKind(fact["kind"]), str(fact["value"])
    if kind in (FactKind.DATE, FactKind.DEADLINE):
        value = _day_words(value)
    return words.FACTS[kind], value


def _day_words(value: str) -> str:
    """The forms are those of docs/formats/decision.md; another one is shown as it stands."""
    try:
        if "T" in value:
            return date_format(datetime.fromisoformat(value), gettext("l, j F Y, H:i"))
        return date_format(date.fromisoformat(value), gettext("l, j F Y"))
    except ValueError:
        return value


def _headline(
    kinds: list[str], dangers: list[DangerCategory], *, is_question: bool
) -> tuple[Words, tuple[Words, ...]]:
    """The first sentence, and what is said beside it."""
    others = tuple(words.OTHER_KINDS[one] for one in kinds if one in words.OTHER_KINDS)
    if dangers == [DangerCategory.SUICIDE_THREAT]:
        return words.SUICIDE, others
    if dangers:
        also = tuple(said for one, said in words.BESIDE.items() if one in dangers)
        head = words.MAY_BE_DANGER if words.NO_THREAT.issuperset(dangers) else words.MAY_THREATEN
        return head, also + others
    if others:
        return others[0], others[1:]
    return (words.QUESTION if is_question else words.SOMETHING), ()


def _attempt(here: Here, item: str | None) -> str:
    if item is None:
        return ""
    found = here.mine(Attempt).filter(item__public_id=item).values_list("public_id", flat=True)
    return found.first() or ""


def when_words(moment: datetime) -> str:
    """Day and time, in the person's zone."""
    return date_format(localtime(moment), gettext("l, j F Y, H:i"))
