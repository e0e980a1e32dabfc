"""The step about time: what was chosen and typed, and what it can mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from stillwater.channels.by_hand.times import Happened, clock_in, days_in, on_a_day, right_now
from stillwater.core.errors import UserError

TYPED = ("choice", "time", "day", "about")
_MOST = 40


@dataclass(frozen=True, slots=True)
class AskDay:
    """A day has two readings: both are offered, none is taken."""

    days: tuple[tuple[str, str], ...]  # ISO, in words


def typed(untrusted_form: Mapping[str, str]) -> dict[str, str]:
    """What stands in the form, to be shown again."""
    return {name: untrusted_form.get(name, "")[:_MOST] for name in TYPED}


def happened_in(
    given: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Happened | AskDay | None:
    """When it happened; None where nothing was said. Raises UserError for what cannot be read."""
    about = bool(given["about"])
    clock = clock_in(given["time"])
    today = now.astimezone(zone).date()
    if given["choice"] == "now":
        return right_now(now, zone, about=about)
    if given["choice"] == "other":
        if not given["day"].strip():
            raise UserError(
                gettext("The day is missing."), gettext("Choose it, or leave this step out.")
            )
        days = days_in(given["day"], today)
        if len(days) > 1:
            return AskDay(
                tuple((one.isoformat(), date_format(one, gettext("j F Y"))) for one in days)
            )
        return on_a_day(days[0], clock, zone, now, about=about)
    day = _near(given["choice"], today)
    if day is None and clock is None:
        return None
    return on_a_day(day or today, clock, zone, now, about=about)


def _near(choice: str, today: date) -> date | None:
    return {"today": today, "yesterday": today - timedelta(days=1)}.get(choice)
