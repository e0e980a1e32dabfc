"""The pages of the plan: what holds, what waits, and the ways to change it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.plans import Plan
from stillwater.gate.plans import Plans, shown_plans
from stillwater.gate.setting_up import said_last, say_why
from stillwater.plan.form import dump, parse
from stillwater.plan.loosening import loosenings
from stillwater.plan.models import PlanVersion
from stillwater.web.asked import field_of, typed
from stillwater.web.half_typed import half_typed
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.plan import changing
from stillwater.web.plan.changing import SAID, other_of, plan_now, propose
from stillwater.web.plan.first import heard_first
from stillwater.web.plan.modes import given_of_mode, of_mode_form, shown_modes
from stillwater.web.plan.passing import PASSES, of_passes_form
from stillwater.web.plan.words import of_other, of_plan
from stillwater.web.setup.why import CHOICES, FIELDS, begun_before, filled_with, why_of
from stillwater.web.setup.words import PROTECTS
from stillwater.web.views import page, refused


@require_GET
@signed_in(Permission.CHANGE_PLAN)
def plan(request: HttpRequest, here: Here) -> HttpResponse:
    """What holds now, per other; what waits; what it should protect."""
    active = plan_now(here)
    if active is None:
        return page(request, "plan/none", {})
    whole = of_plan(active.plan)
    shown: dict[str, object] = {
        "cards": [
            {
                "id": active.others[one.label].public_id,
                "said": of_other(one),
                "first": heard_first(here, one),
            }
            for one in active.plan.others
        ],
        "passes": whole.passes,
        "more": whole.more,
        "waits": _waiting(here, active.plan),
        "intention": said_last(here.vault),
        "protects": dict(PROTECTS),
        "said": request.session.pop(SAID, ""),
    }
    return page(request, "plan/plan", shown)


def _waiting(here: Here, now: Plan) -> dict[str, object] | None:
    """The change that waits: from when, and what it loosens."""
    for version, toml in shown_plans(here.vault):
        if version.state == PlanVersion.State.PENDING:
            return {"from": version.takes_effect_at, "loosens": loosenings(now, parse(toml))}
    return None


@require_POST
@signed_in(Permission.CHANGE_PLAN)
def withdraw(request: HttpRequest, here: Here) -> HttpResponse:
    """Take back what waits: one press, no passphrase."""
    was_there = Plans(here.person, here.home, here.machine, here.clock).withdraw()
    request.session[SAID] = "withdrawn" if was_there else "nothing_waits"
    return redirect("plan")


@require_POST
@signed_in(Permission.CHANGE_PLAN)
def loosen(request: HttpRequest, here: Here) -> HttpResponse:
    """The page that shows what is loosened was sent."""
    return changing.loosen(request, here)


@get_or_post
@signed_in(Permission.CHANGE_PLAN)
def mode(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """The mode with one other, and what may come through."""
    found = other_of(here, untrusted_id)
    if found is None:
        return refused(request)
    active, other = found
    shown: dict[str, object] = {"other": other, "id": untrusted_id}
    if request.method == "GET":
        shown |= {**shown_modes(here, other), "given": given_of_mode(other)}
        return page(request, "plan/mode", shown)
    try:
        changed = of_mode_form(request.POST, here, other)
        moved = changed.mode is not other.mode
        then = reverse("plan_why", args=[untrusted_id]) if moved else reverse("plan")
        back = reverse("plan_mode", args=[untrusted_id])
        return propose(
            request, here, changing.with_other(active.plan, changed), back=back, then=then
        )
    except UserError as error:
        form = request.POST
        lists = {name: form.getlist(name) for name in ("subjects", "court_ordered")}
        wrong, given = field_of(error), {**typed(request), **lists}
        shown |= {**shown_modes(here, other, wrong), "given": given, "wrong": wrong}
        return page(request, "plan/mode", {**shown, "error": error}, 422)


@get_or_post
@signed_in(Permission.CHANGE_PLAN)
def why(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """After a change of mode: what should this protect? Nothing hangs on the answer."""
    found = other_of(here, untrusted_id)
    if found is None:
        return refused(request)
    shown: dict[str, object] = {
        "other": found[1],
        "id": untrusted_id,
        **CHOICES,
    }
    begun = half_typed(request, f"plan_why:{untrusted_id}", *FIELDS)
    if request.method == "GET":
        shown |= {"said": request.session.pop(SAID, ""), **begun_before(begun)}
        return page(request, "plan/why", shown)
    if (kept := begun.answered(request)) is not None:
        return kept
    try:
        told = why_of(request.POST)
    except UserError as error:
        about = {"error": error, "wrong": field_of(error), **filled_with(request.POST)}
        return page(request, "plan/why", {**shown, **about}, 422)
    begun.forget()
    if "skip" not in request.POST and told:
        say_why(
            here.vault,
            protects=told.protects,
            wants=told.wants,
            words=told.words,
            about=found[1].label,
            clock=here.clock,
        )
        if told.wants:
            return redirect("plan_honest")
    return redirect("plan")


@require_GET
@signed_in(Permission.CHANGE_PLAN)
def honest(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """What no contact is not; it withholds nothing."""
    return page(request, "plan/honest", {})


@get_or_post
@signed_in(Permission.CHANGE_PLAN)
def passes(request: HttpRequest, here: Here) -> HttpResponse:
    """The senders that always pass: one more, or one less. Both loosen, and say so."""
    active = plan_now(here)
    if active is None:
        return redirect("plan")
    shown: dict[str, object] = {
        "rows": active.plan.always_pass,
        "believed": active.plan.you.authserv,
        "kinds": PASSES,
        "given": {},
        "said": request.session.get(SAID, ""),
    }
    if request.method == "GET":
        request.session.pop(SAID, None)
        return page(request, "plan/passes", shown)
    try:
        changed = of_passes_form(request.POST, active.plan)
        back = reverse("plan_passes")
        return propose(request, here, changed, back=back, then=back)
    except UserError as error:
        about = {"error": error, "wrong": field_of(error), "given": typed(request)}
        return page(request, "plan/passes", {**shown, **about}, 422)


@get_or_post
@signed_in(Permission.CHANGE_PLAN)
def as_text(request: HttpRequest, here: Here) -> HttpResponse:
    """The plan as text: for whoever likes that, and for what no form asks."""
    active = plan_now(here)
    if active is None:
        return redirect("plan")
    begun = changing.begun_text(request, active)
    if request.method == "GET":
        found = begun.found()
        toml = found.get("plan", "") if found else dump(active.plan)
        return page(request, "plan/text", {"toml": toml, "begun": found is not None})
    if (kept := begun.answered(request)) is not None:
        return kept
    untrusted_toml = request.POST.get("plan", "")[: changing.BIGGEST]
    try:
        changed = parse(untrusted_toml)
        went_on = propose(request, here, changed, back=reverse("plan_text"), then=reverse("plan"))
    except UserError as error:
        about = {"toml": untrusted_toml, "error": error, "wrong": "plan"}
        return page(request, "plan/text", about, 422)
    if went_on.status_code == HTTPStatus.FOUND:  # else it shows first what it loosens
        begun.forget()
    return went_on
