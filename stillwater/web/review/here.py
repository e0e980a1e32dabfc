"""Who is at a reviewer's page: their own key, and nothing of the person's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stillwater.circle.models import Member
from stillwater.circle.permissions import Permission, Role
from stillwater.gate.models import Attempt
from stillwater.gate.reviewing import Review
from stillwater.web.here import AnyView, Here, signed_in
from stillwater.web.signing_in import forget
from stillwater.web.views import refused

Extra = ParamSpec("Extra")
ReviewView = Callable[Concatenate[HttpRequest, Review, Extra], HttpResponse]
ItemView = Callable[Concatenate[HttpRequest, Review, Attempt, Extra], HttpResponse]


def reviewing(view: ReviewView[Extra]) -> AnyView[Extra]:
    """Signed in as a reviewer whom nobody let go; each request looks again."""

    def asked(
        request: HttpRequest, here: Here, /, *given: Extra.args, **named: Extra.kwargs
    ) -> HttpResponse:
        member = Member.objects.filter(
            person=here.person, public_id=here.unlocked.member, role=Role.REVIEWER
        ).exclude(state=Member.State.ENDED).first()  # fmt: skip
        if member is None:
            forget(request)
            return redirect("review_in")
        review = Review(member, here.vault, here.home, here.machine, here.clock)
        return view(request, review, *given, **named)

    return signed_in(Permission.REVIEW)(wraps(view)(asked))


def of_item(view: ItemView[Extra]) -> Callable[..., HttpResponse]:
    """About one item that waits for this reviewer; any other is no address at all."""

    def asked(
        request: HttpRequest,
        review: Review,
        untrusted_id: str,
        /,
        *given: Extra.args,
        **named: Extra.kwargs,
    ) -> HttpResponse:
        is_active = review.member.state == Member.State.ACTIVE
        attempt = review.find(untrusted_id) if is_active else None
        if attempt is None:
            return refused(request)
        return view(request, review, attempt, *given, **named)

    return by_position(reviewing(wraps(view)(asked)))


def by_position(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Addresses hand over what stands in them by name; the id goes first, by its place."""

    def placed(
        request: HttpRequest, /, *given: Any, untrusted_id: str = "", **named: Any
    ) -> HttpResponse:
        return view(request, untrusted_id, *given, **named)

    return wraps(view)(placed)
