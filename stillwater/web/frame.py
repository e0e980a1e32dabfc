"""What stands around every page: its name, its language, the ways to other pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stillwater.circle.permissions import Permission, may
from stillwater.gate.setting_up import is_unfinished
from stillwater.people.models import Person, Settings
from stillwater.web.here import Here
from stillwater.web.views import exit_target


@dataclass(frozen=True, slots=True)
class Way:
    """A page that stands in the menu."""

    name: str  # of its address
    label: "str | Promise"
    permission: Permission
    first: bool = False  # in sight at once, also on a phone
    while_so: Callable[[Here], bool] | None = None  # None: always there


WAYS = (
    Way(
        "setup",
        _("Set-up"),
        Permission.SET_UP,
        first=True,
        while_so=lambda here: is_unfinished(here.person),
    ),
    Way("today", _("Today"), Permission.SEE_TODAY, first=True),
    Way("held", _("Held"), Permission.OPEN_HELD),
    Way("record", _("Write down"), Permission.RECORD),
    Way("plan", _("Plan"), Permission.CHANGE_PLAN),
    Way("people", _("People"), Permission.CHANGE_PLAN),
    Way("mailboxes", _("Mailboxes"), Permission.CHANGE_MAILBOXES),
    Way("evidence", _("Evidence"), Permission.EXPORT),
    Way("access", _("Who opened what"), Permission.SEE_ACCESS),
    Way("signals", _("Notes"), Permission.CHANGE_SETTINGS),
    Way("circle", _("Circle"), Permission.CHANGE_CIRCLE),
    Way("settings", _("Settings"), Permission.CHANGE_SETTINGS),
    Way("review", _("What waits"), Permission.REVIEW, first=True),
    Way("review_limits", _("Your limits"), Permission.REVIEW),
)


FEW = 4  # so many ways need no second row on a phone


def every_page(request: HttpRequest) -> dict[str, object]:
    """Template context of every page (a context processor)."""
    here: Here | None = getattr(request, "here", None)
    ways = _ways(request, here) if here else []
    return {
        "title": settings.PAGE_TITLE if hasattr(request, "is_broken") else _title(here),
        "language": get_language() or settings.LANGUAGE_CODE,
        "ways_in_sight": [way for way in ways if way["in_sight"] or len(ways) <= FEW],
        "more_ways": [way for way in ways if not way["in_sight"] and len(ways) > FEW],
        "is_made_up": bool(settings.MADE_UP),
        "is_in": here is not None,
        "idle_seconds": int(here.unlocked.idle.total_seconds()) if here else 0,
        "exit_target": "" if hasattr(request, "is_broken") else exit_target(request),
    }


def _title(here: Here | None) -> str:
    """The name that they chose; of several people nobody's, before it is said who is here."""
    if here is not None:
        chosen: Settings | None = here.settings
    elif Person.objects.count() == 1:
        chosen = Settings.objects.first()
    else:
        chosen = None
    return (chosen.display_name if chosen else "") or str(settings.PAGE_TITLE)


def _ways(request: HttpRequest, here: Here) -> list[dict[str, object]]:
    """The menu: few ways in sight, and always the one to the page where they are."""
    match = request.resolver_match
    mine = [way for way in WAYS if _is_there(way, here)]
    addresses = [reverse(way.name) for way in mine]
    # A page below one that stands in the menu: the longest address that it begins with.
    near = max((one for one in addresses if request.path.startswith(one)), key=len, default="")
    return [
        {
            "address": address,
            "label": way.label,
            "in_sight": way.first or address == near,
            "is_here": match is not None and match.url_name == way.name,
            "is_near": address == near,
        }
        for way, address in zip(mine, addresses, strict=True)
    ]


def _is_there(way: Way, here: Here) -> bool:
    """Whether it stands in their menu now."""
    is_due = way.while_so is None or way.while_so(here)
    return is_due and may(here.unlocked.role, way.permission)
