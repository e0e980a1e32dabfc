"""Adding a way, testing it, and taking it away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.gate.signals.models import Way
from stillwater.gate.signals.ways import LONGEST_NAME, Ways
from stillwater.vault.keys import keyring_of
from stillwater.web.here import get_or_post
from stillwater.web.lasting import in_words
from stillwater.web.signals.asking import SAID, must_be_them, of_one, until, with_ways
from stillwater.web.views import page

LONGEST = 1000  # characters of an address that is looked at
WORD = 24  # hexadecimal digits: 96 bits


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form of a way; on an error it stays there."""

    address: str
    name: str
    agreed: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        given = request.POST
        return cls(
            given.get("address", "")[: LONGEST + 1],
            given.get("name", "")[: LONGEST_NAME + 1],
            given.get("agreed") == "yes",
        )


@get_or_post
@with_ways
def add(request: HttpRequest, ways: Ways) -> HttpResponse:
    """One more way to the person, at once; for the passphrase.

    It tells more, and perhaps to somebody else: whoever sits at the open page must not come to
    hold a pager that rings when they have frightened the person.
    """
    if request.method == "GET":
        return page(request, "signals/add", {"word": _new_word()})
    untrusted = Typed.of(request)
    try:
        must_be_them(request, ways)
        row = ways.add(untrusted.address, untrusted.name)
    except UserError as error:
        shown = {"error": error, "given": untrusted, "word": _new_word()}
        return page(request, "signals/add", shown, status=422)
    request.session[SAID] = ["added", row.public_id]
    return redirect("signals")


@get_or_post
@with_ways
def agree(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Whoever is told when the person does not answer, once they agreed to it; passphrase."""
    shown: dict[str, object] = {
        "minutes": ways.chosen().agreed_after_minutes,
        "word": _new_word(),
    }
    if request.method == "GET":
        return page(request, "signals/agree", shown)
    untrusted = Typed.of(request)
    try:
        must_be_them(request, ways)
        row = ways.agree(untrusted.address, untrusted.name, agreed=untrusted.agreed)
    except UserError as error:
        shown |= {"error": error, "given": untrusted}
        return page(request, "signals/agree", shown, status=422)
    request.session[SAID] = ["agreed", row.public_id]
    return redirect("signals")


def _new_word() -> str:
    """For an address that is known to nobody: whoever knows it can read along."""
    return new_public_id()[:WORD]


@require_POST
@of_one
def test(request: HttpRequest, ways: Ways, row: Way) -> HttpResponse:
    """Send one note on this way now. What went wrong is said beside it."""
    trouble = ways.test(row)
    request.session[SAID] = ["not_sent" if trouble else "sent", row.public_id]
    return redirect("signals")


@get_or_post
@of_one
def remove(request: HttpRequest, ways: Ways, row: Way) -> HttpResponse:
    """A loosening: it asks for the passphrase, and waits for the person's delay."""
    shown = _removing(ways, row)
    if request.method == "GET":
        return page(request, "signals/remove", shown)
    try:
        if not ways.tells_nothing(row):
            must_be_them(request, ways)
        waits = ways.ask_to_remove(row)
    except UserError as error:
        return page(request, "signals/remove", {**shown, "error": error}, status=422)
    is_gone = waits is None or waits.ready_at <= ways.clock.now()
    request.session[SAID] = ["removed" if is_gone else "removal_waits", row.public_id]
    return redirect("signals")


def _removing(ways: Ways, row: Way) -> dict[str, object]:
    delay = keyring_of(ways.person).loosening_delay
    others = [one for one in ways.all() if not one.is_agreed and one.pk != row.pk]
    return {
        "way": ways.shown(row),
        "is_at_once": ways.tells_nothing(row),
        "delay": in_words(delay) if delay else "",
        "is_last": not row.is_agreed and not others,
        "until": until(ways.removal(row)),
    }


@require_POST
@of_one
def keep(request: HttpRequest, ways: Ways, row: Way) -> HttpResponse:
    """Take back a removal that waits."""
    request.session[SAID] = ["kept" if ways.keep(row) else "nothing_waits", row.public_id]
    return redirect("signals")
