"""Who is at a page: what every view of a signed-in person is handed.

``signed_in(permission)`` is the one way to such a view. Whatever a view looks for goes
through ``Here.mine``: no query without its person.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from stillwater.circle.permissions import Permission, may
from stillwater.core.clock import Clock, SystemClock
from stillwater.core.home import Home
from stillwater.people.models import Person, Settings
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey
from stillwater.web.apps import in_memory
from stillwater.web.unlocked import Unlocked
from stillwater.web.views import behind_the_link, refused

Extra = ParamSpec("Extra")
Row = TypeVar("Row", bound=models.Model)

get_or_post = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Here:
    """The person who signed in, with all that their pages may use."""

    unlocked: Unlocked = field(repr=False)
    settings: Settings
    home: Home
    machine: MachineKey = field(repr=False)
    clock: Clock

    @property
    def person(self) -> Person:
        return self.vault.person

    @property
    def vault(self) -> Session:
        """What opens everything that is sealed to this person."""
        return self.unlocked.vault

    def mine(self, model: type[Row]) -> "models.QuerySet[Row]":
        """The rows of this person, and no others; the model has a ``person``."""
        rows: models.QuerySet[Row] = model._default_manager.filter(person=self.person)
        return rows

    def opens(self, sealed: bytes) -> bytes:
        """What was sealed to this person. Raises UserError."""
        return self.vault.open_private(bytes(sealed))

    def seals(self, plain: bytes) -> bytes:
        """Seal to this person: only their session opens it."""
        return seal_private(keyring_of(self.person).recipient, plain)


HereView = Callable[Concatenate[HttpRequest, Here, Extra], HttpResponse]
AnyView = Callable[Concatenate[HttpRequest, Extra], HttpResponse]


def signed_in(permission: Permission) -> Callable[[HereView[Extra]], AnyView[Extra]]:
    """Only for whoever typed their passphrase and may; all others meet the lock."""

    def only_for(view: HereView[Extra]) -> AnyView[Extra]:
        def asked(
            request: HttpRequest, /, *given: Extra.args, **named: Extra.kwargs
        ) -> HttpResponse:
            clock = SystemClock()
            unlocked = in_memory().unlocked.touch(request.session.session_key, clock.now())
            if unlocked is None:
                in_memory().drafts.forget(request.session.session_key)
                return redirect("review_in" if permission is Permission.REVIEW else "sign_in")
            if not may(unlocked.role, permission):
                return refused(request)
            here = _here(unlocked, clock)
            request.here = here  # type: ignore[attr-defined]  # for the frame of the page
            with _as_they_chose(here.settings):
                return view(request, here, *given, **named)

        return wraps(view)(behind_the_link(asked))

    return only_for


def _here(unlocked: Unlocked, clock: Clock) -> Here:
    chosen = Settings.of(unlocked.vault.person)
    return Here(unlocked, chosen, settings.HOME, MachineKey.load_or_create(settings.HOME), clock)


@contextmanager
def _as_they_chose(chosen: Settings) -> Iterator[None]:
    """The person's language and zone while their page is made."""
    zone = ZoneInfo(chosen.timezone) if chosen.timezone else None
    with timezone.override(zone), translation.override(chosen.language):
        yield
