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


class KeptWords(models.Model):
    """What somebody had begun to write in a form (half_typed.py): sealed to them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_words")
    member = models.CharField(max_length=32, blank=True)  # whose reviewer; "": the person
    about = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "member", "about"], name="web_words_once")
        ]
