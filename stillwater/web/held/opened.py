"""One original, as plain text in a quiet frame: nothing in it runs, loads or is opened."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_GET, require_POST

from stillwater.circle.permissions import Permission
from stillwater.core.words import Channel
from stillwater.gate.models import Attempt
from stillwater.text.body import attached
from stillwater.text.harmless import harmless_line, harmless_lines
from stillwater.text.headers import decode_words
from stillwater.text.mail import body, envelope
from stillwater.web.held import showing
from stillwater.web.here import Here, signed_in
from stillwater.web.needs.told import when_words
from stillwater.web.needs.words import channel_words
from stillwater.web.views import page, refused

_LONGEST = 200_000  # characters on the page; the whole is one press away, as a file
_WHOLE = "all"  # the address of the original itself, beside those of its attachments


@dataclass(frozen=True, slots=True)
class Shown:
    """An original, harmless to look at."""

    head: tuple[tuple[str, str], ...]  # which line of the head, and what stands there
    lines: str
    is_cut: bool
    attachments: tuple[tuple[str, str, str], ...]  # name, type, size


@require_GET
@signed_in(Permission.OPEN_HELD)
def original(request: HttpRequest, here: Here) -> HttpResponse:
    """What is open now; nothing is where the time is over."""
    attempt = showing.shown(here)
    if attempt is None:
        return redirect("held")
    untrusted_raw = showing.original(here, attempt)
    is_mail = attempt.channel == Channel.MAIL
    shown: dict[str, object] = {
        "one": _mail(untrusted_raw) if is_mail else _text(untrusted_raw),
        "channel": channel_words(attempt.channel),
        "when": when_words(attempt.received_at),
    }
    return page(request, "held/opened", shown)


@require_POST
@signed_in(Permission.OPEN_HELD)
def close(
    request: HttpRequest,  # noqa: ARG001 - the form of every view
    here: Here,
) -> HttpResponse:
    """Away from it."""
    showing.close(here)
    return redirect("today")


@require_GET
@signed_in(Permission.OPEN_HELD)
def part(request: HttpRequest, here: Here, untrusted_number: str) -> HttpResponse:
    """An attachment, or the whole, as a file that a browser keeps and does not open."""
    attempt = showing.shown(here)
    if attempt is None:
        return refused(request)
    found = _part(here, attempt, untrusted_number)
    if found is None:
        return refused(request)
    name = "original.txt" if untrusted_number == _WHOLE else f"attachment-{untrusted_number}.bin"
    return HttpResponse(
        found,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _part(here: Here, attempt: Attempt, untrusted_number: str) -> bytes | None:
    untrusted_raw = showing.original(here, attempt)
    if untrusted_number == _WHOLE:
        return untrusted_raw
    is_number = untrusted_number.isascii() and untrusted_number.isdigit()
    if attempt.channel != Channel.MAIL or not is_number or len(untrusted_number) > 5:
        return None
    return attached(untrusted_raw, int(untrusted_number) - 1)


def _mail(untrusted_raw: bytes) -> Shown:
    head, said = envelope(untrusted_raw), body(untrusted_raw)
    lines = [("From", decode_words(one)) for one in head.from_raw]
    lines += [("Date", head.date_raw or ""), ("Subject", head.subject or "")]
    return Shown(
        tuple((name, harmless_line(value.strip())) for name, value in lines if value.strip()),
        _page_text(said.text),
        len(said.text) > _LONGEST,
        tuple(
            (harmless_line(one.name) or "–", harmless_line(one.type), filesizeformat(one.size))
            for one in said.attachments
        ),
    )


def _text(untrusted_raw: bytes) -> Shown:
    text = untrusted_raw.decode("utf-8", "backslashreplace")
    return Shown((), _page_text(text), len(text) > _LONGEST, ())


def _page_text(untrusted: str) -> str:
    return "\n".join(harmless_lines(untrusted[:_LONGEST]))
