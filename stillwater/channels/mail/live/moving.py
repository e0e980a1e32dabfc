"""Taking mails out of one folder and into another, whether a server can MOVE or not.

Without MOVE (RFC 6851) a mail is copied and then deleted, and a stop in between leaves it in
both folders. Whoever moves it again says so (``maybe_there``): then the other folder is looked
through for the very same bytes first, and what lies there already is only deleted here. By its
bytes and not by its source identity: the same letter delivered twice has one identity, differs
in the lines that servers wrote, and keeps both copies (docs/decisions/0098).
"""

import hashlib
from collections.abc import Iterator, Sequence

from stillwater.channels.mail.live.mailbox import Abilities, Fetched, Mailbox, few
from stillwater.channels.mail.live.troubles import MailError, Trouble


def move(
    mailbox: Mailbox, uids: Sequence[int], folder: str, maybe_there: Sequence[int] = ()
) -> None:
    """Move mails of the selected folder to another, all at once where the server can.

    ``maybe_there``: those of them that were to be moved before. Raises MailError.
    """
    can = mailbox.abilities()
    if can.move:
        for some in few(uids):
            mailbox.move(some, folder)
        return
    there = _in_both(mailbox, maybe_there, folder) if maybe_there else []
    delete(mailbox, there, can)
    for some in few([uid for uid in uids if uid not in set(there)]):
        mailbox.copy(some, folder)
        delete(mailbox, some, can)


def delete(mailbox: Mailbox, uids: Sequence[int], can: Abilities | None = None) -> None:
    """Take these mails out of the selected folder, and no others. Raises MailError."""
    can = can or mailbox.abilities()
    for some in few(uids):
        if can.uid_expunge:
            mailbox.mark_deleted(some)
            mailbox.expunge(some)
        else:
            _delete_among_others(mailbox, some)


def _delete_among_others(mailbox: Mailbox, uids: Sequence[int]) -> None:
    """EXPUNGE takes everything marked as deleted, by whomever: those marks are taken off meanwhile.

    Stopped half-way, a mail too many is there, none too few.
    """
    others = [uid for uid in mailbox.marked_deleted() if uid not in set(uids)]
    mailbox.mark_deleted(others, marked=False)
    mailbox.mark_deleted(uids)
    mailbox.expunge()
    mailbox.mark_deleted(others)


def _in_both(mailbox: Mailbox, uids: Sequence[int], folder: str) -> list[int]:
    """Those of the selected folder's mails that lie in ``folder`` too, byte for byte."""
    here = mailbox.selected
    mine = {uid: _digest(one) for uid, one in _whole(mailbox, uids)}
    sizes = set(mailbox.sizes(list(mine)).values())
    theirs: set[bytes] = set()
    try:
        mailbox.select(folder, readonly=True)
    except MailError as error:
        if error.trouble is not Trouble.FOLDER:
            raise
    else:
        theirs = {_digest(one) for _, one in _whole(mailbox, mailbox.of_size(sizes))}
    mailbox.select_again(here)
    return [uid for uid, digest in mine.items() if digest in theirs]


def _whole(mailbox: Mailbox, uids: Sequence[int]) -> Iterator[tuple[int, Fetched]]:
    """Of one that is longer than a mail can be only its head is known: that proves nothing."""
    for batch in mailbox.fetch(uids):
        yield from ((one.uid, one) for one in batch if not one.cut)


def _digest(one: Fetched) -> bytes:
    return hashlib.sha256(one.raw).digest()
