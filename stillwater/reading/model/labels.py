"""What the model scores, in the order of its columns."""

from stillwater.core.words import DangerCategory, Need, Tactic, Tier

# What happened, not what was written: never read from words.
_FROM_EVENTS = frozenset(
    {
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
        DangerCategory.STORM,
        DangerCategory.SILENCE_AFTER_STORM,
    }
)
TACTICS = tuple(Tactic)
NEEDS = tuple(Need)
DANGERS = tuple(one for one in DangerCategory if one not in _FROM_EVENTS)
TIER_1 = tuple(one for one in DANGERS if one.tier is Tier.AT_ONCE)
ANY_TIER_1 = "tier_1"  # any of tier 1: surer than each of its categories

LABELS: tuple[str, ...] = (
    *(one.value for one in TACTICS),
    *(one.value for one in NEEDS),
    *(one.value for one in DANGERS),
    ANY_TIER_1,
)
COLUMN = {label: at for at, label in enumerate(LABELS)}
