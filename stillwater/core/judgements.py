"""What each stage says of an arrival: a match, a reading, a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stillwater.core.words import (
    Action,
    DangerCategory,
    FactKind,
    How,
    Need,
    Standing,
    Tactic,
    Tier,
)


@dataclass(frozen=True, slots=True)
class Match:
    """Whose it is. ``other`` is the label in the plan; None: not theirs.

    ``reasons`` are plain sentences of ours and quote nothing of the arrival.
    """

    other: str | None = None
    how: How = How.NONE
    confidence: float = 0.0  # 0 to 1
    reasons: tuple[str, ...] = ()
    relay: str | None = None  # the relay's name in the plan, where how is relay
    standing: Standing = Standing.STRANGER
    why_passes: str | None = None  # the plan's "why" of an always-pass sender


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the text as read: offsets, never the words."""

    start: int
    end: int
    why: str  # the name of the rule


@dataclass(frozen=True, slots=True)
class Fact:
    """One practical fact. The forms of ``value`` are in docs/formats/decision.md."""

    kind: FactKind
    value: str
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Danger:
    """``of_own_death``: those of the categories that doubt alone found, and nowhere but in the
    words in which the writer speaks of their own death ("I will kill myself").
    """

    categories: tuple[DangerCategory, ...] = ()
    spans: tuple[Span, ...] = ()
    of_own_death: tuple[DangerCategory, ...] = ()

    @property
    def tier(self) -> Tier:
        """The most urgent tier among the categories."""
        return min((c.tier for c in self.categories), default=Tier.NONE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in it. Empty mappings say: this reader did not read that.

    Probabilities are between 0 and 1. ``spans`` show where tactics and needs stand;
    their ``why`` ends in the label.

    ``unread`` says why a machine could not read it: a reason for concern of
    its own, since it may have been crafted.
    """

    tactics: Mapping[Tactic, float] = field(default_factory=dict)
    needs: Mapping[Need, float] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    danger: Danger = field(default_factory=Danger)
    spans: tuple[Span, ...] = ()
    legal_service: bool = False
    one_time_code: str | None = None  # the code itself
    carries_word: bool = False  # speaks of a third person, or presses on their behalf
    mentions: tuple[str, ...] = ()  # addresses and numbers that stand in the text
    language: str | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person sees because of an arrival: in our words, never in theirs."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the plan says of one arrival, and why.

    ``reasons`` are plain sentences of ours; ``when`` is when a digest is due.
    """

    action: Action
    reasons: tuple[str, ...] = ()
    when: datetime | None = None
    shown: Shown | None = None
