"""The last few attempts of each other, as text: what "Saturday then?" means hangs on them.

In memory alone, and gone with the process: nothing here is ever written.
"""

from collections import deque
from datetime import datetime, timedelta

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Match
from stillwater.core.words import Direction

LAST = 3  # attempts
OLDEST = timedelta(days=14)
LONGEST = 4_000  # characters of each


class Conversations:
    """What each other wrote last, where the channel gave it as text."""

    def __init__(self) -> None:
        self._said: dict[str, deque[tuple[datetime, str]]] = {}

    def before(self, arrival: Arrival, match: Match) -> tuple[str, ...]:
        """What they wrote before this, oldest first; and this is remembered for the next."""
        if match.other is None or arrival.direction is Direction.OUT:
            return ()
        said = self._said.setdefault(match.other, deque(maxlen=LAST))
        since = arrival.received_at - OLDEST
        earlier = tuple(text for at, text in said if since <= at <= arrival.received_at)
        if arrival.text:
            said.append((arrival.received_at, arrival.text[:LONGEST]))
        return earlier
