"""Which open notices the person hears of now."""

from datetime import datetime

from django.db.models import QuerySet

from stillwater.gate.first import with_reviewer
from stillwater.gate.models import Notice
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey


def told_to(person: Person, machine: MachineKey, now: datetime) -> QuerySet[Notice]:
    """Open, and told by themselves: a question that one notice speaks for is not.

    Nor is what a reviewer hears of first, until they had their time.
    """
    mine = Notice.objects.filter(person=person, acknowledged_at=None)
    return mine.exclude(asks=Notice.Asks.SILENT).exclude(pk__in=with_reviewer(person, machine, now))
