"""Dates of mail headers, as aware datetimes."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

FIRST_YEAR, LAST_YEAR = 1980, 2100  # what lies outside is no date of a mail
LONGEST = 200  # characters

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_USUAL = re.compile(
    r"\s*(?:[A-Za-z]{3},\s*)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) "
    r"(\d\d):(\d\d)(?::(\d\d))? ([+-])(\d\d)(\d\d)\b"
)


def mail_date(untrusted: str) -> datetime | None:
    """The moment an RFC 5322 date names, with its offset; None: no date that can be.

    A date without an offset is taken as UTC, as RFC 5322 has it for ``-0000``.
    """
    usual = _USUAL.match(untrusted)
    try:
        moment = _from_usual(usual) if usual else _from_any(untrusted[:LONGEST])
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    if moment is None or not FIRST_YEAR <= moment.year < LAST_YEAR:
        return None
    return moment


def _from_usual(found: re.Match[str]) -> datetime:
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    return datetime(
        int(year),
        _MONTHS.index(month.lower()) + 1,
        int(day),
        int(hour),
        int(minute),
        min(int(second or 0), 59),  # a leap second
        tzinfo=timezone(-offset if sign == "-" else offset) if offset else UTC,
    )


def _from_any(untrusted: str) -> datetime | None:
    """Whatever the standard library can make of it."""
    parts = parsedate_tz(untrusted)
    if parts is None:
        return None
    offset = parts[9] or 0
    zone = timezone(timedelta(seconds=offset)) if offset else UTC
    return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
