"""A step that is sent when the lock has fallen: the lock is shown, and the words are kept.

Nothing of it takes the place of what stands in the draft by then (Draft.with_form).
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from stillwater.channels.by_hand.entry import Draft
from stillwater.core.clock import SystemClock
from stillwater.gate.by_hand.drafts import Drafts
from stillwater.gate.models import HandDraft
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.web.apps import in_memory
from stillwater.web.here import Here
from stillwater.web.record.words import FIELDS
from stillwater.web.views import ENTERED, page

_ID = re.compile(r"[0-9a-f]{32}")
_MARK = 64  # characters of a form's mark that are looked at
StepView = Callable[[HttpRequest, str, str], HttpResponse]


def kept_if_late(view: StepView) -> StepView:
    """Keep the texts of a step where nobody is signed in any more, then go on to the lock."""

    @wraps(view)
    def asked(request: HttpRequest, untrusted_id: str, untrusted_step: str) -> HttpResponse:
        has_texts = request.method == "POST" and untrusted_step in FIELDS
        is_late = has_texts and request.session.get(ENTERED) and _is_locked(request)
        if is_late and not _keep(request, untrusted_id, untrusted_step):
            return page(request, "record/not_kept", {}, 503)
        return view(request, untrusted_id, untrusted_step)

    return asked


def with_what_came_late(here: Here, drafts: Drafts, draft: Draft) -> Draft:
    """The draft of whoever is signed in now, with what its forms had sent too late."""
    late = in_memory().late
    waiting = late.take(draft.id)
    try:
        while waiting:
            draft = drafts.change(draft.id, _adding(here, waiting[0]))
            waiting = waiting[1:]
    finally:  # what could not be written now is not lost
        late.put_back(draft.id, waiting)
    return draft


def _adding(here: Here, sealed: bytes) -> Callable[[Draft], Draft]:
    sent = json.loads(here.opens(sealed))
    at = timezone.localtime(datetime.fromisoformat(sent["at"]))
    heading = gettext("Sent at %(time)s, when the page was locked:") % {"time": f"{at:%H:%M}"}
    return partial(Draft.with_form, texts=sent["texts"], seen=sent["seen"], heading=heading)


def with_what_was_sent(drafts: Drafts, draft: Draft, request: HttpRequest, step: str) -> Draft:
    """The draft with the texts of this form."""
    at = timezone.localtime(drafts.clock.now())
    heading = gettext("Sent at %(time)s, from a page that was older:") % {"time": f"{at:%H:%M}"}
    seen = request.POST.get("seen", "")[:_MARK]
    add = partial(Draft.with_form, texts=texts_in(request, step), seen=seen, heading=heading)
    return drafts.change(draft.id, add)


def texts_in(request: HttpRequest, step: str) -> dict[str, str]:
    """What stands in the fields of this form."""
    return {one.name: request.POST.get(one.name, "") for one in FIELDS[step]}


def _is_locked(request: HttpRequest) -> bool:
    now = SystemClock().now()
    return in_memory().unlocked.touch(request.session.session_key, now) is None


def _keep(request: HttpRequest, untrusted_id: str, step: str) -> bool:
    """Whether it is kept; of a draft that is not there any more nothing can be."""
    if not _ID.fullmatch(untrusted_id):
        return False
    # Of whichever person it is: nothing of it is shown, and it is sealed to them alone.
    row = HandDraft.objects.select_related("person").filter(public_id=untrusted_id).first()
    if row is None:
        return False
    sent = {
        "texts": texts_in(request, step),
        "seen": request.POST.get("seen", "")[:_MARK],
        "at": SystemClock().now().isoformat(),
    }
    sealed = seal_private(keyring_of(row.person).recipient, json.dumps(sent).encode())
    return in_memory().late.keep(row.public_id, sealed)
