"""Whether something of a sender was held: then to say that they are somebody else loosens.

Looked for among what was suspected and sealed. What is known by a handle is the plan's, or
feedback's, and identity knows it.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from stillwater.core.arrivals import Address
from stillwater.core.words import Action, Direction, How
from stillwater.gate.models import Attempt
from stillwater.plan.decide import SUSPECTED_FROM
from stillwater.vault.keys import Session
from stillwater.vault.models import Item

LOOKED_AT = 300  # records that are opened; where there are more, it counts as held
_HELD = frozenset({Action.HELD.value, Action.DIGEST.value})
_NOT_HELD = (Action.ASK, Action.RECORDED, Action.UNTOUCHED)


def held_for(
    session: Session, item: Item, senders: Iterable[Address], exact: Callable[[str], str]
) -> frozenset[str | None]:
    """Those for whom this item, or anything else of its senders, was held.

    None stands for somebody whom no record names. ``session`` is the person's own;
    ``exact`` gives the form by which two ways of writing a handle are the same.
    """
    theirs = {exact(one.handle) for one in senders if one.handle}
    attempt = Attempt.objects.filter(person=session.person, item=item).first()
    mine = [] if attempt is None else [attempt]
    suspected = Attempt.objects.filter(
        person=session.person, how=How.SUSPECTED, direction=Direction.IN
    ).exclude(action__in=_NOT_HELD)
    others = list(suspected.exclude(item=item).order_by("-pk")[: LOOKED_AT + 1])
    if len(others) > LOOKED_AT:
        return frozenset({None})
    found: set[str | None] = set()
    for one in (*mine, *others):
        record = _record(session, one)
        if one.item_id != item.pk and not _is_of(record, theirs, exact):
            continue
        if _was_held(one, record):
            found.add(record["match"]["other"] if record else None)
    return frozenset(found)


def _record(session: Session, attempt: Attempt) -> dict[str, Any] | None:
    sealed = bytes(attempt.sealed_reading)
    return json.loads(session.open_private(sealed)) if sealed else None


def _is_of(record: dict[str, Any] | None, handles: set[str], exact: Callable[[str], str]) -> bool:
    """What no record tells of may be anybody's."""
    if record is None:
        return True
    return any(exact(one["handle"]) in handles for one in record["senders"] if one["handle"])


def _was_held(attempt: Attempt, record: dict[str, Any] | None) -> bool:
    """Whether it was put out of sight, as far as its row and its record still say."""
    if attempt.action in _HELD or record is None:
        return attempt.action not in _NOT_HELD
    if attempt.action != Action.ALERT:
        return False
    match, how = record["match"], How(attempt.how)
    if how is How.SUSPECTED:
        return bool(match["confidence"] >= SUSPECTED_FROM)
    return how in (How.HANDLE, How.ALIAS) or match["relay"] is not None
