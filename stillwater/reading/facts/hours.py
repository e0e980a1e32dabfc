"""Which times of day a text names: 17.30, 1730h, half five, quarter past 3, 5ish, halb sechs.

A bare number is an hour only because of what stands about it ("at 4", "6 not 5",
"Saturday 11"). Which half of the day is meant is settled in ``halves``.
"""

import re
from collections.abc import Callable

from stillwater.reading.facts.mention import MOST, Hour, Scene

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_AM, _PM = "am", "pm"
_HALVES = {"am": _AM, "a": _AM, "pm": _PM, "p": _PM, "arvo": _PM, "ampm": "", "a.m": _AM}
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "quarter": 15, "qtr": 15, "half": 30}
_SPOKEN_MINUTES = {
    "fifteen": 15, "thirty": 30, "forty": 40, "fifty": 50, "twenty": 20, "ten": 10, "five": 5,
}  # fmt: skip
_ISH = frozenset({"ish", "sh", "odd"})
_SHARP = frozenset({"sharp", "onwards", "prompt", "start", "kickoff", "ish", "pünktlich"})
_ABOUT = frozenset({"about", "around", "maybe", "like", "almost", "nearly", "just"})
# Before a figure with a dot: then it is no time of day.
_MEASURED = frozenset(
    "version v chapter section size no no. verse para ver rule times clause cl".split()
)

Found = tuple[Hour, int]


def find_hours(scene: Scene) -> None:
    """Fill ``scene.hours``; days must have been found before."""
    row = scene.row
    place = row.places.start
    while place < row.places.stop and len(scene.hours) < MOST:
        found = None if row.taken[place] else _hour_at(scene, place)
        if found:
            scene.hours.append(found)
            row.take(found.start, found.end)
            place = found.end
        else:
            place += 1


def _hour_at(scene: Scene, place: int) -> Hour | None:
    row = scene.row
    word = row.word[place]
    if not (row.number[place] or word in _OPENS or word in scene.language.numbers):
        return None
    for reader in _READERS[scene.language.code]:
        found = reader(scene, place)
        if found and 0 <= found.hour <= 23 and 0 <= found.minute <= 59:
            return found
    return None


# Figures -----------------------------------------------------------------------------------


def _with_minutes(scene: Scene, place: int) -> Hour | None:
    """17:30, 5.30, 5:30pm. With a dot only where it can be no sum."""
    row = scene.row
    found = _CLOCK.fullmatch(row.word[place])
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    half, end = _half_after(scene, place + 1)
    dotted = "." in found.group()
    if dotted and not half and _is_sum_or_measure(scene, place, end):
        return None
    if row.word[place - 1] in {"(", "message"} and found[1] == "0":
        return None  # the length of a recording
    hour, sure = _halved(int(found[1]), half)
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
    begins = row.word[end] in scene.language.relative and not scene.is_money
    rejected = _is_rejected(scene, place) and not scene.is_money
    nought = row.word[place][0] == "0" and not _is_glued(scene, end)
    is_year = 1980 <= int(found.group()) <= scene.today.year + 2 and not (marked or begins)
    if is_year or not (marked or placed or nought or begins or rejected):
        return None
    if placed and scene.is_money and not (marked or nought) and int(found[2]) % 5:
        return None
    return Hour(int(found[1]), int(found[2]), place, end + marked, sure=True)


def _is_glued(scene: Scene, place: int) -> bool:
    row = scene.row
    return row.glued[place] and (row.word[place].isalpha() or row.word[place] in "%/-:#")


def _with_half(scene: Scene, place: int) -> Hour | None:
    """5pm, 5 p.m., 5-6pm (its beginning), 4 o'clock, 17 Uhr."""
    hour = _hour_number(scene, place)
    row, language = scene.row, scene.language
    if hour is None and row.word[place + 1] == "uhr":
        hour = language.numbers.get(row.word[place])
    if hour is None or hour > 24:
        return None
    half, end = _half_after(scene, place + 1)
    if half:
        value, sure = _halved(hour, half)
        return Hour(value, 0, place, end, sure=sure) if hour <= 12 else None
    joint = row.word[place + 1]
    if joint in {"-", "–", "to"} and (other := _hour_number(scene, place + 2)) is not None:
        half, end = _half_after(scene, place + 3)
        if half and other <= 12:
            value, sure = _halved(hour, half if hour < other or other == 12 else _AM)
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
    half, end = _half_after(scene, end)
    hour, sure = _halved(hour, half)
    return Hour(hour, minute, place, end, sure=sure or hour > 12)


def _half_after(scene: Scene, place: int) -> tuple[str, int]:
    """("am" | "pm" | "", first token after it): ish pm, p.m., arvo."""
    row = scene.row
    at = place + (row.word[place] in _ISH and row.glued[place])
    at += row.word[at] == "-" and row.word[at + 1] in _ISH
    at += at > place and row.word[at] in _ISH
    word = row.word[at]
    half = _HALVES.get(word, "")
    if not half:
        return "", at
    if len(word) == 1:
        return _dotted_half(scene, at, half, place)
    if word == "am" and scene.language.code == "de":
        return "", place
    if word == "am" and not row.glued[at] and row.word[at - 1] == "i":
        return "", place
    return half, at + 1


def _dotted_half(scene: Scene, at: int, half: str, place: int) -> tuple[str, int]:
    """ "p.m.", "a. m.", or a "p" that sticks to its figure."""
    row = scene.row
    if row.word[at + 1] == "." and row.word[at + 2] == "m":
        end = at + 3
        return half, end + (row.word[end] == "." and row.glued[end])
    if row.word[at + 1] == "m" and row.glued[at]:
        return half, at + 2
    if row.glued[at] and not row.glued[at + 1] and half == _PM and row.number[at - 1]:
        return half, at + 1
    return "", place


def _halved(hour: int, half: str) -> tuple[int, bool]:
    if half == _PM:
        return (hour if hour >= 12 else hour + 12), True
    if half == _AM:
        return (0 if hour == 12 else hour), True
    return hour, hour > 12


def _hour_number(scene: Scene, place: int) -> int | None:
    """An hour as a bare figure or word; None where the token is another thing."""
    row = scene.row
    word = row.word[place]
    if row.number[place]:
        if word.isdecimal() and len(word) <= 2 and int(word) <= 24:
            return int(word) % 24 if int(word) else None
        return None
    number = scene.language.numbers.get(word)
    return number if number is not None and 1 <= number <= 12 else None


# Phrases -----------------------------------------------------------------------------------


def _english_phrase(scene: Scene, place: int) -> Hour | None:
    """half five, half past 4, quarter to seven, ten past 5, 20 to 7, two thirty."""
    row = scene.row
    word = row.word[place]
    at = place + 1
    minutes = _MINUTES.get(word)
    if minutes is None and row.number[place] and word in {"5", "10", "20", "25", "15"}:
        minutes = int(word)
    if minutes == 20 and row.word[at] in {"five", "-"}:
        minutes, at = 25, at + 1 + (row.word[at] == "-")
    at += row.word[at] in {"mins", "minutes", "min"} and row.word[at + 1] in {"past", "to"}
    at += minutes == 15 and row.word[at] == "of"
    way = row.word[at]
    if minutes == 30 and way not in {"past", "to"}:
        return _half_hour(scene, place, at)
    if minutes is None or way not in {"past", "to", "after", "til"}:
        return _spoken_minutes(scene, place)
    hour = _hour_number(scene, at + 1)
    if hour is None or hour > 12 or (minutes == 30 and way != "past"):
        return None
    if way in {"after", "til"} and minutes != 15:
        return None
    if row.number[place] and way == "to" and minutes in {5, 10, 15} and not _to_is_clock(scene, at):
        return None  # "10 to 2" may as well be a span
    if way in {"past", "after"}:
        return _phrased(scene, hour, minutes, place, at + 2)
    return _phrased(scene, hour - 1 or 12, 60 - minutes, place, at + 2)


def _to_is_clock(scene: Scene, at: int) -> bool:
    return scene.row.word[at - 2] in {"at", "about"} and _is_rejected(scene, at + 2)


def _phrased(scene: Scene, hour: int, minute: int, place: int, end: int) -> Hour:
    half, end = _half_after(scene, end)
    hour, sure = _halved(hour, half)
    return Hour(hour, minute, place, end, sure=sure)


def _half_hour(scene: Scene, place: int, at: int) -> Hour | None:
    """British "half five" is 5:30."""
    hour = _hour_number(scene, at)
    if hour is None or hour > 12 or scene.row.glued[at + 1] and scene.row.word[at + 1] in "%/":
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


def _noon(scene: Scene, place: int) -> Hour | None:
    found = scene.language.noon.get(scene.row.word[place])
    if found is None or scene.row.word[place + 1] in {"feast", "snack", "mass"}:
        return None
    start = place - (scene.row.word[place - 1] == "12")
    return Hour(*found, start, place + 1, sure=True)


def _german_phrase(scene: Scene, place: int) -> Hour | None:
    """halb sechs (5:30), Viertel nach drei, zehn vor acht."""
    row = scene.row
    word = row.word[place]
    if word == "halb":
        hour = _hour_number(scene, place + 1)
        return Hour((hour - 1) or 12, 30, place, place + 2) if hour and hour <= 12 else None
    if word in {"viertel", "dreiviertel"} and row.word[place + 1] in scene.language.numbers:
        hour = scene.language.numbers[row.word[place + 1]]
        if hour <= 12:  # eastern and southern: a quarter, three quarters of the hour named
            return Hour(hour - 1 or 12, 15 if word == "viertel" else 45, place, place + 2)
    minutes = {"viertel": 15, "fünf": 5, "zehn": 10, "zwanzig": 20}.get(word)
    way = row.word[place + 1]
    hour = _hour_number(scene, place + 2)
    if minutes is None or way not in {"vor", "nach"} or hour is None or hour > 12:
        return None
    if way == "nach":
        return Hour(hour, minutes, place, place + 3)
    return Hour(hour - 1 or 12, 60 - minutes, place, place + 3)


def _spanish_phrase(scene: Scene, place: int) -> Hour | None:
    """a las cinco y media, las 6 menos cuarto, la una y diez."""
    row = scene.row
    if row.word[place - 1] not in {"las", "la"}:
        return None
    hour = _hour_number(scene, place)
    minutes = {"media": 30, "cuarto": 15}.get(row.word[place + 2])
    if minutes is None:
        minutes = scene.language.numbers.get(row.word[place + 2], 60)
    way = row.word[place + 1]
    if hour is None or way not in {"y", "menos"} or not 0 < minutes < 60:
        return None
    end = _spanish_half(scene, place + 3)
    if way == "y":
        return Hour(hour, minutes, place, end)
    return Hour(hour - 1 or 12, 60 - minutes, place, end)


def _spanish_half(_scene: Scene, place: int) -> int:
    return place


# Bare numbers ------------------------------------------------------------------------------


def _bare(scene: Scene, place: int) -> Hour | None:
    """A number that only its neighbours make an hour."""
    row = scene.row
    hour = _hour_number(scene, place)
    if hour is None or (hour > 12 and scene.language.code == "en"):
        return None
    if row.glued[place] and row.word[place - 1].isalpha():
        return None  # "T5"
    after = place + 1
    ish = row.word[after] in _ISH
    end = after + ish
    if not ish and (
        _is_glued(scene, after)
        or row.word[after] in {"-", "–", ".", ":"}
        and row.number[after + 1]
        and row.glued[after + 1]
    ):
        return None
    if not (_may_end_hour(scene, end) and (ish or _is_placed(scene, place, end))):
        return None
    return Hour(hour, 0, place, end, sure=hour > 12, loose=True)


def _may_end_hour(scene: Scene, end: int) -> bool:
    """Whether what follows can follow an hour: not a thing that is counted."""
    row, language = scene.row, scene.language
    word = row.word[end]
    if row.word[end - 2] in {"um", "las", "@"} or row.word[end - 2 : end] == ["la", "una"]:
        return word not in language.no_sum_after
    if not word or not word[0].isalpha():
        return not (word in "%£$€" and word != "") and not row.number[end]
    if word in language.no_sum_after - {"am", "pm", "x"} or word in scene.language.numbers:
        return word in language.no_sum_after and word in language.may_follow_hour
    known = (
        word in language.may_follow_hour
        or word in scene.names
        or word in language.relative
        or word in language.weekdays
        or word in language.morning
        or word in language.evening
    )
    return known or scene.day_starting_at(end) is not None or row.shown[end][:1].isupper()


def _is_placed(scene: Scene, place: int, end: int) -> bool:
    """Whether something about a bare number says that it is an hour."""
    row, language = scene.row, scene.language
    before, follows = row.word[place - 1], row.word[end]
    if before in language.no_sum_before - {"at", "about"} or before in {
        "£",
        "$",
        "€",
        "-",
        "/",
        "+",
    }:
        return False
    if _after_at(scene, place, end) or scene.day_ending_at(place) is not None:
        return True
    if scene.day_starting_at(end) is not None and _day_is_near(scene, end):
        return True
    if follows in _SHARP or follows in language.evening_days:
        return True
    if follows in scene.names or (follows == "for" and row.word[end + 1] in scene.names):
        return not scene.is_money
    if row.sentence[place - 1] != row.sentence[place] and not follows.isalpha():
        return follows in {".", "?", "!", ""} and not scene.is_money
    return not scene.is_money and (_is_rejected(scene, place) or _rejects_another(scene, end))


def _day_is_near(scene: Scene, end: int) -> bool:
    return scene.row.word[end] in scene.language.relative or scene.row.word[end] == "on"


def _after_at(scene: Scene, place: int, end: int) -> bool:
    """at 4, from 2, till 3, by ten, make it 6, be there 10 then."""
    row, language = scene.row, scene.language
    at = place - 1
    at -= row.word[at] in _ABOUT and row.word[at - 1] in language.at
    before, follows = row.word[at], row.word[end]
    if scene.language.code == "es":
        return before == "las" or (before == "la" and row.word[place] in {"1", "una"})
    if before in {"at", "@"}:
        return (
            not (follows[:1].isalpha() and row.shown[end][:1].isupper()) or follows in scene.names
        )
    if before in language.at:
        return not scene.is_money or follows in language.evening_days
    if scene.language.code != "en":
        return False
    if before == "for":
        return follows in {"", ".", "?", "!", ",", "\n"} and row.word[at - 1] in {
            "yours",
            "mine",
            "there",
            "on",
            "up",
            "here",
            "it",
        }
    return (before == "it" and row.word[at - 1] in {"make", "makes", "say", "til"}) or (
        row.number[place]
        and before in {"there", "here", "be", "now"}
        and follows in {"then", "not", "instead", ".", "", "latest", "if"}
        and not scene.is_money
    )


def _is_rejected(scene: Scene, place: int) -> bool:
    """ "not 5", "instead of 6", "rather than 7": an hour by the company it keeps."""
    row, language = scene.row, scene.language
    at = place - 1
    at -= row.word[at] in {"at", "the", "half", "um", "las"}
    at -= row.word[at] == "a" and language.code == "es"
    before = row.word[at]
    pair = (row.word[at - 1], before)
    if pair in language.rejects_pairs:
        return True
    if before == "than":
        return row.word[at - 1] == "rather"
    if before == "instead":
        return True
    if before in {"no", "not", "n't"} and row.word[place + 1] in language.no_sum_after:
        return False
    return before in language.rejects and row.word[at - 1] not in {"i", "there", "it", "she", "he"}


def _rejects_another(scene: Scene, end: int) -> bool:
    """ "6 not 5", "7 at the Publix no 6:15": another hour is put off for this one."""
    row = scene.row
    for at in range(end, end + 7):
        word = row.word[at]
        if not word or (row.sentence[at] != row.sentence[end - 1]):
            return False
        if row.number[at] or word in scene.language.numbers or word in _OPENS:
            looks = (
                _CLOCK.fullmatch(word) is not None
                or _hour_number(scene, at) is not None
                or word in {"half", "quarter"}
                or word in scene.language.noon
            )
            return looks and _is_rejected(scene, at)
    return False


_OPENS = frozenset(_MINUTES) | {
    "noon", "midday", "midnight", "noontime", "halb", "viertel", "dreiviertel", "mediodía", "mediodia",
    "medianoche", "mitternacht", "mittags",
}  # fmt: skip
_Reader = Callable[[Scene, int], Hour | None]
_FIGURES: tuple[_Reader, ...] = (_with_minutes, _military, _with_half)
_READERS: dict[str, tuple[_Reader, ...]] = {
    "en": (_noon, _english_phrase, *_FIGURES, _bare),
    "de": (_noon, _german_phrase, *_FIGURES, _bare),
    "es": (_noon, _spanish_phrase, *_FIGURES, _bare),
}
