"""What a mailbox needs beside looking: the lease, copies to remove, notices, and an end."""

from datetime import datetime

from stillwater.channels.mail.live import moving
from stillwater.channels.mail.live.account import HeldCopy, Role
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.gate.live import leases, undoing, watching
from stillwater.gate.live.mailboxes import Mailboxes, held_of
from stillwater.gate.live.sessions import open_mailbox
from stillwater.gate.models import HeldCopy as CopyRow
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.models import WatchedFolder
from stillwater.gate.sameness import hidden
from stillwater.vault.keys import keyring_of, seal_private

COPIES_AT_ONCE = 500


def do(boxes: Mailboxes, row: Row) -> None:
    """Everything that is due for this mailbox now. Raises MailError."""
    now = boxes.clock.now()
    tell(boxes, row)
    waits = boxes.removal(row)
    if waits is not None and waits.ready_at <= now:
        undoing.undo_and_forget(boxes, row, waits, held_of(waits))
        return
    row.refresh_from_db()
    if leases.is_due(row, now):
        _renew(boxes, row)
    if boxes.account(row).held_copy is HeldCopy.REMOVED:
        remove_copies(boxes, row)
    note(row, None, now)


def _renew(boxes: Mailboxes, row: Row) -> None:
    """Raises MailError (RULE), but for a server that has no rules to be reached, and never had."""
    try:
        leases.renew(boxes, row)
    except MailError as error:
        if error.trouble is Trouble.UNREACHABLE and row.lease_until is None:
            leases.look_again_later(boxes, row)
            return
        raise MailError(Trouble.RULE) from error


def tell(boxes: Mailboxes, row: Row) -> None:
    """Open a notice where nobody watches any more."""
    recipient = keyring_of(boxes.person).recipient
    watching.tell_of_trouble(
        row,
        private=lambda data: seal_private(recipient, data),
        clock=boxes.clock,
        hidden=lambda kind: hidden(boxes.person, boxes.machine, kind),
    )


def tell_where_nobody_watches(boxes: Mailboxes) -> None:
    """For the worker, which does not watch: say where the watcher has stopped."""
    recipient = keyring_of(boxes.person).recipient
    for row in boxes.all():
        watching.tell_of_silence(
            row,
            private=lambda data: seal_private(recipient, data),
            clock=boxes.clock,
            hidden=lambda kind: hidden(boxes.person, boxes.machine, kind),
        )


def note(row: Row, trouble: Trouble | None, now: datetime) -> None:
    """What is wrong with the mailbox as a whole; None: nothing."""
    if trouble is None:
        row.trouble, row.trouble_since = "", None
    else:
        row.trouble_since = row.trouble_since if row.trouble else now
        row.trouble = trouble.value
    row.save(update_fields=["trouble", "trouble_since"])


def remove_copies(boxes: Mailboxes, row: Row) -> int:
    """Remove the copies in the hold folder that are sealed and in a backup; gives how many."""
    backed_up = last_backup(boxes)
    folder = row.folders.get(role=Role.HOLD)
    due = CopyRow.objects.filter(folder=folder)
    if backed_up is None or _is_frozen(boxes):
        return 0
    due = due.filter(sealed_at__lt=backed_up, uidvalidity=folder.uidvalidity)
    copies = list(due.order_by("uid")[:COPIES_AT_ONCE])
    if not copies:
        return 0
    with hanging_up(open_mailbox(boxes, row)) as mailbox:
        removed = _removed(mailbox, folder, [one.uid for one in copies])
    if removed:
        CopyRow.objects.filter(pk__in=[one.pk for one in copies]).delete()
    return len(copies) if removed else 0


def _removed(mailbox: Mailbox, folder: WatchedFolder, uids: list[int]) -> bool:
    name = mailbox.folder_for(Role.HOLD)
    if name is None or mailbox.select(name).uidvalidity != folder.uidvalidity:
        return False
    moving.delete(mailbox, uids)
    return True


def last_backup(boxes: Mailboxes) -> datetime | None:
    """When the person's own last backup was begun; None: never. What came later is not in it."""
    mark = boxes.home.last_backup_of(boxes.person.public_id)
    if not mark.exists():
        return None
    return datetime.fromtimestamp(mark.stat().st_mtime, tz=boxes.clock.now().tzinfo)


def _is_frozen(boxes: Mailboxes) -> bool:
    """A litigation hold stops all discarding, on the server too."""
    from stillwater.gate.plans import active_plan

    plan = active_plan(boxes.person, boxes.machine, boxes.clock.now())
    return plan is None or any(other.litigation_hold for other in plan.plan.others)
