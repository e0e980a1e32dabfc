"""When an alert makes a notice of its own, and when it joins one in silence.

Told at once: the first of a category, a higher tier, a new category. Further
ones of the same within six hours join the notice that is open, or the other
would hold a pager. The six hours run from when the notice was opened, not from
the last that joined: or one message an hour would keep it silent for ever.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=6)
_LEAST = 3  # tier 0 (legal service and the like) is less urgent than tier 2


@dataclass(frozen=True, slots=True)
class Page:
    """One time of telling. ``kinds`` are opaque here: categories, or hashes of them."""

    tier: int  # 1, 2; 0: legal service and the like
    kinds: frozenset[str]
    at: datetime


def joins(told: Page, new: Page) -> bool:
    """Whether what is new joins what was told already, without being told again."""
    return (
        timedelta(0) <= new.at - told.at < WINDOW
        and (new.tier or _LEAST) >= (told.tier or _LEAST)
        and new.kinds <= told.kinds
    )
