"""Pieces of evidence that a stranger is an other, and what they come to together.

Each piece is a natural-log likelihood ratio (theirs against somebody else's) with a
plain reason. Where pieces are not independent they share a kind, and a kind has a
cap; so no pile of small signs of one sort makes a certainty.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """A kind of evidence."""

    STYLE = "style"
    NAME = "name"
    FACTS = "facts"
    PHRASES = "phrases"
    CLAIM = "claim"  # "it's me", "why did you block me"
    PULL = "pull"  # words that only somebody close writes
    TIME = "time"
    PROFILE = "profile"
    SENDER = "sender"  # a firm, a machine, a list
    ELSE = "else"  # introduces themself as somebody else


# The least and the most that a kind may say.
CAPS: dict[Sign, tuple[float, float]] = {
    Sign.STYLE: (-4.0, 5.0),
    Sign.NAME: (0.0, 4.0),
    Sign.FACTS: (0.0, 3.5),
    Sign.PHRASES: (0.0, 3.0),
    Sign.CLAIM: (0.0, 3.5),
    Sign.PULL: (0.0, 2.0),
    Sign.TIME: (-0.8, 1.2),
    Sign.PROFILE: (-2.0, 1.5),
    Sign.SENDER: (-5.0, 0.0),
    Sign.ELSE: (-4.0, 0.0),
}
# Only these tell one person from others who are alike; without one, nothing is held.
_TELLING = frozenset({Sign.NAME, Sign.FACTS, Sign.PHRASES, Sign.CLAIM})
_TELLING_ENOUGH = 2.5
MOST_WITHOUT = 0.9  # confidence, below what the plan holds from


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece. ``llr`` is in natural units; ``reason`` quotes nothing."""

    sign: Sign
    llr: float
    reason: str


def prior(new_contacts: int, aliases: int) -> float:
    """Log-odds that a new sender is an other, before anything is known of them.

    ``new_contacts``: strangers of the last 30 days who gave no cause; the more a life
    brings, the less each one is likely to be them. ``aliases``: handles of theirs that
    were found out before: somebody who does it does it again.
    """
    return -3.0 - math.log1p(new_contacts / 5) + min(2.0, math.log1p(aliases))


def capped(pieces: Iterable[Evidence]) -> dict[Sign, float]:
    """The sum of each kind, within its caps."""
    sums: dict[Sign, float] = {}
    for piece in pieces:
        sums[piece.sign] = sums.get(piece.sign, 0.0) + piece.llr
    return {sign: min(max(value, CAPS[sign][0]), CAPS[sign][1]) for sign, value in sums.items()}


def probability(log_odds_before: float, sums: dict[Sign, float]) -> float:
    """The posterior; at most ``MOST_WITHOUT`` where nothing tells this one person from others."""
    odds = log_odds_before + sum(sums.values())
    found = 1 / (1 + math.exp(-odds))
    telling = sum(sums.get(sign, 0.0) for sign in _TELLING)
    return found if telling >= _TELLING_ENOUGH else min(found, MOST_WITHOUT)
