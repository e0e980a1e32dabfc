"""Who may change something on a mailbox's server: many, but nobody while all of it is undone.

Moving mail out of sight and renewing the rule go on beside each other. Removing a mailbox
waits until both are done, and keeps them off until the mailbox is forgotten here; whoever
came meanwhile finds no row any more, and changes nothing. So neither a rule nor a mail is
put back behind a removal (docs/decisions/0097).

This lock comes before the person's: nobody who holds the person's waits for it.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.home import Home
from stillwater.gate.models import Mailbox
from stillwater.vault import locks

# A change that takes longer waits for a server that does not answer.
PATIENCE = 60.0  # seconds


@contextmanager
def changing(home: Home, mailbox: int) -> Iterator[bool]:
    """Change something on this mailbox's server; False: it was removed, so change nothing.

    ``mailbox`` is the key of its row.
    """
    row = Mailbox.objects.filter(pk=mailbox).only("public_id").first()
    if row is None:
        yield False
        return
    with locks.among_others(home, _name(row)):
        yield Mailbox.objects.filter(pk=mailbox).exists()


@contextmanager
def undoing(home: Home, row: Mailbox, *, however_long: bool = False) -> Iterator[None]:
    """Undo and forget; nobody else changes anything there meanwhile.

    Raises MailError (SILENT) where a change that was begun takes too long, unless it may
    take ``however_long``: a server's answer is waited for half a minute at most.
    """
    with ExitStack() as held:
        try:
            within = None if however_long else PATIENCE
            held.enter_context(locks.alone(home, _name(row), within))
        except TimeoutError as error:
            raise MailError(Trouble.SILENT) from error
        yield
        if not Mailbox.objects.filter(public_id=row.public_id).exists():
            locks.take_away(home, _name(row))


def _name(row: Mailbox) -> str:
    return f"mailbox-{row.public_id}"
