"""The first page: one sentence, the days, and whether all is being watched."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from stillwater import __version__
from stillwater.circle.permissions import Permission
from stillwater.core.age import age_in_words
from stillwater.core.errors import UserError
from stillwater.web.errors import error_here
from stillwater.web.here import Here, signed_in
from stillwater.web.mailboxes.words import said_here
from stillwater.web.needs.told import open_notices
from stillwater.web.today.days import days_shown
from stillwater.web.today.state import state_of_today
from stillwater.web.views import page
from stillwater.web.ways import address_of


@require_GET
@signed_in(Permission.SEE_TODAY)
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """The state, in plain words."""
    state = state_of_today(here.person, here.machine, here.clock)
    needs = open_notices(here) if state.something_needs_you else None
    shown: dict[str, object] = {
        "state": state,
        "needs": needs.headlines if needs else [],
        "are_more": needs is not None and needs.are_more,
        "troubles": [said_here(one.said) for one in state.watching.troubles],
        "record": address_of("record"),
        "setup": "" if state.has_plan else address_of("setup"),
        "version": __version__,
        "age": age_in_words(),
    }
    try:
        shown["days"] = days_shown(here)
    except UserError as error:  # of one note that does not open; all the rest is said still
        shown["error"] = error_here(error)
    return page(request, "today/today", shown)
