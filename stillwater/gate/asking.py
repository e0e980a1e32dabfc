"""Asking the reviewer for one item, instead of looking oneself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from stillwater.gate.models import Attempt
from stillwater.people.models import Person
from stillwater.vault.models import Reviewer


def has_reviewer(person: Person, now: datetime) -> bool:
    """Whether somebody is there who can open what is sealed now."""
    mine = Reviewer.objects.filter(person=person, from_at__lte=now)
    return mine.filter(Q(until_at=None) | Q(until_at__gt=now)).exists()


def ask_reviewer(attempt: Attempt) -> None:
    """It stands in the reviewer's queue from now on, also where it was taken out before."""
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(wants_review=True)
