"""The first pages: the state, the way in, the way out, and where one is then."""

import calendar
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Role
from stillwater.core.clock import SystemClock
from stillwater.gate.setting_up import is_unfinished
from stillwater.people.models import Person, Settings
from stillwater.web.apps import in_memory
from stillwater.web.entry import spend
from stillwater.web.leaving import only_https
from stillwater.web.setup.steps import FIRST, place

ENTERED = "entered"
EXIT = "exit"  # in the session: where the next look at /away leads on to
Extra = ParamSpec("Extra")
View = Callable[Concatenate[HttpRequest, Extra], HttpResponse]


def behind_the_link(view: View[Extra]) -> View[Extra]:
    """Only for a browser that came in by a link and has not been idle since."""

    @wraps(view)
    def checked(request: HttpRequest, /, *given: Extra.args, **named: Extra.kwargs) -> HttpResponse:
        is_in = request.session.get(ENTERED)
        return view(request, *given, **named) if is_in else refused(request)

    return checked


@require_GET
@behind_the_link
def home(request: HttpRequest) -> HttpResponse:
    """Where the bare address leads: today, the lock, or set-up. It says nothing itself."""
    if not Person.objects.exists():
        return page(request, "setup/seen", dict(place(FIRST)))
    now = SystemClock().now()
    unlocked = in_memory().unlocked.touch(request.session.session_key, now)
    if unlocked is None:
        return redirect("sign_in")
    if unlocked.role is Role.REVIEWER:
        return redirect("review")
    return redirect("setup" if is_unfinished(unlocked.vault.person) else "today")


@require_GET
def enter(request: HttpRequest, untrusted_token: str) -> HttpResponse:
    """Spend a link's token; the address bar shows it no longer."""
    if spend(settings.HOME, untrusted_token):
        # Under the session's new key nobody would find what the old one has open, nor drop it.
        in_memory().drafts.forget(request.session.session_key)
        in_memory().unlocked.end(request.session.session_key)
        request.session.cycle_key()
        request.session[ENTERED] = True
    # A link pressed twice, in a browser that is in already, does no harm.
    return redirect("home") if request.session.get(ENTERED) else refused(request)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: the keys are dropped before the answer is sent.

    What stays is that this browser came in by a link: it finds the lock again.
    """
    came_in, target = request.session.get(ENTERED), exit_target(request)
    in_memory().drafts.forget(request.session.session_key)
    in_memory().unlocked.end(request.session.session_key)
    request.session.flush()
    if came_in:
        request.session[ENTERED] = True
    if target:
        request.session[EXIT] = target
    answer = HttpResponseRedirect("/away")
    answer.status_code = 303
    return answer


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """A calendar: what a page looks like that gives nothing away.

    It leads on to the address that the person chose, once: a form of ours may not be answered
    with another origin (form-action), and this page is no form's answer any more.
    """
    today = localdate()
    month = calendar.Calendar().monthdayscalendar(today.year, today.month)
    shown = {
        "weeks": month,
        "today": today,
        "days": WEEKDAYS_ABBR.values(),
        "leads_to": request.session.pop(EXIT, ""),
    }
    return page(request, "away", shown)


def exit_target(request: HttpRequest) -> str:
    """Where *Leave quickly* leads from this browser; "": the calendar on this machine.

    Also at the lock, where only one person lives here. Who did not come by a link learns nothing.
    """
    session = getattr(request, "session", None)
    if session is None or not session.get(ENTERED):
        return ""
    unlocked = in_memory().unlocked.peek(session.session_key)
    if unlocked is not None:
        return only_https(Settings.of(unlocked.vault.person).exit_target)
    if Person.objects.count() != 1:
        return ""
    chosen = Settings.objects.first()
    return only_https(chosen.exit_target) if chosen else ""


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for whoever works on Stillwater; else there is no such page."""
    return page(request, "style", {}) if settings.STYLE_PAGE else refused(request)


def refused(
    request: HttpRequest,
    exception: Exception | None = None,  # noqa: ARG001 - Django's form of such a view
    reason: str = "",  # noqa: ARG001 - a view is handed who is here
) -> HttpResponse:
    """The closed page: the same for a lost session, a wrong address and a wrong form."""
    return page(request, "closed", {}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something inside broke, perhaps the database: nothing is asked of it. The log says where."""
    request.is_broken = True  # type: ignore[attr-defined]
    return page(request, "broken", {}, status=500)


def page(
    request: HttpRequest, name: str, shown: dict[str, object], status: int = 200
) -> HttpResponse:
    """A page by the name of its template, under the title that gives nothing away."""
    return render(request, f"web/{name}.html", shown, status=status)
