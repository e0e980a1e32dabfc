"""What the gate keeps: one row an attempt, one a notice, one a source being read, and more."""

from django.db import models
from django.db.models import Case, Q, Value, When

from stillwater.core.ids import new_public_id
from stillwater.core.words import Action, Tier
from stillwater.gate.signals import models as signals  # noqa: F401 - Django looks for models here
from stillwater.people.models import Other, Person
from stillwater.vault.models import Item

# What a reviewer looks at first. In the database, so that it can stand in an index: a queue
# may be long, and sorting all of it for the first few took longer than a page may take.
_URGENCY = Case(
    When(tier=Tier.AT_ONCE.value, then=Value(0)),
    When(tier=Tier.SAME_DAY.value, then=Value(1)),
    When(state="unread_by_machine", then=Value(2)),
    When(action=Action.ALERT.value, then=Value(2)),
    When(action=Action.ASK.value, then=Value(3)),
    When(action=Action.DIGEST.value, then=Value(4)),
    default=Value(5),
)


class Attempt(models.Model):
    """One attempt, or something else that was sealed, in either direction.

    Open: ids, times, channel, tier, action, state. Whatever was derived from
    content lies in ``sealed_reading``, an age file to the person.
    """

    class State(models.TextChoices):
        SEALED = "sealed"  # in vault and ledger, not read yet
        READ = "read"
        UNREAD = "unread_by_machine"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attempts")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="attempt")
    # Null: not known to be anyone's, sealed because of what was found in it.
    other = models.ForeignKey(Other, on_delete=models.PROTECT, null=True, related_name="attempts")
    source_identity = models.BinaryField()  # HMAC, 32 bytes: docs/formats/source-identity.md
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    direction = models.CharField(max_length=3)
    received_at = models.DateTimeField()
    received_at_is_guess = models.BooleanField(default=False)  # no readable date in the source
    recorded_at = models.DateTimeField()
    how = models.CharField(max_length=10)
    plan_number = models.PositiveIntegerField()
    tier = models.PositiveSmallIntegerField(default=0)
    action = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SEALED)
    sealed_reading = models.BinaryField(default=b"")
    wants_review = models.BooleanField(default=False)
    urgency = models.GeneratedField(
        expression=_URGENCY, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "source_identity"], name="attempt_once")
        ]
        indexes = [
            models.Index(fields=["person", "received_at"]),
            # Counting by channel and week reads this index alone (gate/held.py).
            models.Index(
                fields=["person", "direction", "channel", "received_at"], name="attempt_way"
            ),
            # Counting what an export would hold reads this one alone (evidence/selection.py).
            models.Index(
                fields=["person", "other", "how", "received_at", "channel"],
                name="attempt_evidence",
            ),
            # What waits for a reviewer, as they see it (gate/reviewing.py).
            models.Index(
                fields=["person", "urgency", "received_at", "id"],
                name="attempt_queue",
                condition=Q(wants_review=True),
            ),
        ]


class Notice(models.Model):
    """Something the person must be told. What it is about lies sealed."""

    class Asks(models.TextChoices):
        """Whether it is a question about a new sender, and how it is told (newcomers.py)."""

        NOT = "", "no question"
        ALONE = "alone", "told by itself"
        SEVERAL = "several", "one for all that come later on that day"
        SILENT = "silent", "one of those: it can be answered, and nobody is told of it alone"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    tier = models.PositiveSmallIntegerField()  # 1, 2; 0: legal service, a question, and the like
    opened_at = models.DateTimeField()
    last_joined_at = models.DateTimeField()
    more_came = models.BooleanField(default=False)  # something joined it in silence
    acknowledged_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()  # age file to the person: categories and facts
    # Keyed hashes of the categories told already, so that more of the same joins
    # this notice in silence while nobody is signed in.
    categories_hmac = models.JSONField(default=list)
    # Of tier 1: who hears first, and of which item it tells, under the machine key (first.py).
    for_gate = models.BinaryField(default=b"")
    asks = models.CharField(max_length=10, choices=Asks.choices, default=Asks.NOT, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "tier", "opened_at"],
                name="notice_open",
                condition=Q(acknowledged_at=None),
            ),
        ]


class Feedback(models.Model):
    """What the person said of the senders of an item: theirs, or not; a relay, or not.

    The rows in their order are all that feedback taught; the last word on a handle
    counts. Of which item it was said stands in the ledger alone.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="feedback")
    said_at = models.DateTimeField()
    for_gate = models.BinaryField()  # handles, what was said, label: under the machine key


class Happened(models.Model):
    """What is counted of the attempts of everybody in a person's plan (over_time.py).

    Under the machine key: attempts per day and channel, and the days of storms.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="happened")
    for_gate = models.BinaryField()

    class Meta:
        verbose_name_plural = "happened"


class Source(models.Model):
    """How far an import has come in one file, so that it can go on after a kill.

    ``fingerprint`` is a keyed hash of path, size and beginning: the path itself
    is not kept.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sources")
    fingerprint = models.BinaryField()
    position = models.PositiveBigIntegerField(default=0)  # bytes, or files, done and committed
    finished = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "fingerprint"], name="source_once")
        ]


class Mailbox(models.Model):
    """One mail account that is watched. Where it lies and who it is of lies sealed.

    Open: ids, times, and one word for what is wrong (channels/mail/live/troubles.py).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mailboxes")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    for_gate = models.BinaryField()  # the account, under the machine key
    secret = models.BinaryField(default=b"")  # under the machine key; empty: in the keyring
    # What the server's own filter was before ours, under the machine key; empty: not touched.
    filter_before = models.BinaryField(default=b"")
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    watch_from = models.DateTimeField()  # mail that came in earlier is left where it is
    trouble = models.CharField(max_length=20, default="")
    trouble_since = models.DateTimeField(null=True)
    lease_until = models.DateField(null=True)
    lease_plan = models.PositiveIntegerField(null=True)  # the number of the plan it was made from
    renewed_at = models.DateTimeField(null=True)  # when the lease was last looked after
    made_hold_folder = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "mailboxes"


class WatchedFolder(models.Model):
    """How far one folder of a mailbox was looked through.

    ``uidnext`` is the first UID not looked at; it means something only together
    with ``uidvalidity``. ``seen_at`` is when the server last answered.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="folders")
    role = models.CharField(max_length=10)
    uidvalidity = models.PositiveBigIntegerField(default=0)
    uidnext = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, default="")
    trouble_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "role"], name="folder_once")]


class HeldCopy(models.Model):
    """A copy in the hold folder that is sealed here, so that it can be removed there later."""

    folder = models.ForeignKey(WatchedFolder, on_delete=models.CASCADE, related_name="copies")
    uidvalidity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["folder", "uidvalidity", "uid"], name="copy_once")
        ]


class Heartbeat(models.Model):
    """Where a sign of life is written for somebody of the circle; the place lies sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="heartbeat")
    for_gate = models.BinaryField()  # under the machine key


class HandDraft(models.Model):
    """An entry by hand that is being written: sealed to the person, so a lock costs nothing.

    ``form_key`` is that of the first page: pressed twice, one draft is begun.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_drafts")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    form_key = models.CharField(max_length=32)
    changed_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "form_key"], name="hand_draft_once")
        ]


class HandPicture(models.Model):
    """A picture of a draft, as it came, sealed to the person until the entry is saved."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_pictures")
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    draft = models.ForeignKey(HandDraft, on_delete=models.CASCADE, related_name="pictures")
    sealed = models.BinaryField()


class HandEntry(models.Model):
    """An attempt that the person wrote down. Their own words, sealed to them once more, so
    that they may read them again without opening anything in the vault."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_entries")
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="by_hand")
    sealed = models.BinaryField()


class HandPart(models.Model):
    """Something sealed that belongs to an entry: a picture, a correction, what is kept apart.

    ``sealed`` says to the person what it is: that somebody saw a doctor does not lie open.
    """

    class Role(models.TextChoices):
        PICTURE = "picture"
        CORRECTION = "correction"
        APART = "apart"  # off in exports unless asked for

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_parts")
    entry = models.ForeignKey(HandEntry, on_delete=models.PROTECT, related_name="parts")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="hand_part")
    role = models.CharField(max_length=10, choices=Role.choices)
    form_key = models.CharField(max_length=32, default="")  # of a correction: pressed twice, one
    recorded_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "form_key"],
                condition=~models.Q(form_key=""),
                name="hand_part_once",
            )
        ]


class Authorship(models.Model):
    """What the person says of who wrote an item; the last word counts, none is taken away."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorships")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="authorships")
    not_mine = models.BooleanField()
    said_at = models.DateTimeField()
