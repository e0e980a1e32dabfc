"""The last few messages of a conversation, for what "Saturday then?" means.

In the memory of whoever reads, and gone with it: nothing here is ever written. In the live gate
that is the child process, since only there a mail is taken apart.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stillwater.reading.question import ReadingInput

LAST = 3  # messages
OLDEST = timedelta(days=14)
LONGEST = 4_000  # characters of each
MOST = 50  # conversations


@dataclass
class Memory:
    """What each conversation said last."""

    _said: OrderedDict[str, deque[tuple[datetime, str]]] = field(default_factory=OrderedDict)

    def before(self, asked: ReadingInput) -> tuple[str, ...]:
        """What was written before this in its conversation, oldest first."""
        since = asked.received_at - OLDEST
        said = self._said.get(asked.conversation, ())
        return tuple(text for at, text in said if since <= at <= asked.received_at)

    def note(self, asked: ReadingInput, own_words: str) -> None:
        """Remember it for the next of the same conversation."""
        if not own_words.strip():
            return
        said = self._said.setdefault(asked.conversation, deque(maxlen=LAST))
        said.append((asked.received_at, own_words[:LONGEST]))
        self._said.move_to_end(asked.conversation)
        while len(self._said) > MOST:
            self._said.popitem(last=False)
