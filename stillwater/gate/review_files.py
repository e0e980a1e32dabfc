"""Review by sealed files: one goes out to the reviewer, one comes back to the person.

What goes out is an age file to the reviewer's own key; nothing in it lies in the clear on the
way. Each item counts as opened, and its leaf is committed before the file is made. What comes
back is an age file to the person. It is believed because it says the ticket, which only the
file itself says: whoever sends it opened that file with the reviewer's key.
docs/formats/review-file.md.
"""

import hmac
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

import pyrage
from django.db import transaction
from django.utils.translation import gettext as _

from stillwater.circle.models import Member, SentFile
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.core.judgements import Fact
from stillwater.core.words import Action, DangerCategory, FactKind, Need
from stillwater.gate import reviewing
from stillwater.gate.first import was_sorted
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.models import Attempt
from stillwater.gate.originals import original_of
from stillwater.gate.sorting import Sorted, Sorting, must_quote_nothing
from stillwater.vault import identities, ledger, openings
from stillwater.vault.identities import Identity
from stillwater.vault.keys import Session, keyring_of
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item

FORMAT = "stillwater-review-file/1"
ANSWER = "stillwater-review-answer/1"
MOST_ITEMS = 20
MOST_BYTES = 20 * 1024 * 1024  # of originals together; one that is larger goes alone
LARGEST_ANSWER = 500_000  # bytes, sealed
_TICKET = 32


@dataclass(frozen=True, slots=True)
class ToReview:
    """One item in a file, on the reviewer's side."""

    item: str
    channel: str
    received_at: str
    tier: int
    action: str
    unread: bool
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file that was opened with the reviewer's key."""

    ticket: str = field(repr=False)
    answer_to: str  # the person's recipient
    items: tuple[ToReview, ...]


def prepare(
    session: Session,
    member: Member,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> bytes:
    """The next items of the queue, sealed to this reviewer. Raises UserError where none wait."""
    if member.state != Member.State.ACTIVE or not member.recipient:
        raise UserError(
            _("They are no reviewer yet."), _("Their key is agreed first."), ExitCode.NOT_NOW
        )
    chosen = list(_next(session, member))
    if not chosen:
        raise UserError(_("Nothing waits for a reviewer."), "", ExitCode.NOT_NOW)
    person, now = session.person, clock.now()
    ticket = randomness(_TICKET).hex()
    hold_ledger(person, home=home, clock=clock, randomness=randomness)
    with transaction.atomic():
        openings.must_have_a_true_clock(person, clock)
        leaves = [
            openings.opened_leaf(one.item, "review_file", now, member.public_id) for one in chosen
        ]
        ledger.write(person, leaves, home=home, clock=clock, randomness=randomness)
        SentFile.objects.create(member=member, ticket_hash=_hash(ticket), sent_at=now)
    ledger.pin(home, person)
    packed = _packed(session, chosen, ticket, home)
    return identities.seal(packed, [member.recipient])


def opened(untrusted_file: bytes, identity: Identity) -> ReviewFile:
    """On the reviewer's side: what is in a file. Raises UserError."""
    try:
        packed = bytes(pyrage.decrypt(untrusted_file, [identity]))
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as tar:
            index = json.loads(_member(tar, "index.json"))
            _must_be_format(index, FORMAT)
            items = tuple(
                ToReview(
                    item=one["item"],
                    channel=one["channel"],
                    received_at=one["received_at"],
                    tier=int(one["tier"]),
                    action=one["action"],
                    unread=bool(one["unread"]),
                    content=_member(tar, one["file"]),
                )
                for one in index["items"]
            )
            return ReviewFile(str(index["ticket"]), str(index["answer_to"]), items)
    except (pyrage.DecryptError, tarfile.TarError, ValueError, KeyError, TypeError) as wrong:
        raise UserError(
            _("This file does not open with that key."),
            _("It may be for another reviewer, or cut short. Ask for it once more."),
            ExitCode.NOT_ALLOWED,
        ) from wrong


def answer(file: ReviewFile, sortings: Mapping[str, Sorting]) -> bytes:
    """On the reviewer's side: what was said of the items, sealed to the person."""
    said = {
        "format": ANSWER,
        "ticket": file.ticket,
        "items": [{"item": item, **_as_json(one)} for item, one in sortings.items()],
    }
    return identities.seal(json.dumps(said).encode(), [file.answer_to])


def take_in_answer(
    session: Session,
    member: Member,
    untrusted_answer: bytes,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
) -> int:
    """What came back is kept; gives how many items it sorted. Raises UserError.

    All of it or nothing. What somebody sorted meanwhile stays as they sorted it. Notes are
    checked once more here: the program on the other side may be another one.
    """
    said = _opened_answer(session, untrusted_answer)
    sent = _of_ticket(member, said.get("ticket"))
    wanted = dict(_sortings(said))
    mine = reviewing.waiting_for_review(session.person).select_related("item", "person")
    attempts = list(mine.filter(item__public_id__in=wanted))
    for attempt in attempts:
        original = original_of(attempt.channel, session.open_item(attempt.item, home))
        must_quote_nothing(wanted[attempt.item.public_id], original)
    with transaction.atomic():
        for attempt in attempts:
            sorting = wanted[attempt.item.public_id]
            reviewing.take_in(member, attempt, sorting, clock.now(), randomness)
        machine = MachineKey.load_or_create(home, randomness)
        was_sorted(session.person, machine, list(wanted), clock.now())
        sent.answered_at = clock.now()
        sent.save(update_fields=["answered_at"])
    for attempt in attempts:
        if wanted[attempt.item.public_id].sorted_as is Sorted.NOT_THEIRS:
            reviewing.not_theirs(session, attempt, home, clock)
    return len(attempts)


def _next(session: Session, member: Member) -> Iterator[Attempt]:
    left, queue = MOST_BYTES, reviewing.queue_of(session.person, member)
    for attempt in reviewing.first_of(queue, MOST_ITEMS):
        length = attempt.item.length
        if length > left and left < MOST_BYTES:
            return
        yield attempt
        left -= length


def _packed(session: Session, attempts: list[Attempt], ticket: str, home: Home) -> bytes:
    index: dict[str, Any] = {
        "format": FORMAT,
        "ticket": ticket,
        "answer_to": keyring_of(session.person).recipient,
        "items": [],
    }
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for number, attempt in enumerate(attempts, 1):
            name = f"items/{number:03}"
            _add(tar, name, _content(session, attempt.item, home))
            index["items"].append(
                {
                    "item": attempt.item.public_id,
                    "file": name,
                    "channel": attempt.channel,
                    "received_at": attempt.received_at.isoformat(),
                    "tier": attempt.tier,
                    "action": Action(attempt.action).value,
                    "unread": attempt.state == Attempt.State.UNREAD,
                }
            )
        _add(tar, "index.json", json.dumps(index).encode())
    return out.getvalue()


def _content(session: Session, item: Item, home: Home) -> bytes:
    return session.open_item(item, home)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o600
    tar.addfile(about, io.BytesIO(content))


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise ValueError("not a file")
    return file.read()


def _opened_answer(session: Session, untrusted: bytes) -> dict[str, Any]:
    try:
        said = json.loads(pyrage.decrypt(untrusted[: LARGEST_ANSWER + 1], [session.identity]))
        _must_be_format(said, ANSWER)
    except (pyrage.DecryptError, ValueError) as wrong:
        raise _no_answer() from wrong
    return dict(said)


def _must_be_format(untrusted: object, expected: str) -> None:
    if not isinstance(untrusted, dict) or untrusted.get("format") != expected:
        raise ValueError("another format")


def _of_ticket(member: Member, untrusted_ticket: object) -> SentFile:
    for sent in SentFile.objects.filter(member=member):
        ticket = _hash(str(untrusted_ticket))
        if hmac.compare_digest(bytes(sent.ticket_hash), ticket):
            return sent
    raise _no_answer()


def _no_answer() -> UserError:
    return UserError(
        _("This is no answer from them."),
        _("Nothing was taken in. Ask them to send it once more, and choose that file."),
        ExitCode.NOT_ALLOWED,
    )


def _sortings(said: dict[str, Any]) -> Iterator[tuple[str, Sorting]]:
    try:
        for one in said["items"]:
            category, need = one["category"], None
            yield (
                str(one["item"]),
                Sorting(
                    sorted_as=Sorted(one["sorted"]),
                    facts=tuple(
                        Fact(
                            FactKind(fact["kind"]),
                            str(fact["value"]),
                            Need(need) if (need := fact["need"]) else None,
                        )
                        for fact in one["facts"]
                    ),
                    category=DangerCategory(category) if category else None,
                    safe_note=str(one["safe_note"]),
                    note=str(one["note"]),
                ),
            )
    except (KeyError, TypeError, ValueError) as wrong:
        raise _no_answer() from wrong


def _as_json(sorting: Sorting) -> dict[str, Any]:
    return {
        "sorted": sorting.sorted_as,
        "category": sorting.category,
        "facts": [asdict(fact) for fact in sorting.facts],
        "safe_note": sorting.safe_note,
        "note": sorting.note,
    }


def _hash(ticket: str) -> bytes:
    return sha256(b"stillwater review ticket v1\0" + ticket.encode()).digest()
