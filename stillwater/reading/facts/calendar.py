"""Days of a calendar: the next of a weekday, of a day of the month; feasts that move."""

from datetime import date, timedelta

NEAR_PAST = 60  # days: a day and month without a year that lie so little back are past
FARTHEST = 365 * 6  # days ahead that a practical message may name


def on_weekday(today: date, weekday: int, *, with_today: bool = False) -> date:
    """The coming one; today itself only where asked for."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if with_today else 7))


def in_next_week(today: date, weekday: int) -> date:
    """That weekday of the following week, Monday to Sunday."""
    return today + timedelta(days=7 - today.weekday() + weekday)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_day_of_month(start: date, day: int, weekday: int | None = None) -> date | None:
    """The first such day from ``start`` on; with a weekday, the first that falls on it.

    None where no month of the next three fits: then the text contradicts itself.
    """
    year, month = start.year, start.month
    for _ in range(3 if weekday is not None else 4):
        found = day_of(year, month, day)
        if found and found >= start and (weekday is None or found.weekday() == weekday):
            return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def next_day_and_month(today: date, month: int, day: int) -> date | None:
    """The coming such day; None where it lies a little back, or does not exist."""
    for year in (today.year, today.year + 1):
        found = day_of(year, month, day)
        if found and found >= today:
            before = day_of(found.year - 1, month, day)
            is_past = before is not None and (today - before).days <= NEAR_PAST
            return None if is_past else found
    return None


def month_start(today: date, month: int) -> date | None:
    """The first day of the coming month of that number, or of this one; None: too far off."""
    if month == today.month:
        return today
    ahead = (month - today.month) % 12
    if ahead > 6:
        return None
    return date(today.year + (month < today.month), month, 1)


def month_end(start: date) -> date:
    first = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return first - timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * week) // 433
    month = (h + week - 7 * m + 90) // 25
    return date(year, month, (h + week - 7 * m + 33 * month + 19) % 32)


def thanksgiving(year: int) -> date:
    """The fourth Thursday of November (United States)."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
