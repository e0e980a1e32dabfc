"""Whom one can call, by country, each with a way to write instead. A page lists them; nobody is
ever called or written to by this program.

The table is small on purpose: a wrong number is worse than none. docs/front/calling.md names the
source of every line and when it was looked at.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stillwater.core.zones import country_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One number, and how to write instead. ``text_to``: "" where only ``text`` explains."""

    who: Words
    number: str
    text: Words
    text_to: str = ""
    text_says: str = ""
    is_emergency: bool = False

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return self.number.replace(" ", "")


_POLICE = _("Emergency services")
_NO_TEXT = _("There is no line for texts that we know of. Somebody near you can call for you.")
_ONLINE = _("They also answer in a chat on their website.")

_EUROPE = Line(_POLICE, "112", _NO_TEXT, is_emergency=True)
LINES: dict[str, tuple[Line, ...]] = {
    "US": (
        Line(
            _POLICE,
            "911",
            _("Text 911 works in many places; where it does not, an answer says so."),
            "911",
            is_emergency=True,
        ),
        Line(
            "National Domestic Violence Hotline",
            "1 800 799 7233",
            _("Text START to 88788."),
            "88788",
            "START",
        ),
    ),
    "GB": (
        Line(
            _POLICE,
            "999",
            _(
                "If you cannot speak: call, then press 55. Texts to 999 work once you have"
                " texted “register” to 999."
            ),
            "999",
            is_emergency=True,
        ),
        Line("National Domestic Abuse Helpline", "0808 2000 247", _ONLINE),
    ),
    "IE": (
        Line(
            _POLICE,
            "112",
            _("Texts to 112 work once you have texted “register” to 112."),
            "112",
            is_emergency=True,
        ),
        Line("Women’s Aid", "1800 341 900", _ONLINE),
    ),
    "AU": (
        Line(_POLICE, "000", _NO_TEXT, is_emergency=True),
        Line("1800RESPECT", "1800 737 732", _("Text 0458 737 732."), "0458737732"),
    ),
    "ES": (
        _EUROPE,
        Line("016", "016", _("WhatsApp: 600 000 016. It leaves no line on the bill.")),
    ),
    "DE": (
        Line(
            _POLICE,
            "110",
            _("The official app nora sends an emergency without a word, once it is set up."),
            is_emergency=True,
        ),
        Line("Hilfetelefon", "116 016", _ONLINE),
    ),
    "AT": (
        Line(
            _POLICE,
            "133",
            _("The official app DEC112 sends an emergency without a word, once it is set up."),
            is_emergency=True,
        ),
    ),
}
# From a mobile telephone 112 reaches emergency services in most countries (GSM 02.30).
ANYWHERE = (_EUROPE,)


def country_here(region: str | None, zone: str) -> str:
    """ISO 3166: what the plan says, else what the time zone says; "": neither does."""
    return (region or country_of(zone) or "").upper()


def lines_for(country: str) -> tuple[Line, ...]:
    """Whom one can call there, emergency services first."""
    return LINES.get(country, ANYWHERE)
