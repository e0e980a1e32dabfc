"""Step 7: who the plan is about. One page for all of them, one for each."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stillwater.core.errors import UserError
from stillwater.core.zones import country_of
from stillwater.gate.setting_up import About, Answers
from stillwater.web.asked import FieldError, line, lines, one_of, typed
from stillwater.web.here import Here, get_or_post
from stillwater.web.people.handles import KINDS, filled, groups, typed_handles
from stillwater.web.setup.inside import Step, in_step
from stillwater.web.setup.words import RELATIONS
from stillwater.web.views import refused

LONGEST_LABEL = 40
_RELATION = dict(RELATIONS)


@get_or_post
@in_step("who")
def who(request: HttpRequest, step: Step) -> HttpResponse:
    """All of whom they told so far; going on needs one at least."""
    others = step.answers().others
    if not others:
        return redirect("setup_other_new")
    if request.method == "POST":
        return step.done()
    rows = [
        {
            "key": one.key,
            "label": one.label,
            "relation": _RELATION.get(one.relation, ""),
            "groups": groups(one.handles),
        }
        for one in others
    ]
    return step.shown(request, "who", {"rows": rows})


@get_or_post
@in_step("who")
def other_new(request: HttpRequest, step: Step) -> HttpResponse:
    """Tell of one more."""
    return _one(request, step, About(label=""))


@get_or_post
@in_step("who")
def other(request: HttpRequest, step: Step, untrusted_key: str) -> HttpResponse:
    """What was told of one, to be changed."""
    about = step.answers().other(untrusted_key)
    return refused(request) if about is None else _one(request, step, about)


@require_POST
@in_step("who")
def other_off(request: HttpRequest, step: Step, untrusted_key: str) -> HttpResponse:
    """Not about them after all."""
    if step.answers().other(untrusted_key) is None:
        return refused(request)
    step.keep(lambda answers: answers.without(untrusted_key))
    return redirect("setup_who")


def _one(request: HttpRequest, step: Step, about: About) -> HttpResponse:
    if request.method == "GET":
        return _form(request, step, about, _given(about))
    try:
        told = _told(request, about, step.answers(), region_of(step.here))
    except UserError as error:
        return _form(request, step, about, typed(request), error)
    step.keep(lambda answers: answers.with_other(told))
    return redirect("setup_who")


def _told(request: HttpRequest, about: About, answers: Answers, region: str | None) -> About:
    form = request.POST
    label = line(form, "label", LONGEST_LABEL)
    if not label:
        raise FieldError(
            "label",
            _("A name for them is missing."),
            _("A letter is enough. Only you ever see it."),
        )
    if any(
        one.label.casefold() == label.casefold() for one in answers.others if one.key != about.key
    ):
        raise FieldError("label", _("Somebody is called that already."), _("Take another letter."))
    return replace(
        about,
        label=label,
        relation=one_of(form, "relation", _RELATION),
        names=lines(form, "names"),
        handles=typed_handles(form, region),
    )


def region_of(here: Here) -> str | None:
    """The country whose numbers may be typed without +: that of the zone they chose."""
    return country_of(here.settings.timezone)


def _given(about: About) -> dict[str, str]:
    return {
        "label": about.label,
        "relation": about.relation,
        "names": "\n".join(about.names),
        **filled(about.handles),
    }


def _form(
    request: HttpRequest,
    step: Step,
    about: About,
    given: dict[str, str],
    error: UserError | None = None,
) -> HttpResponse:
    is_new = step.answers().other(about.key) is None
    more: dict[str, object] = {
        "key": "" if is_new else about.key,
        "is_first": not step.answers().others,
        "relations": RELATIONS,
        "given": given,
        "kinds": [(kind, given.get(kind.field, "")) for kind in KINDS if kind.first],
        "more_kinds": [(kind, given.get(kind.field, "")) for kind in KINDS if not kind.first],
        "more_are_open": any(given.get(kind.field) for kind in KINDS if not kind.first),
    }
    return step.shown(request, "other", more, error)
