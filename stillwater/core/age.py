"""The program's own age: it tells that itself, instead of asking the network for updates."""

from datetime import date

from stillwater import __released__
from stillwater.core.clock import Clock, SystemClock


def age_in_days(clock: Clock) -> int:
    """Days since this version was made; never below 0."""
    return max(0, (clock.now().date() - date.fromisoformat(__released__)).days)


def age_in_words(clock: Clock | None = None) -> str:
    """ "made today", "1 day old", "12 days old"."""
    days = age_in_days(clock or SystemClock())
    if days == 0:
        return "made today"
    return "1 day old" if days == 1 else f"{days} days old"
