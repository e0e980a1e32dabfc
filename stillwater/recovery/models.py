"""What the person said of a day. All of it is sealed: not even which day stands in the open."""

from django.db import models

from stillwater.core.ids import new_public_id
from stillwater.people.models import Person


class DayNote(models.Model):
    """A lapse that the person noted, or that something was none (docs/front/today.md).

    ``sealed`` is an age file to the person: JSON with ``what``, ``day`` and ``at``, and
    ``attempt`` where it speaks of one. It is in no export, and no reviewer sees it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="day_notes")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    sealed = models.BinaryField()
