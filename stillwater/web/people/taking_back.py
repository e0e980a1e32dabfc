"""An answer that takes back what held so far: one more page, with the passphrase."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stillwater.core.errors import UserError
from stillwater.gate.feedback import Proof
from stillwater.web.here import Here
from stillwater.web.signing_in import must_be_them
from stillwater.web.views import page

_CARRIED = ("says", "other", "nothing")  # the fields that say what is answered
_LONGEST = 200


def was_asked(request: HttpRequest) -> bool:
    """Whether it comes from the page that asks for the passphrase."""
    return "passphrase" in request.POST


def proof_of(request: HttpRequest, here: Here) -> Proof:
    """Who stands behind an answer. Raises UserError where the passphrase in it is not theirs."""
    if not was_asked(request):
        return Proof.PAGE
    must_be_them(request, here)
    return Proof.PASSPHRASE


def takes_back(request: HttpRequest, *, back: str, error: UserError | None = None) -> HttpResponse:
    """The page; it is sent to where the answer was."""
    shown: dict[str, object] = {
        "to": request.path,
        "carried": [
            (name, request.POST[name][:_LONGEST]) for name in _CARRIED if name in request.POST
        ],
        "back_to": reverse(back),
        "error": error,
    }
    return page(request, "people/takes_back", shown, 422 if error else 200)
