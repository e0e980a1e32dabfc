"""Whether somebody new is one of the others, or carries word: asked, answered, taken back.

The question is a notice of tier 0; the answer is feedback (gate/feedback.py). What was said
is kept in the notice, sealed, so that it can be seen and taken back later.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate import feedback
from stillwater.gate.feedback import Proof
from stillwater.gate.models import Attempt, Notice
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.models import Item

MOST = 20  # questions at once
LOOKED_AT = 200  # notices that are opened to find them


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``said`` is the answer that holds; "" where there is none yet."""

    public_id: str
    item: str
    other: str | None  # the label, where it is clear whom it may be about
    channel: str
    received_at: datetime
    answers: tuple[str, ...]
    said: str
    handles: tuple[str, ...]  # of the sender; shown only on a press


def open_questions(session: Session) -> list[Question]:
    """What is asked of the person, the oldest first; not more at once than can be borne."""
    found = _of(session).filter(acknowledged_at=None)
    return _questions(session, found.order_by("opened_at", "pk"))


def are_more(session: Session) -> bool:
    """Whether more are open than are shown at once."""
    told_alone_or_not = (Notice.Asks.ALONE, Notice.Asks.SILENT)
    found = _of(session).filter(acknowledged_at=None, asks__in=told_alone_or_not)
    return found.count() > MOST


def earlier_questions(session: Session) -> list[Question]:
    """What was answered, or seen and left, the latest first."""
    found = _of(session).exclude(acknowledged_at=None)
    return _questions(session, found.order_by("-acknowledged_at", "-pk"))


def find(session: Session, untrusted_id: str) -> Question | None:
    """One question of this person, answered or not; None: there is none of that id."""
    found = _of(session).filter(public_id=untrusted_id)
    return next(iter(_questions(session, found)), None)


def answer(
    session: Session,
    question: Question,
    says: str,
    other: str | None,
    *,
    home: Home,
    clock: Clock,
    proof: Proof = Proof.PAGE,
) -> None:
    """Say it, once more or the opposite: the last word counts.

    Raises UserError, and NeedsPassphraseError where it takes back what held so far.
    """
    if says not in question.answers:
        raise UserError("That is no answer to this.", "Choose one of the buttons.")
    item = Item.objects.filter(person=session.person, public_id=question.item).first()
    if item is None:
        raise UserError("That is not here any more.", "", ExitCode.NOT_NOW)
    label = (other or question.other) if says in ("theirs", "relay") else None
    feedback.say(session, item, says, label, home=home, clock=clock, proof=proof)
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(
            person=session.person, public_id=question.public_id
        )
        told = {**_told(session, row), "said": says}
        row.sealed = seal_private(keyring_of(session.person).recipient, json.dumps(told).encode())
        row.acknowledged_at = row.acknowledged_at or clock.now()
        row.save(update_fields=["sealed", "acknowledged_at"])


def _of(session: Session) -> QuerySet[Notice]:
    """What may be a question; that there are several is none."""
    mine = Notice.objects.filter(person=session.person, tier=0)
    return mine.exclude(asks=Notice.Asks.SEVERAL)


def _questions(session: Session, rows: QuerySet[Notice]) -> list[Question]:
    """The first of these notices that are questions. Other notices of tier 0 lie between them."""
    told = ((row, _told(session, row)) for row in rows[:LOOKED_AT])
    asked = list(islice((one for one in told if _can_be_answered(one[1])), MOST))
    handles = _handles(session, [data["item"] for _row, data in asked])
    return [
        Question(
            public_id=row.public_id,
            item=data["item"],
            other=data["other"],
            channel=data["channel"],
            received_at=datetime.fromisoformat(data["received_at"]),
            answers=tuple(data["answers"]),
            said=data.get("said", ""),
            handles=handles.get(data["item"], ()),
        )
        for row, data in asked
    ]


def _can_be_answered(told: dict[str, Any]) -> bool:
    return bool(told.get("answers") and told.get("item"))


def _told(session: Session, row: Notice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(session.open_private(bytes(row.sealed)))
    return found


def _handles(session: Session, items: list[str]) -> dict[str, tuple[str, ...]]:
    """The senders' handles by item, of the sealed records; none where it was not read yet."""
    attempts = Attempt.objects.filter(person=session.person, item__public_id__in=items)
    found = {}
    for attempt in attempts.select_related("item").exclude(sealed_reading=b""):
        record = json.loads(session.open_private(bytes(attempt.sealed_reading)))
        handles = tuple(one["handle"] for one in record["senders"] if one["handle"])
        found[attempt.item.public_id] = handles
    return found
