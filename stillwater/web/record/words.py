"""The words of these pages: choices, questions, and how an entry is read again."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stillwater.channels.by_hand.happenings import Happening
from stillwater.channels.by_hand.pictures import Picture
from stillwater.channels.by_hand.times import Exactness, Happened

Word = str | Promise

CHOICES: dict[Happening, Word] = {
    Happening.VISIT: _("They came by"),
    Happening.DRIVE_BY: _("They drove past"),
    Happening.HANG_UP: _("A call, and nobody spoke"),
    Happening.LETTER: _("A letter or card"),
    Happening.GIFT: _("A gift or thing was left"),
    Happening.CHEQUE: _("A cheque or money"),
    Happening.WORD_CARRIED: _("Somebody carried word"),
    Happening.CHILD_TOLD: _("A child was told something"),
    Happening.ELSE: _("Something else"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be written."""

    name: str  # of the draft
    label: Word
    hint: Word = ""
    long: bool = False


FIELDS: dict[str, tuple[Field, ...]] = {
    "story": (
        Field("words", _("In your own words"), "", True),
        Field("place", _("Where")),
        Field(
            "technology",
            _("Technology used"),
            _("A phone, a car, a camera, an account. Leave it out if there was none."),
        ),
    ),
    "witnesses": (
        Field(
            "witnesses",
            _("Who saw or heard it"),
            _("Names, and how to reach them: a phone number, an address."),
            True,
        ),
    ),
    "officer": (
        Field("officer", _("Officer’s name")),
        Field("badge", _("Badge or service number")),
        Field("report_number", _("Report number")),
    ),
    "apart": (
        Field("medical", _("Injuries, or a visit to a doctor"), "", True),
        Field("effect", _("What it did to you"), _("Sleep, fear, work, the children."), True),
    ),
}
WHO: dict[Happening, Word] = {
    Happening.LETTER: _("Who is it from?"),
    Happening.GIFT: _("Who is it from?"),
    Happening.CHEQUE: _("Who is it from?"),
    Happening.WORD_CARRIED: _("Whose word was it?"),
    Happening.CHILD_TOLD: _("Who told them?"),
}
HEADINGS: dict[str, Word] = {
    "story": _("What happened?"),
    "witnesses": _("Did anyone see it?"),
    "officer": _("Did the police come?"),
    "apart": _("Were you hurt?"),
}
NAMES: dict[str, Word] = {one.name: one.label for step in FIELDS.values() for one in step}


def when_in_words(happened: Happened) -> str:
    """``Sunday 1 March 2026, about 18:05``, in the zone in which it was written."""
    at = happened.at.astimezone(ZoneInfo(happened.zone))
    if happened.exactness is Exactness.UNKNOWN:
        return gettext("The time is not known.")
    day = date_format(at, gettext("l j F Y"))
    if happened.exactness is Exactness.DAY:
        return gettext("%(day)s, time not known") % {"day": day}
    said = {"day": day, "time": date_format(at, "H:i")}
    if happened.exactness is Exactness.ABOUT:
        return gettext("%(day)s, about %(time)s") % said
    return gettext("%(day)s, %(time)s") % said


def moment_in_words(at: datetime) -> str:
    """``1 March 2026, 18:05``, in the zone of ``at``."""
    return date_format(at, gettext("j F Y, H:i"))


def picture_in_words(picture: Picture) -> str:
    """Its kind and size, and what it says of itself."""
    said = f"{picture.ending.upper()}, {_size(picture.length)}."
    if picture.taken_at:
        at = datetime.fromisoformat(picture.taken_at)
        return f"{said} " + gettext("It says: taken %(at)s.") % {"at": moment_in_words(at)}
    return f"{said} " + gettext("It does not say when it was taken.")


def _size(length: int) -> str:
    if length < 1_000_000:
        return f"{max(1, round(length / 1000))} kB"
    return f"{length / 1_000_000:.1f} MB"
