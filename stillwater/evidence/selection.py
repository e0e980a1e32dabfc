"""Which items go into a bundle, and how many there are of which it is a part."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from stillwater.core.errors import UserError
from stillwater.core.words import Channel, How
from stillwater.evidence.verifier.tables import canonical
from stillwater.gate.models import Attempt
from stillwater.people.models import Other

_SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for. Days are whole days in the person's own time zone."""

    since: date | None = None
    until: date | None = None
    items: tuple[str, ...] = ()  # ids of items, or their beginnings
    channels: tuple[Channel, ...] = ()  # none: all of them

    def about(self, other: Other, to: str) -> str:
        """A hash of what was asked: the same question has the same wait."""
        asked = [other.public_id, to, str(self.since), str(self.until), sorted(self.items)]
        if self.channels:  # what was asked for before there were any keeps its wait
            asked.append(sorted(one.value for one in self.channels))
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
        return "; ".join(said) or "none: every item is here"


@dataclass(frozen=True, slots=True)
class Selection:
    """The attempts that go in, oldest first, and what stays out."""

    attempts: list[Attempt]
    of: int  # items of this other in all
    unconfirmed: int  # items that only a machine suspected: never in a bundle


def select(other: Other, wanted: Wanted, zone: ZoneInfo) -> Selection:
    """The items of one other, in both directions. Raises UserError where there are none."""
    everything = Attempt.objects.filter(person=other.person, other=other)
    theirs = everything.exclude(how=How.SUSPECTED)
    chosen = _between(theirs, wanted, zone)
    if wanted.channels:
        chosen = chosen.filter(channel__in=[one.value for one in wanted.channels])
    if wanted.items:
        chosen = chosen.filter(item__public_id__in=_whole_ids(theirs, wanted.items))
    attempts = list(
        chosen.select_related("item", "item__epoch", "item__person", "item__log").order_by(
            "received_at", "pk"
        )
    )
    if not attempts:
        raise UserError(
            "There is nothing to export.", "Look at --since, --until and --items, or import first."
        )
    of = theirs.count()
    return Selection(attempts, of=of, unconfirmed=everything.count() - of)


def _between(found: QuerySet[Attempt], wanted: Wanted, zone: ZoneInfo) -> QuerySet[Attempt]:
    if wanted.since:
        found = found.filter(received_at__gte=_midnight(wanted.since, zone))
    if wanted.until:
        found = found.filter(received_at__lt=_midnight(wanted.until + timedelta(days=1), zone))
    return found


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone)


def _whole_ids(theirs: QuerySet[Attempt], untrusted_ids: tuple[str, ...]) -> list[str]:
    """Each id that was given, whole. Raises UserError where one is unknown or not clear."""
    whole = []
    for untrusted_id in untrusted_ids:
        starts = theirs.filter(item__public_id__startswith=untrusted_id.strip().lower())
        found = list(starts.values_list("item__public_id", flat=True)[:2])
        if len(untrusted_id.strip()) < _SHORTEST_ID or len(found) != 1:
            raise UserError(
                "One of the ids in --items is not of one item of this other.",
                f"Give at least {_SHORTEST_ID} characters of each item's id.",
            )
        whole.append(found[0])
    return whole
