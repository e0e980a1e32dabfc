"""What is said of watching: each folder's state, and since when nobody watches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.core.clock import Clock
from stillwater.gate import notices
from stillwater.gate.models import Mailbox, WatchedFolder
from stillwater.people.models import Person

# The watcher notes at least this often that a server answers.
NOTED_EVERY = timedelta(seconds=60)
# Older than this, and nobody is watching: the machine sleeps, or the program does not run.
STALE_AFTER = timedelta(minutes=4)
# What goes away by itself is no reason for a notice before this.
TOLD_AFTER = timedelta(minutes=30)
# Without these a mailbox is not watched: what the server's own rule files is seen in the hold
# folder alone. Sent mail is told apart from it.
_NEEDED = frozenset({Role.INBOX, Role.JUNK, Role.HOLD})


class Watching(Enum):
    """The one word for the first page."""

    NOTHING = "nothing"  # there is no mailbox
    ALL = "all"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class WatchState:
    """How watching stands with one person. ``since`` is when it was last whole."""

    watching: Watching
    since: datetime | None = None
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Whether there is a mailbox at all."""
        return self.watching is not Watching.NOTHING

    @property
    def in_words(self) -> str:
        if self.watching is Watching.NOTHING:
            return "Nothing is being watched: there is no mailbox yet."
        if self.watching is Watching.ALL:
            return "All your mailboxes are being watched."
        when = f" since {said_time(self.since)}" if self.since else " yet"
        return f"Not watching{when}."


def said_time(moment: datetime) -> str:
    """In the machine's own zone, the day only where it is not today's."""
    local = moment.astimezone()
    return (
        f"{local:%H:%M}"
        if local.date() == datetime.now(local.tzinfo).date()
        else (f"{local:%Y-%m-%d %H:%M}")
    )


def state_of(person: Person, now: datetime) -> WatchState:
    """How watching stands with this person now."""
    return combined([state_of_mailbox(one, now) for one in _mailboxes(person)])


def state_of_mailbox(mailbox: Mailbox, now: datetime) -> WatchState:
    """How watching stands with one mailbox now."""
    folders = [one for one in mailbox.folders.all() if Role(one.role) in _NEEDED]
    troubles = {one.trouble for one in folders} - {""}
    stale = [one for one in folders if one.seen_at is None or now - one.seen_at > STALE_AFTER]
    # The mailbox's own (a rule that the server did not take) does not end watching.
    known = tuple(Trouble(one) for one in sorted(troubles | {mailbox.trouble} - {""}))
    if not troubles and not stale:
        return WatchState(Watching.ALL, troubles=known)
    seen = [one.seen_at for one in folders]
    since = None if None in seen else min((one for one in seen if one), default=None)
    return WatchState(Watching.NOT, since, known)


def combined(states: Iterable[WatchState]) -> WatchState:
    """The worst of several: watching means all of it."""
    found = list(states)
    if not found:
        return WatchState(Watching.NOTHING)
    bad = [one for one in found if one.watching is Watching.NOT]
    troubles = tuple(dict.fromkeys(trouble for one in found for trouble in one.troubles))
    if not bad:
        return WatchState(Watching.ALL, troubles=troubles)
    times = [one.since for one in bad]
    since = None if None in times else min((one for one in times if one), default=None)
    return WatchState(Watching.NOT, since, troubles)


def _mailboxes(person: Person) -> Iterable[Mailbox]:
    return Mailbox.objects.filter(person=person).prefetch_related("folders").order_by("pk")


def note_seen(folder: WatchedFolder, now: datetime) -> None:
    """The server answered, and everything that it had was looked at."""
    folder.seen_at, folder.trouble, folder.trouble_since = now, "", None
    folder.save(update_fields=["seen_at", "trouble", "trouble_since"])


def note_trouble(folder: WatchedFolder, trouble: Trouble, now: datetime) -> None:
    """Something is wrong with this folder, since its beginning."""
    folder.trouble_since = folder.trouble_since if folder.trouble else now
    folder.trouble = trouble.value
    folder.save(update_fields=["trouble", "trouble_since"])


def tell_of_trouble(
    mailbox: Mailbox, private: notices.Private, clock: Clock, hidden: notices.Hides
) -> bool:
    """Open a notice where watching ended and will not begin again by itself; whether it did.

    At once where only the person can mend it (a password that stopped working), else
    after half an hour. One notice for one trouble of one mailbox, until it is acknowledged.
    """
    now = clock.now()
    told = False
    for folder in mailbox.folders.exclude(trouble=""):
        trouble = Trouble(folder.trouble)
        since = folder.trouble_since or now
        if trouble.needs_person or now - since >= TOLD_AFTER:
            with transaction.atomic():
                told |= notices.tell_not_watching(
                    mailbox.person, private, hidden, trouble, mailbox.public_id, since, now
                )
    return told


def tell_of_silence(
    mailbox: Mailbox, private: notices.Private, clock: Clock, hidden: notices.Hides
) -> bool:
    """Open a notice where for half an hour nobody watched, and nothing says why; whether it did.

    For whoever does not watch to call: the watcher itself cannot say that it has stopped.
    """
    now = clock.now()
    needed = [one for one in mailbox.folders.all() if Role(one.role) in _NEEDED]
    if any(one.trouble for one in needed):
        return False  # known already, and told by ``tell_of_trouble``
    since = min((one.seen_at or mailbox.added_at for one in needed), default=now)
    if now - since < TOLD_AFTER:
        return False
    with transaction.atomic():
        return notices.tell_not_watching(
            mailbox.person, private, hidden, Trouble.STOPPED, mailbox.public_id, since, now
        )
