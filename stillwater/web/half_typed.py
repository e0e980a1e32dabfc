"""Words that were begun in a form and not sent: kept sealed, so that the lock loses none.

``keep.js`` sends the form with ``go=keep`` a few seconds after the last key, to the address it
would be sent to anyway. What is kept is sealed to whoever is signed in, a reviewer's to the
reviewer, and is in the form again when it is looked at next. docs/decisions/0095 says why.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from stillwater.core.clock import Clock
from stillwater.core.errors import UserError
from stillwater.people.models import Person
from stillwater.vault import identities
from stillwater.vault.keys import seal_private
from stillwater.web.here import Here
from stillwater.web.models import KeptWords

KEPT_FOR = timedelta(days=7)
LONGEST = 250_000  # bytes: the longest text that a form here takes, and a little
_ITSELF = "go"


@dataclass(frozen=True)
class HalfTyped:
    """What one form held when it was left."""

    here: Here
    about: str  # which form, and of what: an opaque id where it is of something
    fields: tuple[str, ...]

    def answered(self, request: HttpRequest) -> HttpResponse | None:
        """The answer, where the form came only to be kept, or to be left out; else None."""
        asked = request.POST.get(_ITSELF)
        if asked == "keep":
            self._keep(request.POST)
            return HttpResponse(status=204)
        if asked == "drop":
            self.forget()
            return redirect(request.path)
        return None

    def found(self) -> QueryDict | None:
        """What was typed, as the form had it; None: nothing is kept."""
        forget_old_words(self.here.person, self.here.clock)
        row = self._rows().first()
        if row is None:
            return None
        try:
            said = json.loads(self.here.opens(bytes(row.sealed)))
        except UserError:  # sealed to a key that nobody has any more: it opens for no one
            row.delete()
            return None
        form = QueryDict(mutable=True)
        for name in self.fields:
            form.setlist(name, said.get(name, []))
        return form

    def forget(self) -> None:
        """It was sent, or is not wanted."""
        self._rows().delete()

    def _keep(self, form: QueryDict) -> None:
        untrusted = {name: form.getlist(name) for name in self.fields}
        data = json.dumps(untrusted).encode()
        if not any(one.strip() for values in untrusted.values() for one in values):
            self.forget()
        elif len(data) <= LONGEST:
            recipient = identities.recipient_of(self.here.vault.identity)
            with transaction.atomic():
                KeptWords.objects.update_or_create(
                    person=self.here.person,
                    member=self.here.unlocked.member,
                    about=self.about,
                    defaults={
                        "sealed": seal_private(recipient, data),
                        "kept_at": self.here.clock.now(),
                    },
                )

    def _rows(self) -> models.QuerySet[KeptWords]:
        mine = self.here.mine(KeptWords)
        return mine.filter(member=self.here.unlocked.member, about=self.about)


def half_typed(request: HttpRequest, about: str, *fields: str) -> HalfTyped:
    """What this form held when whoever is here left it."""
    here: Here = request.here  # type: ignore[attr-defined]  # a view of somebody signed in
    return HalfTyped(here, about, fields)


def forget_old_words(person: Person, clock: Clock) -> None:
    """After a week nobody means to go on with it."""
    before = clock.now() - KEPT_FOR
    KeptWords.objects.filter(person=person, kept_at__lt=before).delete()


def forget_words_of(person: Person, member: str) -> None:
    """A reviewer was let go: what they had begun goes with them."""
    KeptWords.objects.filter(person=person, member=member).delete()
