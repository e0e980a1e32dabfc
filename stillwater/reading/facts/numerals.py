"""Days in figures alone. One that can be read two ways is left out, unless its own text tells.

2026-03-06 and 06.03.2026 have one reading. 3/6 has two: it is read only where one
number is above 12, where both are the same, where a weekday beside it fits one
reading alone, or where another such day of the text shows the writer's order.
"""

import re
from collections.abc import Iterator
from datetime import date

from stillwater.reading.facts.calendar import day_of
from stillwater.reading.facts.mention import Scene

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?")
_NEVER = frozenset({("24", "7"), ("9", "11"), ("50", "50"), ("20", "20")})

Numeral = tuple[int, int | None, int, int]  # first token after it, year, month, day


def numeral_day_at(scene: Scene, place: int, weekday: int | None = None) -> Numeral | None:
    """A day in figures that begins here, or None."""
    row = scene.row
    if not row.number[place]:
        return None
    joint = row.word[place + 1]
    if joint == "-" and len(row.word[place]) == 4:
        return _iso(scene, place)
    if joint == "/" and row.glued[place + 1]:
        return _slashed(scene, place, weekday)
    if joint == "-" and row.word[place + 3] == "-":
        return _slashed(scene, place, weekday)
    return _dotted(scene, place, weekday)


def _iso(scene: Scene, place: int) -> Numeral | None:
    row = scene.row
    month, dash, day = row.word[place + 2], row.word[place + 3], row.word[place + 4]
    if dash != "-" or not (len(month) == len(day) == 2 and (month + day).isdecimal()):
        return None
    return place + 5, int(row.word[place]), int(month), int(day)


def _dotted(scene: Scene, place: int, weekday: int | None) -> Numeral | None:
    """06.03.2026 anywhere; 6.3. with its last dot; 25.07 where it can be no time of day."""
    row = scene.row
    found = _DOTTED.fullmatch(row.word[place])
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    end = place + 1
    if year:
        return end, int(year) if len(year) == 4 else 2000 + int(year), month, day
    has_dot = row.word[end] == "." and row.glued[end]
    if weekday is not None and _falls_on(scene.today, None, month, day, weekday):
        return end + has_dot, None, month, day  # "Montag, 5.10."
    if has_dot and _dot_is_its_own(scene, place):
        return end + 1, None, month, day
    is_no_time = day > 23 and len(found[2]) == 2 and not scene.is_money
    last = scene.days[-1] if scene.days else None
    if last and last.end == place - 1 and row.word[place - 1] in scene.language.from_to:
        is_no_time = is_no_time or "." in row.word[last.end - 1]  # "25.07 to 15.08"
    return (end, None, month, day) if is_no_time else None


def _dot_is_its_own(scene: Scene, place: int) -> bool:
    """The dot belongs to the day and does not end the sentence: "16.4., 10:15", "am 6.3. um"."""
    row = scene.row
    follows = row.word[place + 2]
    if follows in {",", ")", "-", "–", ":"}:
        return True
    goes_on = row.shown[place + 2][:1].islower()
    if scene.language.code == "de":
        return goes_on or follows == ""
    return goes_on and row.word[place - 1] in {"on", "the", "by", "until", "till", "before", "from"}


def _slashed(scene: Scene, place: int, weekday: int | None) -> Numeral | None:
    row = scene.row
    joint = row.word[place + 1]
    first, second = row.word[place], row.word[place + 2]
    if not (_short(first) and _short(second)) or (first, second) in _NEVER:
        return None
    end, year = place + 3, None
    if row.word[end] == joint and len(row.word[end + 1]) in (2, 4) and row.number[end + 1]:
        year = int(row.word[end + 1]) if row.word[end + 1].isdecimal() else None
        year = year + 2000 if year is not None and year < 100 else year
        end += 2
    elif joint != "/" or row.word[end] in {"months", "years", "of", "cup", "price", "off", "way"}:
        return None
    order = _order(scene, int(first), int(second), year, weekday)
    if order is None:
        row.take(place, end)  # not an hour, not a sum either
        return None
    return end, year, *order


def _short(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2


def _order(
    scene: Scene, first: int, second: int, year: int | None, weekday: int | None
) -> tuple[int, int] | None:
    """(month, day) where there is one reading."""
    readings = [
        (month, day)
        for month, day in dict.fromkeys([(second, first), (first, second)])
        if day_of(year or 2024, month, day)
    ]
    if len(readings) > 1 and weekday is not None:
        readings = [r for r in readings if _falls_on(scene.today, year, *r, weekday)]
    if len(readings) > 1:
        day_first = _shown_order(scene)
        if day_first is not None:
            readings = [(second, first) if day_first else (first, second)]
    return readings[0] if len(readings) == 1 else None


def _falls_on(today: date, year: int | None, month: int, day: int, weekday: int) -> bool:
    years = [year] if year else [today.year, today.year + 1]
    days = [found for y in years if (found := day_of(y, month, day)) and found >= today]
    return bool(days) and days[0].weekday() == weekday


def _shown_order(scene: Scene) -> bool | None:
    """Whether other days of this text are day first; None where they do not tell, or differ."""
    if scene.orders is None:
        scene.orders = set(_orders(scene))
    return next(iter(scene.orders)) if len(scene.orders) == 1 else None


def _orders(scene: Scene) -> Iterator[bool]:
    row = scene.row
    for place in row.places:
        if row.word[place] != "/" or not (row.glued[place] and row.glued[place + 1]):
            continue
        first, second = row.word[place - 1], row.word[place + 1]
        if _short(first) and _short(second) and (first, second) not in _NEVER:
            if 12 < int(first) <= 31 and 1 <= int(second) <= 12:
                yield True
            elif 12 < int(second) <= 31 and 1 <= int(first) <= 12:
                yield False
