"""What one wrote down, to be read again and added to. Nothing is ever written over."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.gate.by_hand.entries import Written, row_of, rows_by_day, written
from stillwater.gate.by_hand.saving import say_who_wrote
from stillwater.web.half_typed import half_typed
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.ids import id_of
from stillwater.web.record.views import by_hand_of, labels, zone
from stillwater.web.record.words import (
    CHOICES,
    NAMES,
    moment_in_words,
    picture_in_words,
    when_in_words,
)
from stillwater.web.views import page, refused

ON_A_PAGE = 20


@require_GET
@signed_in(Permission.RECORD)
def all_of_them(request: HttpRequest, here: Here) -> HttpResponse:
    """Every entry, what happened last first."""
    pages = Paginator(rows_by_day(here.vault), ON_A_PAGE)
    at = pages.get_page(request.GET.get("page"))
    names = _names(here)
    shown = [_shown(written(here.vault, row), names) for row in at]
    return page(request, "record/all", {"entries": shown, "at": at})


@require_GET
@signed_in(Permission.RECORD)
def one(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """One entry, with everything that belongs to it."""
    row = row_of(here.vault, untrusted_id)
    if row is None:
        return refused(request)
    return page(request, "record/entry", {"entry": _shown(written(here.vault, row), _names(here))})


@get_or_post
@signed_in(Permission.RECORD)
def add(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Add a correction: what stands there stays."""
    row = row_of(here.vault, untrusted_id)
    if row is None:
        return refused(request)
    shown: dict[str, object] = {
        "entry": _shown(written(here.vault, row), _names(here)),
        "labels": [(who.public_id, label) for label, who in labels(here).items()],
        "key": id_of(request.POST.get("key", "")) or new_public_id(),
    }
    begun = half_typed(request, f"record_more:{untrusted_id}", "text")
    if request.method == "GET":
        found = begun.found()
        shown |= {"begun": found is not None, "text": found.get("text", "") if found else ""}
        return page(request, "record/more", shown)
    if (kept := begun.answered(request)) is not None:
        return kept
    text, key = request.POST.get("text", ""), id_of(request.POST.get("key", ""))
    other = id_of(request.POST.get("other", ""))
    try:
        by_hand_of(here).correct(row, text, key, other if row.attempt.other is None else "")
    except UserError as error:
        shown |= {"error": error, "text": text}
        return page(request, "record/more", shown, status=422)
    begun.forget()
    return redirect("record_entry", row.attempt.public_id)


@require_POST
@signed_in(Permission.RECORD)
def author(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
    """Say that one did not write an entry, or that one did after all."""
    row = row_of(here.vault, untrusted_id)
    if row is None:
        return refused(request)
    not_mine = request.POST.get("not_mine") == "yes"
    say_who_wrote(here.vault, row.attempt.item, not_mine=not_mine, home=here.home, clock=here.clock)
    return redirect("record_entry", row.attempt.public_id)


def _names(here: Here) -> dict[str, str]:
    """What the person calls each other, by opaque id."""
    return {who.public_id: label for label, who in labels(here).items()}


def _shown(one: Written, names: dict[str, str]) -> dict[str, object]:
    return {
        "id": one.id,
        "what": CHOICES[one.happening],
        "who": names.get(one.other, ""),
        "is_known": bool(one.other),
        "when": when_in_words(one.happened),
        "note": gettext(one.happened.note),
        "written": moment_in_words(one.written_at.astimezone(zone())),
        "told": [(NAMES[name], text) for name, text in one.told.items()],
        "apart": [(NAMES[name], text) for name, text in one.apart.items()],
        "not_mine": one.not_mine,
        "pictures": [picture_in_words(picture) for picture in one.pictures],
        "says_place": any(picture.says_place for picture in one.pictures),
        "corrections": [
            (moment_in_words(more.written_at.astimezone(zone())), more.text)
            for more in one.corrections
        ],
    }
