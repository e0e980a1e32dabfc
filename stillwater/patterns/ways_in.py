"""Whether an attempt came by a way in that its other never used before block day."""

from collections.abc import Collection, Iterable
from datetime import date

from stillwater.core.plans import Other
from stillwater.core.words import Channel
from stillwater.text.handles import MAIL, TEL, canonical

_TELEPHONE = frozenset({Channel.SMS, Channel.CALL, Channel.VOICEMAIL})
_BY_NUMBER = frozenset({Channel.WHATSAPP, Channel.SIGNAL, Channel.TELEGRAM})
_POSTAL, _IBAN = "postal", "iban"
_ENOUGH_SEEN = 3  # attempts after which a messenger that they never used by a listed number is new


def is_new_way_in(
    other: Other,
    channel: Channel,
    day: date,
    used: Collection[Channel],
    attempts: int,
    region: str | None,
) -> bool:
    """``used``: their channels so far; ``attempts``: how many attempts were seen so far.

    A channel of a handle that the person listed is no new one. A listed number may
    have been used by any messenger that goes by numbers: there, some attempts must
    have been seen before it is called new. Before any attempt nothing is.
    """
    if other.since is None or day <= other.since or channel is Channel.ELSEWHERE:
        return False
    if not attempts or channel in used:
        return False
    listed = frozenset(_listed(other.handles, region))
    if channel in listed:
        return False
    return attempts >= _ENOUGH_SEEN or not (channel in _BY_NUMBER and listed & _TELEPHONE)


def _listed(handles: Iterable[str], region: str | None) -> Iterable[Channel]:
    """The channels to which listed handles belong."""
    for shown in handles:
        handle = canonical(shown, region)
        if handle is None:
            continue
        if handle.network == MAIL:
            yield Channel.MAIL
        elif handle.network == TEL:
            yield from _TELEPHONE
        elif handle.network == _POSTAL:
            yield Channel.LETTER
        elif handle.network == _IBAN:
            yield Channel.BANK
        else:
            yield from (channel for channel in Channel if channel.value == handle.network)
