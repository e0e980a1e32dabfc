"""One row of the table of items: what is known of an item, and who says so.

No opinions of a machine: no tactics, no danger, nothing merely suspected.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stillwater.core.words import Channel, Direction, How
from stillwater.evidence import hand
from stillwater.evidence.selection import Exhibit
from stillwater.evidence.verifier.tables import Row
from stillwater.gate.models import Attempt
from stillwater.text.mail import Envelope, envelope
from stillwater.vault import ledger

_MAX_ADDRESSES = 10
_MAX_ADDRESS = 200

_THEIRS = "an address or number that the person listed as theirs"
_LISTED = {
    How.HANDLE: _THEIRS,
    How.RELAY: "an address or number that the person listed as one that carries word for them",
}
# Several rules lead to an alias, and none of them shows that a listed address sent it.
_BY_RULE = (
    f"by a fixed rule: it carries {_THEIRS} in another written form or in another place than"
    " a sender line, or in one that a mail server calls forged"
)
_ASSERTED = {
    How.HANDLE: "the person, by listing it",
    How.RELAY: "the person, by listing it",
    How.ALIAS: "the person, by listing it; the rule is Stillwater's",
}
_BY_SAYING = "the person, by saying so"

TAKEN_IN = "not known: nothing readable in the source; this is when it was taken in"
BY_DATE_LINE = (
    "the message's own Date line, which its sender wrote: no server's Received line was readable"
)


def row_of(
    number: int,
    file: str,
    exhibit: Exhibit,
    leaf: dict[str, Any],
    sha256: str,
    head: bytes,
    *,
    label: str,
    zone: ZoneInfo,
) -> Row:
    """The row; ``head`` is the beginning of the original, header lines included.

    Times that the ledger has are taken from the leaf, so that the two cannot differ.
    """
    attempt, item = exhibit.attempt, exhibit.item
    shown = envelope(head) if attempt.channel == Channel.MAIL else None
    local = _received_at(exhibit, leaf).astimezone(zone)
    return {
        "number": number,
        "file": file,
        "direction": attempt.direction,
        "channel": leaf["channel"],
        "kind": leaf["kind"],
        "received_at": leaf["received_at"],
        "received_at_basis": hand.received_basis(exhibit) or _received_basis(attempt, shown),
        "received_local": local.replace(microsecond=0).isoformat(),
        "utc_offset": f"UTC{local:%z}"[:6] + ":" + f"{local:%z}"[3:5],
        "zone": str(zone),
        "daylight_saving": "yes" if local.dst() else "no",
        "sent_at": hand.taken_at(exhibit) or _sent_at(shown),
        "sent_at_basis": hand.taken_basis(exhibit) or _sent_basis(shown),
        "recorded_at": ledger.moment(item.sealed_at),
        "from_as_shown": _addresses(_senders(shown)),
        "to_as_shown": _addresses([a.handle for a in shown.recipients] if shown else []),
        "attribution": label,
        "attribution_basis": hand.basis(exhibit) or _basis(attempt) + hand.disowned(exhibit),
        "attribution_asserted_by": _ASSERTED.get(How(attempt.how), _BY_SAYING),
        "length": item.length,
        "sha256": sha256,
        "log": item.log.number,
        "leaf_index": item.leaf_index,
    }


def _received_at(exhibit: Exhibit, leaf: dict[str, Any]) -> datetime:
    """Of a part of an entry by hand: when it was written or handed in, as its leaf has it."""
    if exhibit.part is not None:
        return datetime.fromisoformat(leaf["received_at"])
    return exhibit.attempt.received_at


def _basis(attempt: Attempt) -> str:
    """What was found, not what it means: a sender line can be forged."""
    if attempt.how == How.ALIAS:
        return _BY_RULE
    listed = _LISTED.get(How(attempt.how))
    if listed is None:
        return "what the person said of it"
    is_mail = attempt.channel == Channel.MAIL
    if attempt.direction == Direction.OUT:
        own = "its From line holds the person's own address" if is_mail else "sent by the person"
        return f"{own}; its recipients hold {listed}"
    where = "a sender line (From, Sender or Reply-To) holds" if is_mail else "its sender is"
    return f"{where} {listed}"


def _received_basis(attempt: Attempt, shown: Envelope | None) -> str:
    if attempt.received_at_is_guess:
        return BY_DATE_LINE if _is_by_date(attempt, shown) else TAKEN_IN
    if attempt.channel == Channel.MAIL:
        return "the newest Received line of the mail"
    return "the source that it was taken from"


def _is_by_date(attempt: Attempt, shown: Envelope | None) -> bool:
    if shown is None or shown.sent_at is None:
        return False
    return shown.sent_at.replace(microsecond=0) == attempt.received_at.replace(microsecond=0)


def _sent_at(shown: Envelope | None) -> str:
    """The time with the offset that the message itself gives; never one that we guess."""
    if shown is None or shown.sent_at is None:
        return ""
    return _whole_seconds(shown.sent_at)


def _whole_seconds(at: datetime) -> str:
    offset = at.utcoffset() or timedelta(0)
    if offset % timedelta(minutes=1):
        return ledger.moment(at)
    return at.replace(microsecond=0).isoformat()


def _sent_basis(shown: Envelope | None) -> str:
    if shown is None:
        return ""
    if shown.sent_at is not None:
        return "what the message itself says"
    if shown.date_raw:
        return "the message has a Date line that cannot be read with certainty"
    return "the message has no Date line"


def _senders(shown: Envelope | None) -> list[str | None]:
    """From lines as they are; any other line that names a sender, with its name."""
    if shown is None:
        return []
    return [
        address.handle if kind == "from" or not address.handle else f"{kind}: {address.handle}"
        for address, kind in zip(shown.senders, shown.sender_kinds, strict=True)
    ]


def _addresses(untrusted: list[str | None]) -> str:
    """Addresses as they were shown, names left out; a table needs no more than a few."""
    untrusted_handles = list(dict.fromkeys(handle for handle in untrusted if handle))
    shown = [_valid(one[:_MAX_ADDRESS]) for one in untrusted_handles[:_MAX_ADDRESSES]]
    more = len(untrusted_handles) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def _valid(untrusted_text: str) -> str:
    """Text that can be written as UTF-8: half characters become question marks."""
    return untrusted_text.encode("utf-8", "replace").decode("utf-8")
