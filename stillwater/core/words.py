"""The closed vocabularies: channels, kinds, modes, tactics, needs, danger, actions.

Each is a StrEnum whose value is the word used in files and on screens; the
words are those of docs/words.md. Tiers of danger: Campbell 2003 and the rules
in docs/danger.md.
"""

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """A way in."""

    MAIL = "mail"
    SMS = "sms"
    CALL = "call"
    VOICEMAIL = "voicemail"
    WHATSAPP = "whatsapp"
    SIGNAL = "signal"
    TELEGRAM = "telegram"
    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    MATRIX = "matrix"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    BANK = "bank"
    LETTER = "letter"
    VISIT = "visit"
    GIFT = "gift"
    ELSEWHERE = "elsewhere"  # every channel that we do not know


class Kind(StrEnum):
    """What came in."""

    MESSAGE = "message"
    CALL = "call"
    MISSED_CALL = "missed_call"
    HANG_UP = "hang_up"
    VOICEMAIL = "voicemail"
    FRIEND_REQUEST = "friend_request"
    REACTION = "reaction"
    VISIT = "visit"
    DRIVE_BY = "drive_by"
    LETTER = "letter"
    GIFT = "gift"
    TRANSFER = "transfer"
    FEEDBACK = "feedback"  # what the person or a reviewer said of an earlier arrival
    TICK = "tick"  # only the clock moves


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Mode(StrEnum):
    """What the person decided about one other."""

    WATCH = "watch"
    NO_CONTACT = "no_contact"
    LOW_CONTACT = "low_contact"
    PARALLEL_PARENTING = "parallel_parenting"


class How(StrEnum):
    """How we know whose an arrival is."""

    HANDLE = "handle"
    ALIAS = "alias"  # a known handle in another form, or a forged one
    RELAY = "relay"
    SUSPECTED = "suspected"
    NONE = "none"


class Standing(StrEnum):
    """What the person said of a sender, where that was proved or could not be."""

    STRANGER = "stranger"
    WANTED = "wanted"
    FORGED_WANTED = "forged_wanted"  # says it is a wanted sender; the mail server says no
    ALWAYS_PASS = "always_pass"  # authenticated
    CLAIMS_TO_PASS = "claims_to_pass"  # says it is an always-pass sender; not proved
    CHILD = "child"
    SOMEONE_ELSE = "someone_else"  # a known handle of an other, and it says that it is not them


class Action(StrEnum):
    """What the plan makes of one arrival, least first."""

    UNTOUCHED = "untouched"
    RECORDED = "recorded"
    HELD = "held"
    DIGEST = "digest"
    ASK = "ask"
    ALERT = "alert"

    @property
    def rank(self) -> int:
        """When several apply, the highest rank wins: alert > ask > … > untouched."""
        return list(Action).index(self)


class Tactic(StrEnum):
    APOLOGY = "apology"
    FLATTERY = "flattery"
    PITY = "pity"
    GUILT = "guilt"
    NOSTALGIA = "nostalgia"
    PROMISE = "promise"
    PROVOCATION = "provocation"
    INTIMIDATION = "intimidation"
    URGENCY = "urgency"
    REVERSAL = "reversal"
    SMEAR = "smear"
    TRIANGULATION = "triangulation"
    PRETEXT = "pretext"
    PROBE = "probe"


class Need(StrEnum):
    CHILDREN = "children"
    LEGAL = "legal"
    MONEY = "money"
    PROPERTY = "property"
    HEALTH = "health"
    WORK = "work"


class FactKind(StrEnum):
    REQUEST = "request"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    AMOUNT = "amount"
    DEADLINE = "deadline"
    CHILD = "child"
    WHO = "who"


class Tier(IntEnum):
    """How soon danger is told: 1 at once, 2 the same day."""

    NONE = 0
    AT_ONCE = 1
    SAME_DAY = 2


class DangerCategory(StrEnum):
    # Tier 1: told at once.
    KILL_OR_INJURE = "kill_or_injure"
    WEAPON = "weapon"
    POSSESSION = "possession"
    SUICIDE_THREAT = "suicide_threat"
    CHILD_HARM_OR_TAKING = "child_harm_or_taking"
    CHILD_EMERGENCY = "child_emergency"
    LOCATION = "location"
    STRANGLING = "strangling"
    FIRE_OR_PROPERTY = "fire_or_property"
    COUNTDOWN_OR_FAREWELL = "countdown_or_farewell"
    INTIMATE_IMAGES = "intimate_images"
    # Tier 2: told the same day.
    PETS = "pets"
    THIRD_PARTY_HARASSED = "third_party_harassed"
    THIRD_PARTY_RECRUITED = "third_party_recruited"
    NEW_CHANNEL_AFTER_BLOCK = "new_channel_after_block"
    CAME_IN_PERSON = "came_in_person"
    GIFT_AT_HOME = "gift_at_home"
    HANDOVER_CHANGE = "handover_change"
    STORM = "storm"
    SILENCE_AFTER_STORM = "silence_after_storm"
    WEAPON_BOUGHT = "weapon_bought"

    @property
    def tier(self) -> Tier:
        return Tier.SAME_DAY if self in _TIER_2 else Tier.AT_ONCE


_TIER_2 = frozenset(
    {
        DangerCategory.PETS,
        DangerCategory.THIRD_PARTY_HARASSED,
        DangerCategory.THIRD_PARTY_RECRUITED,
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
        DangerCategory.CAME_IN_PERSON,
        DangerCategory.GIFT_AT_HOME,
        DangerCategory.HANDOVER_CHANGE,
        DangerCategory.STORM,
        DangerCategory.SILENCE_AFTER_STORM,
        DangerCategory.WEAPON_BOUGHT,
    }
)

# What happened, and not what was written: never read from words.
FROM_EVENTS = frozenset(
    {
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
        DangerCategory.STORM,
        DangerCategory.SILENCE_AFTER_STORM,
    }
)
