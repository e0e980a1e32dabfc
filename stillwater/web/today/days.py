"""The days that were held: a quiet ring, and a page where a lapse is noted kindly."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.zones import system_zone
from stillwater.gate import days as gate_days
from stillwater.gate.days import DaysState
from stillwater.gate.models import Attempt
from stillwater.recovery.days import FRAME, Days
from stillwater.recovery.models import DayNote
from stillwater.recovery.notes import What
from stillwater.web.errors import error_here
from stillwater.web.here import Here, signed_in
from stillwater.web.ids import id_of
from stillwater.web.pictures import DARK, LIGHT, Paint, picture, ring
from stillwater.web.views import page, refused

SAID = "said_days"  # a word in the session: what was just done, told once
SHOWN = 10  # of what left, and of notes
_MAY_NOTE = {"contact": What.CONTACT, "looked": What.LOOKED}


@dataclass(frozen=True, slots=True)
class DaysShown:
    """The days in words."""

    held: int
    in_words: str  # "22 of 30 protected days"
    below: str  # the same without the number, for the middle of the ring
    beside: str  # "" or one sentence: which thirty it is, or that it is full


def days_shown(here: Here) -> DaysShown | None:
    """For the first page; None where no days are counted."""
    state = _state(here)
    return None if state.days is None else _in_words(state.days)


@require_GET
@signed_in(Permission.SEE_TODAY)
def ring_light(request: HttpRequest, here: Here) -> HttpResponse:
    """The ring, for a light page."""
    return _ring(request, here, LIGHT)


@require_GET
@signed_in(Permission.SEE_TODAY)
def ring_dark(request: HttpRequest, here: Here) -> HttpResponse:
    """The ring, for a dark page."""
    return _ring(request, here, DARK)


@require_GET
@signed_in(Permission.SEE_TODAY)
def days(request: HttpRequest, here: Here) -> HttpResponse:
    """The days in full, and what may be said of them."""
    try:
        state = _state(here)
    except UserError as error:
        return page(request, "today/days", {"error": error_here(error)}, status=422)
    shown: dict[str, object] = {
        "days": None if state.days is None else _in_words(state.days),
        "longest": "" if state.days is None else _longest(state.days),
        "left": state.left[:SHOWN],
        "notes": [(one.public_id, one.note.day, _note_words(one.note.what)) for one in state.notes][
            :SHOWN
        ],
        "said": _said(request.session.pop(SAID, ""), state.days),
    }
    return page(request, "today/days", shown)


@require_POST
@signed_in(Permission.SEE_TODAY)
def note(request: HttpRequest, here: Here) -> HttpResponse:
    """One tap: I made contact, or I looked."""
    what = _MAY_NOTE.get(request.POST.get("what", ""))
    if what is not None:
        gate_days.note(here.vault, what, here.clock.now(), zone_of(here))
        request.session[SAID] = what.value
    return redirect("days")


@require_POST
@signed_in(Permission.SEE_TODAY)
def no_lapse(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """What left was within the plan, or for safety: it costs no day."""
    attempt = here.mine(Attempt).filter(public_id=id_of(untrusted_id), direction="out").first()
    if attempt is None:
        return refused(request)
    if any(one.attempt == attempt.public_id for one in _state(here).left):
        now = here.clock.now()
        gate_days.note(here.vault, What.NO_LAPSE, now, zone_of(here), attempt.public_id)
    request.session[SAID] = What.NO_LAPSE.value
    return redirect("days")


@require_POST
@signed_in(Permission.SEE_TODAY)
def take_back(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """A note that was a slip of the finger."""
    noted = here.mine(DayNote).filter(public_id=id_of(untrusted_id)).first()
    if noted is None:
        return refused(request)
    gate_days.take_back(noted)
    request.session[SAID] = "back"
    return redirect("days")


def zone_of(here: Here) -> ZoneInfo:
    """The zone in which the person's days begin and end."""
    return ZoneInfo(here.settings.timezone or system_zone())


def _state(here: Here) -> DaysState:
    return gate_days.state_of_days(here.vault, here.machine, here.clock.now(), zone_of(here))


def _ring(request: HttpRequest, here: Here, paint: Paint) -> HttpResponse:
    found = _state(here).days
    if found is None:
        return refused(request)
    is_open = found.is_today_counted and not found.reached_out_today
    return picture(ring(found.in_frame, FRAME, paint, is_open=is_open))


def _in_words(found: Days) -> DaysShown:
    held = found.in_frame
    if found.frame == 1:
        words = ngettext("%(held)d of 30 protected days", "%(held)d of 30 protected days", held) % {
            "held": held
        }
    else:
        words = ngettext(
            "%(held)d of the next 30 protected days",
            "%(held)d of the next 30 protected days",
            held,
        ) % {"held": held}
    below = _("of 30 days") if found.frame == 1 else _("of the next 30")
    return DaysShown(held, words, below, _beside(found))


def _beside(found: Days) -> str:
    if found.is_frame_full:
        return _("These thirty are full. The next thirty begin.")
    if found.held == 0:
        return _("A day counts once it is over.")
    return ""


def _longest(found: Days) -> str:
    return ngettext(
        "The longest run so far: %(days)d day. It stays yours.",
        "The longest run so far: %(days)d days. It stays yours.",
        found.longest,
    ) % {"days": found.longest}


def _note_words(what: What) -> str:
    return {
        What.CONTACT: _("You made contact"),
        What.LOOKED: _("You looked"),
        What.NO_LAPSE: _("What left was no lapse"),
    }[what]


def _said(word: str, found: Days | None) -> str:
    stays = _("Everything that you held stays.")
    said = {
        "contact": _("Noted. It says something of a hard moment, not of you. %s") % stays,
        "looked": _("Noted. Looking reached nobody, so the day stays yours."),
        "no_lapse": _("Noted. It costs no day."),
        "back": _("Taken back. Nothing of it is kept."),
    }.get(word, "")
    return said if found is not None or word == "back" else said.partition(" ")[0]
