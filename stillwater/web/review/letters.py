"""A letter on paper: photographed by the reviewer, and sorted like everything else."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from stillwater.circle.models import Member
from stillwater.core.errors import UserError
from stillwater.core.words import FactKind
from stillwater.gate.letters import take_in
from stillwater.gate.reviewing import Review
from stillwater.gate.sorting import fact_value
from stillwater.web.here import get_or_post
from stillwater.web.review.here import reviewing
from stillwater.web.views import page, refused


@get_or_post
@reviewing
def letter(request: HttpRequest, review: Review) -> HttpResponse:
    """One page of a letter, as a picture."""
    if review.member.state != Member.State.ACTIVE:
        return refused(request)
    about: dict[str, object] = {"day": request.POST.get("day", ""), "today": timezone.localdate()}
    if request.method == "GET":
        return page(request, "review/letter", about)
    try:
        attempt = take_in(review, _picture(request), _day(request))
    except UserError as error:
        return page(request, "review/letter", {**about, "error": error}, status=422)
    return redirect("review_item", attempt.item.public_id)


def _picture(request: HttpRequest) -> bytes:
    untrusted_file = request.FILES.get("picture")
    if untrusted_file is None:
        raise UserError(_("The picture is missing."), _("Choose one, or take one now."))
    read: bytes = untrusted_file.read()
    return read


def _day(request: HttpRequest) -> date:
    day = fact_value(FactKind.DATE, request.POST.get("day", ""))
    if not day:
        raise UserError(_("The day on which it came is missing."), _("Write it like 2026-01-31."))
    return date.fromisoformat(day)
