"""How much came in, by channel and week, only where it is asked for; and finding one of them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.words import Channel
from stillwater.core.zones import system_zone
from stillwater.gate import held as gate_held
from stillwater.gate.held import Counted, Week
from stillwater.gate.models import Attempt
from stillwater.vault import openings
from stillwater.vault.openings import What
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.lasting import in_words
from stillwater.web.needs.words import Words, channel_words
from stillwater.web.pictures import DARK, LIGHT, Paint, bars, picture
from stillwater.web.views import page, refused

HALF = 26  # weeks that are looked at together
_AT_ONCE = 50  # items of a week on one page
_ROWS = tuple(Channel)
_OLDEST = 52 * 100  # weeks: before that nobody wrote anybody a mail


@dataclass(frozen=True, slots=True)
class Row:
    """One channel: its pictures and what they show, in words and as a table."""

    name: Words
    light: str
    dark: str
    alternative: str
    weeks: tuple[tuple[Week, int], ...]  # newest first, those with something alone


@require_GET
@signed_in(Permission.OPEN_HELD)
def held(request: HttpRequest, here: Here) -> HttpResponse:
    """No number: what it is, what waits, and the ways on."""
    is_anything = gate_held.is_anything(here.person)
    return page(request, "held/held", {"waiting": _waiting(here), "is_anything": is_anything})


@require_GET
@signed_in(Permission.SEE_COUNTS)
def counts(request: HttpRequest, here: Here, untrusted_half: str) -> HttpResponse:
    """Half a year: one picture a channel, and the same as a table."""
    half = _number(untrusted_half, _OLDEST // HALF)
    if half is None:
        return refused(request)
    weeks = _weeks(here, half)
    found = gate_held.counts(here.person, weeks)
    highest = max((max(one.numbers) for one in found), default=0)
    shown = {
        "rows": [_row(one, weeks, half) for one in found],
        "highest": highest,
        "first": weeks[0].monday,
        "last": weeks[-1].sunday,
        "earlier": half + 1 if gate_held.is_before(here.person, weeks[0].first) else None,
        "later": half - 1 if half else None,
    }
    return page(request, "held/counts", shown)


@require_GET
@signed_in(Permission.SEE_COUNTS)
def row_light(
    request: HttpRequest, here: Here, untrusted_row: str, untrusted_half: str
) -> HttpResponse:
    """One channel's weeks, for a light page."""
    return _bars(request, here, untrusted_row, untrusted_half, LIGHT)


@require_GET
@signed_in(Permission.SEE_COUNTS)
def row_dark(
    request: HttpRequest, here: Here, untrusted_row: str, untrusted_half: str
) -> HttpResponse:
    """One channel's weeks, for a dark page."""
    return _bars(request, here, untrusted_row, untrusted_half, DARK)


@get_or_post
@signed_in(Permission.OPEN_HELD)
def go(request: HttpRequest, here: Here) -> HttpResponse:
    """Which day is meant; leads to its week."""
    now = here.clock.now()
    if request.method == "GET":
        return page(request, "held/go", {"day": localtime(now).date().isoformat()})
    untrusted_day = request.POST.get("day", "")[:10]
    try:
        day = date.fromisoformat(untrusted_day)
    except ValueError:
        wrong = UserError(_("That is no day."), _("Write it as year, month, day: 2026-11-20."))
        shown = {"error": wrong, "day": untrusted_day}
        return page(request, "held/go", shown, status=422)
    ago = (gate_held.week(0, now, _zone(here)).sunday - day).days // 7
    return redirect("held_week", min(max(ago, 0), _OLDEST), 0)


@require_GET
@signed_in(Permission.OPEN_HELD)
def week(
    request: HttpRequest, here: Here, untrusted_week: str, untrusted_page: str
) -> HttpResponse:
    """What came in within one week: when and by what way, and nothing of whom or what."""
    ago, number = _number(untrusted_week, _OLDEST), _number(untrusted_page, 10_000)
    if ago is None or number is None:
        return refused(request)
    span = gate_held.week(ago, here.clock.now(), _zone(here))
    start = number * _AT_ONCE
    rows = list(_columns(here, span)[start : start + _AT_ONCE + 1])
    shown = {
        "span": span,
        "rows": [(one, when_short(at), channel_words(way)) for one, at, way in rows[:_AT_ONCE]],
        "more": number + 1 if len(rows) > _AT_ONCE else None,
        "fewer": number - 1 if number else None,
        "number": number,
        "earlier": ago + 1 if gate_held.is_before(here.person, span.first) else None,
        "later": ago - 1 if ago else None,
    }
    return page(request, "held/week", shown)


def when_short(moment: datetime) -> str:
    """Weekday, day and time, in the person's zone."""
    return date_format(localtime(moment), _("D, j M, H:i"))


def _columns(here: Here, span: Week) -> "list[tuple[str, datetime, str]]":
    found = gate_held.in_week(here.person, span)
    return found.values_list("public_id", "received_at", "channel")  # type: ignore[return-value]


def _waiting(here: Here) -> list[tuple[str, Words, str, str, bool]]:
    """What waits to be opened: id, channel, when it came, how long yet, whether it is ready."""
    now = here.clock.now()
    found = []
    for request in openings.waiting(here.person, What.OPEN):
        one = here.mine(Attempt).filter(item__public_id=request.about).first()
        if one is not None:
            left = in_words(request.ready_at - now) if request.ready_at > now else ""
            shown = (one.public_id, channel_words(one.channel), when_short(one.received_at))
            found.append((*shown, left, not left))
    return found


def _row(one: Counted, weeks: list[Week], half: int) -> Row:
    place = _ROWS.index(one.channel)
    newest_first = reversed(list(zip(weeks, one.numbers, strict=True)))
    return Row(
        channel_words(one.channel),
        reverse("row_light", args=(place, half)),
        reverse("row_dark", args=(place, half)),
        _alternative(one, weeks),
        tuple((span, number) for span, number in newest_first if number),
    )


def _alternative(one: Counted, weeks: list[Week]) -> str:
    """What the picture shows, for whoever does not see it."""
    most = max(one.numbers)
    when = weeks[one.numbers.index(most)].monday
    return ngettext(
        "%(name)s: at most %(most)d a week, in the week from %(when)s.",
        "%(name)s: at most %(most)d a week, in the week from %(when)s.",
        most,
    ) % {"name": channel_words(one.channel), "most": most, "when": date_format(when, _("j F Y"))}


def _bars(
    request: HttpRequest, here: Here, untrusted_row: str, untrusted_half: str, paint: Paint
) -> HttpResponse:
    place, half = _number(untrusted_row, len(_ROWS) - 1), _number(untrusted_half, _OLDEST // HALF)
    if place is None or half is None:
        return refused(request)
    # All channels, not this one alone: a bar is as high beside those of the others.
    found = gate_held.counts(here.person, _weeks(here, half))
    highest = max((max(one.numbers) for one in found), default=0)
    numbers = next((one.numbers for one in found if one.channel is _ROWS[place]), (0,) * HALF)
    return picture(bars(numbers, highest, paint))


def _weeks(here: Here, half: int) -> list[Week]:
    return gate_held.weeks(half * HALF, HALF, here.clock.now(), _zone(here))


def _zone(here: Here) -> ZoneInfo:
    return ZoneInfo(here.settings.timezone or system_zone())


def _number(untrusted: str, most: int) -> int | None:
    """A number from 0 to ``most``, as an address has it; None: it is none."""
    if not (untrusted.isascii() and untrusted.isdigit() and len(untrusted) < 6):
        return None
    found = int(untrusted)
    return found if found <= most else None
