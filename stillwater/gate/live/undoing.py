"""Removing a mailbox: the server is left as it was found."""

from collections.abc import Iterator, Sequence

from stillwater.channels.mail.live import moving
from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.mailbox import Fetched, Mailbox, hanging_up
from stillwater.gate.live import leases, turns
from stillwater.gate.live.mailboxes import CLOCKS_DIFFER, Held, Mailboxes
from stillwater.gate.live.sessions import open_mailbox
from stillwater.gate.models import Mailbox as Row
from stillwater.gate.rows import taken_before
from stillwater.text.mail import source_form
from stillwater.vault.models import Request

__all__ = ["Held", "forget_here", "undo_and_forget"]


def undo_and_forget(boxes: Mailboxes, row: Row, waits: Request, held: Held = Held.STAYS) -> None:
    """Undo what was done on the server, then forget the mailbox. Raises MailError, UserError.

    Nobody else changes anything there meanwhile (``turns``): the rule is not renewed behind
    its removal, and what returns is not moved out of sight again. The lease goes first: from
    then on nothing is filed any more. The server must answer before anything is forgotten.
    A hold folder that we made goes when it is empty; held mail is never deleted.
    """
    with turns.undoing(boxes.home, row):
        if not Row.objects.filter(pk=row.pk).exists():
            return  # somebody else did all of it meanwhile
        row.refresh_from_db()  # what was renewed or made until a moment ago
        waits.refresh_from_db()
        boxes.must_be_due(waits)
        leases.remove(boxes, row)
        with hanging_up(open_mailbox(boxes, row)) as mailbox:
            name = mailbox.folder_for(Role.HOLD)
            if name and held is Held.RETURNS:
                _return(boxes, row, mailbox, name)
            boxes.forget(row, waits)
            # Last: a server that keeps an empty folder keeps nobody's mailbox from being forgotten.
            if name and row.made_hold_folder and not mailbox.select(name).exists:
                mailbox.remove_folder(name)


def _return(boxes: Mailboxes, row: Row, mailbox: Mailbox, name: str) -> None:
    """To the inbox. In a folder that was there before us, what the person kept there stays."""
    mailbox.select(name)
    back = mailbox.uids_from(1)
    if not row.made_hold_folder:
        since = set(mailbox.arrived_since(row.added_at - CLOCKS_DIFFER))
        sealed = set(_sealed_here(boxes, mailbox, [uid for uid in back if uid not in since]))
        back = [uid for uid in back if uid in since | sealed]
    moving.move(mailbox, back, "INBOX", maybe_there=back)


def _sealed_here(boxes: Mailboxes, mailbox: Mailbox, uids: Sequence[int]) -> Iterator[int]:
    def identity(one: Fetched) -> bytes:
        return boxes.machine.source_identity(boxes.person.public_id, source_form(one.raw))

    for batch in mailbox.fetch(uids):
        by_identity = {one.uid: identity(one) for one in batch}
        sealed = taken_before(boxes.person, list(by_identity.values()))
        yield from (uid for uid, found in by_identity.items() if found in sealed)


def forget_here(boxes: Mailboxes, row: Row, waits: Request) -> tuple[str, ...]:
    """Forget a mailbox whose server cannot be reached any more; gives what stays there.

    Raises UserError (NOT_NOW) while the wait runs.
    """
    with turns.undoing(boxes.home, row, however_long=True):
        if not Row.objects.filter(pk=row.pk).exists():
            return ()
        row.refresh_from_db()
        stays = _what_stays(boxes, row)
        boxes.forget(row, waits)
    return stays


def _what_stays(boxes: Mailboxes, row: Row) -> tuple[str, ...]:
    account = boxes.account(row)
    stays = [f"The folder “{account.hold_folder}”, with what lies in it."]
    if row.filter_before:
        until = f" It ends by itself after {row.lease_until}." if row.lease_until else ""
        stays.append(f"The rule “{account.script}”, and the lines that include it.{until}")
    return tuple(stays)
