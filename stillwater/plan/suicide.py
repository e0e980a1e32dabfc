"""Whether a reviewer hears of a suicide threat first, as the person decided on a good day. Pure."""

from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Match, Reading
from stillwater.core.plans import Plan
from stillwater.core.words import DangerCategory, How, Standing
from stillwater.plan.decide import hides

_OF_SUICIDE = frozenset({DangerCategory.SUICIDE_THREAT, DangerCategory.COUNTDOWN_OR_FAREWELL})
_SURELY_THEIRS = frozenset({How.HANDLE, How.ALIAS})
# Once one of these was told of an other, the person hears of their suicide threats at once.
THREATENED_BEFORE = (
    DangerCategory.KILL_OR_INJURE,
    DangerCategory.WEAPON,
    DangerCategory.POSSESSION,
    DangerCategory.CHILD_HARM_OR_TAKING,
    DangerCategory.LOCATION,
    DangerCategory.STRANGLING,
    DangerCategory.FIRE_OR_PROPERTY,
    DangerCategory.INTIMATE_IMAGES,
    DangerCategory.PETS,
    DangerCategory.THIRD_PARTY_HARASSED,
    DangerCategory.CAME_IN_PERSON,
    DangerCategory.GIFT_AT_HOME,
    DangerCategory.WEAPON_BOUGHT,
)


def is_for_reviewer(plan: Plan, arrival: Arrival, match: Match, reading: Reading | None) -> bool:
    """Whether the plan lets a reviewer hear of this first.

    Only of what is surely the other's own, is about suicide and nothing else, and lies out
    of sight: whatever is in doubt, the person hears at once.
    """
    other = plan.other(match.other or "")
    if other is None or other.suicide_first != "reviewer" or reading is None:
        return False
    if match.how not in _SURELY_THEIRS or match.standing is Standing.CHILD:
        return False
    found = frozenset(reading.danger.categories) - frozenset(reading.danger.of_own_death)
    if DangerCategory.SUICIDE_THREAT not in found or not found <= _OF_SUICIDE:
        return False
    if reading.unread is not None or reading.legal_service:
        return False
    return hides(plan, arrival, match)
