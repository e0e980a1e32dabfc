"""An arrival: something that came in, before anyone knows whose it is."""

from dataclasses import dataclass, field
from datetime import datetime

from stillwater.core.words import Channel, Direction, Kind


@dataclass(frozen=True, slots=True)
class Address:
    """One end of an arrival, as it was shown: not cleaned, perhaps forged.

    ``handle`` is an E.164 number, a mail address or ``network:id``; None for a
    hidden number.
    """

    handle: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str = ""
    type: str = "application/octet-stream"
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Profile:
    """What a network shows of an account."""

    age_days: int | None = None
    has_picture: bool | None = None
    mutual_contacts: int | None = None


@dataclass(frozen=True, slots=True)
class Auth:
    """What the person's own mail server says of the sender; None: it says nothing.

    ``dkim`` holds the signing domains that passed.
    """

    dmarc: str | None = None  # "pass", "fail" or "none"
    dkim: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person or reviewer said of an earlier arrival."""

    about: str
    says: str  # theirs | not_theirs | relay | not_relay
    other: str | None = None  # the label


@dataclass(frozen=True, slots=True)
class Arrival:
    """Everything known of one arrival before it is read.

    ``senders`` holds every claimed sender (for mail: each From, then Sender,
    then Reply-To), none of them believed. ``raw`` is the original, byte for
    byte; ``text`` is what the channel gave as text, or None while only ``raw``
    is known: bodies are taken from ``raw`` by the reader alone.
    """

    id: str
    received_at: datetime  # aware
    channel: Channel
    kind: Kind = Kind.MESSAGE
    direction: Direction = Direction.IN
    account: str | None = None
    senders: tuple[Address, ...] = ()
    recipients: tuple[Address, ...] = ()
    subject: str | None = None
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    profile: Profile = field(default_factory=Profile)
    auth: Auth = field(default_factory=Auth)
    feedback: Feedback | None = None
    raw: bytes | None = None
    problems: tuple[str, ...] = ()  # what could not be read, in our own words
