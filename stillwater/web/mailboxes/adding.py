"""Adding a mailbox in small steps: where it lies, how it is opened, what its server can do, yes.

Up to the last step nothing is kept on the disk and nothing is changed on the server.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.channels.mail.live import microsoft
from stillwater.channels.mail.live.account import SignIn
from stillwater.channels.mail.live.connection import Secret
from stillwater.channels.mail.live.google import SignIn as GoogleSignIn
from stillwater.channels.mail.live.google import client_secret_of
from stillwater.channels.mail.live.probe import probe
from stillwater.channels.mail.live.tokens import Fresh
from stillwater.channels.mail.live.troubles import MailError
from stillwater.channels.mail.providers.table import provider_of
from stillwater.core.errors import UserError
from stillwater.core.saying import to_say
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Mailbox
from stillwater.web.apps import in_memory
from stillwater.web.here import get_or_post
from stillwater.web.mailboxes import at_google
from stillwater.web.mailboxes.drafts import Draft
from stillwater.web.mailboxes.forms import (
    AccountForm,
    WatchForm,
    checked_google_registration,
    checked_registration,
    checked_secret,
)
from stillwater.web.mailboxes.views import SAID, of_one, said_of, with_mailboxes
from stillwater.web.mailboxes.words import Said, found
from stillwater.web.views import page

DraftView = Callable[[HttpRequest, Mailboxes, Draft], HttpResponse]


def of_draft(view: DraftView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about a draft of this session; one that ended leads to the beginning."""

    def asked(request: HttpRequest, boxes: Mailboxes, untrusted_key: str) -> HttpResponse:
        session = request.session.session_key or ""
        now = boxes.clock.now()
        draft = in_memory().drafts.find(untrusted_key, session, boxes.person.pk, now)
        if draft is None:
            request.session[SAID] = "draft_ended"
            return redirect("mailboxes")
        return view(request, boxes, draft)

    return with_mailboxes(wraps(view)(asked))


@get_or_post
@with_mailboxes
def begin(request: HttpRequest, boxes: Mailboxes) -> HttpResponse:
    """The first step: the address, and the server where it is not known."""
    if request.method == "GET":
        return page(request, "mailboxes/address", {"given": {}})
    try:
        account = AccountForm(request.POST).account()
        boxes.must_be_new(account)
    except UserError as error:
        given = {name: request.POST.get(name, "") for name in AccountForm.base_fields}
        about: dict[str, object] = {"given": given, "error": Said.of_error(error)}
        return page(request, "mailboxes/address", about, status=422)
    draft = Draft(
        session=request.session.session_key or "",
        person_id=boxes.person.pk,
        account=account,
        at=boxes.clock.now(),
    )
    return _go_on(draft)


@require_GET
@of_draft
def step(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The step at which this draft is."""
    return _step(request, draft)


@require_POST
@of_draft
def password(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """The second step, with a password: look at the server with it. Nothing is changed there."""
    if draft.account.sign_in is not SignIn.PASSWORD:
        return _go_on(draft)
    try:
        secret = checked_secret(request)
    except UserError as error:
        return _step(request, draft, Said.of_error(error))
    looked = _look(draft, Secret(secret), secret)
    return _go_on(replace(looked, at=boxes.clock.now()))


@require_POST
@of_draft
def code(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """The second step, without a password: ask for a code to type in elsewhere."""
    if draft.account.sign_in is not SignIn.MICROSOFT:
        return _go_on(draft)
    try:
        number = draft.account.client_id or checked_registration(request)
        account = replace(draft.account, client_id=number)
        waiting = microsoft.begin(account, in_memory().endpoints, boxes.clock)
    except (MailError, UserError) as error:
        return _step(request, draft, said_of(error))
    return _go_on(replace(draft, at=boxes.clock.now(), account=account, waiting=waiting))


@require_POST
@of_draft
def code_typed(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """Ask once whether the permission was given."""
    if draft.waiting is None:
        return _go_on(draft)
    try:
        told = microsoft.ask_once(draft.account, draft.waiting, in_memory().endpoints, boxes.clock)
    except UserError as error:  # declined, or too late: the code is of no use any more
        ended = replace(draft, waiting=None)
        in_memory().drafts.keep(ended)
        return _step(request, ended, Said.of_error(error))
    except MailError as error:
        return _step(request, draft, said_of(error))
    if not isinstance(told, Fresh):
        in_memory().drafts.keep(replace(draft, waiting=told))
        return _step(request, draft, _NOT_YET)
    return _given(request, boxes, draft, told)


@require_POST
@of_draft
def permission_instead(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """No app password is to be had: go on with the provider's other way in."""
    other_way = provider_of(draft.account).permission
    if draft.account.sign_in is not SignIn.PASSWORD or draft.mailbox or other_way is None:
        return _go_on(draft)
    account = replace(draft.account, sign_in=other_way)
    return _go_on(replace(draft, at=boxes.clock.now(), account=account, report=None, secret=""))


@require_POST
@of_draft
def google(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """The second step at Google: listen for the browser that will be sent back."""
    if draft.account.sign_in is not SignIn.GOOGLE:
        return _go_on(draft)
    try:
        known = _known_registration(boxes, draft)
        number, secret = checked_google_registration(request, *known)
        account = replace(draft.account, client_id=number)
        begun = at_google.AtGoogle(GoogleSignIn(account, secret, in_memory().endpoints))
    except (MailError, UserError) as error:
        return _step(request, draft, said_of(error))
    return _go_on(replace(draft, at=boxes.clock.now(), account=account, at_google=begun))


@require_POST
@of_draft
def google_said(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """Look once whether the browser came back, and with what."""
    if draft.at_google is None:
        return _go_on(draft)
    try:
        told = draft.at_google.told()
    except UserError as error:  # somebody said no, or nobody came in time
        ended = replace(draft, at_google=None)
        in_memory().drafts.keep(ended)
        return _step(request, ended, Said.of_error(error))
    except MailError as error:
        return _step(request, draft, said_of(error))
    if told is None:
        return _step(request, draft, _NOT_YET)
    return _given(request, boxes, replace(draft, at_google=None), told)


def _known_registration(boxes: Mailboxes, draft: Draft) -> tuple[str, str]:
    """Number and secret from the first time. Google shows a secret once: few have it still."""
    row = next((one for one in boxes.all() if one.public_id == draft.mailbox), None)
    if row is None:
        return "", ""
    try:
        return draft.account.client_id, client_secret_of(boxes.secret(row).value)
    except UserError:  # the keyring is locked: then it is typed
        return draft.account.client_id, ""


def _given(request: HttpRequest, boxes: Mailboxes, draft: Draft, told: Fresh) -> HttpResponse:
    """The permission is there: kept for a mailbox that is there, else the server is looked at."""
    if draft.mailbox:
        return _renewed(request, boxes, draft, told)
    looked = _look(draft, Secret(told.access_token, is_token=True), told.keep)
    return _go_on(replace(looked, at=boxes.clock.now(), waiting=None))


_NOT_YET = Said(
    to_say("The permission is not there yet."),
    to_say("When the other page says that you are done, wait a moment, then press once more."),
)


@require_POST
@of_draft
def add(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:
    """The last step: watch it from now on."""
    if not draft.secret:
        return _go_on(draft)
    try:
        account, watch_from = WatchForm(request.POST).applied(draft.account)
        row = boxes.add(account, draft.secret, watch_from)
    except UserError as error:
        return _step(request, draft, Said.of_error(error))
    in_memory().drafts.drop(draft)
    request.session[SAID] = "added"
    return redirect("mailbox", row.public_id)


@require_POST
@of_draft
def cancel(request: HttpRequest, boxes: Mailboxes, draft: Draft) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """Not now: what was typed is forgotten."""
    in_memory().drafts.drop(draft)
    request.session[SAID] = "cancelled"
    return redirect("mailboxes")


@require_POST
@of_one
def permission(request: HttpRequest, boxes: Mailboxes, row: Mailbox) -> HttpResponse:
    """A mailbox that is there, and whose permission ended: ask for it anew."""
    account = boxes.account(row)
    if account.sign_in is SignIn.PASSWORD:
        return redirect("mailbox", row.public_id)
    draft = Draft(
        session=request.session.session_key or "",
        person_id=boxes.person.pk,
        account=account,
        at=boxes.clock.now(),
        mailbox=row.public_id,
    )
    return _go_on(draft)


def _look(draft: Draft, secret: Secret, kept: str) -> Draft:
    """Look at the server; what is ``kept`` of the secret stays only where it opens the mailbox."""
    report = probe(draft.account, secret)
    return replace(draft, secret=kept if report.can_be_watched else "", report=report)


def _renewed(request: HttpRequest, boxes: Mailboxes, draft: Draft, fresh: Fresh) -> HttpResponse:
    in_memory().drafts.drop(draft)
    row = next((one for one in boxes.all() if one.public_id == draft.mailbox), None)
    if row is None:  # removed in the meantime
        return redirect("mailboxes")
    boxes.change_secret(row, fresh.keep)
    request.session[SAID] = "password"
    return redirect("mailbox", row.public_id)


def _go_on(draft: Draft) -> HttpResponse:
    in_memory().drafts.keep(draft)
    return redirect("draft", draft.key)


def _step(request: HttpRequest, draft: Draft, error: Said | None = None) -> HttpResponse:
    """The page of the step at which a draft is; 422 where something must be said of it."""
    account = draft.account
    about: dict[str, object] = {
        "draft": draft.key,
        "account": account,
        "provider": provider_of(account),
        "error": error,
        "waiting": draft.waiting or draft.at_google,
        "found": found(draft.report),
        "server_files": bool(draft.report and draft.report.server_files_first),
        "again": bool(draft.mailbox),
    }
    return page(request, f"mailboxes/{_template(draft)}", about, status=422 if error else 200)


def _template(draft: Draft) -> str:
    if draft.secret:
        return "found"
    return _OPENED_BY[draft.account.sign_in]


_OPENED_BY = {
    SignIn.PASSWORD: "opening",
    SignIn.MICROSOFT: "permission",
    SignIn.GOOGLE: "google",
}
