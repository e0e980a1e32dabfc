"""Times of day said in words: half five, quarter past 3, two thirty, halb sechs, las 5 y media."""

from stillwater.reading.facts.clock_parts import (
    MINUTES,
    half_after,
    halved,
    hour_number,
    is_rejected,
)
from stillwater.reading.facts.mention import Hour, Scene

_SPOKEN_MINUTES = {
    "fifteen": 15, "thirty": 30, "forty": 40, "fifty": 50, "twenty": 20, "ten": 10, "five": 5,
}  # fmt: skip
_WAYS = frozenset({"past", "to", "after", "til"})


def english_phrase(scene: Scene, place: int) -> Hour | None:
    """half five, half past 4, quarter to seven, ten past 5, 20 to 7, two thirty."""
    minutes, at = _minutes_at(scene, place)
    way = scene.row.word[at]
    if minutes == 30 and way not in {"past", "to"}:
        return _half_hour(scene, place, at)
    if minutes is None or way not in _WAYS:
        return _spoken_minutes(scene, place)
    hour = hour_number(scene, at + 1)
    if hour is None or hour > 12 or not _goes_together(scene, place, minutes, at):
        return None
    if way in {"past", "after"}:
        return _phrased(scene, hour, minutes, place, at + 2)
    return _phrased(scene, hour - 1 or 12, 60 - minutes, place, at + 2)


def _minutes_at(scene: Scene, place: int) -> tuple[int | None, int]:
    """The minutes that a phrase begins with, and where its "past" or "to" should stand."""
    row = scene.row
    word = row.word[place]
    at = place + 1
    minutes = MINUTES.get(word)
    if minutes is None and row.number[place] and word in {"5", "10", "20", "25", "15"}:
        minutes = int(word)
    if minutes == 20 and row.word[at] in {"five", "-"}:
        minutes, at = 25, at + 1 + (row.word[at] == "-")
    at += row.word[at] in {"mins", "minutes", "min"} and row.word[at + 1] in {"past", "to"}
    at += minutes == 15 and row.word[at] == "of"
    return minutes, at


def _goes_together(scene: Scene, place: int, minutes: int, at: int) -> bool:
    """Not "half to", and not "10 to 2", which may as well be a span."""
    way = scene.row.word[at]
    if way in {"after", "til"}:
        return minutes == 15
    if minutes == 30:
        return way == "past"
    in_figures = scene.row.number[place] and way == "to" and minutes in {5, 10, 15}
    return not in_figures or _to_is_clock(scene, at)


def _to_is_clock(scene: Scene, at: int) -> bool:
    return scene.row.word[at - 2] in {"at", "about"} and is_rejected(scene, at + 2)


def _phrased(scene: Scene, hour: int, minute: int, place: int, end: int) -> Hour:
    half, end = half_after(scene, end)
    hour, sure = halved(hour, half)
    return Hour(hour, minute, place, end, sure=sure)


def _half_hour(scene: Scene, place: int, at: int) -> Hour | None:
    """British "half five" is 5:30."""
    hour = hour_number(scene, at)
    if hour is None or hour > 12 or (scene.row.glued[at + 1] and scene.row.word[at + 1] in "%/"):
        return None
    if scene.row.word[at + 1] in scene.language.no_sum_after - {"am", "pm", "o'clock", "st", "x"}:
        return None
    return _phrased(scene, hour, 30, place, at + 1)


def _spoken_minutes(scene: Scene, place: int) -> Hour | None:
    """two thirty, seven fifteen, three forty five: not where something is counted or owed."""
    row, language = scene.row, scene.language
    hour = language.numbers.get(row.word[place], 0)
    minute = _SPOKEN_MINUTES.get(row.word[place + 1])
    if not 1 <= hour <= 12 or minute is None or row.number[place]:
        return None
    end = place + 2
    unit = language.numbers.get(row.word[end], 0)
    if minute in {20, 30, 40, 50} and 1 <= unit <= 9:
        minute, end = minute + unit, end + 1
    if row.word[end] in language.no_sum_after - {"am", "pm"} or (
        row.word[end]
        in {"dollars", "pounds", "quid", "euros", "out", "hundred", "bucks", "thousand"}
    ):
        return None
    if minute < 10 or (scene.is_money and row.word[place - 1] not in language.at):
        return None
    return _phrased(scene, hour, minute, place, end)


def noon_at(scene: Scene, place: int) -> Hour | None:
    found = scene.language.noon.get(scene.row.word[place])
    if found is None or scene.row.word[place + 1] in {"feast", "snack", "mass"}:
        return None
    if found == (0, 0) and scene.row.word[place - 1] == "after":
        return None  # "nothing to eat after midnight"
    start = place - (scene.row.word[place - 1] == "12")
    return Hour(*found, start, place + 1, sure=True)


def german_phrase(scene: Scene, place: int) -> Hour | None:
    """halb sechs (5:30), Viertel nach drei, zehn vor acht."""
    row = scene.row
    word = row.word[place]
    if word == "halb":
        hour = hour_number(scene, place + 1)
        return Hour((hour - 1) or 12, 30, place, place + 2) if hour and hour <= 12 else None
    if word in {"viertel", "dreiviertel"} and row.word[place + 1] in scene.language.numbers:
        hour = scene.language.numbers[row.word[place + 1]]
        if hour <= 12:  # eastern and southern: a quarter, three quarters of the hour named
            return Hour(hour - 1 or 12, 15 if word == "viertel" else 45, place, place + 2)
    minutes = {"viertel": 15, "fünf": 5, "zehn": 10, "zwanzig": 20}.get(word)
    way = row.word[place + 1]
    hour = hour_number(scene, place + 2)
    if minutes is None or way not in {"vor", "nach"} or hour is None or hour > 12:
        return None
    if way == "nach":
        return Hour(hour, minutes, place, place + 3)
    return Hour(hour - 1 or 12, 60 - minutes, place, place + 3)


def spanish_phrase(scene: Scene, place: int) -> Hour | None:
    """a las cinco y media, las 6 menos cuarto, la una y diez."""
    row = scene.row
    if row.word[place - 1] not in {"las", "la"} and row.word[place + 2] not in {"media", "cuarto"}:
        return None
    hour = hour_number(scene, place)
    minutes = {"media": 30, "cuarto": 15}.get(row.word[place + 2])
    if minutes is None:
        minutes = scene.language.numbers.get(row.word[place + 2], 60)
    way = row.word[place + 1]
    if hour is None or way not in {"y", "menos"} or not 0 < minutes < 60:
        return None
    end = place + 3
    if way == "y":
        return Hour(hour, minutes, place, end)
    return Hour(hour - 1 or 12, 60 - minutes, place, end)
