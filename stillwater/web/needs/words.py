"""The words of kinds, facts and channels, as the pages say them. None is ever the other's."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stillwater.core.words import Channel, DangerCategory, FactKind

Words = str | Promise

CATEGORIES: dict[DangerCategory, Words] = {
    DangerCategory.KILL_OR_INJURE: _("harm to life or body"),
    DangerCategory.WEAPON: _("weapons"),
    DangerCategory.POSSESSION: _("claiming to own someone"),
    DangerCategory.SUICIDE_THREAT: _("suicide"),
    DangerCategory.CHILD_HARM_OR_TAKING: _("harm to a child, or taking one"),
    DangerCategory.CHILD_EMERGENCY: _("an emergency of a child"),
    DangerCategory.LOCATION: _("knowing where someone is"),
    DangerCategory.STRANGLING: _("strangling"),
    DangerCategory.FIRE_OR_PROPERTY: _("fire, or damage to property"),
    DangerCategory.COUNTDOWN_OR_FAREWELL: _("a countdown or a farewell"),
    DangerCategory.INTIMATE_IMAGES: _("intimate pictures"),
    DangerCategory.PETS: _("harm to a pet"),
    DangerCategory.THIRD_PARTY_HARASSED: _("pressure on people close to you"),
    DangerCategory.THIRD_PARTY_RECRUITED: _("other people being sent"),
    DangerCategory.NEW_CHANNEL_AFTER_BLOCK: _("a new way in since block day"),
    DangerCategory.CAME_IN_PERSON: _("coming in person"),
    DangerCategory.GIFT_AT_HOME: _("something left at home"),
    DangerCategory.HANDOVER_CHANGE: _("a change of a handover that is near"),
    DangerCategory.STORM: _("many attempts within a short time"),
    DangerCategory.SILENCE_AFTER_STORM: _("sudden silence after many attempts"),
    DangerCategory.WEAPON_BOUGHT: _("buying a weapon"),
}

# Of these nobody threatens anything.
NO_THREAT = frozenset(
    {
        DangerCategory.CHILD_EMERGENCY,
        DangerCategory.HANDOVER_CHANGE,
        DangerCategory.SILENCE_AFTER_STORM,
        DangerCategory.STORM,
        DangerCategory.GIFT_AT_HOME,
        DangerCategory.NEW_CHANNEL_AFTER_BLOCK,
    }
)

# The very words of safety.md.
SUICIDE = _(
    "A message speaks of suicide. You need not answer. Emergency services can check on them."
)
SILENCE = _("Nothing of theirs was seen for longer than usual. Silence is no all-clear.")
MAY_THREATEN = _("This may contain a threat.")
MAY_BE_DANGER = _("This may be a sign of danger.")
NOT_OPENED = _("Something came that does not open with your keys.")
SOMETHING = _("Something came that you should know of.")
QUESTION = _("Somebody wrote, and you can say whose it is.")

# What is said beside the headline where one of these is among others.
BESIDE: dict[DangerCategory, Words] = {
    DangerCategory.SUICIDE_THREAT: SUICIDE,
    DangerCategory.SILENCE_AFTER_STORM: SILENCE,
}

# Kinds that are no danger; docs/formats/attempt-record.md names them.
OTHER_KINDS: dict[str, Words] = {
    "legal_service": _("This looks like papers from a court."),
    "unread_by_machine": _("Something could not be read by the machine, and may be made so."),
    "not_watching": _("A mailbox is not being watched."),
    "may_be_theirs": QUESTION,
    "several_new": _("Several new senders wrote, and you can say whose they are."),
    "carries_word": _("Somebody may carry word, and you can say whether they do."),
    "claims_to_pass": _("Something claims to come from a sender that you let pass."),
    "forged_wanted": _("Something bears the name of a sender whom you want; it is not proved."),
    "child": _("A child wrote to you."),
    "child_on_theirs": _("A child may be writing to you, from an address of theirs."),
    "someone_else": _("It came from an address of theirs; someone else may be writing."),
}

FACTS: dict[FactKind, Words] = {
    FactKind.REQUEST: _("What is asked"),
    FactKind.DATE: _("Date"),
    FactKind.TIME: _("Time"),
    FactKind.PLACE: _("Place"),
    FactKind.AMOUNT: _("Amount"),
    FactKind.DEADLINE: _("By when"),
    FactKind.CHILD: _("Child"),
    FactKind.WHO: _("Who"),
}

CHANNELS: dict[Channel, Words] = {
    Channel.MAIL: _("Mail"),
    Channel.SMS: _("Text messages"),
    Channel.CALL: _("Calls"),
    Channel.VOICEMAIL: _("Voicemail"),
    Channel.WHATSAPP: "WhatsApp",
    Channel.SIGNAL: "Signal",
    Channel.TELEGRAM: "Telegram",
    Channel.INSTAGRAM: "Instagram",
    Channel.FACEBOOK: "Facebook",
    Channel.MATRIX: "Matrix",
    Channel.MASTODON: "Mastodon",
    Channel.BLUESKY: "Bluesky",
    Channel.BANK: _("Bank transfers"),
    Channel.LETTER: _("Letters"),
    Channel.VISIT: _("Visits"),
    Channel.GIFT: _("Gifts"),
    Channel.ELSEWHERE: _("Elsewhere"),
}


def channel_words(channel: str) -> Words:
    """A way in, in words; one that we do not know is elsewhere."""
    try:
        return CHANNELS[Channel(channel)]
    except ValueError:
        return CHANNELS[Channel.ELSEWHERE]
