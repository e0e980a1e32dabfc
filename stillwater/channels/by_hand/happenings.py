"""What can be written down by hand, and what each is in the words of every channel."""

from enum import StrEnum
from typing import NamedTuple

from stillwater.core.words import Channel, DangerCategory, Kind, Tier


class Happening(StrEnum):
    """What happened, as the person chooses it."""

    VISIT = "visit"
    DRIVE_BY = "drive_by"
    HANG_UP = "hang_up"
    LETTER = "letter"
    GIFT = "gift"
    CHEQUE = "cheque"
    WORD_CARRIED = "word_carried"
    CHILD_TOLD = "child_told"
    ELSE = "else"

    @property
    def channel(self) -> Channel:
        """The way in that it came by."""
        return _IS[self].channel

    @property
    def kind(self) -> Kind:
        return _IS[self].kind

    @property
    def danger(self) -> DangerCategory | None:
        """The category that the happening itself is of (docs/danger.md); its words are not read."""
        return _IS[self].danger

    @property
    def tier(self) -> Tier:
        """How soon danger like this is told. The person knows of it: it pages nobody."""
        return self.danger.tier if self.danger else Tier.NONE


class _Is(NamedTuple):
    channel: Channel
    kind: Kind
    danger: DangerCategory | None = None


_IS = {
    Happening.VISIT: _Is(Channel.VISIT, Kind.VISIT, DangerCategory.CAME_IN_PERSON),
    Happening.DRIVE_BY: _Is(Channel.VISIT, Kind.DRIVE_BY, DangerCategory.CAME_IN_PERSON),
    Happening.HANG_UP: _Is(Channel.CALL, Kind.HANG_UP),
    Happening.LETTER: _Is(Channel.LETTER, Kind.LETTER),
    Happening.GIFT: _Is(Channel.GIFT, Kind.GIFT, DangerCategory.GIFT_AT_HOME),
    # Paper that came by post, and money all the same.
    Happening.CHEQUE: _Is(Channel.LETTER, Kind.TRANSFER),
    Happening.WORD_CARRIED: _Is(
        Channel.ELSEWHERE, Kind.MESSAGE, DangerCategory.THIRD_PARTY_RECRUITED
    ),
    # A child is never called a relay (docs/danger.md), whatever they were told to say.
    Happening.CHILD_TOLD: _Is(Channel.ELSEWHERE, Kind.MESSAGE),
    Happening.ELSE: _Is(Channel.ELSEWHERE, Kind.MESSAGE),
}
