"""The first page: one sentence, and whether all is being watched."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from stillwater import __version__
from stillwater.circle.permissions import Permission
from stillwater.core.age import age_in_words
from stillwater.web.here import Here, signed_in
from stillwater.web.today.state import state_of_today
from stillwater.web.views import page


@require_GET
@signed_in(Permission.SEE_TODAY)
def today(request: HttpRequest, here: Here) -> HttpResponse:
    """The state, in plain words."""
    shown = {
        "state": state_of_today(here.person, here.clock),
        "version": __version__,
        "age": age_in_words(),
    }
    return page(request, "today/today", shown)
