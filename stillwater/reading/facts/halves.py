"""Which half of the day an hour is in, where its own words do not say.

Hand-overs, school and appointments: 1 to 7 are in the afternoon, 8 to 11 in the
morning, unless the words beside them say otherwise, or the hour of today is over.
"""

from datetime import date
from itertools import pairwise

from stillwater.core.words import Need
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Hour, Scene

_NEAR = 4  # tokens
_SOON = 150  # minutes: an hour of the morning that is over is meant for the evening
_EVENING = 18
_VERY_SOON = 75  # minutes
_FIRST_OF_AFTERNOON, _LAST_OF_AFTERNOON = 1, 7
_EARLY = words(
    "breakfast flight fly flying dawn sunrise weigh early train earlies wakes woke milk milking "
    "fasting namaz fajr carry pre-op"
)
_SHIFTS_FROM = {Need.WORK: 6, Need.HEALTH: 7, Need.PROPERTY: 7}
_PRAYER = words("namaz fajr")
_ENDS_REACH = frozenset(",.;!?\n") | {"not", "instead", "rather", "but", "and"}


def settle_halves(scene: Scene) -> None:
    """Give every hour of ``scene`` its half of the day."""
    for one in scene.hours:
        if one.after:
            _settle_end(one, one.after)
        elif not one.sure and 1 <= one.hour <= 12:
            one.hour = _settled(scene, one)
    for first, second in pairwise(scene.hours):
        _later_of_two(first, second)
        _after_an_evening_hour(scene, first, second)


def _settle_end(one: Hour, first: Hour) -> None:
    """The end of a span is the next such hour after its beginning: "9 to 1", "2 to 10"."""
    one.rejected = one.rejected or first.rejected
    if one.hour <= 12:
        one.hour %= 12
        one.hour += 12 if one.hour * 60 <= first.hour * 60 + first.minute else 0


def _settled(scene: Scene, one: Hour) -> int:
    said = _said_beside(scene, one)
    if said == "am":
        one.sure = True
        return one.hour % 12
    if one.hour == 12:
        return 0 if said == "pm" and _is_night(scene, one) else 12
    if said == "pm":
        return one.hour + 12
    if _FIRST_OF_AFTERNOON <= one.hour <= _LAST_OF_AFTERNOON:
        is_morning = one.hour >= 4 and (
            _is_early(scene, one) or _is_soon(scene, one) or _is_of_a_working_day(scene, one)
        )
        return one.hour if is_morning else one.hour + 12
    return _of_the_morning(scene, one)


def _of_the_morning(scene: Scene, one: Hour) -> int:
    """8 to 11: of today's, one that is over is meant for the evening if that is near."""
    day = day_of_hour(scene, one)
    if day not in (scene.today, None) or not is_over(scene, one.hour, one.minute):
        return one.hour
    ahead = 60 * (one.hour + 12 - scene.at.hour) + one.minute - scene.at.minute
    if 0 < ahead <= _SOON:
        return one.hour + 12
    if day is not None and not any(other.rejected for other in scene.hours):
        _tell_as_past(scene, one)
    return one.hour


def _tell_as_past(scene: Scene, one: Hour) -> None:
    """ "released at 11.50 today": told of what has been, and so is its "today"."""
    one.rejected = True
    for day in scene.days:
        if day.value == scene.today and abs(day.start - one.end) <= _NEAR:
            day.rejected = True


def _is_soon(scene: Scene, one: Hour) -> bool:
    """ "u in for 7 or not", said at six in the morning of that day."""
    if day_of_hour(scene, one) not in (scene.today, None):
        return False
    ahead = 60 * (one.hour - scene.at.hour) + one.minute - scene.at.minute
    return 0 < ahead <= _VERY_SOON


def _is_early(scene: Scene, one: Hour) -> bool:
    """Flights, weighing in, being up by four: the early morning is meant."""
    row = scene.row
    for at in range(one.start - 1, one.start - 11, -1):
        if row.sentence[at] != row.sentence[one.start]:
            break
        if row.word[at] in _EARLY or (row.word[at] == "bus" and at >= one.start - 3):
            return True
    if row.any_of(_PRAYER, one.end, one.end + 3):
        return True
    return row.word[one.start - 2 : one.start] == ["up", "by"]


def _is_of_a_working_day(scene: Scene, one: Hour) -> bool:
    """Shifts begin at 6 and 7, a ward, a van and a plumber at 7: where that hour is to come."""
    first = _SHIFTS_FROM.get(scene.main, 8) if scene.main else 8
    if one.hour < first:
        return False
    is_today = day_of_hour(scene, one) in (scene.today, None)
    return not (is_today and is_over(scene, one.hour, one.minute))


def _is_night(scene: Scene, one: Hour) -> bool:
    return scene.row.any_of(frozenset({"night", "tonight"}), one.end, one.end + 3)


def _said_beside(scene: Scene, one: Hour) -> str | None:
    """ "am" or "pm" where a word of the morning or evening stands near, after or before."""
    row, language = scene.row, scene.language
    for steps in (range(one.end, one.end + _NEAR), range(one.start - 1, one.start - 1 - _NEAR, -1)):
        for at in steps:
            word = row.word[at]
            if word in language.morning and _is_morning(scene, at):
                return "am"
            if word in language.evening:
                return "pm"
            if not word or word in _ENDS_REACH or row.number[at]:
                break
    return None


def _is_morning(scene: Scene, at: int) -> bool:
    row = scene.row
    if row.word[at] == "am":
        return False  # "am" that stuck to no hour is a verb, or German
    return row.word[at - 1] not in {"good", "guten"}


def day_of_hour(scene: Scene, one: Hour) -> date | None:
    """The nearest day in the same sentence; None where none is named."""
    sentence = scene.row.sentence[one.start]
    near = [day for day in scene.days if scene.row.sentence[day.start] == sentence]
    if not near:
        return None
    return min(near, key=lambda day: abs(day.start - one.start)).value


def _later_of_two(first: Hour, second: Hour) -> None:
    """ "8.15 rather than 7": one change of plan does not go from evening to morning."""
    if not first.rejected and second.rejected and second.start - first.end <= _NEAR * 2:
        kept, gone = first, second
    elif first.rejected and not second.rejected and second.start - first.end <= _NEAR:
        kept, gone = second, first
    else:
        return
    if not kept.sure and 16 <= gone.hour <= 20 and 8 <= kept.hour <= 9:
        kept.hour += 12


def _after_an_evening_hour(scene: Scene, first: Hour, second: Hour) -> None:
    """ "we land at 19.40, with you about nine": later that evening."""
    is_evening = first.sure and first.hour >= _EVENING and not first.rejected
    if second.after or second.sure or not (is_evening and 8 <= second.hour <= 11):
        return
    if not any(first.end <= day.start < second.start + 3 for day in scene.days if day.exact):
        second.hour += 12


def is_over(scene: Scene, hour: int, minute: int) -> bool:
    """Whether that time of today has passed."""
    return (hour, minute) <= (scene.at.hour, scene.at.minute)
