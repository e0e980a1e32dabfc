"""Which items go into a bundle, and how many there are of which it is a part."""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from stillwater.core.errors import UserError
from stillwater.core.words import Channel, How
from stillwater.evidence.verifier.problems import plain
from stillwater.evidence.verifier.tables import canonical
from stillwater.gate.models import Attempt, Authorship, HandPart
from stillwater.people.models import Other
from stillwater.vault.models import Item

_SHORTEST_ID, _WHOLE_ID = 6, 32
_LONGEST_SAID, _MOST_SAID = 40, 10  # of what was typed wrongly: characters of each, and how many
_OF_AN_ITEM = ("item", "item__epoch", "item__person", "item__log")
Opens = Callable[[bytes], bytes]
_Parts = dict[int, list[tuple[HandPart, dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. Days are whole days in the person's own time zone."""

    since: date | None = None
    until: date | None = None
    items: tuple[str, ...] = ()  # ids of items, or their beginnings
    channels: tuple[Channel, ...] = ()  # none: all of them
    # What the person wrote of themself beside an entry by hand: off unless asked for.
    apart: frozenset[str] = frozenset()  # "effect", "medical"

    def about(self, other: Other, to: str) -> str:
        """A hash of what was asked: the same question has the same wait."""
        asked = [other.public_id, to, str(self.since), str(self.until), sorted(self.items)]
        if self.channels:  # what was asked for before there were any keeps its wait
            asked.append(sorted(one.value for one in self.channels))
        asked += [sorted(self.apart)] if self.apart else []
        return sha256(canonical(asked).encode()).hexdigest()

    @property
    def in_words(self) -> str:
        """How the bundle's statement says it."""
        said = []
        if self.since:
            said.append(f"received on or after {self.since.isoformat()}")
        if self.until:
            said.append(f"received on or before {self.until.isoformat()}")
        if self.channels:
            said.append("by " + ", ".join(sorted(one.value for one in self.channels)))
        if self.items:
            said.append(f"{len(self.items)} items chosen one by one")
        if self.apart:
            said.append(f"with the person's own notes on {' and '.join(sorted(self.apart))}")
        return "; ".join(said) or "none: every item is here"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One sealed item: an attempt's own, or a part of an entry that was written by hand."""

    attempt: Attempt
    item: Item
    part: dict[str, Any] | None = None  # what its row says of it, opened
    by_hand: bool = False
    not_mine: bool = False  # the person says that they did not write it


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes in, oldest first, and what stays out."""

    exhibits: list[Exhibit]
    of: int  # items of this other in all
    unconfirmed: int  # items that only a machine suspected: never in a bundle


@dataclass(frozen=True, slots=True)
class Counted:
    """How many would go in, and what stays out."""

    shown: int
    of: int
    unconfirmed: int


def select(other: Other, wanted: Wanted, zone: ZoneInfo, opens: Opens) -> Selection:
    """The items of one other, in both directions. Raises UserError where there are none.

    ``opens`` is the signed-in person's: what a part of an entry by hand is lies sealed.
    """
    chosen = _chosen(other, wanted, zone)
    attempts = list(chosen.select_related(*_OF_AN_ITEM, "by_hand").order_by("received_at", "pk"))
    if not attempts:
        raise _nothing()
    parts = _parts(other, wanted, opens)
    exhibits = list(_exhibits(attempts, parts))
    return Selection(exhibits, of=_in_all(other, parts), unconfirmed=_unconfirmed(other))


def count(other: Other, wanted: Wanted, zone: ZoneInfo, opens: Opens) -> Counted:
    """As many as ``select`` gives, without fetching them. Raises UserError as it does."""
    chosen = _chosen(other, wanted, zone)
    attempts = chosen.count()
    if not attempts:
        raise _nothing()
    parts = _parts(other, wanted, opens)
    shown = attempts + _parts_of(chosen, parts)
    return Counted(shown, of=_in_all(other, parts), unconfirmed=_unconfirmed(other))


def _theirs(other: Other) -> QuerySet[Attempt]:
    return Attempt.objects.filter(person=other.person, other=other).exclude(how=How.SUSPECTED)


def _chosen(other: Other, wanted: Wanted, zone: ZoneInfo) -> QuerySet[Attempt]:
    theirs = _theirs(other)
    chosen = _between(theirs, wanted, zone)
    if wanted.channels:
        chosen = chosen.filter(channel__in=[one.value for one in wanted.channels])
    if wanted.items:
        chosen = chosen.filter(item__public_id__in=_whole_ids(theirs, wanted.items))
    return chosen


def _nothing() -> UserError:
    return UserError(
        "There is nothing to export.", "Look at --since, --until and --items, or import first."
    )


def _in_all(other: Other, parts: _Parts) -> int:
    theirs = _theirs(other)
    return theirs.count() + _parts_of(theirs, parts)


def _unconfirmed(other: Other) -> int:
    return Attempt.objects.filter(person=other.person, other=other, how=How.SUSPECTED).count()


def _parts_of(attempts: QuerySet[Attempt], parts: _Parts) -> int:
    """How many parts belong to them; only what was written by hand has any."""
    if not parts:
        return 0
    by_hand = attempts.exclude(by_hand=None).values_list("pk", flat=True)
    return sum(len(parts.get(pk, ())) for pk in by_hand)


def _parts(other: Other, wanted: Wanted, opens: Opens) -> _Parts:
    """Pictures, corrections, and what was asked for by name, by the attempt they belong to."""
    rows = HandPart.objects.filter(person=other.person, entry__attempt__other=other)
    if not wanted.apart:
        rows = rows.exclude(role=HandPart.Role.APART)
    found: _Parts = {}
    of_item = [f"item__{name}" for name in ("epoch", "person", "log")]
    for row in rows.select_related("entry", "item", *of_item).order_by("pk"):
        said = json.loads(opens(bytes(row.sealed)))
        if row.role != HandPart.Role.APART or said["part"] in wanted.apart:
            found.setdefault(row.entry.attempt_id, []).append((row, said))
    return found


def _exhibits(attempts: list[Attempt], parts: _Parts) -> Iterator[Exhibit]:
    """Each attempt, and behind it what belongs to it."""
    not_mine: dict[int, bool] = {}
    for said in Authorship.objects.filter(person=attempts[0].person_id).order_by("pk"):
        not_mine[said.item_id] = said.not_mine
    for attempt in attempts:
        item, by_hand = attempt.item, hasattr(attempt, "by_hand")
        yield Exhibit(attempt, item, by_hand=by_hand, not_mine=not_mine.get(item.pk, False))
        for row, part in parts.get(attempt.pk, ()):
            disowned = not_mine.get(row.item_id, False)
            yield Exhibit(attempt, row.item, part, by_hand=True, not_mine=disowned)


def _between(found: QuerySet[Attempt], wanted: Wanted, zone: ZoneInfo) -> QuerySet[Attempt]:
    if wanted.since:
        found = found.filter(received_at__gte=_midnight(wanted.since, zone))
    if wanted.until:
        found = found.filter(received_at__lt=_midnight(wanted.until + timedelta(days=1), zone))
    return found


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone)


def _whole_ids(theirs: QuerySet[Attempt], untrusted_ids: tuple[str, ...]) -> list[str]:
    """Each id that was given, whole, with one query for all of them.

    Raises UserError, which names every one that is unknown or not clear.
    """
    untrusted = dict.fromkeys(one.strip().lower() for one in untrusted_ids)
    known = _known_ids(theirs, list(untrusted))
    whole, unclear = [], []
    for untrusted_id in untrusted:
        found = _beginning_with(known, untrusted_id)
        if len(untrusted_id) >= _SHORTEST_ID and len(found) == 1:
            whole += found
        else:
            unclear.append(_said_of(untrusted_id, found))
    if unclear:
        raise UserError(
            f"In --items, not of one item of this other: {_listed(unclear)}.",
            f"Give at least {_SHORTEST_ID} characters of each item's id.",
        )
    return whole


def _known_ids(theirs: QuerySet[Attempt], untrusted_ids: list[str]) -> list[str]:
    """The ids among which these are found, in order: whole ones need no others beside them."""
    if all(len(one) == _WHOLE_ID for one in untrusted_ids):
        theirs = theirs.filter(item__public_id__in=untrusted_ids)
    return sorted(theirs.values_list("item__public_id", flat=True))


def _beginning_with(known: list[str], start: str) -> list[str]:
    """At most two: more is not clearer."""
    at = bisect_left(known, start)
    return [one for one in known[at : at + 2] if one.startswith(start)]


def _said_of(untrusted_id: str, found: list[str]) -> str:
    why = "of several" if found else "unknown"
    if len(untrusted_id) < _SHORTEST_ID:
        why = "too short"
    return f"{plain(untrusted_id, _LONGEST_SAID)} ({why})"


def _listed(unclear: list[str]) -> str:
    said = ", ".join(unclear[:_MOST_SAID])
    more = len(unclear) - _MOST_SAID
    return f"{said} and {more} more" if more > 0 else said
