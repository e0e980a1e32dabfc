"""Removing a mailbox: the server is left as it was found."""

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.mailbox import Mailbox, hanging_up
from stillwater.gate.live import leases
from stillwater.gate.live.mailboxes import Held, Mailboxes
from stillwater.gate.live.sessions import open_mailbox
from stillwater.gate.models import Mailbox as Row
from stillwater.vault.models import Request

__all__ = ["Held", "forget_here", "undo_and_forget"]


def undo_and_forget(boxes: Mailboxes, row: Row, waits: Request, held: Held = Held.STAYS) -> None:
    """Undo what was done on the server, then forget the mailbox. Raises MailError, UserError.

    The lease goes first: from then on nothing is filed any more. The server must
    answer before anything is forgotten. A hold folder that we made goes when it is
    empty; held mail is never deleted.
    """
    leases.remove(boxes, row)
    with hanging_up(open_mailbox(boxes, row)) as mailbox:
        row.refresh_from_db(fields=["made_hold_folder"])
        # Forgotten first: a watcher that runs would move what returns out of sight again.
        boxes.forget(row, waits)
        _undo_folder(mailbox, row, held)


def _undo_folder(mailbox: Mailbox, row: Row, held: Held) -> None:
    name = mailbox.folder_for(Role.HOLD)
    if name is None:
        return
    mailbox.select(name)
    uids = mailbox.uids_from(1)
    if uids and held is Held.RETURNS:
        mailbox.move(uids, "INBOX")
        uids = []
    if not uids and row.made_hold_folder:
        mailbox.remove_folder(name)


def forget_here(boxes: Mailboxes, row: Row, waits: Request) -> tuple[str, ...]:
    """Forget a mailbox whose server cannot be reached any more; gives what stays there.

    Raises UserError (NOT_NOW) while the wait runs.
    """
    account = boxes.account(row)
    stays = [f"The folder “{account.hold_folder}”, with what lies in it."]
    if row.filter_before:
        until = f" It ends by itself after {row.lease_until}." if row.lease_until else ""
        stays.append(f"The rule “{account.script}”, and the lines that include it.{until}")
    boxes.forget(row, waits)
    return tuple(stays)
