"""What was typed into the settings, checked. What does not fit is a UserError."""

from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from stillwater.core.errors import UserError
from stillwater.people.models import Settings
from stillwater.web.signing_in import PASSPHRASE_LONGEST

MOST_MINUTES = 30
LONGEST_NAME = 40
LONGEST_TARGET = 200
HOUR = timedelta(hours=1)
# What can be chosen for the two waits; whatever else was set stays to be chosen as well.
WAITS = tuple(timedelta(hours=hours) for hours in (0, 1, 3, 6, 12, 24, 48, 72, 168, 336))


@cache
def zones() -> tuple[str, ...]:
    """The zones that people live in: a continent or an ocean, and a place."""
    left_out = ("Etc/", "SystemV/", "posix/", "right/")
    return tuple(
        sorted(z for z in available_timezones() if "/" in z and not z.startswith(left_out))
    )


@cache
def zone_options() -> SafeString:
    """All of them as options of a list: half a thousand, made once."""
    return format_html_join("", "<option>{}</option>", ((zone,) for zone in zones()))


def checked_page(request: HttpRequest, chosen: Settings) -> None:
    """Language, time zone and name of this form, put into ``chosen``."""
    language, zone = request.POST.get("language", ""), request.POST.get("timezone", "")
    name = request.POST.get("name", "").strip()
    if language not in Settings.Language.values:
        raise UserError(gettext("That language is not there."), gettext("Choose one of the list."))
    if zone and zone not in zones():
        raise UserError(gettext("That time zone is not there."), gettext("Choose one of the list."))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError(
            gettext("That name is too long, or odd."),
            gettext("Take a short, plain one: up to 40 letters."),
        )
    chosen.language, chosen.timezone, chosen.display_name = language, zone, name


def checked_leaving(request: HttpRequest, chosen: Settings) -> None:
    """Lock time and exit target of this form, put into ``chosen``."""
    untrusted_minutes = request.POST.get("minutes", "").strip()
    minutes = int(untrusted_minutes) if untrusted_minutes in _MINUTES else 0
    if not minutes:
        raise UserError(
            gettext("The lock closes after 1 to 30 minutes."), gettext("Five is a good number.")
        )
    elsewhere = request.POST.get("where", "") == "elsewhere"
    target = checked_target(request.POST.get("target", "")) if elsewhere else ""
    chosen.idle_minutes, chosen.exit_target = minutes, target


_MINUTES = frozenset(str(number) for number in range(1, MOST_MINUTES + 1))


def checked_target(untrusted_target: str) -> str:
    """An address on the network that *Leave quickly* may lead to. Raises UserError."""
    target = untrusted_target.strip()
    try:
        parts = urlsplit(target)
        host, port, user = parts.hostname or "", parts.port, parts.username
    except ValueError:
        host, port, user = "", None, None
    fits = (
        target.isascii()
        and target.isprintable()
        and not set(" \"'<>\\").intersection(target)
        and len(target) <= LONGEST_TARGET
        and target.startswith("https://")
        and "." in host.strip(".")
        and port is None
        and user is None
    )
    if not fits:
        raise UserError(
            gettext("That is not an address that this can lead to."),
            gettext("It begins with https:// and is whole, like https://weather.example/"),
        )
    return target


def checked_wait(request: HttpRequest, name: str, now: timedelta) -> timedelta:
    """One of the two waits of this form; ``now`` is what holds. Raises UserError."""
    for wait in waits_with(now):
        if request.POST.get(name) == str(int(wait.total_seconds())):
            return wait
    raise UserError(gettext("That wait is not there."), gettext("Choose one of the list."))


def waits_with(now: timedelta) -> list[timedelta]:
    """The waits to choose from, the one that holds among them."""
    return sorted({*WAITS, now})


def checked_new_passphrase(request: HttpRequest) -> str:
    """The new passphrase, typed twice alike. Raises UserError."""
    first, second = request.POST.get("new", ""), request.POST.get("again", "")
    if first != second:
        raise UserError(
            gettext("The two are not the same."), gettext("Type the new one twice, slowly.")
        )
    if len(first) > PASSPHRASE_LONGEST:
        raise UserError(gettext("That is too long."), gettext("Take a shorter one."))
    return first
