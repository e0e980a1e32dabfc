"""The pages of the people of a plan, and of the questions about somebody new."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.plans import Other, Plan
from stillwater.gate import questions
from stillwater.gate.feedback import NeedsPassphraseError
from stillwater.web.asked import field_of, typed
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.ids import id_of
from stillwater.web.people import forms
from stillwater.web.people.handles import KINDS, groups
from stillwater.web.people.taking_back import proof_of, takes_back, was_asked
from stillwater.web.people.words import shown_question
from stillwater.web.plan.changing import SAID, other_of, plan_now, propose, with_other
from stillwater.web.plan.words import ON_RELAY, of_other, of_relay
from stillwater.web.views import page, refused

OtherView = Callable[[HttpRequest, Here, Plan, Other, str], HttpResponse]


def of_one(view: OtherView) -> Callable[..., HttpResponse]:
    """Signed in, and about one other of this person's plan."""

    def asked(request: HttpRequest, here: Here, /, untrusted_id: str) -> HttpResponse:
        found = other_of(here, untrusted_id)
        if found is None:
            return refused(request)
        active, other = found
        return view(request, here, active.plan, other, untrusted_id)

    return signed_in(Permission.CHANGE_PLAN)(wraps(view)(asked))


@require_GET
@signed_in(Permission.CHANGE_PLAN)
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody the plan is about, and what is asked about somebody new."""
    return _people(request, here)


def _people(request: HttpRequest, here: Here, error: UserError | None = None) -> HttpResponse:
    active = plan_now(here)
    if active is None:
        return page(request, "plan/none", {})
    labels = [one.label for one in active.plan.others]
    shown: dict[str, object] = {
        "cards": [
            {
                "id": active.others[one.label].public_id,
                "other": one,
                "mode": of_other(one).mode,
                "groups": groups(one.handles),
            }
            for one in active.plan.others
        ],
        "labels": labels,
        "questions": [shown_question(q, labels) for q in questions.open_questions(here.vault)],
        "are_more": questions.are_more(here.vault),
        "earlier": [shown_question(q, labels) for q in questions.earlier_questions(here.vault)],
        "said": request.session.pop(SAID, ""),
        "error": error,
    }
    return page(request, "people/people", shown, 422 if error else 200)


@require_POST
@signed_in(Permission.CHANGE_PLAN)
def answer(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Answer a question, or say the opposite of what was said."""
    question = questions.find(here.vault, id_of(untrusted_id))
    if question is None:
        return refused(request)
    label = request.POST.get("other") or None
    says = request.POST.get("says", "")
    try:
        proof = proof_of(request, here)
        questions.answer(
            here.vault, question, says, label, home=here.home, clock=here.clock, proof=proof
        )
    except NeedsPassphraseError:
        return takes_back(request, back="people")
    except UserError as error:
        if was_asked(request):
            return takes_back(request, back="people", error=error)
        return _people(request, here, error)
    request.session[SAID] = says
    return redirect("people")


@require_GET
@of_one
def one(request: HttpRequest, here: Here, plan: Plan, other: Other, key: str) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """One other: handles, names, and who carries word."""
    return _one(request, other, key)


def _one(
    request: HttpRequest, other: Other, key: str, form: str = "", error: UserError | None = None
) -> HttpResponse:
    given = typed(request) if error else {}
    shown: dict[str, object] = {
        "id": key,
        "other": other,
        "mode": of_other(other).mode,
        "groups": groups(other.handles),
        "kinds": KINDS,
        "relays": [(relay, groups(relay.handles), of_relay(relay)) for relay in other.relays],
        "on_relay": ON_RELAY,
        "relay_kinds": [(kind, given.get(kind.field, "")) for kind in KINDS if kind.first],
        "names": given.get("names", "\n".join(other.names)),
        "given": given,
        "form": form,
        "said": request.session.pop(SAID, ""),
    }
    if error is not None:
        shown |= {"error": error, "wrong": field_of(error)}
    return page(request, "people/one", shown, 422 if error else 200)


def changes(form: str, change: Callable[[HttpRequest, Plan, Other], Other]) -> OtherView:
    """A view that changes one other by one small form of their page."""

    def view(request: HttpRequest, here: Here, plan: Plan, other: Other, key: str) -> HttpResponse:
        back = reverse("person", args=[key])
        try:
            changed = change(request, plan, other)
            return propose(request, here, with_other(plan, changed), back=back, then=back)
        except UserError as error:
            return _one(request, other, key, form, error)

    return view


handle_on = require_POST(
    of_one(changes("handle", lambda request, plan, o: forms.with_handle(request.POST, plan, o)))
)
handle_off = require_POST(
    of_one(changes("", lambda request, _plan, o: forms.without_handle(request.POST, o)))
)
names = require_POST(
    of_one(changes("names", lambda request, _plan, o: forms.with_names(request.POST, o)))
)
relay_on = require_POST(
    of_one(changes("relay", lambda request, plan, o: forms.with_relay(request.POST, plan, o)))
)
relay_off = require_POST(
    of_one(changes("", lambda request, _plan, o: forms.without_relay(request.POST, o)))
)


@get_or_post
@signed_in(Permission.CHANGE_PLAN)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Somebody else whom the plan is about."""
    active = plan_now(here)
    if active is None:
        return redirect("people")
    error: UserError | None = None
    if request.method == "POST":
        try:
            added = forms.new_other(request.POST, active.plan)
            plan = replace(active.plan, others=(*active.plan.others, added))
            back = reverse("people")
            return propose(request, here, plan, back=back, then=back)
        except UserError as wrong:
            error = wrong
    given = typed(request)
    shown: dict[str, object] = {
        "given": given,
        "kinds": [(kind, given.get(kind.field, "")) for kind in KINDS if kind.first],
        "more_kinds": [(kind, given.get(kind.field, "")) for kind in KINDS if not kind.first],
        "more_are_open": any(given.get(kind.field) for kind in KINDS if not kind.first),
    }
    if error is not None:
        shown |= {"error": error, "wrong": field_of(error)}
    return page(request, "people/new", shown, 422 if error else 200)
