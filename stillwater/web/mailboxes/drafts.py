"""What is only being done: a mailbox that is not added yet, and what a look at one found.

It lives in the memory of the page process alone. A draft may hold a password, and a
session is a row of the database: nothing of this may lie there. It ends with the session
that began it, with *leave quickly*, with the lock, and after a quarter of an hour.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stillwater.channels.mail.live.account import MailAccount
from stillwater.channels.mail.live.findings import Report
from stillwater.channels.mail.live.microsoft import Waiting
from stillwater.core.ids import new_public_id
from stillwater.web.mailboxes.at_google import AtGoogle

LASTS = timedelta(minutes=15)
MOST = 50  # of all sessions together: the oldest goes


@dataclass
class Draft:
    """A mailbox on its way. ``mailbox``: the id of one that is there, and signs in anew."""

    session: str
    person_id: int
    account: MailAccount
    at: datetime
    mailbox: str = ""
    secret: str = field(default="", repr=False)
    waiting: Waiting | None = field(default=None, repr=False)  # for a code to be typed in
    at_google: AtGoogle | None = field(default=None, repr=False)
    report: Report | None = field(default=None, repr=False)
    key: str = field(default_factory=new_public_id)


@dataclass
class Drafts:
    """All of them. Asked for with the session and the person: nobody gets another's."""

    _kept: dict[str, Draft] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def keep(self, draft: Draft) -> None:
        """Begin a draft, or keep what was added to it."""
        with self._lock:
            before = self._kept.get(draft.key)
            if before is not None and before.at_google is not draft.at_google:
                _end(before)
            self._kept[draft.key] = draft
            self._drop_old(draft.at)

    def find(self, key: str, session: str, person_id: int, now: datetime) -> Draft | None:
        """The draft of this session and person; None where there is none any more."""
        with self._lock:
            self._drop_old(now)
            found = self._kept.get(key)
        is_theirs = found and (found.session, found.person_id) == (session, person_id)
        return found if is_theirs else None

    def about(self, mailbox: str, session: str, person_id: int, now: datetime) -> Draft | None:
        """What this session did last with a mailbox that is there."""
        with self._lock:
            self._drop_old(now)
            wanted = (mailbox, session, person_id)
            found = [
                one
                for one in self._kept.values()
                if (one.mailbox, one.session, one.person_id) == wanted and one.report is not None
            ]
        return found[-1] if found else None

    def drop(self, draft: Draft) -> None:
        """Done, or not wanted."""
        with self._lock:
            self._take_away(draft.key)

    def forget(self, session: str | None) -> None:
        """Everything that this session began."""
        with self._lock:
            for key in [one.key for one in self._kept.values() if one.session == session]:
                self._take_away(key)

    def _drop_old(self, now: datetime) -> None:
        for one in list(self._kept.values()):
            if not timedelta(0) <= now - one.at < LASTS:
                self._take_away(one.key)
        while len(self._kept) > MOST:
            self._take_away(next(iter(self._kept)))

    def _take_away(self, key: str) -> None:
        taken = self._kept.pop(key, None)
        if taken is not None:
            _end(taken)


def _end(draft: Draft) -> None:
    """Nobody is listened for any more."""
    if draft.at_google is not None:
        draft.at_google.end()
