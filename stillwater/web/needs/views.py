"""What needs the person: facts first, three ways on, and each is seen by itself."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.zones import system_zone
from stillwater.gate import asking, feedback, standing
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.plans import active_plan
from stillwater.vault.models import Item
from stillwater.web.errors import error_here
from stillwater.web.here import Here, signed_in
from stillwater.web.ids import id_of
from stillwater.web.needs.calling import country_here, lines_for
from stillwater.web.needs.told import open_notices, told, when_words
from stillwater.web.people.taking_back import proof_of, takes_back, was_asked
from stillwater.web.views import page, refused
from stillwater.web.ways import address_of

SAID = "said_needs"  # a word in the session: what was just done, told once
OneView = Callable[[HttpRequest, Here, Notice], HttpResponse]


def of_one(view: OneView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Signed in, and about one open notice of this person.

    One that was seen leads to the others: whoever presses twice, or goes back, meets no shut door.
    """

    def asked(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
        mine = here.mine(Notice).filter(public_id=id_of(untrusted_id)).first()
        if mine is None:
            return refused(request)
        return view(request, here, mine) if mine.acknowledged_at is None else redirect("needs")

    return signed_in(Permission.SEE_TODAY)(wraps(view)(asked))


@require_GET
@signed_in(Permission.SEE_TODAY)
def all_of_them(request: HttpRequest, here: Here) -> HttpResponse:
    """Each open notice in one line, the most urgent first."""
    found = open_notices(here)
    rows = [(one, when_words(one.at) if one.at else "") for one in found.shown]
    shown = {"rows": rows, "are_more": found.are_more, "said": _said(request)}
    return page(request, "needs/all", shown)


@require_GET
@of_one
def one(request: HttpRequest, here: Here, notice: Notice) -> HttpResponse:
    """One notice: what it may be, the facts, and three ways on."""
    return _one(request, here, notice)


def _one(
    request: HttpRequest, here: Here, notice: Notice, error: UserError | None = None
) -> HttpResponse:
    shown = told(here, notice)
    context: dict[str, object] = {
        "error": error_here(error) if error else None,
        "one": shown,
        "when": when_words(shown.at) if shown.at else "",
        "has_reviewer": asking.has_reviewer(here.person, here.clock.now()),
        "people": address_of("people"),
        "said": _said(request),
    }
    return page(request, "needs/one", context, status=422 if error else 200)


@require_POST
@of_one
def seen(request: HttpRequest, here: Here, notice: Notice) -> HttpResponse:
    """The person has seen this one; or says that it was nothing, and perhaps not from them."""
    shown = told(here, notice)
    was_nothing = shown.is_danger and "nothing" in request.POST
    if was_nothing and shown.may_not_be_theirs and request.POST["nothing"] == "not_theirs":
        item = here.mine(Item).filter(public_id=shown.item).first()
        try:
            proof = proof_of(request, here)
            if item is not None:
                feedback.say(
                    here.vault, item, "not_theirs", home=here.home, clock=here.clock, proof=proof
                )
        except feedback.NeedsPassphraseError:
            return takes_back(request, back="needs")
        except UserError as error:
            if was_asked(request):
                return takes_back(request, back="needs", error=error_here(error))
            return _one(request, here, notice, error)
    standing.acknowledge_one(notice, here.clock)
    request.session[SAID] = "nothing" if was_nothing else "seen"
    return redirect("needs")


@require_POST
@of_one
def ask(request: HttpRequest, here: Here, notice: Notice) -> HttpResponse:
    """The reviewer looks instead; the notice stays until it is seen."""
    attempt = here.mine(Attempt).filter(public_id=told(here, notice).attempt).first()
    if attempt is not None:
        asking.ask_reviewer(attempt)
        has_one = asking.has_reviewer(here.person, here.clock.now())
        request.session[SAID] = "asked" if has_one else "nobody"
    return redirect("need", notice.public_id)


@require_GET
@signed_in(Permission.SEE_TODAY)
def call(request: HttpRequest, here: Here) -> HttpResponse:
    """Whom one can call, and how to write instead."""
    plan = active_plan(here.person, here.machine, here.clock.now())
    region = plan.plan.you.region if plan else None
    country = country_here(region, here.settings.timezone or system_zone())
    return page(request, "needs/call", {"lines": lines_for(country)})


def _said(request: HttpRequest) -> str:
    return {
        "seen": _("Noted: you have seen it."),
        "nothing": _("That was ours. Sorry."),
        "asked": _("Your reviewer is asked. You need not look."),
        "nobody": _("Nobody is your reviewer yet. It waits for one; the facts are here."),
    }.get(request.session.pop(SAID, ""), "")
