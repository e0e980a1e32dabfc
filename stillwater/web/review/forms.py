"""What a reviewer says of an item, and of their own limits, checked. Errors are UserErrors."""

import re
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from stillwater.circle.models import Member
from stillwater.core.errors import UserError
from stillwater.core.judgements import Fact
from stillwater.core.words import DangerCategory, FactKind, Need
from stillwater.gate.reviewing import LONGEST_NOTE, SAFE_NOTES, Sorted, Sorting

MOST_A_DAY = 50
_LONGEST_FACT = 200  # characters
_FREE = (FactKind.REQUEST, FactKind.PLACE, FactKind.AMOUNT, FactKind.WHO, FactKind.CHILD)
_SPACES = re.compile(r"\s+")


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
    found = [Fact(kind, value, need) for kind in _FREE if (value := _line(typed, kind))]
    found += [Fact(FactKind.DATE, day, need) for day in [_day(typed, "date")] if day]
    found += [Fact(FactKind.TIME, at, need) for at in [_time(typed, "time")] if at]
    found += [Fact(FactKind.DEADLINE, day, need) for day in [_day(typed, "deadline")] if day]
    return tuple(found)


def _line(typed: QueryDict, name: str) -> str:
    line = _SPACES.sub(" ", typed.get(name, "")).strip()
    if len(line) > _LONGEST_FACT:
        raise UserError(_("One of the facts is too long."), _("A few words are enough."))
    return line


def _day(typed: QueryDict, name: str) -> str:
    """A day that nobody can read in two ways: the browser gives it as 2026-01-31."""
    text = typed.get(name, "").strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UserError(
            _("One of the days cannot be read."), _("Write it like 2026-01-31.")
        ) from None


def _time(typed: QueryDict, name: str) -> str:
    at = clock_time(typed.get(name, ""))
    return "" if at is None else at.strftime("%H:%M")


def clock_time(untrusted: str) -> time | None:
    """A time of day, or none. Raises UserError."""
    if not untrusted.strip():
        return None
    try:
        return time.fromisoformat(untrusted.strip())
    except ValueError:
        raise UserError(_("One of the times cannot be read."), _("Write it like 17:30.")) from None


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
