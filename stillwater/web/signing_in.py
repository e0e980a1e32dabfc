"""Behind the link, a second door: the person's own passphrase.

Signing in is unwrapping: what the passphrase opens stays in the memory of this process
(unlocked.py), and the browser's session row says nothing of it.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from stillwater.circle.permissions import Role
from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.gate.circle import Circle
from stillwater.gate.setting_up import is_unfinished
from stillwater.people.models import Person, Settings
from stillwater.vault import keys, wrapping
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey
from stillwater.web.apps import in_memory
from stillwater.web.half_typed import forget_old_words
from stillwater.web.here import Here, get_or_post
from stillwater.web.unlocked import Unlocked
from stillwater.web.views import behind_the_link, page

PASSPHRASE_LONGEST = 1000  # characters: more is no passphrase, and hashing it costs time
WHAT_LONGEST = 200  # characters of what a browser says it is


def forget(request: HttpRequest) -> None:
    """Nobody is signed in any more in this browser; that it came by a link stays."""
    in_memory().drafts.forget(request.session.session_key)
    in_memory().unlocked.end(request.session.session_key)


@get_or_post
@behind_the_link
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase, and for a name where several people live here."""
    clock = SystemClock()
    several = Person.objects.count() > 1
    shown: dict[str, object] = {"several": several}
    if request.method == "GET":
        return page(request, "sign_in", shown)
    untrusted_name = request.POST.get("name", "")[:64] if several else ""
    try:
        vault = must_open(named(untrusted_name, several), untrusted_name, request, clock)
    except UserError as error:
        shown |= {"error": error, "name": untrusted_name}
        return page(request, "sign_in", shown, status=422)
    let_reviewers_begin(vault, clock)
    let_in(request, vault, clock)
    return redirect("setup" if is_unfinished(vault.person) else "today")


def let_reviewers_begin(vault: Session, clock: Clock) -> None:
    """A new reviewer whose wait is over can open older months from now on.

    A vault or a clock that is wrong is said by the self-check, and keeps nobody from their pages.
    """
    machine = MachineKey.load_or_create(settings.HOME)
    try:
        Circle(vault.person, settings.HOME, machine, clock).settle(vault)
    except UserError as error:
        if error.exit_code not in (ExitCode.BROKEN, ExitCode.NOT_NOW):
            raise


def let_in(
    request: HttpRequest,
    vault: Session,
    clock: Clock,
    *,
    role: Role = Role.PERSON,
    member: str = "",
    by_words: bool = False,
) -> Unlocked:
    """From now on this browser is signed in, under a session that nobody knew before."""
    forget(request)
    request.session.cycle_key()
    now = clock.now()
    unlocked = Unlocked(
        browser=request.session.session_key or "",
        vault=vault,
        since=now,
        seen_at=now,
        idle=idle_time(vault.person),
        role=role,
        member=member,
        what=request.headers.get("User-Agent", "")[:WHAT_LONGEST],
        by_words=by_words,
    )
    in_memory().unlocked.begin(unlocked)
    forget_old_words(vault.person, clock)
    return unlocked


def idle_time(person: Person) -> timedelta:
    """After so long without a touch the pages lock: what they chose, else the installation's."""
    chosen = Settings.objects.filter(person=person).first()
    return timedelta(minutes=chosen.idle_minutes) if chosen else settings.IDLE_LOCK


@require_POST
@behind_the_link
def lock(request: HttpRequest) -> HttpResponse:
    """The keys are dropped; what is left is the lock, of the one who was here."""
    was_here = in_memory().unlocked.touch(request.session.session_key, SystemClock().now())
    forget(request)
    is_reviewer = was_here is not None and was_here.role is Role.REVIEWER
    return redirect("review_in" if is_reviewer else "sign_in")


@require_POST
@behind_the_link
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still at the page, typing perhaps: the idle time begins anew (204)."""
    now = SystemClock().now()
    if in_memory().unlocked.touch(request.session.session_key, now) is None:
        forget(request)
        return redirect("sign_in")
    return HttpResponse(status=204)


def must_open(
    person: Person | None, untrusted_name: str, request: HttpRequest, clock: Clock
) -> Session:
    """The person's open vault, where the passphrase of this form is theirs. Raises UserError.

    Somebody who is not here is answered as a wrong passphrase is, after the same time.
    """
    untrusted_passphrase = typed_passphrase(request)
    return patiently(untrusted_name, clock, lambda: _opened(person, untrusted_passphrase))


def typed_passphrase(request: HttpRequest) -> str:
    """What was typed in this form. Raises UserError where it is missing."""
    untrusted_passphrase = request.POST.get("passphrase", "")
    if not untrusted_passphrase or len(untrusted_passphrase) > PASSPHRASE_LONGEST:
        raise UserError(
            _("The passphrase is missing."), _("Type the one that you chose for your keys.")
        )
    return untrusted_passphrase


def must_be_them(request: HttpRequest, here: Here) -> Session:
    """What asks for the passphrase once more: it is in this form. Raises UserError."""
    return must_open(here.person, name_typed(here.person), request, here.clock)


def patiently(untrusted_name: str, clock: Clock, opens: Callable[[], Session]) -> Session:
    """One try, where no pause runs for this name; a wrong one is counted. Raises UserError."""
    patience = in_memory().patience
    with patience.one_guess():
        left = patience.left(untrusted_name, clock.now())
        if left > timedelta(0):
            raise UserError(
                _("That was not it a few times, so there is a short pause."),
                _("Try again in %(seconds)s. Nothing is locked, and nothing is lost.")
                % {"seconds": _seconds(left)},
                ExitCode.NOT_NOW,
            )
        try:
            vault = opens()
        except UserError as error:
            if error.exit_code is not ExitCode.NOT_ALLOWED:
                raise
            patience.was_wrong(untrusted_name, clock.now())
            raise UserError(
                _("That did not open it."),
                _next_try(patience.left(untrusted_name, clock.now())),
                ExitCode.NOT_ALLOWED,
            ) from None
        patience.was_right(untrusted_name)
        return vault


def _opened(person: Person | None, passphrase: str) -> Session:
    return nobody(passphrase) if person is None else keys.sign_in(person, passphrase)


def nobody(passphrase: str) -> Session:
    """Nobody is of that name: it takes as long as a wrong passphrase, and says the same."""
    wrapping.unwrap(_NOBODYS, passphrase, "")
    raise UserError(_("That did not open it."), "", ExitCode.NOT_ALLOWED)


def name_typed(person: Person) -> str:
    """The name under which wrong passphrases of this person are counted at the sign-in."""
    return person.name if Person.objects.count() > 1 else ""


def named(untrusted_name: str, several: bool) -> Person | None:
    """Whoever is meant; the only one where no name is asked for."""
    if not untrusted_name.isprintable():  # nobody's; a database may take offence at it
        return None
    people = Person.objects.filter(name=untrusted_name) if several else Person.objects.all()
    return people.order_by("pk").first()


def _next_try(left: timedelta) -> str:
    if not left:
        return _("Try again, slowly: capital letters and spaces count.")
    return _("Wait %(seconds)s, then try again. Nothing is locked, and nothing is lost.") % {
        "seconds": _seconds(left)
    }


def _seconds(left: timedelta) -> str:
    seconds = max(1, round(left.total_seconds()))
    return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}


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
