"""A letter on paper: photographed by the reviewer, and sorted like everything else."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.models import Member
from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.core.words import FactKind
from stillwater.gate.letters import take_in
from stillwater.gate.reviewing import Review
from stillwater.gate.sorting import fact_value
from stillwater.web.apps import in_memory
from stillwater.web.review.here import reviewing
from stillwater.web.views import page, refused


@require_GET
@reviewing
def letter(request: HttpRequest, review: Review) -> HttpResponse:
    """The form for one page of a letter, as a picture."""
    return _form(request) if _is_active(review) else refused(request)


@require_POST
@reviewing
def seal(request: HttpRequest, review: Review, untrusted_form: str) -> HttpResponse:
    """The picture itself: large ones are taken from a form that was just shown, alone."""
    if not _is_active(review):
        return refused(request)
    try:
        attempt = take_in(review, _picture(request), _day(request))
    except UserError as error:
        return _form(request, error)
    in_memory().uploads.close(untrusted_form)
    return redirect("review_item", attempt.item.public_id)


def _form(request: HttpRequest, error: UserError | None = None) -> HttpResponse:
    form = new_public_id()
    in_memory().uploads.open(form)
    about: dict[str, object] = {
        "form": form,
        "day": request.POST.get("day", ""),
        "today": timezone.localdate(),
        "error": error,
    }
    return page(request, "review/letter", about, status=422 if error else 200)


def _is_active(review: Review) -> bool:
    return review.member.state == Member.State.ACTIVE


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
