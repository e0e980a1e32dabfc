"""What lies in the vault, by channel and by week: counted in the database, never opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.db import connection
from django.db.models import QuerySet

from stillwater.core.words import Channel, Direction
from stillwater.gate.models import Attempt
from stillwater.people.models import Person

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week with the person, Monday to Sunday. ``ago``: 0 is the one that runs."""

    ago: int
    monday: date
    first: datetime
    until: datetime

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Counted:
    """How much came in on one channel, week by week, oldest first."""

    channel: Channel
    numbers: tuple[int, ...]


def week(ago: int, now: datetime, zone: tzinfo) -> Week:
    """The week that was so many weeks ago. Raises OverflowError before the year 1."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday()) - ago * _WEEK
    first, until = (datetime.combine(day, time(), zone) for day in (monday, monday + _WEEK))
    return Week(ago, monday, first, until)


def weeks(newest_ago: int, many: int, now: datetime, zone: tzinfo) -> list[Week]:
    """So many weeks up to one of them, oldest first."""
    return [week(newest_ago + ago, now, zone) for ago in reversed(range(many))]


def counts(
    person: Person, spans: Sequence[Week], channels: Sequence[Channel] = tuple(Channel)
) -> list[Counted]:
    """What came in, for every channel on which something did.

    One statement, and one range of one index for every channel and week: with 100,000 rows
    that takes a few milliseconds, where grouping them took forty.
    """
    found = dict.fromkeys(((one, at) for one in channels for at in range(len(spans))), 0)
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(channels), len(spans)), _parameters(person, spans, channels))
        for channel, at, number in cursor.fetchall():
            found[Channel(channel), at] = number
    rows = [Counted(one, tuple(found[one, at] for at in range(len(spans)))) for one in channels]
    return [row for row in rows if any(row.numbers)]


def _statement(channels: int, spans: int) -> str:
    ways = " UNION ALL ".join(["SELECT %s AS channel"] * channels)
    when = " UNION ALL ".join(["SELECT %s AS at, %s AS first, %s AS until"] * spans)
    return _COUNTS.replace("<ways>", ways).replace("<when>", when)


_COUNTS = """
SELECT ways.channel, weeks.at, (
  SELECT COUNT(*) FROM gate_attempt
  WHERE gate_attempt.person_id = %s AND gate_attempt.direction = %s
    AND gate_attempt.channel = ways.channel
    AND gate_attempt.received_at >= weeks.first AND gate_attempt.received_at < weeks.until
) FROM (<ways>) AS ways CROSS JOIN (<when>) AS weeks
"""


def _parameters(
    person: Person, spans: Sequence[Week], channels: Sequence[Channel]
) -> list[str | int | datetime | None]:
    as_kept = connection.ops.adapt_datetimefield_value
    bounds = [
        value
        for at, span in enumerate(spans)
        for value in (at, as_kept(span.first), as_kept(span.until))
    ]
    return [person.pk, Direction.IN.value, *[one.value for one in channels], *bounds]


def is_anything(person: Person) -> bool:
    """Whether anything lies there that came in."""
    return Attempt.objects.filter(person=person, direction=Direction.IN).exists()


def is_before(person: Person, moment: datetime) -> bool:
    """Whether anything came in earlier."""
    mine = Attempt.objects.filter(person=person, direction=Direction.IN, channel__in=list(Channel))
    return mine.filter(received_at__lt=moment).exists()


def in_week(person: Person, span: Week) -> "QuerySet[Attempt]":
    """What came in within one week, newest first."""
    return Attempt.objects.filter(
        person=person,
        direction=Direction.IN,
        received_at__gte=span.first,
        received_at__lt=span.until,
    ).order_by("-received_at", "-pk")
