"""Who helps, and as what; asking somebody; agreeing on a key; letting go."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.models import Member
from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.ids import is_public_id
from stillwater.gate import reviewing
from stillwater.gate.circle import Circle
from stillwater.vault.identities import fingerprint
from stillwater.vault.keys import keyring_of
from stillwater.vault.openings import in_words
from stillwater.web.apps import in_memory
from stillwater.web.circle.forms import about_of
from stillwater.web.circle.words import ROLE_NAMES, ROLE_SAYS, SORTED_SAYS, shown
from stillwater.web.facts import fact_lines
from stillwater.web.half_typed import forget_words_of
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page, refused

SAID = "said_of_circle"  # a word in the session: what was just done, told once
Extra = ParamSpec("Extra")
MemberView = Callable[Concatenate[HttpRequest, Here, Member, Extra], HttpResponse]


def circle_of(here: Here) -> Circle:
    return Circle(here.person, here.home, here.machine, here.clock)


def of_one(view: MemberView[[]]) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about one of this person's circle; another's is no address at all."""

    def asked(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
        mine = circle_of(here).members()
        member = mine.filter(public_id=untrusted_id).first() if is_public_id(untrusted_id) else None
        return refused(request) if member is None else view(request, here, member)

    return signed_in(Permission.CHANGE_CIRCLE)(wraps(view)(asked))


@require_GET
@signed_in(Permission.CHANGE_CIRCLE)
def circle(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody, and as what they help."""
    mine = circle_of(here)
    mine.settle(here.vault)
    about: dict[str, object] = {
        "members": [shown(here, member) for member in mine.members()],
        "has_reviewer": mine.has_reviewer(),
        "said": request.session.pop(SAID, ""),
    }
    return page(request, "circle/circle", about)


@get_or_post
@signed_in(Permission.CHANGE_CIRCLE)
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Add somebody. For a reviewer the passphrase is asked for: it is a loosening."""
    about: dict[str, object] = {
        "roles": [(role, ROLE_NAMES[role], ROLE_SAYS[role]) for role in ROLE_NAMES],
        "typed": request.POST,
    }
    if request.method == "GET":
        return page(request, "circle/add", about)
    try:
        who = about_of(request)
        must_be_them(request, here)
        member = circle_of(here).add(who)
    except UserError as error:
        return page(request, "circle/add", {**about, "error": error}, status=422)
    return redirect("member", member.public_id)


@require_GET
@of_one
def one(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """One of them: how it stands, and what comes next."""
    return one_with(request, here, member)


@require_POST
@of_one
def invite(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """A link and a code, shown this once: they are kept nowhere. Asked again, new ones are made."""
    try:
        made = circle_of(here).invite(member)
    except UserError as error:
        return one_with(request, here, member, error)
    address = request.build_absolute_uri(reverse("invited", args=[made.token]))
    about = {"member": shown(here, member), "invitation": made, "address": address}
    return page(request, "circle/invitation", about)


@require_POST
@of_one
def key(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """The public half of a key that was made on their own device."""
    try:
        circle_of(here).bring_key(member, request.POST.get("recipient", "")[:200])
    except UserError as error:
        return one_with(request, here, member, error)
    return redirect("member", member.public_id)


@require_POST
@of_one
def same(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """Both read the same words: from here on it waits for the person's delay."""
    try:
        must_be_them(request, here)
        mine = circle_of(here)
        mine.confirm(member)
        mine.settle(here.vault)
    except UserError as error:
        return one_with(request, here, member, error)
    return redirect("member", member.public_id)


@require_POST
@of_one
def thanks(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """They see it the next time that they come."""
    member.thanked_at = here.clock.now()
    member.save(update_fields=["thanked_at"])
    request.session[SAID] = "thanked"
    return redirect("member", member.public_id)


@require_POST
@of_one
def remove(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """Out at once, by one press."""
    circle_of(here).remove(member, here.vault)
    in_memory().unlocked.end_member(member.public_id)
    forget_words_of(here.person, member.public_id)
    request.session[SAID] = "removed"
    return redirect("circle")


@require_GET
@signed_in(Permission.CHANGE_CIRCLE)
def passed_on(request: HttpRequest, here: Here) -> HttpResponse:
    """What reviewers passed on: category, facts, note."""
    rows = [
        {
            "at": one.at,
            "sorted": SORTED_SAYS[one.sorted_as],
            "about": one.about,
            "facts": fact_lines(one.facts),
            "note": one.note,
        }
        for one in reviewing.passed_on(here.vault)
    ]
    said = request.session.pop(SAID, "")
    return page(request, "circle/passed_on", {"rows": rows, "said": said})


def one_with(
    request: HttpRequest, here: Here, member: Member, error: UserError | None = None
) -> HttpResponse:
    """The page of one of them, with what went wrong."""
    mine = circle_of(here)
    mine.settle(here.vault)
    member.refresh_from_db()
    waits = mine.request_of(member)
    delay = keyring_of(here.person).loosening_delay
    about: dict[str, object] = {
        "member": shown(here, member, waits.ready_at if waits else None),
        "words": fingerprint(member.recipient) if member.recipient else (),
        "delay": in_words(delay) if delay else "",
        "said": request.session.pop(SAID, ""),
        "error": error,
    }
    return page(request, "circle/one", about, status=422 if error else 200)
