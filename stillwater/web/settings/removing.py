"""Removing everything: slowly, and never by one press."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate.removing import Removal
from stillwater.web.apps import in_memory
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.mailboxes.words import said_here
from stillwater.web.settings.views import SAID
from stillwater.web.settings.words import span
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def remove(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for it; when the wait is over, the same form does it."""
    removal = _removal(here)
    if request.method == "GET":
        said = request.session.pop(SAID, "")
        return page(request, "settings/remove", _shown(here, removal) | {"said": said})
    try:
        _must_mean_it(request, here)
        must_be_them(request, here)
        waits = removal.waiting()
        if waits is None or waits.ready_at > here.clock.now():
            removal.ask()
            request.session[SAID] = "removal"
            return redirect("remove_everything")
        removed = removal.do(though_unreachable=request.POST.get("regardless") == "yes")
    except UserError as error:
        said = UserError(said_here(error.what), said_here(error.next_step), error.exit_code)
        return page(request, "settings/remove", _shown(here, removal) | {"error": said}, status=422)
    return _gone(request, here, removed)


@require_POST
@signed_in(Permission.CHANGE_SETTINGS)
def keep(request: HttpRequest, here: Here) -> HttpResponse:
    """Take it back: needs nothing, and is always possible."""
    request.session[SAID] = "removal_kept" if _removal(here).take_back() else ""
    return redirect("settings")


def _removal(here: Here) -> Removal:
    return Removal(here.person, here.home, here.machine, here.clock)


def _must_mean_it(request: HttpRequest, here: Here) -> None:
    if request.POST.get("name", "").strip() != here.person.name:
        raise UserError(
            gettext("That is not the name."),
            gettext("Type it as it stands on this page; capital letters count."),
        )


def _shown(here: Here, removal: Removal) -> dict[str, object]:
    waits = removal.waiting()
    return {
        "name": here.person.name,
        "wait": span(removal.wait),
        "waits": waits,
        "is_ready": waits is not None and waits.ready_at <= here.clock.now(),
        "held": removal.held_for_court(),
    }


def _gone(request: HttpRequest, here: Here, removed: object) -> HttpResponse:
    """Nobody is left to lead anywhere: what was removed is told in the answer itself."""
    for one in in_memory().unlocked.of(here.person.pk):
        in_memory().drafts.forget(one.browser)
        in_memory().unlocked.end(one.browser)
    del request.here  # type: ignore[attr-defined]  # the frame names nobody any more
    return page(request, "settings/removed", {"removed": removed})
