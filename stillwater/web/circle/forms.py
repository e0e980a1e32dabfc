"""What was typed into the pages of the circle, checked. What is wrong is a UserError."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stillwater.circle.invitations import LONGEST_NAME
from stillwater.core.errors import UserError
from stillwater.gate.circle import HELPERS, About


def about_of(request: HttpRequest) -> About:
    """Whom the person adds. Raises UserError."""
    untrusted_role = request.POST.get("role", "")
    role = next((one for one in HELPERS if one == untrusted_role), None)
    if role is None:
        raise UserError(_("As what they help is missing."), _("Choose one of the four."))
    return About(
        name=request.POST.get("name", "")[: LONGEST_NAME * 2],
        role=role,
        is_adult="adult" in request.POST,
        is_out_of_reach=request.POST.get("reachable", "") == "no",
    )
