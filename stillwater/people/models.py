"""Who Stillwater protects, and who a plan is about.

What an other is called and where they write from is sealed (docs/sealed.md);
these rows hold opaque ids, so that everything else can refer to them.
"""

from django.db import models

from stillwater.core.ids import new_public_id


class Person(models.Model):
    """A protected person. Several may live on one installation, each walled off."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    # What they chose to be called when signing in; "me" unless they said otherwise.
    name = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id


class Other(models.Model):
    """Somebody a plan is about; the label is in the sealed plan, beside this id."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="others")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
