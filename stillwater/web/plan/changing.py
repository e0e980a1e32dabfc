"""Changing the plan from a page: tighter at once; looser after one more page, and a wait."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stillwater.core.errors import UserError
from stillwater.core.plans import Other, Plan
from stillwater.gate.plans import ActivePlan, Plans, active_plan, what_loosens
from stillwater.plan.form import dump, parse
from stillwater.vault.keys import keyring_of
from stillwater.web.half_typed import HalfTyped, half_typed
from stillwater.web.here import Here
from stillwater.web.lasting import in_words
from stillwater.web.signing_in import must_open, name_typed
from stillwater.web.views import page

SAID = "said"  # a word in the session: what was just done, told once
BIGGEST = 200_000  # characters; a plan is a page or two


def plan_now(here: Here) -> ActivePlan | None:
    """The plan in force; None: there is none yet."""
    return active_plan(here.person, here.machine, here.clock.now())


def other_of(here: Here, untrusted_id: str) -> tuple[ActivePlan, Other] | None:
    """The plan, and the other of this id in it; None: this person has nobody of that id."""
    active = plan_now(here)
    if active is None:
        return None
    found = (
        other
        for other in active.plan.others
        if active.others[other.label].public_id == untrusted_id
    )
    other = next(found, None)
    return None if other is None else (active, other)


def with_other(plan: Plan, changed: Other) -> Plan:
    """The plan with this other as it is now."""
    others = tuple(changed if one.label == changed.label else one for one in plan.others)
    return Plan(others, plan.you, plan.wanted, plan.always_pass)


def begun_text(request: HttpRequest, active: ActivePlan) -> HalfTyped:
    """The plan as text, begun and left. Of this plan alone: after another change it would take
    that back unseen.
    """
    return half_typed(request, f"plan_text:{active.number}", "plan")


def propose(request: HttpRequest, here: Here, plan: Plan, *, back: str, then: str) -> HttpResponse:
    """Set this plan, or show first what it loosens. Raises UserError where it is not right.

    ``back`` and ``then`` are addresses: where one was, and where one is afterwards.
    """
    plan = parse(dump(plan))
    loosens = what_loosens(here.person, plan, here.machine, here.clock.now())
    if loosens:
        return _loosens(request, here, plan, loosens, back=back)
    # Without the open vault: should it loosen by now, after all, it is refused and not set.
    done = Plans(here.person, here.home, here.machine, here.clock).set(plan)
    request.session[SAID] = "took_back" if done.replaced_pending else "holds"
    return redirect(then)


def loosen(request: HttpRequest, here: Here) -> HttpResponse:
    """The second page was sent: with the passphrase, and about what it showed."""
    try:
        plan = parse(request.POST.get("plan", "")[:BIGGEST])
    except UserError as error:
        return page(request, "plan/stopped", {"error": error}, 422)
    loosens = what_loosens(here.person, plan, here.machine, here.clock.now())
    back = reverse("plan")
    if "\n".join(loosens) != request.POST.get("shown", "").replace("\r\n", "\n"):
        # The plan changed in between: what would be loosened is shown as it is now.
        return _loosens(request, here, plan, loosens, back=back)
    moved, active = _whose_mode_changes(here, plan), plan_now(here)
    try:
        vault = must_open(here.person, name_typed(here.person), request, here.clock)
        done = Plans(here.person, here.home, here.machine, here.clock).set(plan, vault)
    except UserError as error:
        return _loosens(request, here, plan, loosens, back=back, error=error)
    if active is not None:
        begun_text(request, active).forget()
    request.session[SAID] = "holds" if done.in_force else "waits"
    return redirect("plan_why", moved) if moved else redirect("plan")


def _whose_mode_changes(here: Here, plan: Plan) -> str | None:
    """The id of the first other who gets another mode; None: nobody does."""
    active = plan_now(here)
    if active is None:
        return None
    for before in active.plan.others:
        after = plan.other(before.label)
        if after is not None and after.mode is not before.mode:
            return active.others[before.label].public_id
    return None


def _loosens(
    request: HttpRequest,
    here: Here,
    plan: Plan,
    loosens: tuple[str, ...],
    *,
    back: str,
    error: UserError | None = None,
) -> HttpResponse:
    delay = keyring_of(here.person).loosening_delay
    shown: dict[str, object] = {
        "loosens": loosens,
        "shown": "\n".join(loosens),
        "toml": dump(plan),
        "delay": in_words(delay) if delay else "",
        "back_to": back,
        "error": error,
    }
    return page(request, "plan/loosens", shown, 422 if error else 200)
