"""The steps before there are keys: the device, what installing leaves, the pages themselves.

Nothing sealed exists yet, so nothing is asked about anybody: the browser's session keeps the
language, the zone, the title and the two waits, and no more.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.core.zones import system_zone
from stillwater.gate import keeping
from stillwater.gate.setting_up import SettingUp
from stillwater.people.models import Person, Settings
from stillwater.vault import wrapping
from stillwater.vault.keys import NewKeys, sign_in
from stillwater.web.apps import in_memory
from stillwater.web.asked import FieldError, field_of, line, one_of, typed
from stillwater.web.here import get_or_post
from stillwater.web.setup.steps import address_of, after, place
from stillwater.web.setup.words import DELAYS, IN_HOURS, WAITS
from stillwater.web.signing_in import PASSPHRASE_LONGEST, let_in
from stillwater.web.unlocked import Unlocked
from stillwater.web.views import behind_the_link, page

KEPT = "chosen"  # in the browser's session, until there are keys
NAME = "me"  # what the first person signs in with; nobody is asked for it while they are alone
WHILE_WRITING = timedelta(minutes=30)  # before it locks: 24 words by hand take a while
LONGEST_TITLE = 40

View = Callable[[HttpRequest], HttpResponse]


def before_keys(view: View) -> View:
    """Only while nobody lives here; afterwards it is the person's own set-up, or nobody's."""

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        if Person.objects.exists():
            return redirect("home")
        language = _kept(request).get("language") or translation.get_language()
        with translation.override(language):
            return view(request)

    return behind_the_link(asked)


@get_or_post
@before_keys
def seen(request: HttpRequest) -> HttpResponse:
    """Step 1: could they see this device, this account or this network?"""
    answer = one_of(request.POST, "seen", ("yes", "unsure", "no"))
    if not answer:
        status = 200 if request.method == "GET" else 422
        return page(request, "setup/seen", dict(place("seen")), status)
    return redirect("setup_traces" if answer == "no" else "setup_elsewhere")


@require_GET
@before_keys
def elsewhere(request: HttpRequest) -> HttpResponse:
    """They could, or nobody knows: another device first. Going on is possible all the same."""
    return page(request, "setup/elsewhere", {**place("seen"), "back": "setup_seen"})


@require_GET
@before_keys
def traces(request: HttpRequest) -> HttpResponse:
    """Step 2: what installing leaves behind."""
    shown = {**place("traces"), "folder": settings.HOME.root, "code": settings.BASE_DIR.parent}
    return page(request, "setup/traces", shown)


@get_or_post
@before_keys
def the_page(request: HttpRequest) -> HttpResponse:
    """Step 3: the name of the pages, their language, the time zone."""
    zones = sorted(available_timezones())
    shown: dict[str, object] = {
        **place("page"),
        "zones": zones,
        "languages": Settings.Language.choices,
        "given": {
            "title": settings.PAGE_TITLE,
            "language": translation.get_language(),
            "timezone": system_zone(),
            **_kept(request),
        },
    }
    if request.method == "GET":
        return page(request, "setup/page", shown)
    try:
        title = line(request.POST, "title", LONGEST_TITLE)
        language = one_of(request.POST, "language", Settings.Language.values)
        zone = one_of(request.POST, "timezone", zones)
        if not zone:
            raise FieldError("timezone", _("That is no time zone."), _("Choose one of the list."))
    except UserError as error:
        shown |= {"error": error, "wrong": field_of(error), "given": typed(request)}
        return page(request, "setup/page", shown, 422)
    _keep(request, title=title, language=language or "en", timezone=zone)
    return _go_on("page")


@get_or_post
@before_keys
def waits(request: HttpRequest) -> HttpResponse:
    """Step 4: the two waits, set on a good day."""
    if request.method == "GET":
        shown = {"given": {"wait": "24", "delay": "24", **_kept(request)}}
        return page(request, "setup/waits", {**place("waits"), **_of_waits(), **shown})
    wait = one_of(request.POST, "wait", IN_HOURS) or "24"
    delay = one_of(request.POST, "delay", IN_HOURS) or "24"
    _keep(request, wait=wait, delay=delay)
    return _go_on("waits")


@get_or_post
@before_keys
def passphrase(request: HttpRequest) -> HttpResponse:
    """Step 5: the passphrase makes the keys; from here on the person is signed in."""
    shown: dict[str, object] = dict(place("passphrase"))
    if request.method == "GET":
        return page(request, "setup/passphrase", shown)
    try:
        with in_memory().patience.one_guess():  # pressed twice, it makes one person
            if Person.objects.exists():
                return redirect("home")
            _move_in(request, _chosen_passphrase(request))
    except UserError as error:
        shown |= {"error": error, "wrong": field_of(error)}
        return page(request, "setup/passphrase", shown, 422)
    return _go_on("passphrase")


def _chosen_passphrase(request: HttpRequest) -> str:
    untrusted = request.POST.get("passphrase", "")
    if len(untrusted) > PASSPHRASE_LONGEST:
        raise FieldError("passphrase", _("That is too long."), _("Take six or seven words."))
    wrapping.must_be_good(untrusted)
    if untrusted != request.POST.get("again", ""):
        raise FieldError(
            "again",
            _("The two are not the same."),
            _("Type it twice, slowly: capital letters and spaces count."),
        )
    return untrusted


def _move_in(request: HttpRequest, chosen_passphrase: str) -> None:
    kept, clock = _kept(request), SystemClock()
    made = keeping.new_person(
        NAME,
        chosen_passphrase,
        home=settings.HOME,
        clock=clock,
        opening_wait=timedelta(hours=int(kept.get("wait", "24"))),
        loosening_delay=timedelta(hours=int(kept.get("delay", "24"))),
    )
    Settings.objects.create(
        person=made.person,
        language=kept.get("language", "en"),
        timezone=kept.get("timezone", ""),
        display_name=kept.get("title", ""),
    )
    request.session.pop(KEPT, None)
    unlocked = let_in(request, sign_in(made.person, chosen_passphrase), clock)
    keep_sheet(unlocked, made)
    with SettingUp(unlocked.vault, clock).changing() as draft:
        draft.answers = draft.answers.after("passphrase")


def keep_sheet(unlocked: Unlocked, made: NewKeys) -> None:
    """Keep the words in mind until they are on paper; meanwhile it locks later."""
    unlocked.sheet, unlocked.idle = made, max(unlocked.idle, WHILE_WRITING)


def _of_waits() -> dict[str, object]:
    return {"waits": WAITS, "delays": DELAYS}


def _kept(request: HttpRequest) -> dict[str, str]:
    found: dict[str, str] = request.session.get(KEPT, {})
    return found


def _keep(request: HttpRequest, **chosen: str) -> None:
    request.session[KEPT] = {**_kept(request), **chosen}


def _go_on(step: str) -> HttpResponse:
    return redirect(address_of(after(step)))
