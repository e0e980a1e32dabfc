"""What is kept of the ways on which notices leave the page. No address lies open."""

from django.db import models

from stillwater.core.ids import new_public_id
from stillwater.people.models import Person


class Signals(models.Model):
    """What a person chose about the notes that leave the page; their texts lie sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="signals")
    for_gate = models.BinaryField(default=b"")  # the texts, under the machine key; empty: ours
    repeat_minutes = models.PositiveSmallIntegerField(default=5)
    agreed_after_minutes = models.PositiveSmallIntegerField(default=30)
    # In the person's own zone; both or neither.
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)

    class Meta:
        verbose_name_plural = "signals"

    @classmethod
    def of(cls, person: Person) -> "Signals":
        """What they chose, or what holds where nothing was chosen; not saved by asking."""
        return cls.objects.filter(person=person).first() or cls(person=person)


class Way(models.Model):
    """One way on which notes go out: to the person, or to whom they agreed on beforehand.

    Open: ids, times, and one word for what is wrong (troubles.py).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ways")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    for_gate = models.BinaryField()  # address and name, under the machine key
    is_agreed = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)  # when something last went out on it
    trouble = models.CharField(max_length=20, default="")
    trouble_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(is_agreed=True), name="agreed_once"
            )
        ]


class Delivery(models.Model):
    """How often one notice went out on one way, and who is at it now.

    ``step`` is the number of times that it was said. Whoever carries it out claims it by
    setting ``leased_until``; a lease that ran out is anybody's.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deliveries")
    notice = models.ForeignKey("gate.Notice", on_delete=models.CASCADE, related_name="deliveries")
    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="deliveries")
    step = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)  # in vain, since it was last said
    tried_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="delivery_once")]
