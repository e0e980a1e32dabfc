"""What the vault keeps in the database: ids, times, hashes, sealed blobs. No content."""

from django.db import models

from stillwater.core.ids import new_public_id
from stillwater.people.models import Person


class Keyring(models.Model):
    """One person's keys, each wrapped; opening one is what signing in means.

    ``wrapped`` is the person's age identity under their passphrase;
    ``for_recovery`` the same identity as an age file to the recovery recipient.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="keyring")
    recipient = models.CharField(max_length=80)  # age1…, the person's
    recovery_recipient = models.CharField(max_length=80)  # age1…, the sheet's
    wrapped = models.JSONField()
    for_recovery = models.BinaryField()
    ledger_public_key = models.BinaryField()  # Ed25519, 32 bytes
    opening_wait = models.DurationField()  # before a held thing may be opened
    loosening_delay = models.DurationField()  # before a loosening takes effect
    changed_at = models.DateTimeField()


class Reviewer(models.Model):
    """Somebody whose key new epochs are sealed to as well."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewers")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    member = models.CharField(max_length=32, default="")  # public id in the circle
    recipient = models.CharField(max_length=80)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    # When older epochs were sealed to them too: that needs the person's session.
    reaches_back_at = models.DateTimeField(null=True)


class Epoch(models.Model):
    """One month of the vault: items are sealed to its recipient.

    ``sealed_identity`` is an age file to person, recovery and reviewers; people
    come and go by sealing it anew, so that items and ledger stay as they are.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="epochs")
    month = models.CharField(max_length=10)  # "2026-11", or "2026-11.2" after a rotation
    recipient = models.CharField(max_length=80)
    sealed_identity = models.BinaryField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="epoch_once")]


class Log(models.Model):
    """One ledger. A restore from a backup starts a new one, which names the old head."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="logs")
    number = models.PositiveIntegerField()  # 1, 2, …; the highest is the one in use
    origin = models.CharField(max_length=120)  # first line of every checkpoint
    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")  # roots of the perfect subtrees, 32 bytes each
    previous_head = models.TextField(default="")  # the last checkpoint of the log before

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="log_once")]


class Leaf(models.Model):
    """One leaf: canonical JSON, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="leaves")
    index = models.PositiveBigIntegerField()
    data = models.BinaryField()
    hashed = models.BinaryField()  # sha256(0x00 ‖ data): names the leaf that was changed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="leaf_once")]


class Checkpoint(models.Model):
    """A signed note over size and root of a log."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="checkpoints")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="checkpoint_once")]


class Item(models.Model):
    """One sealed original: the age file vault/<person>/<2 digits>/<public_id>.age."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="items")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="items")
    length = models.PositiveBigIntegerField()  # of the original, bytes
    ciphertext_sha256 = models.BinaryField()
    commitment = models.BinaryField()  # sha256(salt32 ‖ original)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="items")
    leaf_index = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()


class Request(models.Model):
    """Something asked for that must wait: an opening, or a loosening."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CANCELLED = "cancelled"
        DONE = "done"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    what = models.CharField(max_length=20)  # open | export | plan | reviewer | settings
    about = models.CharField(max_length=80)  # an opaque id, or a hash of what was asked
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    ended_by = models.CharField(max_length=10, default="")  # danger | court | child | officer


class SelfCheck(models.Model):
    """When everything was last verified, and what was the first thing wrong."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_checks")
    at = models.DateTimeField()
    passed = models.BooleanField()
    items = models.PositiveBigIntegerField()
    first_wrong = models.TextField(default="")
