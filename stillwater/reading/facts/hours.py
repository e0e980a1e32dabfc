"""Which times of day a text names: 17.30, 1730h, 5ish pm, 17 Uhr, and those in words.

Which half of the day is meant, where its own words do not say, is settled in ``halves``.
"""

import re
from collections.abc import Callable

from stillwater.reading.facts.bare_hours import (
    bare_hour_at,
    may_stand_alone,
    of_24_hours_at,
    span_end_at,
)
from stillwater.reading.facts.clock_parts import (
    AM,
    CLOCK,
    OPENS,
    half_after,
    halved,
    hour_number,
    is_glued,
    is_rejected,
)
from stillwater.reading.facts.hour_phrases import (
    english_phrase,
    german_phrase,
    noon_at,
    spanish_phrase,
)
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import MOST, Hour, Scene

_THREE_DIGITS = re.compile(r"([1-9])([0-5]\d)")
_SIGNS = frozenset("£$€#+-/")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
# Before a figure with a dot: then it is no time of day.
_MEASURED = words(
    "room rm unit bay flat version v chapter section size no no. verse para rule times clause cl"
)


def find_hours(scene: Scene) -> None:
    """Fill ``scene.hours``; days must have been found before."""
    row = scene.row
    place, stop = row.places.start, row.places.stop
    while place < stop and len(scene.hours) < MOST:
        found = None if row.taken[place] else _hour_at(scene, place)
        if found:
            scene.hours.append(found)
            row.take(found.start, found.end)
            place = found.end
            if other := span_end_at(scene, found):
                scene.hours.append(other)
                row.take(other.start, other.end)
                place = other.end
        else:
            place += 1


def _hour_at(scene: Scene, place: int) -> Hour | None:
    row = scene.row
    word = row.word[place]
    if not (row.number[place] or word in OPENS or word in scene.language.numbers):
        return None
    for reader in _READERS[scene.language.code]:
        found = reader(scene, place)
        if found and 0 <= found.hour <= 23 and 0 <= found.minute <= 59:
            return found
    return None


def _with_minutes(scene: Scene, place: int) -> Hour | None:
    """17:30, 5.30, 5:30pm. With a dot only where it can be no sum."""
    row = scene.row
    found = CLOCK.fullmatch(row.word[place])
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    half, end = half_after(scene, place + 1)
    dotted = "." in found.group()
    if dotted and not half and _is_sum_or_measure(scene, place, end):
        return None
    if row.word[place - 1] in {"(", "message"} and found[1] == "0":
        return None  # the length of a recording
    hour, sure = halved(int(found[1]), half)
    if len(found[1]) == 2 and found[1][0] == "0":
        sure = True
    return Hour(hour, int(found[2]), place, end, sure=sure or hour > 12)


def _is_sum_or_measure(scene: Scene, place: int, end: int) -> bool:
    row, language = scene.row, scene.language
    if row.word[end] in language.no_sum_after - {"o'clock", "x", "m", "start"}:
        return True
    if row.word[place - 1] in "£$€" and row.word[place - 1]:
        return True
    if not scene.is_money:
        return row.word[place - 1] in _MEASURED or (row.glued[place] and row.word[place - 1] == ".")
    return not (
        row.word[place - 1] in language.at
        or scene.day_ending_at(place) is not None
        or row.word[end] in language.evening_days
        or row.word[end] in language.o_clock
    )


def _military(scene: Scene, place: int) -> Hour | None:
    """1730, 0900 hrs: with its word, a leading nought, or right after a day or "at"."""
    row = scene.row
    found = _MILITARY.fullmatch(row.word[place])
    if found is None or row.word[place - 1] in {"£", "$", "€", "#", "in", "of"}:
        return None
    end = place + 1
    marked = row.word[end] in {"h", "hrs", "hours", "hr", "uhr"}
    placed = row.word[place - 1] in {"at", "@", "around", "til", "till"} or (
        scene.day_ending_at(place) is not None
    )
    no_sum = not scene.is_money and (
        row.word[end] in scene.language.relative
        or is_rejected(scene, place)
        or end in scene.day_starts
        or _is_round_and_alone(scene, place)
    )
    nought = row.word[place][0] == "0" and not is_glued(scene, end)
    is_year = 1980 <= int(found.group()) <= scene.today.year + 2 and not marked
    if is_year or not (marked or placed or nought or no_sum):
        return None
    if placed and scene.is_money and not (marked or nought) and int(found[2]) % 5:
        return None
    return Hour(int(found[1]), int(found[2]), place, end + marked, sure=True)


def _without_colon(scene: Scene, place: int) -> Hour | None:
    """930 am, "630 for Mia not 5", "Thurs 240": where no sum is meant."""
    row = scene.row
    found = _THREE_DIGITS.fullmatch(row.word[place])
    if found is None or _after_sign(scene, place):
        return None
    half, end = half_after(scene, place + 1)
    if not half and (scene.is_money or int(found[2]) % 5 or not may_stand_alone(scene, place, end)):
        return None
    hour, sure = halved(int(found[1]), half)
    return Hour(hour, int(found[2]), place, end, sure=sure)


def _after_sign(scene: Scene, place: int) -> bool:
    row = scene.row
    return row.word[place - 1] in scene.language.no_sum_before or row.word[place - 1] in _SIGNS


def _with_h(scene: Scene, place: int) -> Hour | None:
    """15h30, 16h: as the French, the Spanish and many others write."""
    row = scene.row
    hour = hour_number(scene, place)
    if hour is None or not row.number[place] or row.word[place + 1] != "h":
        return None
    minutes = row.word[place + 2]
    if row.word[place + 2] in {"/", "a"}:
        return None
    is_clock = minutes.isdecimal() and len(minutes) == 2
    if not row.glued[place + 1]:
        return _with_spaced_h(scene, place, hour, minutes if is_clock else "")
    if row.glued[place + 2] and is_clock:
        sure = hour > 12 or row.word[place][0] == "0"
        return Hour(hour, int(minutes), place, place + 3, sure=sure)
    return Hour(hour, 0, place, place + 2, sure=True) if hour > 12 else None


def _with_spaced_h(scene: Scene, place: int, hour: int, minutes: str) -> Hour | None:
    """ "20 h 30", "at 18 h": as they type it in Quebec. "18 h" alone may be a length."""
    row = scene.row
    if minutes:
        return Hour(hour, int(minutes), place, place + 3, sure=hour > 12)
    placed = row.word[place - 1] in {"at", "@", "from", "until"} or is_rejected(scene, place)
    return Hour(hour, 0, place, place + 2, sure=True) if hour > 12 and placed else None


def _with_space(scene: Scene, place: int) -> Hour | None:
    """ "thurs 8 40", "at 5 30": voice and thumbs leave the dot out."""
    row = scene.row
    hour, minutes = hour_number(scene, place), row.word[place + 1]
    if hour is None or not row.number[place] or hour > 12 or scene.is_money:
        return None
    if not (minutes.isdecimal() and len(minutes) == 2 and int(minutes) in range(5, 60, 5)):
        return None
    if row.glued[place + 1] or row.word[place + 2] in scene.language.no_sum_after - {"am", "pm"}:
        return None
    placed = scene.day_ending_at(place) is not None or row.word[place - 1] in {"at", "@"}
    if not placed or row.taken[place + 1]:
        return None
    half, end = half_after(scene, place + 2)
    value, sure = halved(hour, half)
    return Hour(value, int(minutes), place, end, sure=sure)


def _is_round_and_alone(scene: Scene, place: int) -> bool:
    """ "Sat 11th. 1000.": a quarter of an hour, with a day in the text, and nothing counted."""
    row = scene.row
    follows = row.word[place + 1]
    counts_nothing = not follows or follows in ".,;!?\n"
    if row.word[place - 1] == "is":
        return False  # "the bill is 1900": as well a sum
    return bool(scene.days) and counts_nothing and int(row.word[place][2:]) % 15 == 0


def _with_half(scene: Scene, place: int) -> Hour | None:
    """5pm, 5 p.m., 5-6pm (its beginning), 4 o'clock, 17 Uhr."""
    hour = hour_number(scene, place)
    row, language = scene.row, scene.language
    if hour is None and row.word[place + 1] == "uhr":
        hour = language.numbers.get(row.word[place])
    if hour is None or hour > 24:
        return None
    half, end = half_after(scene, place + 1)
    if half:
        value, sure = halved(hour, half)
        return Hour(value, 0, place, end, sure=sure) if hour <= 12 else None
    joint = row.word[place + 1]
    if joint in {"-", "–", "to"} and (other := hour_number(scene, place + 2)) is not None:
        half, end = half_after(scene, place + 3)
        if half and other <= 12:
            value, sure = halved(hour, half if hour < other or other == 12 else AM)
            return Hour(value, 0, place, place + 1, sure=sure)
    return _o_clock(scene, place, hour, language.code)


def _o_clock(scene: Scene, place: int, hour: int, code: str) -> Hour | None:
    row, language = scene.row, scene.language
    end = place + 1
    end += row.word[end] == "o" and row.word[end + 1] in {"clock", "clk"}
    if row.word[end] not in language.o_clock or (row.word[end] == "h" and not row.number[place]):
        return None
    end += 1
    minute = 0
    if code == "de" and row.number[end] and len(row.word[end]) <= 2 and row.word[end].isdecimal():
        minute, end = int(row.word[end]), end + 1
    half, end = half_after(scene, end)
    hour, sure = halved(hour, half)
    return Hour(hour, minute, place, end, sure=sure or hour > 12)


_Reader = Callable[[Scene, int], Hour | None]
_FIGURES: tuple[_Reader, ...] = (
    _with_minutes,
    _military,
    _without_colon,
    _with_h,
    _with_space,
    _with_half,
)
_READERS: dict[str, tuple[_Reader, ...]] = {
    "en": (noon_at, english_phrase, *_FIGURES, of_24_hours_at, bare_hour_at),
    "de": (noon_at, german_phrase, *_FIGURES, bare_hour_at),
    "es": (noon_at, spanish_phrase, *_FIGURES, bare_hour_at),
}
