"""Who is signed in: the keys that a passphrase opened, in the memory of this process alone.

A browser's session row knows nothing of them; they are found here by the session's key, and
dropped by *lock*, by *leave quickly*, by idling, by signing in anew, and with the program.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stillwater.circle.permissions import Role
from stillwater.core.ids import new_public_id

if TYPE_CHECKING:  # models cannot be imported while the applications are being loaded
    from stillwater.vault.keys import NewKeys, Session


@dataclass(frozen=True, slots=True)
class Showing:
    """An original that is open before the person (held/showing.py): its attempt, and how long."""

    attempt: str
    until: datetime


@dataclass
class Unlocked:
    """One sign-in."""

    browser: str = field(repr=False)  # the key of the browser's session: it is a secret
    vault: "Session" = field(repr=False)
    since: datetime
    seen_at: datetime
    idle: timedelta
    role: Role = Role.PERSON
    member: str = ""  # the id in the circle, where it is a reviewer
    what: str = ""  # what kind of browser it says it is, for the list of sign-ins
    public_id: str = field(default_factory=new_public_id)
    by_words: bool = False  # with the recovery words: no passphrase of theirs is known yet
    # A recovery sheet that was made just now, until its words are on paper: gone with the sign-in.
    sheet: "NewKeys | None" = field(default=None, repr=False)
    showing: Showing | None = None

    def is_idle(self, now: datetime) -> bool:
        """Whether nobody was here for too long, or the clock was set back."""
        return not timedelta(0) <= now - self.seen_at < self.idle


@dataclass
class UnlockedSessions:
    """All sign-ins of this process."""

    _kept: dict[str, Unlocked] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self, unlocked: Unlocked) -> None:
        """Somebody signed in in this browser; whoever was there before is not any more."""
        with self._lock:
            self._kept[unlocked.browser] = unlocked

    def touch(self, browser: str | None, now: datetime) -> Unlocked | None:
        """Who is signed in in this browser; the idle time begins anew. None: nobody."""
        with self._lock:
            found = self._kept.get(browser or "")
            if found is None:
                return None
            if found.is_idle(now):
                del self._kept[found.browser]
                return None
            found.seen_at = now
            return found

    def peek(self, browser: str | None) -> Unlocked | None:
        """Who is signed in in this browser, without their idle time beginning anew."""
        with self._lock:
            return self._kept.get(browser or "")

    def end(self, browser: str | None) -> None:
        """Nobody is signed in in this browser any more."""
        with self._lock:
            self._kept.pop(browser or "", None)

    def of(self, person_id: int) -> list[Unlocked]:
        """The sign-ins of a person, the oldest first; those of their reviewers are not theirs."""
        with self._lock:
            mine = [one for one in self._kept.values() if one.vault.person.pk == person_id]
        return [one for one in mine if one.role is Role.PERSON]

    def end_one(self, person_id: int, untrusted_id: str) -> bool:
        """End one of a person's sign-ins, by the id that the list shows."""
        for one in self.of(person_id):
            if one.public_id == untrusted_id:
                self.end(one.browser)
                return True
        return False

    def end_others(self, kept: Unlocked) -> None:
        """End every other sign-in of the same person."""
        for one in self.of(kept.vault.person.pk):
            if one is not kept:
                self.end(one.browser)

    def end_member(self, member: str) -> None:
        """A reviewer was let go: their keys are dropped, wherever they are signed in."""
        with self._lock:
            for one in [one for one in self._kept.values() if one.member and one.member == member]:
                del self._kept[one.browser]

    def drop_idle(self, now: datetime) -> None:
        """Forget the keys of whoever has gone, also where no browser asks any more."""
        with self._lock:
            for one in [one for one in self._kept.values() if one.is_idle(now)]:
                del self._kept[one.browser]
