"""What was typed into the pages of the circle, checked. What is wrong is a UserError."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stillwater.circle.invitations import LONGEST_NAME
from stillwater.core.errors import UserError
from stillwater.gate.circle import HELPERS, About

LONGEST_REACH = 500
# What a notice can be sent to, in the form that apprise reads; or a plain mail address.
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.IGNORECASE)


def about_of(request: HttpRequest) -> About:
    """Whom the person adds. Raises UserError."""
    untrusted_role = request.POST.get("role", "")
    role = next((one for one in HELPERS if one == untrusted_role), None)
    if role is None:
        raise UserError(_("As what they help is missing."), _("Choose one of the four."))
    return About(
        name=request.POST.get("name", "")[: LONGEST_NAME * 2],
        role=role,
        reach=_reach(request.POST.get("reach", "")),
        is_adult="adult" in request.POST,
        is_out_of_reach=request.POST.get("reachable", "") == "no",
        agreed="agreed" in request.POST,
        suicide_first="suicide_first" in request.POST,
    )


def _reach(untrusted: str) -> str:
    reach = untrusted.strip()
    if not reach:
        return ""
    if len(reach) > LONGEST_REACH:
        raise UserError(_("That address is too long."), _("A mail address is enough."))
    if _MAIL.fullmatch(reach):
        return f"mailto:{reach}"
    if _URL.fullmatch(reach):
        return reach
    raise UserError(
        _("Nothing can be sent there."),
        _("Write a mail address, or an address like ntfy://… that starts with what it is."),
    )
