"""The pages of a person's mailboxes: how each stands, and what can be done about it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.channels.mail.live.connection import Secret, hang_up, open_connection
from stillwater.channels.mail.live.probe import probe
from stillwater.channels.mail.live.troubles import MailError
from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate.live.mailboxes import Held, Mailboxes
from stillwater.gate.live.sessions import access_secret
from stillwater.gate.live.undoing import undo_and_forget
from stillwater.gate.models import Mailbox
from stillwater.vault.keys import keyring_of
from stillwater.web.apps import in_memory
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.lasting import in_words
from stillwater.web.mailboxes.drafts import Draft
from stillwater.web.mailboxes.forms import checked_secret
from stillwater.web.mailboxes.words import Said, found, shown
from stillwater.web.signing_in import must_open, name_typed
from stillwater.web.views import page, refused

SAID = "said"  # a word in the session: what was just done, told once
Extra = ParamSpec("Extra")
BoxesView = Callable[Concatenate[HttpRequest, Mailboxes, Extra], HttpResponse]
OneView = Callable[Concatenate[HttpRequest, Mailboxes, Mailbox, Extra], HttpResponse]


def with_mailboxes(
    view: BoxesView[Extra],
) -> Callable[Concatenate[HttpRequest, Extra], HttpResponse]:
    """Signed in; hands over the mailboxes of this person and no other's."""

    def asked(
        request: HttpRequest, here: Here, /, *given: Extra.args, **named: Extra.kwargs
    ) -> HttpResponse:
        boxes = Mailboxes(here.person, here.home, here.machine, here.clock)
        return view(request, boxes, *given, **named)

    return signed_in(Permission.CHANGE_MAILBOXES)(wraps(view)(asked))


def of_one(view: OneView[[]]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about one mailbox of this person; another's is no address at all."""

    def asked(request: HttpRequest, boxes: Mailboxes, untrusted_id: str) -> HttpResponse:
        row = next((one for one in boxes.all() if one.public_id == untrusted_id), None)
        return refused(request) if row is None else view(request, boxes, row)

    return with_mailboxes(wraps(view)(asked))


@require_GET
@with_mailboxes
def all_of_them(request: HttpRequest, boxes: Mailboxes) -> HttpResponse:
    """Every mailbox, and how it stands."""
    rows = [shown(boxes, row) for row in boxes.all()]
    return page(request, "mailboxes/all", {"rows": rows, "said": request.session.pop(SAID, "")})


@require_GET
@of_one
def one(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """One mailbox: how it stands, the last look at it, and what can be done."""
    return _one(request, boxes, row, request.session.pop(SAID, ""))


@require_POST
@of_one
def look(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """Look at the server again; nothing is changed there."""
    try:
        report = probe(boxes.account(row), access_secret(boxes, row))
    except (MailError, UserError) as error:
        return _one(request, boxes, row, error=said_of(error), status=422)
    _drop_looks(request, boxes, row)
    in_memory().drafts.keep(
        Draft(
            session=request.session.session_key or "",
            person_id=boxes.person.pk,
            account=boxes.account(row),
            at=boxes.clock.now(),
            mailbox=row.public_id,
            report=report,
        )
    )
    return redirect("mailbox", row.public_id)


@get_or_post
@of_one
def password(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """A new password, after it was changed at the provider. It is tried before it is kept."""
    about: dict[str, object] = {"row": shown(boxes, row)}
    if request.method == "GET":
        return page(request, "mailboxes/password", about)
    try:
        secret = checked_secret(request)
        hang_up(open_connection(boxes.account(row), Secret(secret)))
        boxes.change_secret(row, secret)
    except MailError as error:
        about["error"] = Said.of_try(error.trouble)
    except UserError as error:
        about["error"] = Said.of_error(error)
    if "error" in about:
        return page(request, "mailboxes/password", about, status=422)
    request.session[SAID] = "password"
    return redirect("mailbox", row.public_id)


@get_or_post
@of_one
def remove(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """Stop watching: it asks for the passphrase, and waits for the person's delay."""
    if request.method == "GET":
        return _remove(request, boxes, row)
    try:
        # A removal that is repeated must not begin a wait of its own.
        untrusted_held = request.POST.get("held", "")
        held = Held.RETURNS if untrusted_held == Held.RETURNS else Held.STAYS
        must_open(boxes.person, name_typed(boxes.person), request, boxes.clock)
        waits = boxes.removal(row) or boxes.ask_to_remove(row, held)
        if waits.ready_at > boxes.clock.now():
            return redirect("mailbox", row.public_id)
        undo_and_forget(boxes, row, waits, held)
    except (MailError, UserError) as error:
        return _remove(request, boxes, row, error=said_of(error), status=422)
    request.session[SAID] = "removed"
    return redirect("mailboxes")


@require_POST
@of_one
def keep(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """Go on watching: take back a removal that waits."""
    request.session[SAID] = "kept" if boxes.keep(row) else "nothing_waits"
    return redirect("mailbox", row.public_id)


def _one(
    request: HttpRequest,
    boxes: Mailboxes,
    row: Mailbox,
    said: str = "",
    error: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    row.refresh_from_db()
    look = _last_look(request, boxes, row)
    about: dict[str, object] = {
        "row": shown(boxes, row),
        "found": found(look.report, is_there=True) if look else None,
        "said": said,
        "error": error,
    }
    return page(request, "mailboxes/one", about, status)


def _remove(
    request: HttpRequest,
    boxes: Mailboxes,
    row: Mailbox,
    error: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    delay = keyring_of(boxes.person).loosening_delay
    about: dict[str, object] = {
        "row": shown(boxes, row),
        "delay": in_words(delay) if delay else "",
        "error": error,
    }
    return page(request, "mailboxes/remove", about, status)


def _last_look(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> Draft | None:
    session = request.session.session_key or ""
    now = boxes.clock.now()
    return in_memory().drafts.about(row.public_id, session, boxes.person.pk, now)


def _drop_looks(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> None:
    """Only the last look is of any use."""
    while (before := _last_look(request, boxes, row)) is not None:
        in_memory().drafts.drop(before)


def said_of(error: MailError | UserError) -> Said:
    if isinstance(error, MailError):
        return Said.of_trouble(error.trouble)
    return Said.of_error(error)
