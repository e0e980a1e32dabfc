"""The deliberate pause: before one original is opened there stands the wait that the person set.

The waiting itself is a row of the vault, so it outlives the lock and signing out, and shows
nothing. Whoever looks at it can take it back with one press, or go one of three other ways.
"""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.words import DangerCategory, FactKind
from stillwater.gate import asking, keeping
from stillwater.gate.models import Attempt
from stillwater.vault import openings
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import Request
from stillwater.vault.openings import Reason, What
from stillwater.web.errors import error_here
from stillwater.web.held.showing import show
from stillwater.web.here import Here, signed_in
from stillwater.web.ids import id_of
from stillwater.web.lasting import in_words
from stillwater.web.needs.told import fact_words, when_words
from stillwater.web.needs.words import CATEGORIES, channel_words
from stillwater.web.views import page, refused

SAID = "said_held"  # a word in the session: what was just done, told once
REASONS = {
    Reason.DANGER: gettext_lazy("Danger"),
    Reason.COURT: gettext_lazy("A court"),
    Reason.CHILD: gettext_lazy("A child"),
    Reason.OFFICER: gettext_lazy("An officer at the door"),
}
# Facts whose value is a form of ours; names and places stand where the gate let them be shown.
_PLAIN = frozenset(
    {FactKind.REQUEST, FactKind.DATE, FactKind.TIME, FactKind.AMOUNT, FactKind.DEADLINE}
)
OneView = Callable[[HttpRequest, Here, Attempt], HttpResponse]


def of_one(view: OneView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about one attempt of this person that came in."""

    def asked(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
        mine = here.mine(Attempt).filter(public_id=id_of(untrusted_id), direction="in")
        found = mine.select_related("item").first()
        return refused(request) if found is None else view(request, here, found)

    return signed_in(Permission.OPEN_HELD)(wraps(view)(asked))


@require_GET
@of_one
def one(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """What the wait is, why it is there, and the other ways on."""
    return _one(request, here, attempt)


@require_GET
@of_one
def facts(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """Kinds and facts, in our words; never the text."""
    reading, shown_facts = _reading(here, attempt)
    dangers = [DangerCategory(one) for one in reading.get("danger", ())]
    shown = {
        **_about(attempt),
        "was_read": bool(reading),
        "dangers": [CATEGORIES[one] for one in dangers],
        "facts": shown_facts,
    }
    return page(request, "held/facts", shown)


@require_POST
@of_one
def wait(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """The wait begins."""
    try:
        keeping.ask_to_open(attempt.item, clock=here.clock)
    except UserError as error:
        return _one(request, here, attempt, error)
    return redirect("held_one", attempt.public_id)


@require_POST
@of_one
def cancel(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """Taken back, with one press, at any time."""
    waiting = _waiting(here, attempt)
    if waiting is not None:
        keeping.cancel(waiting)
        request.session[SAID] = "cancelled"
    return redirect("held_one", attempt.public_id)


@require_POST
@of_one
def ask(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """The reviewer looks instead, and what waited is taken back; not where nobody is there."""
    asking.ask_reviewer(attempt)
    has_one = asking.has_reviewer(here.person, here.clock.now())
    waiting = _waiting(here, attempt)
    if waiting is not None and has_one:
        keeping.cancel(waiting)
    request.session[SAID] = "asked" if has_one else "nobody"
    return redirect("held_one", attempt.public_id)


@require_POST
@of_one
def open_now(request: HttpRequest, here: Here, attempt: Attempt) -> HttpResponse:
    """The wait is over, or a reason ends it: on record first, then it is opened."""
    reason = _reason(request)
    waiting = _waiting(here, attempt)
    if waiting is None and reason is None:
        return redirect("held_one", attempt.public_id)
    try:
        waiting = waiting or keeping.ask_to_open(attempt.item, clock=here.clock)
        # Proved and on record; what is opened here goes nowhere. The page opens it anew.
        with Path(os.devnull).open("wb") as nowhere:
            keeping.open_now(
                here.vault,
                waiting,
                attempt.item,
                nowhere,
                home=here.home,
                clock=here.clock,
                reason=reason,
            )
    except UserError as error:
        return _one(request, here, attempt, error)
    show(here, attempt)
    return redirect("opened")


def _one(
    request: HttpRequest, here: Here, attempt: Attempt, error: UserError | None = None
) -> HttpResponse:
    waiting, now = _waiting(here, attempt), here.clock.now()
    left = waiting.ready_at - now if waiting else timedelta()
    shown = {
        **_about(attempt),
        "wait": in_words(keyring_of(here.person).opening_wait),
        "waits": waiting is not None and left > timedelta(),
        "is_ready": waiting is not None and left <= timedelta(),
        "left": in_words(left),
        "ready_at": when_words(waiting.ready_at) if waiting else "",
        "reasons": [(one.value, words) for one, words in REASONS.items()],
        "has_reviewer": asking.has_reviewer(here.person, now),
        "said": _said(request),
        "error": error_here(error) if error else None,
    }
    return page(request, "held/one", shown, status=422 if error else 200)


def _about(attempt: Attempt) -> dict[str, object]:
    return {
        "id": attempt.public_id,
        "channel": channel_words(attempt.channel),
        "when": when_words(attempt.received_at),
        "is_guess": attempt.received_at_is_guess,
    }


def _waiting(here: Here, attempt: Attempt) -> Request | None:
    return openings.waiting(here.person, What.OPEN).filter(about=attempt.item.public_id).first()


def _reason(request: HttpRequest) -> Reason | None:
    untrusted = request.POST.get("reason", "")
    return Reason(untrusted) if untrusted in set(Reason) else None


def _reading(here: Here, attempt: Attempt) -> tuple[dict[str, Any], list[tuple[object, str]]]:
    """What the machine made of it, and the facts that may be shown."""
    if not attempt.sealed_reading:
        return {}, []
    record = json.loads(here.opens(bytes(attempt.sealed_reading)))
    reading, shown = record["reading"] or {}, record["decision"]["shown"] or {}
    found = list(shown.get("facts", ()))
    plain = (one for one in reading.get("facts", ()) if FactKind(one["kind"]) in _PLAIN)
    found += [one for one in plain if one not in found]
    return reading, [fact_words(one) for one in found]


def _said(request: HttpRequest) -> str:
    return {
        "cancelled": _("Taken back. It stays sealed."),
        "asked": _("Your reviewer is asked. You need not look."),
        "nobody": _("Nobody is your reviewer yet. It waits for one; it stays sealed."),
    }.get(request.session.pop(SAID, ""), "")
