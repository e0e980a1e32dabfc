"""Dates that can be read in one way only. In evidence nothing is guessed: 3/6 is not read."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner enero",
            "february feb februar febrero",
            "march mar märz maerz marzo",
            "april apr abril",
            "may mai mayo",
            "june jun juni junio",
            "july jul juli julio",
            "august aug agosto",
            "september sep sept septiembre",
            "october oct oktober okt octubre",
            "november nov noviembre",
            "december dec dezember dez diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_GERMAN = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?([^\W\d_]{3,10})\.?,?(?:\s(?:de\s)?(\d{4}))?"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?\b,?(?:\s(\d{4}))?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


def dates_in(text: str, today: date) -> list[date]:
    """Every date in ``text``; one without a year is the next such day from ``today`` on."""
    found = [
        *(_date(one[1], one[2], one[3], today) for one in _ISO.finditer(text)),
        *(_date(one[3], one[2], one[1], today) for one in _GERMAN.finditer(text)),
        *(_named(one[3], one[2], one[1], today) for one in _DAY_FIRST.finditer(text)),
        *(_named(one[3], one[1], one[2], today) for one in _MONTH_FIRST.finditer(text)),
        *_slashed(text, today),
    ]
    return [one for one in found if one is not None]


def _slashed(text: str, today: date) -> Iterator[date | None]:
    """Only where one of the two numbers cannot be a month, or both are the same."""
    for one in _SLASHED.finditer(text):
        first, second = int(one[1]), int(one[2])
        if first > 12 or first == second:
            yield _date(one[3], one[2], one[1], today)
        elif second > 12:
            yield _date(one[3], one[1], one[2], today)


def _named(year: str | None, month: str, day: str, today: date) -> date | None:
    number = _MONTHS.get(month.lower())
    return None if number is None else _date(year, str(number), day, today)


def _date(year: str | None, month: str, day: str, today: date) -> date | None:
    try:
        if year:
            return date(int(year), int(month), int(day))
        this_year = date(today.year, int(month), int(day))
        return this_year if this_year >= today else date(today.year + 1, int(month), int(day))
    except ValueError:
        return None
