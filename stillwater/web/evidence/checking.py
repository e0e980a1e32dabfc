"""Checking: is the record whole, and is a bundle as it was made?"""

import tempfile
from typing import BinaryIO, cast

import pyrage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.evidence.verifier import signatures
from stillwater.evidence.verifier.check import verify
from stillwater.evidence.verifier.command import trusted_key
from stillwater.evidence.verifier.problems import CallError, WrongError
from stillwater.evidence.verifier.sources import open_archive
from stillwater.gate import keeping
from stillwater.vault import keys
from stillwater.vault.locks import person_lock
from stillwater.web.apps import in_memory
from stillwater.web.evidence.asked import Asking
from stillwater.web.evidence.views import SAID, of_one
from stillwater.web.evidence.words import Verdict, right, wrong
from stillwater.web.here import Here, signed_in
from stillwater.web.views import page, refused

_SEALED = b"age-encryption.org/v1"
_LONGEST_KEY = 4000


@require_POST
@signed_in(Permission.EXPORT)
def check_record(request: HttpRequest, here: Here) -> HttpResponse:
    """Every entry, every signature and every sealed file; nothing is opened."""
    try:
        with person_lock(here.home, here.person):
            keeping.self_check(here.person, home=here.home, clock=here.clock)
        request.session[SAID] = "checked"
    except UserError:
        request.session[SAID] = "busy"
    return redirect("evidence")


@require_GET
@signed_in(Permission.EXPORT)
def check_bundle(request: HttpRequest, here: Here) -> HttpResponse:
    """A bundle that somebody has: where it is sent to be checked."""
    in_memory().uploads.open(here.unlocked.public_id)
    return page(request, "evidence/check", _form(here))


@require_POST
@signed_in(Permission.EXPORT)
def bundle_sent(request: HttpRequest, here: Here, untrusted_form: str) -> HttpResponse:
    """Check it as whoever receives it would. The form is of this sign-in alone."""
    if untrusted_form != here.unlocked.public_id:
        return refused(request)
    shown = _form(here)
    try:
        key = request.POST.get("key", "").strip()[:_LONGEST_KEY]
        verdict = _checked(here, _upload(request), key)
    except UserError as error:
        return page(request, "evidence/check", shown | {"error": error}, status=422)
    return page(request, "evidence/check", shown | {"verdict": verdict})


@require_POST
@of_one
def check_made(request: HttpRequest, here: Here, asking: Asking) -> HttpResponse:
    """The bundle that was just made, where it is sealed to this person."""
    if asking.row.made_at is None or not asking.file.exists() or not asking.is_to_self:
        return redirect("export", asking.row.public_id)
    shown = _form(here)
    try:
        with asking.file.open("rb") as made:
            verdict = _checked(here, made, str(shown["own"]))
    except UserError as error:
        return page(request, "evidence/check", shown | {"error": error}, status=422)
    return page(request, "evidence/check", shown | {"verdict": verdict, "made": asking.row})


def _form(here: Here) -> dict[str, object]:
    own = signatures.fingerprint(bytes(keys.keyring_of(here.person).ledger_public_key))
    return {"own": own, "form": here.unlocked.public_id}


def _upload(request: HttpRequest) -> BinaryIO:
    """What was sent, as it lies in memory: an upload never touches the disk (web/uploads.py)."""
    untrusted_file = request.FILES.get("bundle")
    if untrusted_file is None:
        raise UserError(
            gettext("There is no file."), gettext("Choose the bundle: a .tar or a .zip.")
        )
    return cast(BinaryIO, untrusted_file.file)


def _checked(here: Here, untrusted_bundle: BinaryIO, untrusted_key: str) -> Verdict:
    """Raises UserError where it cannot be checked at all."""
    is_sealed = untrusted_bundle.read(len(_SEALED)) == _SEALED
    untrusted_bundle.seek(0)
    try:
        if not is_sealed:
            return _verdict(untrusted_bundle, untrusted_key)
        # Without a name: what was opened ends with the answer, whatever becomes of this process.
        with tempfile.TemporaryFile(dir=here.home.outgoing) as opened:
            _open(here, untrusted_bundle, opened)
            return _verdict(opened, untrusted_key)
    except CallError as error:
        raise UserError(error.what, error.next_step) from None


def _verdict(untrusted_bundle: BinaryIO, untrusted_key: str) -> Verdict:
    trusted = trusted_key(untrusted_key) if untrusted_key else None
    try:
        with open_archive(untrusted_bundle, gettext("the bundle")) as source:
            report = verify(source, checker=signatures.find_checker(), trusted=trusted)
    except WrongError as found:
        return wrong(found.where, found.expected, found.found)
    return right(report)


def _open(here: Here, sealed: BinaryIO, out: BinaryIO) -> None:
    try:
        pyrage.decrypt_io(sealed, out, [here.vault.identity])
    except (pyrage.DecryptError, OSError):
        raise UserError(
            gettext("This one is sealed to somebody else, or it is not whole."),
            gettext("Whoever it is sealed to opens it with age, and can check it then."),
        ) from None
