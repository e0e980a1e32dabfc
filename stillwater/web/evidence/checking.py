"""Checking: is the record whole, and is a bundle as it was made?"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

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
from stillwater.evidence.verifier.sources import open_bundle
from stillwater.gate import keeping
from stillwater.vault import keys
from stillwater.vault.locks import person_lock
from stillwater.web.apps import in_memory
from stillwater.web.evidence.asked import Asking
from stillwater.web.evidence.views import SAID, of_one
from stillwater.web.evidence.words import Verdict, right, wrong
from stillwater.web.here import Here, signed_in
from stillwater.web.outgoing import place
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
        with _beside(here) as path:
            _keep_upload(request, path)
            verdict = _checked(here, path, request.POST.get("key", "").strip()[:_LONGEST_KEY])
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
        verdict = _checked(here, asking.file, str(shown["own"]))
    except UserError as error:
        return page(request, "evidence/check", shown | {"error": error}, status=422)
    return page(request, "evidence/check", shown | {"verdict": verdict, "made": asking.row})


def _form(here: Here) -> dict[str, object]:
    own = signatures.fingerprint(bytes(keys.keyring_of(here.person).ledger_public_key))
    return {"own": own, "form": here.unlocked.public_id}


def _keep_upload(request: HttpRequest, path: Path) -> None:
    untrusted_file = request.FILES.get("bundle")
    if untrusted_file is None:
        raise UserError(
            gettext("There is no file."), gettext("Choose the bundle: a .tar or a .zip.")
        )
    with path.open("wb") as copy:
        for chunk in untrusted_file.chunks():
            copy.write(chunk)


def _checked(here: Here, path: Path, untrusted_key: str) -> Verdict:
    """Raises UserError where it cannot be checked at all."""
    with path.open("rb") as stream:
        is_sealed = stream.read(len(_SEALED)) == _SEALED
    try:
        if not is_sealed:
            return _verdict(path, untrusted_key)
        with _beside(here) as opened:
            with path.open("rb") as sealed, opened.open("wb") as out:
                _open(here, sealed, out)
            return _verdict(opened, untrusted_key)
    except CallError as error:
        raise UserError(error.what, error.next_step) from None


def _verdict(path: Path, untrusted_key: str) -> Verdict:
    trusted = trusted_key(untrusted_key) if untrusted_key else None
    try:
        with open_bundle(path) as source:
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


@contextmanager
def _beside(here: Here) -> Iterator[Path]:
    """A private file that is gone afterwards."""
    folder = place(here, "any").parent
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        yield Path(file.name)
