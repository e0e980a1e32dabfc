"""Which original is open before the person just now: one at a time, and not for long.

It hangs on the sign-in itself (``Unlocked``), so *lock*, *leave quickly* and idling close it.
What is kept is the id of the attempt; the original is opened anew for each look, and lies
nowhere in between. Each opening is one entry of the ledger, written before this begins.
"""

from datetime import timedelta

from stillwater.gate.models import Attempt
from stillwater.web.here import Here
from stillwater.web.unlocked import Showing

LASTS = timedelta(minutes=10)


def show(here: Here, attempt: Attempt) -> None:
    """From now on, and for a little while, this one is open."""
    here.unlocked.showing = Showing(attempt.public_id, here.clock.now() + LASTS)


def shown(here: Here) -> Attempt | None:
    """What is open; None: nothing is, or it was for too long."""
    showing, now = here.unlocked.showing, here.clock.now()
    if showing is None or not showing.until - LASTS <= now < showing.until:
        here.unlocked.showing = None
        return None
    mine = here.mine(Attempt).filter(public_id=showing.attempt)
    return mine.select_related("item").first()


def close(here: Here) -> None:
    """Nothing is open any more."""
    here.unlocked.showing = None


def original(here: Here, attempt: Attempt) -> bytes:
    """The original, proved and byte for byte. Raises UserError."""
    return here.vault.open_item(attempt.item, here.home)
