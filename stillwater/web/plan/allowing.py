"""The form of what low contact and parallel parenting let through; set-up asks it too."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stillwater.core.plans import Other
from stillwater.core.words import Channel, Need
from stillwater.gate.setting_up import Allowed
from stillwater.plan.cadence import AT
from stillwater.web.asked import FieldError, line, one_of, some_of

CHANNELS = (
    (Channel.MAIL, gettext_lazy("Mail")),
    (Channel.SMS, gettext_lazy("Text messages")),
    (Channel.WHATSAPP, gettext_lazy("WhatsApp")),
    (Channel.SIGNAL, gettext_lazy("Signal")),
    (Channel.TELEGRAM, gettext_lazy("Telegram")),
    (Channel.LETTER, gettext_lazy("Letters")),
    (Channel.ELSEWHERE, gettext_lazy("Another way, such as a parenting app")),
)
SUBJECTS = (
    (Need.CHILDREN, gettext_lazy("Children")),
    (Need.LEGAL, gettext_lazy("Courts and law")),
    (Need.MONEY, gettext_lazy("Money")),
    (Need.PROPERTY, gettext_lazy("Home and belongings")),
    (Need.HEALTH, gettext_lazy("Health in the family")),
    (Need.WORK, gettext_lazy("Work")),
)
CADENCES = (
    ("daily", gettext_lazy("once a day")),
    ("weekly", gettext_lazy("on Mondays")),
    ("at_once", gettext_lazy("as it comes in")),
)


def choices() -> dict[str, object]:
    """What the form is made of."""
    return {"channels": CHANNELS, "subjects": SUBJECTS, "cadences": CADENCES}


def allowed_of(form: QueryDict) -> Allowed:
    """What was chosen. Raises FieldError."""
    channel = one_of(form, "channel", [one.value for one, _said in CHANNELS])
    if not channel:
        raise FieldError(
            "channel", _("The one way is missing."), _("Choose by which way it may come.")
        )
    subjects = some_of(form, "subjects", [one.value for one, _said in SUBJECTS])
    if not subjects:
        raise FieldError(
            "subjects", _("No subject is chosen."), _("Choose one at least: all else is held.")
        )
    return Allowed(
        channel=channel,
        subjects=subjects,
        cadence=one_of(form, "cadence", dict(CADENCES)) or "daily",
        at=_clock(form),
        until=_day(form),
    )


def _clock(form: QueryDict) -> str:
    untrusted = line(form, "at", 5)
    if not untrusted:
        return ""
    hours, colon, minutes = untrusted.partition(":")
    numbers = hours.isdecimal() and minutes.isdecimal() and untrusted.isascii()
    if not colon or not numbers or int(hours) > 23 or len(minutes) != 2 or int(minutes) > 59:
        raise FieldError("at", _("That is no time of day."), _("Write it as 18:00."))
    return f"{int(hours):02}:{minutes}"


def _day(form: QueryDict) -> str:
    untrusted = line(form, "until", 10)
    if not untrusted:
        return ""
    try:
        return date.fromisoformat(untrusted).isoformat()
    except ValueError:
        wrong = FieldError(
            "until", _("That is no day."), _("Write it as 2027-01-31: year, month, day.")
        )
        raise wrong from None


def given_of(allowed: Allowed) -> Mapping[str, object]:
    """The fields of the form, filled."""
    return {
        "channel": allowed.channel,
        "subjects": list(allowed.subjects),
        "cadence": allowed.cadence,
        "at": allowed.at,
        "until": allowed.until,
    }


def allowed_in(other: Other) -> Allowed:
    """What a plan lets through, as the form says it."""
    return Allowed(
        channel=other.channel.value if other.channel else "",
        subjects=tuple(one.value for one in other.subjects),
        cadence=other.cadence,
        at=(other.at or AT).strftime("%H:%M"),
        until=other.until.isoformat() if other.until else "",
    )
