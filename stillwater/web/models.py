"""What the pages keep of their own: half-done questions, sealed."""

from django.db import models

from stillwater.core.ids import new_public_id
from stillwater.people.models import Person


class AskedExport(models.Model):
    """An export that was chosen at the page, and how far it has come.

    About whom it is, of what, and to whom lies sealed; the wait itself is kept by the vault.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asked_exports")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    chosen_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)  # null: not asked for yet
    made_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()
