"""Behind the link, a second door: the person's own passphrase.

The session keeps who it is (a number) and when they were last here, never the identity
that the passphrase opens: these pages need none. It closes by itself like the link's
session does, and on its own where only the first page is still looked at.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.people.models import Person
from stillwater.vault import keys, wrapping
from stillwater.vault.machine import MachineKey
from stillwater.web.apps import in_memory
from stillwater.web.views import behind_the_link, page

PERSON, HERE_AT = "person", "here_at"
PASSPHRASE_LONGEST = 1000  # characters: more is no passphrase, and hashing it costs time
Extra = ParamSpec("Extra")
PersonsView = Callable[Concatenate[HttpRequest, Mailboxes, Extra], HttpResponse]

get_or_post = require_http_methods(["GET", "POST"])


def signed_in(view: PersonsView[Extra]) -> Callable[Concatenate[HttpRequest, Extra], HttpResponse]:
    """Only for whoever typed their passphrase; hands over their mailboxes and no other's."""

    def asked(request: HttpRequest, /, *given: Extra.args, **named: Extra.kwargs) -> HttpResponse:
        clock = SystemClock()
        person = who_is_here(request, clock)
        if person is None:
            forget(request)
            return redirect("sign_in")
        request.session[HERE_AT] = clock.now().timestamp()
        machine = MachineKey.load_or_create(settings.HOME)
        boxes = Mailboxes(person, settings.HOME, machine, clock)
        return view(request, boxes, *given, **named)

    return wraps(view)(behind_the_link(asked))


def who_is_here(request: HttpRequest, clock: Clock) -> Person | None:
    """The person who signed in and was here within the idle time."""
    idle = clock.now().timestamp() - request.session.get(HERE_AT, 0)
    if not 0 <= idle <= settings.SESSION_COOKIE_AGE:
        return None
    return Person.objects.filter(pk=request.session.get(PERSON, 0)).first()


def forget(request: HttpRequest) -> None:
    """Nobody is signed in any more; the link's session stays."""
    in_memory().drafts.forget(request.session.session_key)
    for name in (PERSON, HERE_AT):
        request.session.pop(name, None)


@get_or_post
@behind_the_link
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase, and for a name where several people live here."""
    clock = SystemClock()
    several = Person.objects.count() > 1
    shown: dict[str, object] = {"several": several}
    if request.method == "GET":
        return page(request, "mailboxes/sign_in", shown)
    untrusted_name = request.POST.get("name", "")[:64] if several else ""
    try:
        person = must_open(_named(untrusted_name, several), untrusted_name, request, clock)
    except UserError as error:
        shown |= {"error": error, "name": untrusted_name}
        return page(request, "mailboxes/sign_in", shown, status=422)
    forget(request)
    request.session.cycle_key()  # whoever knew the session before does not know this one
    request.session[PERSON] = person.pk
    request.session[HERE_AT] = clock.now().timestamp()
    return redirect("mailboxes")


@require_POST
@behind_the_link
def lock(request: HttpRequest) -> HttpResponse:
    """Sign out of these pages; the first page stays open."""
    forget(request)
    return redirect("home")


def must_open(
    person: Person | None, untrusted_name: str, request: HttpRequest, clock: Clock
) -> Person:
    """The person, where the passphrase of this form is theirs. Raises UserError.

    Somebody who is not here is answered as a wrong passphrase is, after the same time.
    """
    patience = in_memory().patience
    untrusted_passphrase = request.POST.get("passphrase", "")
    if not untrusted_passphrase or len(untrusted_passphrase) > PASSPHRASE_LONGEST:
        raise UserError("The passphrase is missing.", "Type the one that you chose for your keys.")
    with patience.one_guess():
        left = patience.left(untrusted_name, clock.now())
        if left > timedelta(0):
            raise UserError(
                "That was not it a few times, so there is a short pause.",
                f"Try again in {_seconds(left)}. Nothing is locked, and nothing is lost.",
                ExitCode.NOT_NOW,
            )
        try:
            return _opened(person, untrusted_passphrase, untrusted_name)
        except UserError as error:
            if error.exit_code is not ExitCode.NOT_ALLOWED:
                raise
            patience.was_wrong(untrusted_name, clock.now())
            raise UserError(
                "That did not open it.",
                _next_try(patience.left(untrusted_name, clock.now())),
                ExitCode.NOT_ALLOWED,
            ) from None


def _opened(person: Person | None, passphrase: str, untrusted_name: str) -> Person:
    if person is None:
        wrapping.unwrap(_NOBODYS, passphrase, "")
        raise UserError("That did not open it.", "", ExitCode.NOT_ALLOWED)
    keys.sign_in(person, passphrase)
    in_memory().patience.was_right(untrusted_name)
    return person


def _named(untrusted_name: str, several: bool) -> Person | None:
    """Whoever is meant; the only one where no name is asked for."""
    people = Person.objects.filter(name=untrusted_name) if several else Person.objects.all()
    return people.order_by("pk").first()


def _next_try(left: timedelta) -> str:
    if not left:
        return "Try again, slowly: capital letters and spaces count."
    return f"Wait {_seconds(left)}, then try again. Nothing is locked, and nothing is lost."


def _seconds(left: timedelta) -> str:
    seconds = max(1, round(left.total_seconds()))
    return "1 second" if seconds == 1 else f"{seconds} seconds"


# What nobody's passphrase opens: trying it takes as long as trying somebody's.
_NOBODYS = {
    "format": wrapping.FORMAT,
    "kdf": "argon2id",
    "iterations": wrapping.STANDARD.iterations,
    "memory_kib": wrapping.STANDARD.memory_kib,
    "lanes": wrapping.STANDARD.lanes,
    "salt": "AAAAAAAAAAAAAAAAAAAAAA==",
    "nonce": "AAAAAAAAAAAAAAAA",
    "sealed": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
}
