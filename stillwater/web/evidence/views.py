"""Evidence: choose, count, wait, hand over."""

import tempfile
from collections.abc import Callable
from functools import wraps
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.core.words import Channel
from stillwater.evidence.verifier import signatures
from stillwater.gate.models import Attempt
from stillwater.vault import identities
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import SelfCheck
from stillwater.vault.openings import Reason
from stillwater.web.evidence.asked import MOST_IN_THE_CLEAR, Asking, others_of
from stillwater.web.evidence.forms import checked_choice, checked_reason
from stillwater.web.evidence.words import channel_words
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.ids import id_of
from stillwater.web.models import AskedExport
from stillwater.web.outgoing import saved_as
from stillwater.web.settings.words import span
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page, refused

SAID = "said_evidence"
OneView = Callable[[HttpRequest, Here, Asking], HttpResponse]


def of_one(view: OneView) -> Callable[[HttpRequest, str], HttpResponse]:
    """About one export of this person; another's is no address at all."""

    def asked(request: HttpRequest, here: Here, untrusted_id: str) -> HttpResponse:
        row = here.mine(AskedExport).filter(public_id=id_of(untrusted_id)).first()
        return refused(request) if row is None else view(request, here, Asking(here, row))

    return signed_in(Permission.EXPORT)(wraps(view)(asked))


@require_GET
@signed_in(Permission.EXPORT)
def evidence(request: HttpRequest, here: Here) -> HttpResponse:
    """What was asked for, and the way to more; whether the record is whole."""
    shown = {
        "said": request.session.pop(SAID, ""),
        "asked": [_line(Asking(here, row)) for row in here.mine(AskedExport).order_by("-pk")],
        "check": here.mine(SelfCheck).order_by("-at").first(),
    }
    return page(request, "evidence/all", shown)


@get_or_post
@signed_in(Permission.EXPORT)
def choose(request: HttpRequest, here: Here) -> HttpResponse:
    """About whom, from when to when, on which ways in, and to whom."""
    others, _zone = others_of(here)
    shown: dict[str, object] = {
        "others": [(row.public_id, label) for label, row in others.items()],
        "channels": _channels(here),
        "most": MOST_IN_THE_CLEAR,
        "given": {"to": "them"},
        "chosen_channels": [],
    }
    if request.method == "GET":
        return page(request, "evidence/choose", shown)
    try:
        own = keyring_of(here.person).recipient
        asking = Asking.begin(here, checked_choice(request, others, own))
    except UserError as error:
        return page(request, "evidence/choose", shown | _typed(request, error), status=422)
    return redirect("export", asking.row.public_id)


@require_GET
@of_one
def export(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """One export: counted first, then asked for, then made."""
    return page(request, "evidence/one", _one(request, asking))


@require_POST
@of_one
def ask(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:
    """The wait begins."""
    try:
        must_be_them(request, here)
        asking.ask()
    except UserError as error:
        return page(request, "evidence/one", _one(request, asking, error), status=422)
    return redirect("export", asking.row.public_id)


@require_POST
@of_one
def make(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:
    """The wait is over, or a reason ends it: the bundle is made."""
    if asking.row.ready_at is None or asking.row.made_at is not None:
        return redirect("export", asking.row.public_id)
    try:
        reason = checked_reason(request)
        _must_be_due(asking, reason)
        must_be_them(request, here)
        _must_have_waited(asking, reason)
        if not asking.is_clear:
            asking.make_sealed(reason)
            return redirect("export", asking.row.public_id)
        return _in_the_clear(here, lambda out: asking.make_clear(out, reason))
    except UserError as error:
        return page(request, "evidence/one", _one(request, asking, error), status=422)


@require_POST
@of_one
def again(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:
    """What was made in the clear did not arrive whole: once more, and on record once more."""
    if asking.again_until is None:
        return redirect("export", asking.row.public_id)
    try:
        must_be_them(request, here)
        return _in_the_clear(here, asking.make_clear_again)
    except UserError as error:
        return page(request, "evidence/one", _one(request, asking, error), status=422)


def _in_the_clear(here: Here, make: Callable[[BinaryIO], None]) -> HttpResponse:
    """A bundle in the clear, for the browser to save. Raises UserError."""
    # Without a name: it ends with the answer, whatever becomes of this process.
    out = tempfile.TemporaryFile(dir=here.home.outgoing)  # noqa: SIM115  the answer closes it
    try:
        make(out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return saved_as(out, f"bundle-{here.clock.now():%Y-%m-%d}.tar")


@require_GET
@of_one
def save(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The sealed file."""
    if not asking.file.exists() or asking.row.made_at is None:
        return redirect("export", asking.row.public_id)
    return saved_as(asking.file, f"bundle-{asking.row.made_at:%Y-%m-%d}.tar.age")


@require_POST
@of_one
def forget(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """Take it back while it waits; once it is made, take the file away from here."""
    request.session[SAID] = "gone" if asking.row.made_at else "taken_back"
    asking.take_back()
    return redirect("evidence")


def _must_be_due(asking: Asking, reason: Reason | None) -> None:
    if not asking.is_ready and reason is None:
        raise UserError(
            gettext("The wait that you set still runs."),
            gettext("Come back when it is over, or say what ends it."),
        )


def _must_have_waited(asking: Asking, reason: Reason | None) -> None:
    """What was waited for may have been used, or taken back, another way: then it waits anew."""
    if reason is None and not asking.has_waited():
        asking.ask_anew()
        raise UserError(
            gettext("This was made or taken back another way, so it waits once more."),
            gettext("Come back when the wait is over. Nothing is lost."),
        )


def _channels(here: Here) -> list[tuple[str, str]]:
    """The ways in on which anything came: no others are worth asking about."""
    found = set(here.mine(Attempt).values_list("channel", flat=True).distinct())
    return [(one.value, channel_words(one)) for one in Channel if one.value in found]


def _typed(request: HttpRequest, error: UserError) -> dict[str, object]:
    names = ("other", "since", "until", "to", "recipient")
    said = error
    if error.what == "There is nothing to export.":  # its next step names options of a command
        said = UserError(error.what, gettext("Choose other days, or other ways in."))
    return {
        "error": said,
        "given": {name: request.POST.get(name, "") for name in names},
        "chosen_channels": request.POST.getlist("channel"),
    }


def _line(asking: Asking) -> dict[str, object]:
    return {
        "row": asking.row,
        "chosen": asking.chosen,
        "is_ready": asking.is_ready,
        "is_there": asking.file.exists(),
        "is_clear": asking.is_clear,
        "is_to_self": asking.is_to_self,
    }


def _one(request: HttpRequest, asking: Asking, error: UserError | None = None) -> dict[str, object]:
    asking.row.refresh_from_db()
    chosen, keyring = asking.chosen, keyring_of(asking.here.person)
    about: dict[str, object] = {
        **_line(asking),
        "error": error,
        "said": request.session.pop(SAID, ""),
        "channels": [channel_words(Channel(one)) for one in chosen.channels],
        "words": " ".join(identities.fingerprint(chosen.to)) if chosen.to else "",
        "wait": span(keyring.opening_wait if asking.is_clear else keyring.loosening_delay),
        "key": signatures.fingerprint(bytes(keyring.ledger_public_key)),
    }
    if asking.row.made_at is None:
        about |= _counted(asking)
    else:
        about |= {"shown": chosen.shown, "of": chosen.of, "again_until": asking.again_until}
    return about


def _counted(asking: Asking) -> dict[str, object]:
    try:
        found = asking.counted
    except UserError:
        return {"shown": 0, "of": 0}
    return {"shown": found.shown, "of": found.of, "unconfirmed": found.unconfirmed}
