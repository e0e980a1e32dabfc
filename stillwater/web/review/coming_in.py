"""How a reviewer comes in: by the invitation once, then with their own name and passphrase.

The link opens the first page only together with the code that was spoken. It is taken out of
the address bar at once, and worth nothing once it was accepted.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import UserError
from stillwater.gate import joining
from stillwater.gate.circle import Circle
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey
from stillwater.web.here import get_or_post
from stillwater.web.signing_in import forget, let_in, nobody, patiently, typed_passphrase
from stillwater.web.views import ENTERED, behind_the_link, page, refused

INVITED = "invited"  # in the session: whose invitation it came with
_LONGEST_NAME = 64


@require_GET
def invited(request: HttpRequest, untrusted_token: str) -> HttpResponse:
    """The invitation's link: it goes on to a page without the token in its address."""
    member = joining.invited_by(untrusted_token, SystemClock().now())
    if member is None:
        return refused(request)
    forget(request)  # pressed where somebody is signed in: under the new key nobody could drop it
    request.session.cycle_key()
    request.session[ENTERED] = True
    request.session[INVITED] = member.public_id
    return redirect("review_accept")


@get_or_post
@behind_the_link
def accept(request: HttpRequest) -> HttpResponse:
    """Told first what it may mean; then the code, a name and a passphrase of their own."""
    clock = SystemClock()
    member = Member.objects.filter(public_id=request.session.get(INVITED, "")).first()
    if member is None or not joining.is_open(member, clock.now()):
        return refused(request)
    if request.method == "GET":
        return page(request, "review/accept", {})
    untrusted_name = request.POST.get("name", "")[:_LONGEST_NAME]
    try:
        vault = _accepted(request, member, untrusted_name, clock)
    except UserError as error:
        shown = {"error": error, "name": untrusted_name, "typed": request.POST}
        return page(request, "review/accept", shown, status=422)
    del request.session[INVITED]
    let_in(request, vault, clock, role=Role.REVIEWER, member=member.public_id)
    return redirect("review")


def _accepted(request: HttpRequest, member: Member, name: str, clock: Clock) -> Session:
    answers = request.POST
    if "adult" not in answers or "witness" not in answers:
        raise UserError(
            _("Two things are still to be ticked."), _("Only say yes if it is so. No is fine, too.")
        )
    if answers.get("reachable") != "no":
        raise UserError(
            _("Then better not as a reviewer."),
            _("Tell whoever asked you, by voice. You can still be there for them as a supporter."),
        )
    passphrase = typed_passphrase(request)
    if passphrase != answers.get("again", ""):
        raise UserError(_("The two passphrases differ."), _("Type the same one twice, slowly."))
    machine = MachineKey.load_or_create(settings.HOME)
    circle = Circle(member.person, settings.HOME, machine, clock)
    return circle.accept(member, answers.get("code", "")[:40], name, passphrase)


@get_or_post
@behind_the_link
def sign_in(request: HttpRequest) -> HttpResponse:
    """A name and a passphrase of their own. Who is not here is answered as a wrong one is."""
    if request.method == "GET":
        return page(request, "review/sign_in", {})
    clock = SystemClock()
    untrusted_name = request.POST.get("name", "")[:_LONGEST_NAME]
    try:
        passphrase = typed_passphrase(request)
        machine = MachineKey.load_or_create(settings.HOME)
        member = joining.reviewer_of_name(machine, untrusted_name)
        counted_as = f"reviewer\0{untrusted_name}"
        vault = patiently(counted_as, clock, lambda: _opened(member, passphrase))
    except UserError as error:
        shown = {"error": error, "name": untrusted_name}
        return page(request, "review/sign_in", shown, status=422)
    assert member is not None
    let_in(request, vault, clock, role=Role.REVIEWER, member=member.public_id)
    return redirect("review")


def _opened(member: Member | None, passphrase: str) -> Session:
    return nobody(passphrase) if member is None else joining.sign_in(member, passphrase)
