"""What was typed into the pages of evidence, checked. What does not fit is a UserError."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from stillwater.core.errors import UserError
from stillwater.core.words import Channel
from stillwater.evidence.sinks import recipient_of
from stillwater.people.models import Other
from stillwater.vault.openings import Reason
from stillwater.web.evidence.asked import Chosen

LONGEST_RECIPIENT = 100


def checked_choice(request: HttpRequest, others: Mapping[str, Other], own: str) -> Chosen:
    """What was chosen; ``own`` is the person's own recipient."""
    untrusted_other = request.POST.get("other", "")
    found = [one for one in others.items() if one[1].public_id == untrusted_other]
    if not found:
        raise UserError(gettext("About whom is not said."), gettext("Choose somebody of the list."))
    label, row = found[0]
    since, until = _day(request, "since"), _day(request, "until")
    if since and until and since > until:
        raise UserError(
            gettext("The first day is after the last one."), gettext("Change one of the two.")
        )
    known = {one.value for one in Channel}
    channels = tuple(sorted(known.intersection(request.POST.getlist("channel"))))
    return Chosen(
        other=row.public_id,
        label=label,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        channels=channels,
        to=_to(request, own),
    )


def checked_reason(request: HttpRequest) -> Reason | None:
    """What ends the wait at once, where something does."""
    untrusted_reason = request.POST.get("reason", "")
    return Reason(untrusted_reason) if untrusted_reason in list(Reason) else None


def _to(request: HttpRequest, own: str) -> str:
    how = request.POST.get("to", "")
    if how == "me":
        return own
    if how == "clear":
        return ""
    if how != "them":
        raise UserError(gettext("To whom is not said."), gettext("Choose one of the three."))
    untrusted_recipient = request.POST.get("recipient", "").strip()[:LONGEST_RECIPIENT]
    try:
        recipient_of(untrusted_recipient)
    except UserError:
        raise UserError(
            gettext("That is not a key that anything can be sealed to."),
            gettext("Ask them for the line that begins with age1, and copy it whole."),
        ) from None
    return untrusted_recipient


def _day(request: HttpRequest, name: str) -> date | None:
    typed = request.POST.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise UserError(
            gettext("That day can be read in two ways, or in none."),
            gettext("Write the year first, then month and day, like 2026-01-31"),
        ) from None
