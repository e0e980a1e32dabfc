"""What the views of this area share: the ways of whoever is here, one of them, what was said."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from stillwater.circle.permissions import Permission
from stillwater.gate.signals.models import Way
from stillwater.gate.signals.ways import Ways
from stillwater.people.models import Person
from stillwater.vault.models import Request
from stillwater.web.here import Here, signed_in
from stillwater.web.signing_in import must_open
from stillwater.web.views import refused

SAID = "signals_said"  # in the session: what was just done and to which way, told once
Extra = ParamSpec("Extra")
WaysView = Callable[Concatenate[HttpRequest, Ways, Extra], HttpResponse]
OneView = Callable[Concatenate[HttpRequest, Ways, Way, Extra], HttpResponse]


def with_ways(view: WaysView[Extra]) -> Callable[Concatenate[HttpRequest, Extra], HttpResponse]:
    """Signed in; hands over the ways of this person and no other's."""

    def asked(
        request: HttpRequest, here: Here, /, *given: Extra.args, **named: Extra.kwargs
    ) -> HttpResponse:
        ways = Ways(here.person, here.home, here.machine, here.clock)
        return view(request, ways, *given, **named)

    return signed_in(Permission.CHANGE_SETTINGS)(wraps(view)(asked))


def of_one(view: OneView[[]]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about one way of this person; another's is no address at all."""

    def asked(request: HttpRequest, ways: Ways, untrusted_id: str) -> HttpResponse:
        row = next((one for one in ways.all() if one.public_id == untrusted_id), None)
        return refused(request) if row is None else view(request, ways, row)

    return with_ways(wraps(view)(asked))


def must_be_them(request: HttpRequest, ways: Ways) -> None:
    """The passphrase of this form is the person's. Raises UserError."""
    several = Person.objects.count() > 1
    must_open(ways.person, ways.person.name if several else "", request, ways.clock)


def until(waits: Request | None) -> str:
    """When a wait ends, in the person's own zone and language; "" where nothing waits."""
    if waits is None:
        return ""
    return date_format(timezone.localtime(waits.ready_at), "DATETIME_FORMAT")
