"""One look at one folder: what is new goes through the gate, and theirs goes out of sight.

The order is what keeps everything safe, wherever it stops:

1. New UIDs are asked for, and their mails fetched byte for byte, in batches.
2. Whose is it? By the headers, as in an import.
3. Theirs are sealed and recorded; then they go out of sight, and are read at the
   same time. Nothing leaves its folder before it is in vault and ledger.
4. Strangers' are read first. What turns out to be theirs is sealed, and goes too.
5. Only then is it noted how far the folder was looked through.

The person's lock is held for 2, for sealing and for reading, and never while a server
is waited for: moving begins beside it in a thread of its own, and is waited for when
the lock is free again (docs/decisions/0097).

A mail that the server does not give, or that breaks something of ours, stops 5
before it and nothing else. A stop before 5 means that the same mails are looked at
once more: what was sealed is known by its source identity, and what is still in
sight goes then.
"""

import logging
from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import DatabaseError, connections

from stillwater.channels.mail.live import moving
from stillwater.channels.mail.live.account import HeldCopy, Role
from stillwater.channels.mail.live.mailbox import Fetched, Mailbox, Selected
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.words import Direction
from stillwater.gate.intake import Intake, Taken
from stillwater.gate.live.mailboxes import CLOCKS_DIFFER
from stillwater.gate.live.standing_gate import StandingGate
from stillwater.gate.live.turns import changing
from stillwater.gate.models import HeldCopy as CopyRow
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.models import WatchedFolder
from stillwater.gate.outcomes import Outcome
from stillwater.gate.triage import Lane, Triaged
from stillwater.plan.decide import hides

log = logging.getLogger(__name__)
_TOO_LONG = "It is longer than one mail can be."
_HIDES_FROM = frozenset({Role.INBOX, Role.JUNK})


@dataclass(frozen=True, slots=True)
class _Seen:
    """One mail of the folder, after triage."""

    uid: int
    one: Triaged
    arrived_at: datetime | None = None  # by the server's own word


@dataclass
class _Errands:
    """What is left to do on the server when the person's lock is free again."""

    hiding: Future[None] | None = None  # what was sealed at once: it is on its way already
    found: list[_Seen] = field(default_factory=list)  # strangers' that turned out to be theirs
    back: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)  # in the hold folder: no number beside it


@dataclass
class Look:
    """Looks at one folder of one mailbox, over one connection."""

    gate: StandingGate
    mailbox: Mailbox
    row: WatchedFolder
    name: str  # the folder's, on the server
    watch_from: datetime
    outcome: Outcome = field(default_factory=Outcome)
    _left: list[int] = field(default_factory=list)  # UIDs that must be looked at again
    _broke: Exception | None = None

    @property
    def role(self) -> Role:
        return Role(self.row.role)

    def select(self) -> Selected:
        """Select the folder, and take note where its UIDs mean other mails than before."""
        selected = self.mailbox.select(self.name)
        # A server that was put back to an older state gives the same UIDs out once more.
        went_back = 0 < selected.uidnext < self.row.uidnext
        if self.row.uidvalidity != selected.uidvalidity or went_back:
            # A first look, or every UID means another mail now.
            self.row.uidvalidity = selected.uidvalidity
            self.row.uidnext = self._first_uid(selected)
            self.row.save(update_fields=["uidvalidity", "uidnext"])
        return selected

    def _first_uid(self, selected: Selected) -> int:
        """Where to begin: at what came in since watching began; the hold folder is read whole.

        Renumbered: everything since then is looked at again; what is sealed is known.
        """
        if self.role is Role.HOLD:
            return 1
        since = self.mailbox.arrived_since(self.watch_from)
        if since:
            return since[0]
        if selected.uidnext:
            return selected.uidnext
        everything = self.mailbox.uids_from(1)
        return everything[-1] + 1 if everything else 1

    def look(self) -> Outcome:
        """Take everything new through the gate; gives what became of it."""
        self.outcome, self._left, self._broke = Outcome(), [], None
        uids = self.mailbox.uids_from(self.row.uidnext)
        looked_at = 0
        for batch in filter(None, self.mailbox.fetch(uids)):
            given = {one.uid for one in batch}
            asked = uids[looked_at : bisect_right(uids, batch[-1].uid)]
            self._should_be_gone([uid for uid in asked if uid not in given])
            looked_at += len(asked)
            self._take(batch)
        self._should_be_gone(uids[looked_at:])
        if uids:
            self._note(uids[-1] + 1)  # also those that were gone before they were fetched
        if self._broke is not None:
            raise self._broke
        return self.outcome

    def _should_be_gone(self, uids: Sequence[int]) -> None:
        """What a server leaves out of its answer, and still has, is looked at again."""
        if uids and (there := self.mailbox.still_there(uids)):
            self._left += there
            self._broke = self._broke or MailError(Trouble.REFUSED, "a mail that is not given")

    def _take(self, batch: Sequence[Fetched]) -> None:
        """One mail that breaks something of ours keeps none of the others from being looked at.

        It is said, and looked at again: how far the folder was looked through stops before it.
        """
        try:
            self._take_together(batch)
        except (MailError, UserError, OSError, DatabaseError):
            raise  # not for what stands in a mail
        except Exception as error:  # noqa: BLE001  raised again when the others were looked at
            if len(batch) > 1:
                for one in batch:
                    self._take([one])
                return
            self._left.append(batch[0].uid)
            self._broke = error

    def _take_together(self, batch: Sequence[Fetched]) -> None:
        try:
            with ThreadPoolExecutor(max_workers=1) as beside:
                with self.gate.intake() as intake:
                    errands = self._through(intake, batch, beside)
                self._run(errands)
        except UserError as error:
            if error.exit_code is ExitCode.BROKEN:
                raise MailError(Trouble.DISK) from error
            raise
        self._note(batch[-1].uid + 1)

    def _through(self, intake: Intake, batch: Sequence[Fetched], beside: Executor) -> _Errands:
        """Nothing in here waits for the server; gives what must."""
        errands = _Errands()
        seen = [one for fetched in batch if (one := self._triaged(intake, fetched)) is not None]
        theirs = [one for one in seen if one.one.lane is Lane.THEIRS]
        strangers = [one for one in seen if one.one.lane is Lane.STRANGER]
        if theirs:
            taken = intake.take_in([one.one for one in theirs])
            if gone := self._to_hide(intake, theirs):
                before = _taken_before(gone, taken)
                errands.hiding = beside.submit(self._hide_beside, gone, before)
            # Whatever the server does: what is sealed is read, and danger told.
            self.outcome.add(intake.settle(taken))
        if self.role is not Role.SENT:
            # The person's own mail to others is nobody's to read.
            errands.found = self._take_strangers(intake, strangers)
        if self.role is Role.HOLD:
            errands.back = self._to_put_back(
                intake, [one for one in seen if one.one.lane is not Lane.THEIRS]
            )
            errands.read = [one.uid for one in theirs]
            self._note_copies(theirs)
        return errands

    def _run(self, errands: _Errands) -> None:
        """The errands on the server. Whatever breaks here is done at the next look."""
        if errands.hiding is not None:
            errands.hiding.result()
        if errands.found:
            self._hide([one.uid for one in errands.found], errands.found)
        if errands.back:
            with changing(self.gate.home, self.row.mailbox_id) as is_there:
                if is_there:
                    moving.move(self.mailbox, errands.back, "INBOX", maybe_there=errands.back)
        if errands.read:
            self.mailbox.mark_seen(errands.read)

    def _triaged(self, intake: Intake, fetched: Fetched) -> _Seen | None:
        if fetched.cut:
            one = intake.triage_unreadable(fetched.raw, _TOO_LONG)
        else:
            user = self.mailbox.account.user
            own = (user,) if "@" in user else ()
            one = intake.triage(fetched.raw, arrived_at=fetched.arrived_at, also_own=own)
        if one is None:
            return None
        if one.received_at_is_guess and fetched.arrived_at is not None:
            # The server's own word is better than the sender's.
            arrival = replace(one.arrival, received_at=fetched.arrived_at)
            one = replace(one, arrival=arrival, received_at_is_guess=False)
        return _Seen(fetched.uid, one, fetched.arrived_at)

    def _take_strangers(self, intake: Intake, strangers: Sequence[_Seen]) -> list[_Seen]:
        """Read first. What turned out to be theirs is sealed by now: gives what is to be hidden."""
        if not strangers:
            return []
        taken = intake.take_in([one.one for one in strangers])
        self.outcome.add(intake.settle(taken))
        matches = intake.matches_of([one.one for one in strangers], taken)
        found = [
            _Seen(one.uid, replace(one.one, match=match))
            for one, match in zip(strangers, matches, strict=True)
            if match is not None
        ]
        return self._to_hide(intake, found)

    def _to_hide(self, intake: Intake, theirs: Sequence[_Seen]) -> list[_Seen]:
        """Those that the plan has out of sight, where this folder is in sight."""
        if self.role not in _HIDES_FROM:
            return []
        plan = intake.plan.plan
        return [one for one in theirs if hides(plan, one.one.arrival, one.one.match)]

    def _hide_beside(self, gone: Sequence[_Seen], before: Sequence[_Seen]) -> None:
        """In a thread of its own, while the gate goes on with what was sealed."""
        try:
            self._hide([one.uid for one in gone], before)
        finally:
            connections.close_all()

    def _hide(self, gone: Sequence[int], before: Sequence[_Seen]) -> None:
        """Out of sight, unless the mailbox was removed meanwhile: then it stays where it is.

        ``before``: what was sealed earlier, and so may have been on its way already.
        """
        if self.name == self.mailbox.hold_name:
            return  # nothing is moved into the folder where it lies: that has no end
        with changing(self.gate.home, self.row.mailbox_id) as is_there:
            if not is_there:
                return
            if move_out_of_sight(self.mailbox, gone, [one.uid for one in before]):
                Row.objects.filter(pk=self.row.mailbox_id).update(made_hold_folder=True)

    def _to_put_back(self, intake: Intake, others: Sequence[_Seen]) -> list[int]:
        """What lies in the hold folder and is not theirs goes back: it is not ours to hide."""
        recorded = intake.matches_of([one.one for one in others])
        return [
            one.uid
            for one, match in zip(others, recorded, strict=True)
            if match is None and self._may_be_our_doing(one)
        ]

    def _may_be_our_doing(self, one: _Seen) -> bool:
        """A folder of that name may be the person's own, and hold what they put there."""
        began = self.row.mailbox.added_at - CLOCKS_DIFFER
        return one.arrived_at is None or one.arrived_at >= began

    def _note_copies(self, theirs: Sequence[_Seen]) -> None:
        if self.mailbox.account.held_copy is not HeldCopy.REMOVED:
            return
        CopyRow.objects.bulk_create(
            [
                CopyRow(
                    folder=self.row,
                    uidvalidity=self.row.uidvalidity,
                    uid=one.uid,
                    sealed_at=self.gate.clock.now(),
                )
                for one in theirs
                if one.one.arrival.direction is Direction.IN
            ],
            ignore_conflicts=True,
        )

    def _note(self, uidnext: int) -> None:
        uidnext = min([uidnext, *self._left])
        if uidnext > self.row.uidnext:
            self.row.uidnext = uidnext
            self.row.save(update_fields=["uidnext"])


def _taken_before(gone: Sequence[_Seen], taken: Taken) -> list[_Seen]:
    fresh = {id(one) for one in taken.fresh.values()}
    return [one for one in gone if id(one.one) not in fresh]


def move_out_of_sight(mailbox: Mailbox, uids: Sequence[int], maybe_there: Sequence[int]) -> bool:
    """Into the hold folder, which is made where it is missing; whether it was."""
    name = mailbox.hold_name
    try:
        moving.move(mailbox, uids, name, maybe_there)
    except MailError as error:
        if error.trouble is Trouble.FULL:
            raise
        if not mailbox.make_hold_folder():
            raise
        moving.move(mailbox, uids, name)
        return True
    return False
