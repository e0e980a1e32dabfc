"""A mail as an arrival, from its header alone. Its body is left for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from stillwater.channels.mail.authentication import authenticated
from stillwater.core.arrivals import Address, Arrival, Auth
from stillwater.core.words import Channel, Direction
from stillwater.text.handles import canonical
from stillwater.text.mail import Envelope, envelope


@dataclass(frozen=True, slots=True)
class MailArrival:
    """``received_at_is_guess``: no server said when it came in, only its sender, or nobody."""

    arrival: Arrival
    received_at_is_guess: bool
    envelope: Envelope


def from_raw(
    untrusted_raw: bytes,
    *,
    id: str,  # noqa: A002
    authserv: Sequence[str],
    own_handles: Sequence[str],
    fallback_received_at: datetime,
    account: str | None = None,
) -> MailArrival:
    """The arrival that a mail is. Never raises; ``raw`` stays byte for byte.

    ``authserv`` are the servers whose Authentication-Results are believed,
    ``own_handles`` the person's own. It came in when the topmost Received
    says, else when its Date says, else at ``fallback_received_at``.
    """
    head = envelope(untrusted_raw)
    received_at = head.received_at
    auth = authenticated(head.authentication, authserv, _from_domains(head))
    arrival = Arrival(
        id=id,
        received_at=received_at or head.sent_at or fallback_received_at,
        channel=Channel.MAIL,
        direction=_direction(head, auth, _exact(tuple(own_handles))),
        account=account,
        senders=head.senders,
        recipients=head.recipients,
        subject=head.subject,
        auth=auth,
        raw=untrusted_raw,
        problems=head.problems,
    )
    return MailArrival(arrival, received_at is None, head)


@lru_cache(maxsize=64)
def _exact(handles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(c.exact for c in map(canonical, handles) if c)


def _from_domains(head: Envelope) -> set[str]:
    """Of every address in From; none where no server said anything."""
    if not head.authentication:
        return set()
    shown = zip(head.senders, head.sender_kinds, strict=True)
    handles = (canonical(a.handle) for a, kind in shown if kind == "from" and a.handle)
    return {handle.exact.rpartition("@")[2] for handle in handles if handle}


def _direction(head: Envelope, auth: Auth, own: frozenset[str]) -> Direction:
    """Out: some From is exactly the person's own, and no From or Reply-To is another's.

    Anybody can write the person's address into From. What a mail server delivered
    is their own only where their server says so; a copy that was sent bears no
    mark of delivery.
    """
    if head.was_delivered and auth.dmarc != "pass":
        return Direction.IN
    is_own_sender = False
    for address, kind in zip(head.senders, head.sender_kinds, strict=True):
        if kind not in ("from", "reply-to"):
            continue
        if not _is_own(address, own):
            return Direction.IN
        is_own_sender = is_own_sender or kind == "from"
    return Direction.OUT if is_own_sender else Direction.IN


def _is_own(address: Address, own: frozenset[str]) -> bool:
    handle = canonical(address.handle) if address.handle else None
    return handle is not None and handle.exact in own
