"""Mail taken apart safely: the envelope from the header, the body, the source form.

Nothing here raises for anything a sender wrote: what cannot be read is named in
``problems``, and whoever sees a problem can still look at the raw bytes.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from stillwater.core.arrivals import Address
from stillwater.text import headers
from stillwater.text.addresses import MOST_ADDRESSES, addresses
from stillwater.text.body import MailBody, body
from stillwater.text.dates import mail_date
from stillwater.text.source_form import source_form

__all__ = ["Envelope", "MailBody", "body", "envelope", "source_form"]

TOO_MANY = "it names more addresses than are read"
CUT_HEADER = "its header is longer than is read"
LONGEST_VALUE = 1024 * 1024  # characters of a subject; more is no subject

_SENDERS = ("from", "sender", "reply-to", "resent-from", "resent-sender")
_RECIPIENTS = frozenset({"to", "cc", "bcc", "delivered-to", "x-original-to"})
# What only the receiving side writes. A sent copy may have Received, but none of these.
_DELIVERY = frozenset({"authentication-results", "delivered-to", "received-spf", "x-original-to"})
_WANTED = headers.pattern_for(
    *_SENDERS,
    *sorted(_RECIPIENTS),
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "authentication-results",
    "list-id",
    "precedence",
    "received-spf",
    "x-gmail-labels",
    "x-gm-thrid",
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the header says. All of it was chosen by whoever sent it.

    ``senders`` holds every From, then every Sender, Reply-To, Resent-From and
    Resent-Sender; ``sender_kinds`` says, place by place, which field it was.
    ``problems`` says what was left unread: then the raw bytes need a look.
    """

    senders: tuple[Address, ...] = ()
    sender_kinds: tuple[str, ...] = ()
    recipients: tuple[Address, ...] = ()  # To, Cc, Bcc, Delivered-To, X-Original-To, as they come
    subject: str | None = None
    message_id: str | None = None
    date_raw: str | None = None
    from_raw: tuple[str, ...] = ()
    received_raw: str | None = None  # the topmost Received: the last server's own
    return_path: str | None = None
    authentication: str | None = None  # the topmost Authentication-Results, as it stands
    was_delivered: bool = False  # a mail server put it into a mailbox, and marked it so
    is_bulk: bool = False
    gmail_labels: tuple[str, ...] = ()
    gmail_thread: str | None = None
    problems: tuple[str, ...] = ()

    @property
    def sent_at(self) -> datetime | None:
        """The Date field, with its offset; a claim of the sender."""
        return mail_date(self.date_raw) if self.date_raw else None

    @property
    def received_at(self) -> datetime | None:
        """When the topmost Received says that it came in."""
        return mail_date(self.received_raw.rpartition(";")[2]) if self.received_raw else None


def envelope(untrusted_raw: bytes) -> Envelope:
    """What the header of a mail says; bounded in time, whatever stands there."""
    block = headers.header_block(untrusted_raw)
    found: dict[str, list[headers.Field]] = {}
    for field in headers.fields(block, _WANTED):
        found.setdefault(field.name, []).append(field)
    problems = [CUT_HEADER] if block.cut else []
    senders, kinds = _senders(found)
    recipients = _addresses(
        [f for fs in (v for k, v in found.items() if k in _RECIPIENTS) for f in fs],
        MOST_ADDRESSES - len(senders),
    )
    if len(senders) + len(recipients) >= MOST_ADDRESSES:
        problems.append(TOO_MANY)
    subject = _first(found, "subject")
    labels = _first(found, "x-gmail-labels")
    return Envelope(
        senders=tuple(senders),
        sender_kinds=tuple(kinds),
        recipients=tuple(recipients),
        subject=None if subject is None else headers.decode_words(subject[:LONGEST_VALUE]),
        message_id=_first(found, "message-id"),
        date_raw=_first(found, "date"),
        from_raw=tuple(headers.text_of(f.raw) for f in found.get("from", ())),
        received_raw=_first(found, "received"),
        return_path=_first(found, "return-path"),
        authentication=_first(found, "authentication-results"),
        was_delivered=not _DELIVERY.isdisjoint(found),
        is_bulk=_is_bulk(found),
        gmail_labels=_labels(labels) if labels else (),
        gmail_thread=_first(found, "x-gm-thrid"),
        problems=tuple(problems),
    )


def _senders(found: dict[str, list[headers.Field]]) -> tuple[list[Address], list[str]]:
    senders: list[Address] = []
    kinds: list[str] = []
    for kind in _SENDERS:
        if kind in found:
            of_this_kind = _addresses(found[kind], MOST_ADDRESSES - len(senders))
            senders += of_this_kind
            kinds += [kind] * len(of_this_kind)
    return senders, kinds


def _addresses(untrusted: list[headers.Field], most: int) -> list[Address]:
    found: list[Address] = []
    for field in untrusted:
        if len(found) >= most:
            break
        found += addresses(headers.text_of(field.raw), most - len(found))
    return found


def _first(found: dict[str, list[headers.Field]], name: str) -> str | None:
    fields = found.get(name)
    return headers.text_of(fields[0].raw) if fields else None


def _is_bulk(found: dict[str, list[headers.Field]]) -> bool:
    precedence = (_first(found, "precedence") or "").casefold()
    return "list-id" in found or precedence in ("bulk", "list", "junk")


_LABEL = re.compile(r'"([^"]*)"|([^,"]+)')


def _labels(value: str) -> tuple[str, ...]:
    decoded = headers.decode_words(value)
    labels = ((quoted or plain).strip() for quoted, plain in _LABEL.findall(decoded))
    return tuple(label for label in labels if label)


_GMAIL_LABELS = headers.pattern_for("x-gmail-labels")


def gmail_labels(untrusted_raw: bytes) -> tuple[str, ...]:
    """The labels that Gmail's Takeout writes into each mail; cheap where there are none."""
    if b"X-Gmail-Labels" not in untrusted_raw[:LONGEST_VALUE]:
        return ()
    block = headers.header_block(untrusted_raw)
    field = next(headers.fields(block, _GMAIL_LABELS), None)
    return _labels(headers.text_of(field.raw)) if field else ()
