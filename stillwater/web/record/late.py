"""A step that is sent when the lock has fallen: the lock is shown, and the words are kept."""

import json
import re
from collections.abc import Callable
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse

from stillwater.channels.by_hand.entry import Draft
from stillwater.core.clock import SystemClock
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.models import HandDraft
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.web.apps import in_memory
from stillwater.web.here import Here
from stillwater.web.record.words import FIELDS
from stillwater.web.views import ENTERED

_ID = re.compile(r"[0-9a-f]{32}")
StepView = Callable[[HttpRequest, str, str], HttpResponse]


def kept_if_late(view: StepView) -> StepView:
    """Keep the texts of a step where nobody is signed in any more, then go on to the lock."""

    @wraps(view)
    def asked(request: HttpRequest, untrusted_id: str, untrusted_step: str) -> HttpResponse:
        if request.method == "POST" and request.session.get(ENTERED) and _is_locked(request):
            _keep(request, untrusted_id, untrusted_step)
        return view(request, untrusted_id, untrusted_step)

    return asked


def with_what_came_late(here: Here, drafts: Drafts, draft: Draft) -> Draft:
    """The draft of whoever is signed in now, with what its form had sent too late."""
    sealed = in_memory().late.take(draft.id)
    if sealed is None:
        return draft
    texts = json.loads(here.opens(sealed))
    return drafts.change(draft.id, partial(Draft.with_texts, texts=texts))


def _is_locked(request: HttpRequest) -> bool:
    now = SystemClock().now()
    return in_memory().unlocked.touch(request.session.session_key, now) is None


def _keep(request: HttpRequest, untrusted_id: str, untrusted_step: str) -> None:
    if untrusted_step not in FIELDS or not _ID.fullmatch(untrusted_id):
        return
    # Of whichever person it is: nothing of it is shown, and it is sealed to them alone.
    row = HandDraft.objects.select_related("person").filter(public_id=untrusted_id).first()
    if row is not None:
        texts = {one.name: request.POST.get(one.name, "") for one in FIELDS[untrusted_step]}
        sealed = seal_private(keyring_of(row.person).recipient, json.dumps(texts).encode())
        in_memory().late.keep(row.public_id, sealed)
