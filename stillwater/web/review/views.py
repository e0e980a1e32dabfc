"""What waits, how much of it, and a rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.limits import Held, tomorrow_morning
from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.errors import UserError
from stillwater.core.words import Action, Channel, Tier
from stillwater.gate.models import Attempt
from stillwater.gate.reviewing import Review
from stillwater.vault.identities import fingerprint
from stillwater.web.here import get_or_post
from stillwater.web.review.forms import MOST_A_DAY, keep_limits, rest_until
from stillwater.web.review.here import reviewing
from stillwater.web.views import page

SAID = "said_of_review"
AT_ONCE = 5  # of those that wait are shown: never how many there are
CHANNELS: dict[str, "str | Promise"] = {
    Channel.MAIL: _("Mail"),
    Channel.SMS: _("Text message"),
    Channel.CALL: _("Call"),
    Channel.VOICEMAIL: _("Voicemail"),
    Channel.BANK: _("Bank transfer"),
    Channel.LETTER: _("Letter"),
    Channel.VISIT: _("Visit"),
    Channel.GIFT: _("Gift"),
    Channel.ELSEWHERE: _("Message"),
}
# What holds them back: the heading, and what stands below it.
HOLDS: dict[Held, "tuple[str | Promise, str | Promise]"] = {
    Held.LIMIT: (_("That is enough for today."), _("The rest is sealed, and can wait.")),
    Held.QUIET: (_("These are your quiet hours."), _("Nothing here is lost by waiting.")),
    Held.REST: (_("You are resting."), _("Nothing here is lost by waiting.")),
}


def shown(review: Review, attempt: Attempt) -> dict[str, object]:
    """One that waits: channel, day, and why it stands where it stands."""
    return {
        "key": attempt.item.public_id,
        "channel": CHANNELS.get(attempt.channel, attempt.channel.title()),
        "received_at": attempt.received_at,
        "why": _why(attempt),
        "is_danger": attempt.tier == Tier.AT_ONCE,
        "held": HOLDS[held] if (held := review.held_by(attempt)) else "",
        "is_open": review.is_open(attempt),
    }


def _why(attempt: Attempt) -> "str | Promise":
    if attempt.tier == Tier.AT_ONCE:
        return _("May be danger. Please look first.")
    if attempt.tier == Tier.SAME_DAY:
        return _("May be danger, of the slower kind.")
    if attempt.state == Attempt.State.UNREAD:
        return _("No machine could read it.")
    if attempt.action == Action.ASK:
        return _("Perhaps from somebody else.")
    return _("May hold something practical.") if attempt.action == Action.DIGEST else ""


@require_GET
@reviewing
def review(request: HttpRequest, review: Review) -> HttpResponse:
    """The next few. Never how many there are in all."""
    member = review.member
    is_active = member.state == Member.State.ACTIVE
    waiting = review.next(AT_ONCE) if is_active else []
    held = review.held_by()
    about: dict[str, object] = {
        "state": member.state,
        "words": fingerprint(member.recipient) if not is_active else (),
        "rows": [shown(review, attempt) for attempt in waiting],
        "held": HOLDS[held] if held else "",
        "rests_until": member.rests_until if held is Held.REST else None,
        "said": request.session.pop(SAID, ""),
        "thanked": _thanked(member),
        "somebody_joins": _somebody_joins(member),
    }
    return page(request, "review/review", about)


@get_or_post
@reviewing
def limits(request: HttpRequest, review: Review) -> HttpResponse:
    """How many a day, and when not."""
    about: dict[str, object] = {"member": review.member, "most": MOST_A_DAY}
    if request.method == "GET":
        return page(request, "review/limits", about)
    try:
        keep_limits(request, review.member)
    except UserError as error:
        review.member.refresh_from_db()
        return page(request, "review/limits", {**about, "error": error}, status=422)
    request.session[SAID] = "limits"
    return redirect("review")


@require_POST
@reviewing
def rest(request: HttpRequest, review: Review) -> HttpResponse:
    """This is heavy: a pause, for as long as they choose; or the end of one."""
    now = review.clock.now()
    tomorrow = tomorrow_morning(timezone.localtime(now))
    review.member.rests_until = rest_until(request, now, tomorrow)
    review.member.save(update_fields=["rests_until"])
    return redirect("review")


def _thanked(member: Member) -> bool:
    """Whether the person said thank you; it is shown once."""
    if member.thanked_at is None:
        return False
    member.thanked_at = None
    member.save(update_fields=["thanked_at"])
    return True


def _somebody_joins(member: Member) -> bool:
    """The notice to those who are there already: a new reviewer is about to begin."""
    others = Member.objects.filter(
        person=member.person, role=Role.REVIEWER, state=Member.State.WAITING
    )
    return member.state == Member.State.ACTIVE and others.exclude(pk=member.pk).exists()
