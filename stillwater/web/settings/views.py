"""The settings: what the pages are called, how they look, lock and are left, and the waits."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.gate.signals.models import Signals
from stillwater.gate.signals.texts import quiet_of
from stillwater.people.models import Settings
from stillwater.vault import openings
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import Request
from stillwater.vault.openings import What
from stillwater.web.apps import in_memory
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.settings.forms import (
    checked_leaving,
    checked_page,
    checked_wait,
    waits_with,
    zone_options,
)
from stillwater.web.settings.words import span
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page

SAID = "said_settings"  # a word in the session: what was just done, told once


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def overview(request: HttpRequest, here: Here) -> HttpResponse:
    """All that can be set, each on a page of its own."""
    keyring = keyring_of(here.person)
    shown = {
        "said": request.session.pop(SAID, ""),
        "chosen": here.settings,
        "name": here.settings.display_name or settings.PAGE_TITLE,
        "opening_wait": span(keyring.opening_wait),
        "loosening_delay": span(keyring.loosening_delay),
        "removal": openings.waiting(here.person, What.REMOVAL).first(),
        "by_words": here.unlocked.by_words,
    }
    return page(request, "settings/overview", shown)


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def this_page(request: HttpRequest, here: Here) -> HttpResponse:
    """Name, language and time zone of the pages."""
    has_quiet = quiet_of(Signals.of(here.person)) is not None
    shown: dict[str, object] = {
        "has_quiet": has_quiet,
        "given": {
            "language": here.settings.language,
            "timezone": here.settings.timezone,
            "name": here.settings.display_name,
        },
        "languages": Settings.Language.choices,
        "zones": zone_options(),
        "machine_zone": settings.TIME_ZONE,
        "usual_name": settings.PAGE_TITLE,
        "now": here.clock.now(),
    }
    if request.method == "GET":
        return page(request, "settings/this_page", shown)
    zone = here.settings.timezone
    try:
        checked_page(request, here.settings)
        if here.settings.timezone != zone and has_quiet:
            must_be_them(request, here)  # the quiet hours would be others
    except UserError as error:
        given = {one: request.POST.get(one, "") for one in ("language", "timezone", "name")}
        return page(
            request, "settings/this_page", shown | {"error": error, "given": given}, status=422
        )
    here.settings.save()
    return _done(request, "saved")


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def leaving(request: HttpRequest, here: Here) -> HttpResponse:
    """When the pages lock by themselves, and where *Leave quickly* leads."""
    chosen = here.settings
    given = {
        "minutes": str(chosen.idle_minutes),
        "where": "elsewhere" if chosen.exit_target else "here",
        "target": chosen.exit_target,
    }
    shown: dict[str, object] = {"given": given, "minutes": [str(one) for one in range(1, 31)]}
    if request.method == "GET":
        return page(request, "settings/leaving", shown)
    try:
        before = (chosen.idle_minutes, chosen.exit_target)
        checked_leaving(request, chosen)
        if _gives_away_more(before, chosen):
            must_be_them(request, here)
    except UserError as error:
        given = {one: request.POST.get(one, "") for one in ("minutes", "where", "target")}
        return page(
            request, "settings/leaving", shown | {"error": error, "given": given}, status=422
        )
    here.settings.save()
    for one in in_memory().unlocked.of(here.person.pk):
        one.idle = timedelta(minutes=here.settings.idle_minutes)
    return _done(request, "saved")


def _gives_away_more(before: tuple[int, str], chosen: Settings) -> bool:
    """A longer time at an open page, or a site that learns of each leaving.

    Whoever merely sits at the open page must not be able to choose either.
    """
    minutes, target = before
    return chosen.idle_minutes > minutes or chosen.exit_target not in ("", target)


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def waits(request: HttpRequest, here: Here) -> HttpResponse:
    """The two waits: longer at once, shorter after the delay."""
    keeping.settle_waits(here.person, home=here.home, clock=here.clock)
    if request.method == "GET":
        said = request.session.pop(SAID, "")
        return page(request, "settings/waits", _waits(here) | {"said": said})
    keyring = keyring_of(here.person)
    try:
        opening = checked_wait(request, "opening", keyring.opening_wait)
        delay = checked_wait(request, "delay", keyring.loosening_delay)
        if opening < keyring.opening_wait or delay < keyring.loosening_delay:
            must_be_them(request, here)
        pending = keeping.change_waits(here.vault, opening, delay, clock=here.clock)
    except UserError as error:
        return page(request, "settings/waits", _waits(here) | {"error": error}, status=422)
    request.session[SAID] = "waits_later" if pending is not None else "saved"
    return redirect("waits")


@require_POST
@signed_in(Permission.CHANGE_SETTINGS)
def keep_waits(request: HttpRequest, here: Here) -> HttpResponse:
    """Take back shorter waits that have not taken effect."""
    for pending in openings.waiting(here.person, What.SETTINGS):
        keeping.cancel(pending)
    request.session[SAID] = "waits_kept"
    return redirect("waits")


def _waits(here: Here) -> dict[str, object]:
    keyring = keyring_of(here.person)
    return {
        "opening": _choices(keyring.opening_wait),
        "delay": _choices(keyring.loosening_delay),
        "pending": _pending(openings.waiting(here.person, What.SETTINGS).last()),
        "delay_now": span(keyring.loosening_delay),
    }


def _choices(now: timedelta) -> list[tuple[int, str, bool]]:
    return [(int(one.total_seconds()), span(one), one == now) for one in waits_with(now)]


def _pending(pending: Request | None) -> dict[str, object] | None:
    if pending is None:
        return None
    _, opening, delay = pending.about.split(":")
    return {
        "ready_at": pending.ready_at,
        "opening": span(timedelta(seconds=int(opening))),
        "delay": span(timedelta(seconds=int(delay))),
    }


def _done(request: HttpRequest, word: str) -> HttpResponse:
    request.session[SAID] = word
    return redirect("settings")
