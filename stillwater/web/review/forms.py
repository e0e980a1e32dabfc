"""What a reviewer says of an item, and of their own limits, checked. Errors are UserErrors."""

from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from stillwater.circle.models import Member
from stillwater.core.errors import UserError
from stillwater.core.judgements import Fact
from stillwater.core.words import DangerCategory, FactKind, Need
from stillwater.gate.sorting import (
    LONGEST_NOTE,
    SAFE_NOTES,
    Sorted,
    Sorting,
    clock_time,
    fact_value,
)

MOST_A_DAY = 50


def sorting_of(request: HttpRequest) -> Sorting:
    """What the item is, with all that is passed on. Raises UserError."""
    typed = request.POST
    sorted_as = next((one for one in Sorted if one == typed.get("sorted")), None)
    if sorted_as is None:
        raise UserError(_("What it is, is missing."), _("Choose one of the five."))
    is_danger = sorted_as is Sorted.DANGER
    category = next((one for one in DangerCategory if one == typed.get("category")), None)
    untrusted_note = typed.get("note", "")[: LONGEST_NOTE + 1]
    safe_note = typed.get("safe_note", "")
    return Sorting(
        sorted_as=sorted_as,
        facts=() if sorted_as in (Sorted.HOOK, Sorted.NOT_THEIRS) else _facts(typed),
        category=category if is_danger else None,
        safe_note=safe_note if safe_note in SAFE_NOTES else "",
        note=untrusted_note.strip(),
    )


def _facts(typed: QueryDict) -> tuple[Fact, ...]:
    need = next((one for one in Need if one == typed.get("need")), None)
    values = ((kind, fact_value(kind, typed.get(kind, ""))) for kind in FactKind)
    return tuple(Fact(kind, value, need) for kind, value in values if value)


def keep_limits(request: HttpRequest, member: Member) -> None:
    """How many a day, and the quiet hours. Raises UserError."""
    untrusted_limit = request.POST.get("daily_limit", "")
    if not untrusted_limit.isascii() or not untrusted_limit.isdigit():
        raise UserError(_("How many a day is missing."), _("Five is a good number."))
    if int(untrusted_limit[:4]) > MOST_A_DAY:
        raise UserError(
            _("That is more than anybody should carry."), _("At most fifty a day. Five is good.")
        )
    member.daily_limit = int(untrusted_limit)
    member.quiet_from = clock_time(request.POST.get("quiet_from", ""))
    member.quiet_until = clock_time(request.POST.get("quiet_until", ""))
    member.save(update_fields=["daily_limit", "quiet_from", "quiet_until"])


def rest_until(request: HttpRequest, now: datetime, tomorrow: datetime) -> datetime | None:
    """How long they rest; None: not any more."""
    spans = {"tomorrow": tomorrow, "days": now + timedelta(days=3), "week": now + timedelta(days=7)}
    return spans.get(request.POST.get("until", ""))
