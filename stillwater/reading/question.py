"""What the reader is asked."""

from dataclasses import dataclass
from datetime import datetime

from stillwater.core.plans import Handover
from stillwater.core.words import Channel, Kind


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """One arrival as the reader is told of it.

    ``text`` is what the channel gave as text; where it is None, the words are taken from
    ``raw``, the original mail. ``received_at`` is aware; ``timezone`` an IANA name.
    ``from_other``: the sender is a known other or a relay of theirs, so that doubt is
    raised; ``from_relay``: a relay of theirs. ``children`` and ``names`` are the names in
    the plan (the children's, the other's); ``nicknames`` says of those children's names
    that are none of their own whose they are. ``before`` are the other's last attempts as
    text, oldest first: what "Saturday then?" means hangs on them. Where they are not known
    as text, ``conversation`` is an opaque word for whose they are, and a reader that is
    asked one after the other remembers them itself (remembering.py).
    """

    text: str | None
    subject: str | None
    raw: bytes | None
    kind: Kind
    channel: Channel
    received_at: datetime
    timezone: str = "UTC"
    from_other: bool = False
    from_relay: bool = False
    children: tuple[str, ...] = ()
    nicknames: tuple[tuple[str, str], ...] = ()  # ("Mimi", "Mia")
    handovers: tuple[Handover, ...] = ()
    names: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    conversation: str = ""
    attachment_types: tuple[str, ...] = ()  # "image/jpeg"
