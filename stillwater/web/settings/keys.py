"""The passphrase, the recovery sheet, and who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.vault.sheet import Sheet
from stillwater.web.apps import in_memory
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.settings.forms import checked_new_passphrase
from stillwater.web.settings.views import SAID
from stillwater.web.settings.words import browser_words
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page, refused


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def passphrase(request: HttpRequest, here: Here) -> HttpResponse:
    """Another passphrase; whoever came in with their words need not know the old one."""
    shown: dict[str, object] = {"by_words": here.unlocked.by_words}
    if request.method == "GET":
        return page(request, "settings/passphrase", shown)
    try:
        fresh = checked_new_passphrase(request)
        if not here.unlocked.by_words:
            must_be_them(request, here)
        keeping.change_passphrase(here.vault, fresh, clock=here.clock)
    except UserError as error:
        return page(request, "settings/passphrase", shown | {"error": error}, status=422)
    here.unlocked.by_words = False
    in_memory().unlocked.end_others(here.unlocked)
    request.session[SAID] = "passphrase"
    return redirect("settings")


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def sheet(request: HttpRequest, here: Here) -> HttpResponse:
    """A new recovery sheet. It lies in memory until it is saved: pressing twice makes no two."""
    shown: dict[str, object] = {"is_there": here.unlocked.sheet is not None}
    if request.method == "GET":
        return page(request, "settings/sheet", shown)
    if here.unlocked.sheet is not None:
        return redirect("sheet")
    try:
        must_be_them(request, here)
        here.unlocked.sheet = keeping.new_recovery(here.vault, home=here.home, clock=here.clock)
    except UserError as error:
        return page(request, "settings/sheet", shown | {"error": error}, status=422)
    return redirect("sheet")


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def sheet_file(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The sheet that was just made, as a page to print."""
    made = here.unlocked.sheet
    if made is None:
        return redirect("sheet")
    return HttpResponse(
        Sheet(made.words, made.recovery_identity, here.clock.now()).pdf(),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="sheet.pdf"'},
    )


@require_POST
@signed_in(Permission.CHANGE_SETTINGS)
def sheet_kept(request: HttpRequest, here: Here) -> HttpResponse:
    """The sheet is saved: from now on it is nowhere here."""
    here.unlocked.sheet = None
    request.session[SAID] = "sheet"
    return redirect("settings")


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def sign_ins(request: HttpRequest, here: Here) -> HttpResponse:
    """Every browser in which this person is signed in."""
    found = [
        {
            "key": one.public_id,
            "what": browser_words(one.what),
            "since": one.since,
            "seen_at": one.seen_at,
            "is_this": one is here.unlocked,
            "by_words": one.by_words,
        }
        for one in in_memory().unlocked.of(here.person.pk)
    ]
    shown = {"found": found, "said": request.session.pop(SAID, "")}
    return page(request, "settings/sign_ins", shown)


@require_POST
@signed_in(Permission.CHANGE_SETTINGS)
def end_sign_in(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Close one of them at once: its keys are dropped. One's own is the lock."""
    if not in_memory().unlocked.end_one(here.person.pk, untrusted_id):
        return refused(request)
    if untrusted_id == here.unlocked.public_id:
        return redirect("sign_in")
    request.session[SAID] = "ended"
    return redirect("sign_ins")
