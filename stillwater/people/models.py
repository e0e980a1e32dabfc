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


class Settings(models.Model):
    """What a person chose about the pages themselves. Nothing here says anything of a plan."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        SPANISH = "es", "Español"
        GERMAN = "de", "Deutsch"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="settings")
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.ENGLISH)
    timezone = models.CharField(max_length=64, default="")  # IANA; "": the zone of this machine
    # The pages' name in the browser, in windows and in notifications; "": the installation's.
    display_name = models.CharField(max_length=40, default="")
    idle_minutes = models.PositiveSmallIntegerField(default=5)  # 1 to 30 (safety.md)
    # Where *Leave quickly* goes: "" is the calendar on this machine, else an https address.
    exit_target = models.URLField(max_length=200, default="")

    @classmethod
    def of(cls, person: Person) -> "Settings":
        """What they chose, or what holds where nothing was chosen; not saved by asking."""
        return cls.objects.filter(person=person).first() or cls(person=person)
