"""A backup, and how everything moves to another machine."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.errors import UserError
from stillwater.gate import safekeeping
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.web.here import Here, get_or_post, signed_in
from stillwater.web.outgoing import place, saved_as
from stillwater.web.settings.views import SAID
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page

KEYS = ".keys.json"


@get_or_post
@signed_in(Permission.CHANGE_SETTINGS)
def backup(request: HttpRequest, here: Here) -> HttpResponse:
    """Everything in one sealed file."""
    if request.method == "GET":
        return page(request, "settings/backup", _backup(here))
    try:
        must_be_them(request, here)
        _make(here, with_passphrase=request.POST.get("opens", "both") != "words")
    except UserError as error:
        return page(request, "settings/backup", _backup(here) | {"error": error}, status=422)
    return redirect("backup")


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def backup_file(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The backup that was just made."""
    made = _made(here)
    return saved_as(made, _name(made)) if made.exists() else redirect("backup")


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def backup_keys(request: HttpRequest, here: Here) -> HttpResponse:  # noqa: ARG001 - a view is handed who is here
    """The small file beside it, with which the passphrase opens it."""
    made = _made(here)
    beside = made.with_name(made.name + KEYS)
    return saved_as(beside, _name(made) + KEYS) if beside.exists() else redirect("backup")


@require_POST
@signed_in(Permission.CHANGE_SETTINGS)
def backup_kept(request: HttpRequest, here: Here) -> HttpResponse:
    """It goes from here; where it is saved elsewhere, it counts as a backup."""
    made = _made(here)
    if made.exists():
        if request.POST.get("saved") == "yes":
            safekeeping.is_kept(here.home, here.person, _begun(made))
            request.session[SAID] = "backup"
        _forget(made)
    return redirect("settings")


@require_GET
@signed_in(Permission.CHANGE_SETTINGS)
def moving(request: HttpRequest, here: Here) -> HttpResponse:
    """The way to another machine: backup there, restore, what to undo here."""
    boxes = Mailboxes(here.person, here.home, here.machine, here.clock)
    return page(request, "settings/moving", {"has_mailboxes": bool(boxes.all())})


def _make(here: Here, *, with_passphrase: bool) -> None:
    made = _made(here)
    _forget(made)
    _, begun = safekeeping.back_up(
        here.home, here.person, made, clock=here.clock, with_passphrase=with_passphrase
    )
    os.utime(made, (begun.timestamp(), begun.timestamp()))


def _backup(here: Here) -> dict[str, object]:
    made, mark = _made(here), here.home.last_backup_of(here.person.public_id)
    return {
        "made_at": _begun(made) if made.exists() else None,
        "size": made.stat().st_size if made.exists() else 0,
        "name": _name(made) if made.exists() else "",
        "with_passphrase": made.with_name(made.name + KEYS).exists(),
        "last": _begun(mark) if mark.exists() else None,
    }


def _made(here: Here) -> Path:
    return place(here, "backup.age")


def _forget(made: Path) -> None:
    made.unlink(missing_ok=True)
    made.with_name(made.name + KEYS).unlink(missing_ok=True)


def _begun(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _name(made: Path) -> str:
    """A name that says nothing of what it is; the small file is found by it."""
    return f"copy-{_begun(made):%Y-%m-%d}.age"
