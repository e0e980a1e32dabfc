"""Steps 8 to 12: children, orders, home and money, why, and the mode that is free to choose.

Each may be skipped. What is left open is not settled, and then the mode is *watch*.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stillwater.core.errors import UserError
from stillwater.gate.setting_up import About, Answers, say_why
from stillwater.web.asked import FieldError, lines, one_of, some_of, typed
from stillwater.web.half_typed import half_typed
from stillwater.web.here import get_or_post
from stillwater.web.plan.allowing import allowed_of, choices, given_of
from stillwater.web.setup.inside import Step, in_step
from stillwater.web.setup.why import CHOICES, FIELDS, begun_before, filled_with, why_of
from stillwater.web.setup.words import (
    CHILDREN,
    MODES,
    ORDERS,
    SHARED,
    WHY_WATCH,
)
from stillwater.web.views import refused

Choices = tuple[tuple[str, object], ...]
Tell = Callable[[About, tuple[str, ...]], About]
_NOTHING = frozenset({"none", "nothing"})


@get_or_post
@in_step("children")
def children(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 8: are there children that both have to do with?"""
    others = step.answers().others
    if request.method == "GET":
        rows = [(one, one.children, "\n".join(one.child_names)) for one in others]
        return step.shown(request, "children", {"rows": rows, "choices": CHILDREN})
    form = request.POST
    if _skips(request):
        return step.done()
    try:
        told = [
            replace(
                one,
                children=one_of(form, f"children_{one.key}", dict(CHILDREN)),
                child_names=lines(form, f"names_{one.key}"),
            )
            for one in others
        ]
        _must_be_answered((one.children for one in told), others, "children")
    except UserError as error:
        given = typed(request)
        rows = [
            (one, given.get(f"children_{one.key}", ""), given.get(f"names_{one.key}", ""))
            for one in others
        ]
        return step.shown(request, "children", {"rows": rows, "choices": CHILDREN}, error)
    # Names that were typed beside a "no" are of no use, and of no one.
    told = [one if one.children == "yes" else replace(one, child_names=()) for one in told]
    return step.done(lambda answers: _all_of(answers, told))


@get_or_post
@in_step("orders")
def orders(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 9: is there an order of a court, in either direction?"""
    answer, told = _of_each(
        request, step, "orders", ORDERS, lambda one, some: replace(one, orders=some)
    )
    return redirect("setup_obey") if any("against_me" in one.orders for one in told) else answer


@require_GET
@in_step("orders")
def obey(request: HttpRequest, step: Step) -> HttpResponse:
    """An order against the person themself: obey it, talk to a lawyer."""
    return step.shown(request, "obey", {"back": "setup_orders"})


@get_or_post
@in_step("shared")
def shared(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 10: is there a home, or money, that both have a part in?"""
    answer, _told = _of_each(
        request, step, "shared", SHARED, lambda one, some: replace(one, shared=some)
    )
    return answer


def _of_each(
    request: HttpRequest, step: Step, field: str, known: Choices, tell: Tell
) -> tuple[HttpResponse, list[About]]:
    """One question about each of them, of which some answers are chosen; gives what was told."""
    others = step.answers().others
    if request.method == "GET":
        return step.shown(request, field, _rows(others, field, known)), []
    if _skips(request):
        return step.done(), []
    told = [tell(one, _some(request, f"{field}_{one.key}", known)) for one in others]
    try:
        _must_be_answered((getattr(one, field) for one in told), others, field)
    except UserError as error:
        return step.shown(request, field, _rows(told, field, known), error), []
    return step.done(lambda answers: _all_of(answers, told)), told


def _rows(others: Iterable[About], field: str, known: Choices) -> dict[str, object]:
    return {"rows": [(one, getattr(one, field)) for one in others], "choices": known}


@get_or_post
@in_step("why")
def why(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 11: what should this protect? Skipped with one press, and nothing hangs on it."""
    begun = half_typed(request, "setup_why", *FIELDS)
    if request.method == "GET":
        return step.shown(request, "why", CHOICES | begun_before(begun))
    if (kept := begun.answered(request)) is not None:
        return kept
    if _skips(request):
        begun.forget()
        return step.done()
    try:
        told = why_of(request.POST)
    except UserError as error:
        return step.shown(request, "why", CHOICES | filled_with(request.POST), error)
    begun.forget()
    if told:
        here = step.here
        say_why(
            here.vault,
            protects=told.protects,
            wants=told.wants,
            words=told.words,
            clock=here.clock,
        )
    went_on = step.done()
    return redirect("setup_honest") if told.wants else went_on


@require_GET
@in_step("why")
def honest(request: HttpRequest, step: Step) -> HttpResponse:
    """What no contact is not: silence as punishment. A boundary or a pause instead; or go on."""
    return step.shown(request, "honest", {"back": "setup_why", "go_on": "setup_mode"})


@get_or_post
@in_step("mode")
def mode(request: HttpRequest, step: Step) -> HttpResponse:
    """Step 12: the mode, for everybody with whom it is free to choose."""
    others = step.answers().others
    if request.method == "GET":
        rows = [
            {"one": one, "why": [WHY_WATCH[each] for each in one.why_watch], "mode": one.mode}
            for one in others
        ]
        return step.shown(request, "mode", {"rows": rows, "modes": MODES})
    known = [word for word, _label, _said in MODES]
    told = [
        one
        if one.must_watch
        else replace(one, mode=one_of(request.POST, f"mode_{one.key}", known) or "no_contact")
        for one in others
    ]
    went_on = step.done(lambda answers: _all_of(answers, told))
    return _to_allow(told) or went_on


@get_or_post
@in_step("mode")
def allow(request: HttpRequest, step: Step, untrusted_key: str) -> HttpResponse:
    """Low contact: what may come through, when, and until when."""
    about = step.answers().other(untrusted_key)
    if about is None:
        return refused(request)
    more: dict[str, object] = {"one": about, "back": "setup_mode", **choices()}
    if request.method == "GET":
        return step.shown(request, "allow", {**more, "given": given_of(about.allowed)})
    try:
        told = replace(about, allowed=allowed_of(request.POST))
    except UserError as error:
        given = {**typed(request), "subjects": request.POST.getlist("subjects")}
        return step.shown(request, "allow", {**more, "given": given}, error)
    others = [told if one.key == told.key else one for one in step.answers().others]
    went_on = step.done(lambda answers: answers.with_other(told))
    return _to_allow(others) or went_on


def _to_allow(others: Iterable[About]) -> HttpResponse | None:
    """To the first with low contact of whom is not said yet what may come through."""
    waiting = (
        one
        for one in others
        if one.mode == "low_contact" and not one.must_watch and not one.allowed.channel
    )
    first = next(waiting, None)
    return redirect("setup_allow", first.key) if first else None


def _skips(request: HttpRequest) -> bool:
    return "skip" in request.POST


def _some(request: HttpRequest, name: str, known: Choices) -> tuple[str, ...]:
    """What was chosen; beside something real, "none of these" is a slip."""
    chosen = some_of(request.POST, name, [word for word, _said in known])
    real = tuple(one for one in chosen if one not in _NOTHING)
    return real or chosen


def _must_be_answered(answers: Iterable[object], others: Iterable[About], field: str) -> None:
    for one, answer in zip(others, answers, strict=True):
        if not answer:
            raise FieldError(
                f"{field}_{one.key}",
                _("One question has no answer yet."),
                _("Choose one, or press “Skip”: then it counts as open."),
            )


def _all_of(answers: Answers, told: Iterable[About]) -> Answers:
    for one in told:
        if answers.other(one.key) is not None:  # taken out in another window meanwhile
            answers = answers.with_other(one)
    return answers
