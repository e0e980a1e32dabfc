"""What became of a batch, in counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from stillwater.core.words import Action, Direction
from stillwater.gate.judging import Judgement


@dataclass
class Outcome:
    """What became of a batch. Counts only: safe to print and to log."""

    theirs: int = 0  # sealed, from an other or on their behalf
    outgoing: int = 0  # sealed, from the person to an other
    from_strangers: int = 0  # sealed, because danger was found in it
    duplicates: int = 0
    untouched: int = 0
    alerts: int = 0
    asked: int = 0  # about these the person is asked
    unread: int = 0

    def add(self, more: "Outcome") -> None:
        """Count ``more`` into this."""
        for name in vars(more):
            setattr(self, name, getattr(self, name) + getattr(more, name))


def how_many(judgements: Sequence[Judgement], action: Action) -> int:
    """Of how many this was decided."""
    return sum(one.decision.action is action for one in judgements)


def outcome_of(sealed: Sequence[Judgement]) -> Outcome:
    """What became of what was sealed."""
    outgoing = sum(one.arrival.direction is Direction.OUT for one in sealed)
    strangers = sum(one.match.other is None for one in sealed)
    return Outcome(
        theirs=len(sealed) - outgoing - strangers,
        outgoing=outgoing,
        from_strangers=strangers,
        alerts=how_many(sealed, Action.ALERT),
        asked=how_many(sealed, Action.ASK),
        unread=sum(one.reading is not None and one.reading.unread is not None for one in sealed),
    )
