"""Steps 1 and 2 of an arrival's way: what came in, and whose it is. Headers only.

Most mail is nobody's business of ours; it leaves here after one look at its
headers and is never heard of again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from stillwater.channels.mail.arrival import from_raw
from stillwater.core.arrivals import Arrival
from stillwater.core.ids import Randomness, new_public_id
from stillwater.core.judgements import Match
from stillwater.core.plans import You
from stillwater.core.words import Channel, Direction, How, Standing
from stillwater.identity.known import Known
from stillwater.text.addresses import addresses
from stillwater.text.mail import Envelope


class Lane(Enum):
    """Where an arrival goes after triage."""

    PASSES = "passes"  # wanted, or proved to be an always-pass sender: no trace is left
    THEIRS = "theirs"  # sealed before anything reads its body
    STRANGER = "stranger"  # read for danger; stays where it was unless there is some


_NAMED_IN_IT = Match(
    how=How.ALIAS,
    confidence=0.9,
    reasons=("A handle that you listed stands in something that could not be read whole.",),
)


_SENT_BY_THEM = Match(
    how=How.ALIAS,
    confidence=0.95,
    reasons=("A handle that you listed sent it, whatever name it bears.",),
)
_REST_OF_IT = Match(
    how=How.ALIAS,
    confidence=0.8,
    reasons=("It stands right behind one of theirs and may be a part of it.",),
)


@dataclass(frozen=True, slots=True)
class Triaged:
    """One arrival after triage. ``raw`` is the original, byte for byte.

    ``unreadable`` says why no parser could take it apart, where that is so.
    """

    raw: bytes
    arrival: Arrival
    match: Match
    lane: Lane
    received_at_is_guess: bool = False
    unreadable: str | None = None
    went_through_a_server: bool = False  # a Received line stands in it
    looks_sent: bool = False  # by the person, to whomever


def triage_mail(
    untrusted_raw: bytes,
    *,
    known: Known,
    you: You,
    fallback_received_at: datetime,
    randomness: Randomness,
) -> Triaged:
    """Say whose mail this is, from its headers alone."""
    mail = from_raw(
        untrusted_raw,
        id=new_public_id(randomness),
        authserv=you.authserv,
        own_handles=you.handles,
        fallback_received_at=fallback_received_at,
    )
    arrival = mail.arrival
    match = known.match(arrival)
    if match.other is None:
        match = _by_envelope_sender(mail.envelope, known) or match
    if arrival.problems and match.other is None:
        match = _in_the_raw_bytes(untrusted_raw, known) or match
    if arrival.direction is Direction.OUT and (match.other is None or arrival.auth.dmarc == "fail"):
        # From the person, and not to an other, or their mail server says it is forged.
        # Anybody can write the person's own address into From, so this is read for
        # danger like a stranger's.
        arrival = replace(arrival, direction=Direction.IN)
        match = known.match(arrival)
    return Triaged(
        raw=untrusted_raw,
        arrival=arrival,
        match=match,
        lane=lane_of(match),
        received_at_is_guess=mail.received_at_is_guess,
        went_through_a_server=mail.envelope.received_raw is not None,
        looks_sent=mail.arrival.direction is Direction.OUT,
    )


def behind_theirs(one: Triaged, before: Triaged | None) -> Triaged:
    """The same mail of a mailbox file, in the light of the one that stands before it there.

    Where the file's writer does not mark lines that begin with "From ", the body
    of a mail can hold what looks like the beginning of another. So what stands
    right behind one of theirs and never went through a server, while theirs did,
    is taken for the rest of theirs: sealed with it, and never passed on.
    """
    if (
        before is None
        or before.match.other is None
        or before.looks_sent
        or not before.went_through_a_server
        or one.went_through_a_server
        or one.looks_sent
        or one.lane is Lane.THEIRS
    ):
        return one
    return replace(one, match=replace(_REST_OF_IT, other=before.match.other), lane=Lane.THEIRS)


def _by_envelope_sender(head: Envelope, known: Known) -> Match | None:
    """Theirs where the delivering server was told one of their handles, whatever From says."""
    if head.return_path is None:
        return None
    for address in addresses(head.return_path):
        label = known.label_of(address)
        if label is not None:
            return replace(_SENT_BY_THEM, other=label)
    return None


def _in_the_raw_bytes(untrusted_raw: bytes, known: Known) -> Match | None:
    """Where a header was too much to be read whole, a sender may stand in it unseen."""
    label = known.named_in(untrusted_raw)
    return None if label is None else replace(_NAMED_IN_IT, other=label)


def triage_unreadable(
    untrusted_raw: bytes,
    why: str,
    *,
    known: Known,
    now: datetime,
    randomness: Randomness,
) -> Triaged | None:
    """Bytes that are no mail any parser knows: theirs where they name an other, else None."""
    match = _in_the_raw_bytes(untrusted_raw, known)
    if match is None:
        return None
    arrival = Arrival(
        id=new_public_id(randomness),
        received_at=now,
        channel=Channel.MAIL,
        raw=untrusted_raw,
        problems=(why,),
    )
    return Triaged(
        raw=untrusted_raw,
        arrival=arrival,
        match=match,
        lane=Lane.THEIRS,
        received_at_is_guess=True,
        unreadable=why,
    )


def lane_of(match: Match) -> Lane:
    """The lane that a match leads to."""
    if match.other is not None:
        return Lane.THEIRS
    if match.standing in (Standing.WANTED, Standing.ALWAYS_PASS):
        return Lane.PASSES
    return Lane.STRANGER
