"""Removing everything of one person: asked for, waited for, and then done in this order.

1. A litigation hold refuses it, when it is asked for and when it is done.
2. Every mailbox is left as it was found; one that cannot be reached stops it here, unless the
   person goes on regardless: then what stays on that server is said.
3. The rows go, in one transaction, the keys among them: from then on nothing opens any more.
4. The files go. docs/decisions/0075 says why in this order.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

from stillwater.channels.mail.live.troubles import MailError
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.live.mailboxes import Held, Mailboxes
from stillwater.gate.live.undoing import forget_here, undo_and_forget
from stillwater.gate.models import Mailbox
from stillwater.gate.plans import active_plan
from stillwater.people.models import Person
from stillwater.vault import ledger, openings
from stillwater.vault.keys import keyring_of
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item, Request
from stillwater.vault.openings import What

SHORTEST_WAIT = timedelta(days=1)  # also for whoever set no wait at all
ABOUT = "everything"


@dataclass(frozen=True, slots=True)
class Removed:
    """What is gone, and what is not ours to take away."""

    mailboxes: int
    originals: int
    files: int
    stays: tuple[str, ...]  # on servers that could not be reached
    snapshots_stay: bool  # they hold other people's rows as well


@dataclass(frozen=True)
class Removal:
    """The removal of everything of one person."""

    person: Person
    home: Home
    machine: MachineKey
    clock: Clock

    @property
    def wait(self) -> timedelta:
        return max(keyring_of(self.person).loosening_delay, SHORTEST_WAIT)

    def waiting(self) -> Request | None:
        return openings.waiting(self.person, What.REMOVAL).first()

    def held_for_court(self) -> bool:
        """Whether somebody in the plan is under a litigation hold."""
        plan = active_plan(self.person, self.machine, self.clock.now())
        return plan is not None and any(other.litigation_hold for other in plan.plan.others)

    def ask(self) -> Request:
        """The wait begins, or goes on. Raises UserError under a litigation hold."""
        self._must_not_be_held()
        known = self.waiting()
        if known is not None:
            return known
        hold_ledger(self.person, home=self.home, clock=self.clock)
        with transaction.atomic():
            asked = openings.ask(self.person, What.REMOVAL, ABOUT, self.wait, clock=self.clock)
            self._leaf("asked")
        ledger.pin(self.home, self.person)
        return asked

    def take_back(self) -> bool:
        """Nothing will be removed; whether anything waited."""
        asked = self.waiting()
        if asked is None:
            return False
        hold_ledger(self.person, home=self.home, clock=self.clock)
        with transaction.atomic():
            if openings.cancel(asked):
                self._leaf("taken_back")
        ledger.pin(self.home, self.person)
        return True

    def do(self, *, though_unreachable: bool = False) -> Removed:
        """Remove everything. Raises UserError: a hold, a wait that runs, a server that is away."""
        self._must_not_be_held()
        asked = self.waiting()
        if asked is None:
            raise UserError("Nothing waits to be removed.", "Ask for it first.", ExitCode.NOT_NOW)
        openings.must_be_ready(asked, self.clock)
        boxes, stays = self._leave_servers(though_unreachable=though_unreachable)
        with person_lock(self.home, self.person, wait=True):
            # Leaving the servers takes a while: what was said meanwhile counts.
            self._must_not_be_held()
            originals = Item.objects.filter(person=self.person).count()
            alone = Person.objects.count() == 1
            mine = list(self._files(alone=alone))
            with transaction.atomic():
                openings.finish(asked, clock=self.clock)
                _remove_rows(self.person)
            files = sum(_remove_file(path) for path in mine)
        _forget_journal()
        return Removed(boxes, originals, files, stays, snapshots_stay=not alone)

    def _leave_servers(self, *, though_unreachable: bool) -> tuple[int, tuple[str, ...]]:
        boxes = Mailboxes(self.person, self.home, self.machine, self.clock)
        rows, stays = boxes.all(), []
        for row in rows:
            stays += self._leave(boxes, row, though_unreachable=though_unreachable)
        return len(rows), tuple(stays)

    def _leave(self, boxes: Mailboxes, row: Mailbox, *, though_unreachable: bool) -> list[str]:
        user = boxes.account(row).user
        waits = self._without_a_wait_of_its_own(boxes, row)
        try:
            undo_and_forget(boxes, row, waits, Held.STAYS)
        except (MailError, UserError) as error:
            if not though_unreachable:
                raise UserError(
                    f"The server of {user} could not be left as it was found.",
                    "Nothing of yours was removed here. Try again later, or go on regardless: "
                    "then what stays on that server is told to you.",
                    ExitCode.NOT_NOW,
                ) from error
            row = Mailbox.objects.get(pk=row.pk)
            return [f"{user}: {one}" for one in forget_here(boxes, row, waits)]
        return []

    def _without_a_wait_of_its_own(self, boxes: Mailboxes, row: Mailbox) -> Request:
        """The wait for everything was as long; one that runs for this mailbox ends with it."""
        with transaction.atomic():
            known = boxes.removal(row)
            if known is not None:
                openings.cancel(known)
            about = f"{row.public_id}:{Held.STAYS.value}"
            return openings.ask(self.person, What.MAILBOX, about, timedelta(0), clock=self.clock)

    def _must_not_be_held(self) -> None:
        if self.held_for_court():
            raise UserError(
                "A litigation hold is on, so nothing can be removed.",
                "Ask the lawyer first. The hold is a line of your plan.",
                ExitCode.NOT_ALLOWED,
            )

    def _leaf(self, change: str) -> None:
        leaf = {"kind": "removal", "change": change, "at": ledger.moment(self.clock.now())}
        ledger.write(self.person, [leaf], home=self.home, clock=self.clock)

    def _files(self, *, alone: bool) -> Iterable[Path]:
        """Everything on the disk that is this person's; keys first."""
        mine, home = self.person.public_id, self.home
        folders = (home.keys, home.vault, home.orphans, home.spool, home.outgoing)
        yield from (folder / mine for folder in folders)
        yield home.pins / f"{mine}.checkpoint"
        yield home.profiles / f"{mine}.sealed"
        yield home.last_backup_of(mine)
        if alone:
            yield from home.snapshots.glob("*")


def _remove_rows(person: Person) -> None:
    """Every row that names this person, those that refer to others first."""
    for model in _children_first(apps.get_models()):
        column = _names_a_person(model)
        if column is not None:
            model._base_manager.filter(**{column: person}).delete()
    person.delete()


def _children_first(found: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Models in an order in which nothing is removed while something refers to it."""
    order: list[type[models.Model]] = []

    def put(model: type[models.Model]) -> None:
        if model in order:
            return
        for relation in model._meta.related_objects:
            if relation.related_model is not model:
                put(relation.related_model)
        order.append(model)

    for model in found:
        put(model)
    return order


def _names_a_person(model: type[models.Model]) -> str | None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is Person:
            return field.name
    return None


def _remove_file(path: Path) -> int:
    """How many files went."""
    if path.is_dir() and not path.is_symlink():
        count = sum(one.is_file() for one in path.rglob("*"))
        shutil.rmtree(path)
        return count
    existed = path.is_file()
    path.unlink(missing_ok=True)
    return int(existed)


def _forget_journal() -> None:
    """What was removed must not lie in SQLite's journal either."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
