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


class SetUp(models.Model):
    """How far a person has come in setting up; what they answered lies sealed.

    Kept afterwards: it holds what the plan does not (how they know an other, what they
    share with them), and that is why a mode may be *watch*.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="set_up")
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()  # age file to the person: their answers as JSON


class Intention(models.Model):
    """What a person said a plan should protect. For themself alone, and never a verdict."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="intentions")
    said_at = models.DateTimeField()
    sealed = models.BinaryField()  # age file to the person
