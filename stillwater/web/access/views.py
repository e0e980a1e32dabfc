"""The record of access, newest first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from stillwater.circle.permissions import Permission
from stillwater.gate.access import Place, entries_before
from stillwater.gate.plans import active_plan
from stillwater.web.access.words import line_of
from stillwater.web.here import Here, signed_in
from stillwater.web.views import page


@require_GET
@signed_in(Permission.SEE_ACCESS)
def access(request: HttpRequest, here: Here) -> HttpResponse:
    """Who opened, exported, loosened or changed what, and when."""
    place = Place.read(request.GET.get("before", ""))
    found = entries_before(here.person, place)
    plan = active_plan(here.person, here.machine, here.clock.now())
    labels = plan.others if plan else {}
    shown: dict[str, object] = {
        "lines": [line_of(entry, labels) for entry in found.entries],
        "earlier": found.earlier,
        "is_first": place is None,
    }
    return page(request, "access/all", shown)
