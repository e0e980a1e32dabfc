"""Threads that watch mailboxes: one a folder, and one a mailbox for all else."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.gate.live import duties, heartbeat, watching
from stillwater.gate.live.folder import Look
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.live.sessions import open_mailbox
from stillwater.gate.live.standing_gate import StandingGate
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.models import WatchedFolder
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from stillwater.workers.door import Door
from stillwater.workers.rounds import Rounds

WAIT = 50.0  # seconds in IDLE before the server must answer something
SELECTED_FOR = 45.0  # seconds before it is looked whether a folder is still the same
POLL = 15.0  # seconds between two looks where a server knows no IDLE
UNTIL_MADE = 15.0  # seconds between two looks for a folder that is not there
NOT_TAKEN = 120.0  # seconds before a password that was not taken is tried again
BEAT = 30.0  # seconds between two signs of life
KEEP = 20.0  # seconds between two looks at what must be renewed, told or undone


def trouble_of(error: Exception) -> Trouble:
    return error.trouble if isinstance(error, MailError) else Trouble.BROKEN


def pause_after(trouble: Trouble) -> float:
    """A server that is asked again and again with a wrong password locks the mailbox."""
    return NOT_TAKEN if trouble.needs_person or trouble is Trouble.RULE else 0.0


@dataclass
class FolderWatch:
    """One folder of one mailbox, over a connection of its own."""

    boxes: Mailboxes
    gate: StandingGate
    row: Row
    folder: WatchedFolder
    door: Door
    _mailbox: Mailbox | None = None

    def thread(self) -> Rounds:
        name = f"folder {self.folder.pk}"  # says nothing of whose or which
        return Rounds(name, self.watch, self.broke)

    def watch(self, rounds: Rounds) -> None:
        """Sign in, look, wait, look, until told to stop or something breaks."""
        with self.door.knock():
            if rounds.is_stopping:
                return
            opened = open_mailbox(self.boxes, self.row)
        with hanging_up(opened) as mailbox:
            self._mailbox = mailbox
            if rounds.is_stopping:
                return
            name = mailbox.folder_for(Role(self.folder.role))
            if name is None:
                watching.note_seen(self.folder, self.boxes.clock.now())
                rounds.rest(UNTIL_MADE)
                return
            self._watch_selected(rounds, mailbox, name)

    def _watch_selected(self, rounds: Rounds, mailbox: Mailbox, name: str) -> None:
        look = Look(self.gate, mailbox, self.folder, name, self.row.watch_from)
        look.select()
        has_idle = mailbox.abilities().idle
        selected = time.monotonic()
        while not rounds.is_stopping:
            look.look()
            watching.note_seen(self.folder, self.boxes.clock.now())
            rounds.back_off.worked()
            if has_idle:
                mailbox.wait(WAIT)
            else:
                rounds.rest(POLL)
            if time.monotonic() - selected >= SELECTED_FOR:
                # Renamed or replaced, a folder stays selected under its old name.
                if mailbox.folder_for(look.role) != name:
                    return
                look.select()
                selected = time.monotonic()

    def broke(self, error: Exception) -> float:
        trouble = trouble_of(error)
        watching.note_trouble(self.folder, trouble, self.boxes.clock.now())
        return pause_after(trouble)

    def hang_up(self) -> None:
        """Wake whoever waits for the server."""
        if self._mailbox is not None:
            self._mailbox.hang_up()


@dataclass
class MailboxWatch:
    """One mailbox: its folders' threads, and one for leases, notices and removal."""

    boxes: Mailboxes
    gate: StandingGate
    row: Row
    _door: Door = field(default_factory=Door)
    _folders: list[FolderWatch] = field(default_factory=list)
    _threads: list[Rounds] = field(default_factory=list)

    @property
    def changed_at(self) -> datetime:
        return self.row.changed_at

    def start(self) -> None:
        self._folders = [
            FolderWatch(self.boxes, self.gate, self.row, folder, self._door)
            for folder in self.row.folders.order_by("pk")
        ]
        keeper = Rounds(f"mailbox {self.row.pk}", self._keep, self._broke, between=KEEP)
        self._threads = [*(one.thread() for one in self._folders), keeper]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for thread in self._threads:
            thread.stop()
        for folder in self._folders:
            folder.hang_up()
        for thread in self._threads:
            thread.join()

    def _keep(self, rounds: Rounds) -> None:  # noqa: ARG002
        if self._door.is_shut:
            duties.tell(self.boxes, self.row)
            return
        duties.do(self.boxes, self.row)

    def _broke(self, error: Exception) -> float:
        trouble = trouble_of(error)
        duties.note(self.row, trouble, self.boxes.clock.now())
        return pause_after(trouble)


@dataclass
class Household:
    """Everything of one person: their gate, and the watches that share it."""

    person: Person
    boxes: Mailboxes
    gate: StandingGate
    watches: dict[int, MailboxWatch] = field(default_factory=dict)
    _beating: Rounds | None = None

    def start(self) -> None:
        """Begin with the sign of life, where the person wants one."""
        name = f"heartbeat {self.person.pk}"
        self._beating = Rounds(name, self._beat, lambda _: BEAT, between=BEAT)
        self._beating.start()

    def _beat(self, rounds: Rounds) -> None:  # noqa: ARG002
        heartbeat.beat(self.person, self.boxes.home, self.boxes.machine, self.boxes.clock)

    def keep_up(self, rows: Iterable[Row]) -> None:
        """Watch what is there now, as it is now."""
        now = {row.pk: row for row in rows}
        for key, watch in list(self.watches.items()):
            if key not in now or now[key].changed_at != watch.changed_at:
                watch.stop()
                del self.watches[key]
        for key, row in now.items():
            if key not in self.watches:
                self.watches[key] = MailboxWatch(self.boxes, self.gate, row)
                self.watches[key].start()

    def stop(self) -> None:
        if self._beating is not None:
            self._beating.stop()
            self._beating.join()
        self.keep_up(())
        self.gate.__exit__(None, None, None)


class Watchers:
    """All mailboxes of everyone here. Each person has a gate of their own, and sees no other."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home = home
        self._clock = clock
        self._households: dict[int, Household] = {}

    def keep_up(self) -> None:
        """Begin with what was added since, end with what was removed or changed."""
        rows: dict[int, list[Row]] = {}
        for row in Row.objects.select_related("person").order_by("pk"):
            rows.setdefault(row.person_id, []).append(row)
        for person_id in set(self._households) - set(rows):
            self._households.pop(person_id).stop()
        for person_id, mine in rows.items():
            if person_id not in self._households:
                self._households[person_id] = self._household(mine[0].person)
            self._households[person_id].keep_up(mine)

    def _household(self, person: Person) -> Household:
        machine = MachineKey.load_or_create(self._home)
        boxes = Mailboxes(person, self._home, machine, self._clock)
        gate = StandingGate(self._home, person, self._clock, machine)
        household = Household(person, boxes, gate)
        household.start()
        return household

    def stop(self) -> None:
        for household in self._households.values():
            household.stop()
        self._households.clear()
