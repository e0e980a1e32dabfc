"""The people who help one person, and what they did. Names, notes and answers lie sealed.

In the open stand ids, roles, times, states and limits. What is said of somebody, and what a
reviewer said of an item, is sealed to the person.
"""

from django.db import models

from stillwater.circle.permissions import Role
from stillwater.core.ids import new_public_id
from stillwater.people.models import Person


class Member(models.Model):
    """Somebody of a person's circle."""

    class State(models.TextChoices):
        INVITED = "invited"  # asked; has no key yet
        KEYED = "keyed"  # brought a key, whose words are still to be read aloud
        WAITING = "waiting"  # agreed by both; takes effect after the person's delay
        ACTIVE = "active"
        ENDED = "ended"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circle")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    role = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Role])
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    sealed = models.BinaryField()  # to the person: the name, and what was answered about them
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    # The invitation: a link, known by its hash, and a spoken code, known by a keyed hash.
    token_hash = models.BinaryField(default=b"")
    code_hmac = models.BinaryField(default=b"")
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)

    # A reviewer's key. ``wrapped``: it was made here, under a passphrase of their own.
    recipient = models.CharField(max_length=80, default="")
    wrapped = models.JSONField(null=True)
    sign_in_hmac = models.BinaryField(default=b"")  # of the name that they sign in with
    told_at = models.DateTimeField(null=True)  # when they read what reviewing may mean for them

    # What protects a reviewer.
    daily_limit = models.PositiveSmallIntegerField(default=5)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id


class Opened(models.Model):
    """That a reviewer opened an item, for their limit; the ledger has the record."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="opened")
    item = models.CharField(max_length=32)  # public id
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "at"])]


class HandedOn(models.Model):
    """That a reviewer left an item to another one."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="handed_on")
    item = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "item"], name="handed_on_once")]


class Reviewed(models.Model):
    """What a reviewer made of one item. Only the person opens it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewed")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reviewed")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    item = models.CharField(max_length=32)
    at = models.DateTimeField()
    sealed = models.BinaryField()  # to the person: docs/formats/review-file.md

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]


class SentFile(models.Model):
    """A file of held items that went out to a reviewer, so that its answer is known."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="files")
    ticket_hash = models.BinaryField()  # of what only the file itself says
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
