"""Steps 13 to 15: who always passes, the plan itself, a first mailbox; and what happens now."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.plans import Plan
from stillwater.core.zones import system_zone
from stillwater.gate.plans import Plans, active_plan
from stillwater.gate.setting_up import Answers, SettingUp, has_plan, is_unfinished, plan_of
from stillwater.plan.form import dump, parse
from stillwater.web.asked import typed
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.plan.passing import PASSES, passing_of
from stillwater.web.plan.words import of_plan
from stillwater.web.setup.inside import Step, in_step
from stillwater.web.setup.others import region_of
from stillwater.web.setup.steps import address_of, next_undone
from stillwater.web.views import page


@require_GET
@signed_in(Permission.SET_UP)
def resume(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """Where they were; once set-up is over, the plan."""
    has_one = has_plan(here.person)
    if has_one and not is_unfinished(here.person):
        return redirect("plan")
    answers = SettingUp(here.vault, here.clock).answers()
    return redirect(address_of(next_undone(answers, has_plan=has_one)))


@get_or_post
@in_step("passes")
def passes(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 13: senders that always pass, once it is proved that they are who they say."""
    if request.method == "GET":
        return _passes(request, step)
    gone = request.POST.get("off")
    if gone is not None:
        step.keep(
            lambda answers: replace(
                answers, passes=tuple(one for one in answers.passes if one.handle != gone)
            )
        )
        return redirect("setup_passes")
    if "add" not in request.POST and not request.POST.get("handle", "").strip():
        return step.done()
    try:
        one = passing_of(request.POST, step.answers().passes, region_of(step.here))
    except UserError as error:
        return _passes(request, step, error)
    step.keep(lambda answers: replace(answers, passes=(*answers.passes, one)))
    # What was typed is kept, whichever of the two buttons was pressed.
    return redirect("setup_passes") if "add" in request.POST else step.done()


def _passes(request: HttpRequest, step: Step, error: UserError | None = None) -> HttpResponse:
    more: dict[str, object] = {
        "rows": step.answers().passes,
        "kinds": PASSES,
        "given": typed(request) if error else {},
    }
    return step.shown(request, "passes", more, error)


@get_or_post
@in_step("plan")
def the_plan(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 14: all of it in plain sentences; pressed once, it holds."""
    here, answers = step.here, step.answers()
    if not answers.others:
        return redirect("setup_who")
    try:
        plan = checked(here, answers)
        if request.method == "POST":
            Plans(here.person, here.home, here.machine, here.clock).set(plan)
            return step.done()
    except UserError as error:
        return step.shown(request, "plan", {"rows": answers.others}, error)
    return step.shown(request, "plan", {"said": of_plan(plan), "toml": dump(plan)})


def checked(here: Here, answers: Answers) -> Plan:
    """The plan of these answers, as the form of plans reads it. Raises UserError."""
    made = plan_of(
        answers,
        timezone=here.settings.timezone or system_zone(),
        region=region_of(here),
        today=timezone.localdate(here.clock.now()),
    )
    return parse(dump(made))


@get_or_post
@in_step("mail")
def mail(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 15: a first mailbox, now or later. Set-up is over with it."""
    if not has_plan(step.here.person):
        return redirect("setup")
    if request.method == "GET":
        return step.shown(request, "mail")
    with step.setting_up.changing() as draft:
        draft.answers = draft.answers.after("mail")
    step.setting_up.finish()
    return redirect("setup_end")


@require_GET
@signed_in(Permission.SET_UP)
def end(request: HttpRequest, here: Here) -> HttpResponse:
    """What happens now, in three sentences."""
    active = active_plan(here.person, here.machine, here.clock.now())
    return page(request, "setup/end", {"is_held": active is not None and _holds(active.plan)})


def _holds(plan: Plan) -> bool:
    return any(one.mode.value != "watch" for one in plan.others)
