"""Review by sealed files, for a reviewer who works on their own device."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stillwater.circle.models import Member
from stillwater.core.errors import UserError
from stillwater.gate import review_files
from stillwater.web.circle.views import SAID, of_one, one_with
from stillwater.web.here import Here


@require_POST
@of_one
def prepare(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """A file that only this reviewer's key opens. What is in it is shown nowhere here."""
    try:
        sealed = review_files.prepare(here.vault, member, home=here.home, clock=here.clock)
    except UserError as error:
        return one_with(request, here, member, error)
    answer = HttpResponse(sealed, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="for-{member.public_id[:6]}.age"'
    return answer


@require_POST
@of_one
def answer(request: HttpRequest, here: Here, member: Member) -> HttpResponse:
    """The sealed file that came back from them."""
    try:
        untrusted_answer = _uploaded(request)
        review_files.take_in_answer(
            here.vault, member, untrusted_answer, home=here.home, clock=here.clock
        )
    except UserError as error:
        return one_with(request, here, member, error)
    request.session[SAID] = "answered"
    return redirect("circle_passed_on")


def _uploaded(request: HttpRequest) -> bytes:
    untrusted_file = request.FILES.get("answer")
    if untrusted_file is None:
        raise UserError(_("The file is missing."), _("Choose the one that they sent back."))
    read: bytes = untrusted_file.read(review_files.LARGEST_ANSWER + 1)
    return read
