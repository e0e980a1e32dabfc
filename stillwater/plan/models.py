"""The plan in the database: sealed to the person, and what the gate needs under the machine key."""

from django.db import models

from stillwater.people.models import Person


class PlanVersion(models.Model):
    """One plan as TOML, sealed to the person. Kept for ever: evidence names its plan."""

    class State(models.TextChoices):
        PENDING = "pending"  # loosens something: waits for takes_effect_at
        ACTIVE = "active"
        PAST = "past"
        WITHDRAWN = "withdrawn"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    made_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    sealed = models.BinaryField()  # age file to the person: the TOML
    # The same under the machine key: matching runs while nobody is signed in.
    # Emptied once the version is past or withdrawn. docs/decisions/ says why.
    for_gate = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="plan_once")]
