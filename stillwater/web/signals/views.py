"""How notes go out, all on one page; and the sentences, the times and the quiet hours."""

from dataclasses import asdict, dataclass
from datetime import time

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stillwater.core.errors import UserError
from stillwater.gate.signals import texts
from stillwater.gate.signals.schedule import Quiet
from stillwater.gate.signals.texts import Texts, quiet_of
from stillwater.gate.signals.ways import Shown, Ways
from stillwater.vault.keys import keyring_of
from stillwater.web.half_typed import half_typed
from stillwater.web.here import get_or_post
from stillwater.web.lasting import in_words
from stillwater.web.signals.asking import SAID, must_be_them, until, with_ways
from stillwater.web.views import page


@dataclass(frozen=True, slots=True)
class Card:
    """One way on the page."""

    way: Shown
    until: str  # when it is removed; "" where no removal waits


@require_GET
@with_ways
def overview(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Every way and how it stands, what goes out on it, and when."""
    said, which = request.session.pop(SAID, None) or ["", ""]
    cards = [Card(one, until(one.removal)) for one in map(ways.shown, ways.all())]
    slower = ways.slower_waits()
    shown = {
        "mine": [one for one in cards if not one.way.row.is_agreed],
        "agreed": next((one for one in cards if one.way.row.is_agreed), None),
        "chosen": ways.chosen(),
        "texts": ways.texts(),
        "quiet": quiet_of(ways.chosen()),
        "slower_until": until(slower),
        "quieter_until": until(ways.quieter_waits()),
        "said": said,
        "about": next((one.way for one in cards if one.way.key == which), None),
    }
    return page(request, "signals/all", shown)


@get_or_post
@with_ways
def sentences(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Other sentences, at once, for the passphrase: only the person knows what one means."""
    ours = asdict(Texts())
    begun = half_typed(request, "signal_texts", *ours)
    if request.method == "GET":
        found = begun.found()
        said = _sentences(found) if found else ways.texts()
        about = {"texts": said, "longest": texts.LONGEST, "begun": found is not None}
        return page(request, "signals/texts", about)
    if (kept := begun.answered(request)) is not None:
        return kept
    untrusted = _sentences(request.POST)
    try:
        if ways.is_other(untrusted.checked()):
            must_be_them(request, ways)
        ways.say(untrusted)
    except UserError as error:
        shown = {"texts": untrusted, "longest": texts.LONGEST, "error": error}
        return page(request, "signals/texts", shown, status=422)
    begun.forget()
    request.session[SAID] = ["changed", ""]
    return redirect("signals")


def _sentences(form: QueryDict) -> Texts:
    """As they were typed; left empty, each is ours again."""
    ours = asdict(Texts())
    return Texts(**{name: form.get(name, "").strip()[:1000] or ours[name] for name in ours})


@get_or_post
@with_ways
def pace(request: HttpRequest, ways: Ways) -> HttpResponse:
    """How soon danger is said again, and goes further. Later is a loosening."""
    if request.method == "GET":
        chosen = ways.chosen()
        return _pace(request, ways, chosen.repeat_minutes, chosen.agreed_after_minutes)
    repeat, agreed_after = _number(request, "repeat"), _number(request, "agreed_after")
    try:
        if ways.is_slower(repeat, agreed_after):
            must_be_them(request, ways)
        waits = ways.change_pace(repeat, agreed_after)
    except UserError as error:
        return _pace(request, ways, repeat, agreed_after, error)
    is_waiting = waits is not None and waits.ready_at > ways.clock.now()
    request.session[SAID] = ["slower_waits" if is_waiting else "changed", ""]
    return redirect("signals")


def _pace(
    request: HttpRequest,
    ways: Ways,
    repeat: int,
    agreed_after: int,
    error: UserError | None = None,
) -> HttpResponse:
    delay = keyring_of(ways.person).loosening_delay
    shown: dict[str, object] = {
        "repeats": texts.REPEAT,
        "afters": texts.AGREED_AFTER,
        "repeat": repeat,
        "agreed_after": agreed_after,
        "delay": in_words(delay) if delay else "",
        "error": error,
    }
    return page(request, "signals/pace", shown, status=422 if error else 200)


@get_or_post
@with_ways
def quiet(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Hours in which ordinary notes wait for the morning. More of them is a loosening."""
    delay = keyring_of(ways.person).loosening_delay
    shown: dict[str, object] = {"delay": in_words(delay) if delay else ""}
    if request.method == "GET":
        now = quiet_of(ways.chosen())
        begins, ends = (f"{now.begins:%H:%M}", f"{now.ends:%H:%M}") if now else ("", "")
        return page(request, "signals/quiet", {**shown, "begins": begins, "ends": ends})
    begins, ends = request.POST.get("begins", "")[:5], request.POST.get("ends", "")[:5]
    try:
        chosen = texts.checked_quiet(_quiet(begins, ends))
        if ways.is_quieter(chosen):
            must_be_them(request, ways)
        waits = ways.be_quiet(chosen)
    except UserError as error:
        about = {"begins": begins, "ends": ends, "error": error}
        return page(request, "signals/quiet", {**shown, **about}, status=422)
    is_waiting = waits is not None and waits.ready_at > ways.clock.now()
    request.session[SAID] = ["quieter_waits" if is_waiting else "changed", ""]
    return redirect("signals")


def _quiet(untrusted_begins: str, untrusted_ends: str) -> Quiet | None:
    if not untrusted_begins and not untrusted_ends:
        return None
    try:
        return Quiet(time.fromisoformat(untrusted_begins), time.fromisoformat(untrusted_ends))
    except ValueError as error:
        raise UserError(
            _("That is not a time of day."), _("Write both as 22:00, or leave both empty.")
        ) from error


def _number(request: HttpRequest, name: str) -> int:
    untrusted = request.POST.get(name, "")
    return (
        int(untrusted) if untrusted.isascii() and untrusted.isdigit() and len(untrusted) < 4 else 0
    )
