"""The other way through the lock: the 24 words of the recovery sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.people.models import Person
from stillwater.vault import identities, keys
from stillwater.vault.keys import Session
from stillwater.web.here import get_or_post
from stillwater.web.signing_in import let_in, named, patiently
from stillwater.web.views import behind_the_link, page

WORDS_LONGEST = 1000  # characters; 24 words have at most 24 * 9


@get_or_post
@behind_the_link
def sign_in_words(request: HttpRequest) -> HttpResponse:
    """Open with the words; what comes next is a new passphrase."""
    clock = SystemClock()
    several = Person.objects.count() > 1
    shown: dict[str, object] = {"several": several}
    if request.method == "GET":
        return page(request, "sign_in_words", shown)
    untrusted_name = request.POST.get("name", "")[:64] if several else ""
    untrusted_words = request.POST.get("words", "")[:WORDS_LONGEST]
    try:
        # What they lack in themselves says nothing of anybody, and helps whoever mistyped.
        identities.secret_from_words(untrusted_words)
        person = named(untrusted_name, several)
        vault = patiently(untrusted_name, clock, lambda: _opened(person, untrusted_words))
    except UserError as error:
        shown |= {"error": error, "name": untrusted_name}
        return page(request, "sign_in_words", shown, status=422)
    let_in(request, vault, clock, by_words=True)
    return redirect("passphrase")


def _opened(person: Person | None, untrusted_words: str) -> Session:
    """Somebody who is not here is answered as words of another sheet are."""
    if person is None:
        raise UserError("", "", ExitCode.NOT_ALLOWED)
    return keys.sign_in_with_words(person, untrusted_words)
