"""Time is handed in, never taken: every rule about time can be tested."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time now, with an offset."""


class SystemClock:
    """The machine's own clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class SetClock:
    """A clock that stands where it was set: for replay, and for tests."""

    at: datetime

    def now(self) -> datetime:
        return self.at
