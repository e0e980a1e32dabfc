"""Days that begin with their weekday: "Friday", "Friday 6th", "Friday week", "next Friday"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from stillwater.reading.facts.calendar import in_next_week, next_day_of_month, on_weekday
from stillwater.reading.facts.day_parts import (
    day_number,
    is_glued_word,
    may_end_day,
    month_after,
    resolved,
    year_after,
)
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Day, Scene
from stillwater.reading.facts.months import from_month
from stillwater.reading.facts.numerals import numeral_day_at

_BEFORE_SHORT_DAY = words("am bis ab ( vom vor")
_HAVING = words("have has had having ever i've we've they've you've he's she's and")
_SITS = words("in on with there here down at outside next by through alone behind watching")
_KINDS = words("one ladies girls lads crowd clients regulars group lot gang")  # "the Tuesday one"
_WHOSE = words("the your my our his her their")
_SUPERLATIVES = words("best worst busiest longest nicest typical")
_NTH = {"first": 0, "1st": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_BACK_REACH = 30  # tokens
_SHORT = words("sun sat mon mar do so mi fr di mo wed")
_THAT_ONE = words("new this that the")
_EVERY_SUCH = words("nights mornings evenings afternoons")
_AFTER_VERB = words(
    "in there on down here outside up cream tan with next waiting watching through "
    "opposite beside by alone back shining sets"
)


def from_weekday(scene: Scene, place: int, start: date) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word = row.word[place].removesuffix("'s")
    weekday = language.weekdays[word]
    if _is_no_day(scene, place, word):
        return
    sure = _beside_its_name(scene, place, weekday) or _dated_weekday(scene, place, weekday, start)
    if sure:
        yield sure
        return
    if row.taken[place] or _contradicts_itself(scene, place):
        return
    before = row.word[place - 1]
    if nth := _nth_of_month(scene, place, weekday):
        yield nth
        return
    recurring = (
        word.endswith("days") or before in language.each or row.word[place + 1] in _EVERY_SUCH
    )
    if before in language.last and before != "past":
        row.take(place, place + 1)
        return
    found, end = _which_week(scene, place, weekday)
    yield Day(found, place, end, is_weekday=True, recurring=recurring)


def _is_no_day(scene: Scene, place: int, word: str) -> bool:
    """ "a Friday", "one Friday", "Mon-Tues", "the sun", "Sunday school"."""
    row = scene.row
    before, earlier, after = row.word[place - 1], row.word[place - 2], row.word[place + 1]
    is_any = before == "a" or (before == "one" and earlier not in _THAT_ONE)
    return (
        (is_any and scene.language.code == "en")
        or _is_week_span(scene, place)
        or _is_verb_or_cream(scene, place)
        or (word in _SHORT and not _is_short_day(scene, place))
        or (word in {"sunday", "sun"} and after in {"school", "best", "roast"})
        or (before in _WHOSE and after in _KINDS)
        or before in _SUPERLATIVES
    )


def _beside_its_name(scene: Scene, place: int, weekday: int) -> Day | None:
    """ "today, Wednesday": that very day, not the one a week on. A bank holiday Monday is open."""
    word = scene.row.word
    at = place - 1 - (word[place - 1] in {",", "("})
    beside = word[at] == "today" or word[place + 1] == "today"
    if beside and weekday == scene.today.weekday():
        return Day(scene.today, place, place + 1, exact=True)
    if word[place - 2] == "bank" and word[place - 1] in {"holiday", "hol"}:
        # which Monday it is hangs on the country; an hour beside it is not today's
        return Day(scene.today, place, place + 1, recurring=True)
    return None


def _contradicts_itself(scene: Scene, place: int) -> bool:
    """ "Friday 5th" where no 5th to come soon is a Friday: neither is read."""
    at = place + 1 + (scene.row.word[place + 1] in scene.language.the)
    number = day_number(scene, at)
    if number is None or not number[2] or not may_end_day(scene, number[1], is_ordinal=True):
        return False
    scene.row.take(place, number[1])
    return True


def _is_week_span(scene: Scene, place: int) -> bool:
    """ "Mon-Tues": a pattern of weeks, and no day."""
    row = scene.row
    after = row.word[place + 1] == "-" and row.word[place + 2] in scene.language.weekdays
    before = row.word[place - 1] == "-" and row.word[place - 2] in scene.language.weekdays
    return (after and row.glued[place + 1]) or (before and row.glued[place])


def _is_short_day(scene: Scene, place: int) -> bool:
    """ "sun", "sat", "so": a day only where something about it says so."""
    row, language = scene.row, scene.language
    before, after = row.word[place - 1], row.word[place + 1]
    if language.code == "de":
        marked = before in _BEFORE_SHORT_DAY or after in {",", "."}
        return marked and not row.shown[place].islower()
    if row.shown[place] == "Sun" or row.shown[place] in {"Sat", "Mon", "Wed"}:
        return before not in {"the", "a"}
    if row.word[place] in {"mon", "wed"}:
        return before not in {"to", "we", "were", "get"} and after != "ami"
    if (
        before in {"on", "by", "this", "for", "next", "til", "till", "until", "from"}
        or (row.number[place + 1])
    ):
        return True
    if before in {"i", "im", "i'm", "we", "just", "the", "he", "she", "u", "be", "been", "was"}:
        return False
    return after not in _AFTER_VERB and not (
        after == "at" and not row.number[place + 2] and row.word[place + 2] not in language.numbers
    )


def _is_verb_or_cream(scene: Scene, place: int) -> bool:
    """ "Sat with your lot today", "have sat and asked", "Sun cream on please"."""
    row = scene.row
    word, before, after = row.word[place], row.word[place - 1], row.word[place + 1]
    if word not in {"sun", "sat"} or scene.language.code != "en":
        return False
    if word == "sun":
        return after in {"cream", "screen", "hat", "hats"}
    opens = row.sentence[place - 1] != row.sentence[place]
    near = any(row.word[at] in scene.language.weekdays for at in range(place + 2, place + 8))
    return before in _HAVING or (opens and after in _SITS and not near)


def _dated_weekday(scene: Scene, place: int, weekday: int, start: date) -> Day | None:
    """ "Friday 6th", "Sunday the 20th", "Wed 10 June", "Freitag, den 6.3." """
    row, language = scene.row, scene.language
    at = place + 1
    at += row.word[at] in {",", "."}
    if row.word[at : at + 2] == ["next", "week"]:
        at += 2
    has_the = row.word[at] in language.the
    at += has_the
    numeral = numeral_day_at(scene, at, weekday)
    if numeral:
        return _dated(scene, place, numeral[0], numeral[1:])
    if row.word[at] in language.months:
        named = tuple(from_month(scene, at))
        return replace(named[0], start=place) if len(named) == 1 else None
    number = day_number(scene, at)
    if number is None:
        return None
    month = month_after(scene, number[1])
    if month:
        year, end = year_after(scene, month[1])
        return _dated(scene, place, end, (year, month[0], number[0]))
    return _numbered_weekday(scene, place, weekday, (at, has_the, start), number)


def _dated(scene: Scene, place: int, end: int, said: tuple[int | None, int, int]) -> Day | None:
    """The day; one in the past is taken as read: "filed on Tuesday 14 April"."""
    found = resolved(scene, *said)
    if found is None:
        scene.row.take(place, end)
        return None
    return Day(found, place, end, exact=True, has_month=True)


def _numbered_weekday(
    scene: Scene,
    place: int,
    weekday: int,
    said: tuple[int, bool, date],
    number: tuple[int, int, bool],
) -> Day | None:
    """ "Friday 6th": a day of the month without its month must fall on that weekday."""
    row, language = scene.row, scene.language
    (at, has_the, start), (day, end, is_ordinal) = said, number
    if not (is_ordinal or has_the or row.number[at] or language.code == "es"):
        return None
    sure = day > 12 and row.word[end] not in language.no_sum_after and not is_glued_word(scene, end)
    if not (sure or may_end_day(scene, end, is_ordinal)):
        return None
    if not (is_ordinal or has_the) and day <= 12 and row.word[end] in {"in", "at"} and (
        row.word[end + 1 + (row.word[end + 1] == "the")] in language.morning | language.evening
    ):  # fmt: skip
        return None  # "Thursday 7 in the morning"
    found = next_day_of_month(start, day, weekday) or next_day_of_month(scene.today, day, weekday)
    if found is None or (not is_ordinal and not has_the and (found - scene.today).days > 35):
        return None
    return Day(found, place, end, exact=True)


def _which_week(scene: Scene, place: int, weekday: int) -> tuple[date, int]:
    """The day that a weekday means, with what stands about it: this, next, a week on."""
    row, language = scene.row, scene.language
    before, after = row.word[place - 1], row.word[place + 1]
    today = scene.today
    next_week = _says_next_week(scene, place)
    if before in language.next or next_week:
        return in_next_week(today, weekday), place + 1 + next_week
    if after == "que" and row.word[place + 2] in {"viene", "entra"}:
        return on_weekday(today, weekday), place + 3
    last = scene.days[-1] if scene.days else None
    if back := _before_a_day(scene, place, weekday, last):
        return back, place + 1 + (after == "before")
    if last and last.exact and place - last.end < 16 and (
        before in language.from_to or (before == "the" and language.code == "en")
    ):  # fmt: skip
        return on_weekday(last.value, weekday), place + 1
    coming = on_weekday(today, weekday, with_today=before in language.this)
    week_after = after in language.day_after_next and row.word[place + 2] not in {"off", "is"}
    weeks_on = _weeks_on(row.word, place) if language.code == "en" else 0
    if week_after or weeks_on:
        return coming + timedelta(days=7 * (weeks_on or 1)), place + 1 + week_after
    return coming, place + 1


def _before_a_day(scene: Scene, place: int, weekday: int, last: Day | None) -> date | None:
    """ "they start on the 23rd, clear it by the Friday before": counted back from that day."""
    row = scene.row
    said = row.word[place - 2 : place] == ["by", "the"] and scene.language.code == "en"
    if not (said and last and last.exact) or place - last.end > _BACK_REACH:
        return None
    found = last.value - timedelta(days=(last.value.weekday() - weekday) % 7 or 7)
    return found if found >= scene.today else None


def _nth_of_month(scene: Scene, place: int, weekday: int) -> Day | None:
    """ "the last Friday of the month", "first Monday of June"."""
    word = scene.row.word
    nth = _NTH.get(word[place - 1])
    if nth is None or word[place + 1] != "of":
        return None
    at = place + 2 + (word[place + 2] in {"the", "this"})
    month = scene.language.months.get(word[at], scene.today.month if word[at] == "month" else None)
    if month is None:
        return None
    year = scene.today.year + (month < scene.today.month)
    first = on_weekday(date(year, month, 1), weekday, with_today=True)
    found = first + timedelta(days=7 * nth)
    if nth < 0 or found.month != month:
        found = first + timedelta(days=28 if (first + timedelta(days=28)).month == month else 21)
    return Day(found, place - 1, at + 1, exact=True) if found >= scene.today else None


def _weeks_on(word: list[str], place: int) -> int:
    """ "a week on Tuesday", "two weeks on Friday", "a fortnight on Saturday"."""
    if word[place - 1] != "on":
        return 0
    if word[place - 2] == "fortnight":
        return 2
    if word[place - 2] == "weeks":
        return {"two": 2, "2": 2, "three": 3, "3": 3}.get(word[place - 3], 0)
    return int(
        word[place - 2] in {"week", "wk"} and word[place - 3] not in {"this", "next", "last"}
    )


def _says_next_week(scene: Scene, place: int) -> int:
    """How many words of "next week", "of next week" stand after a weekday."""
    follow = scene.row.word[place + 1 : place + 4]
    if follow[:2] == ["next", "week"]:
        return 2
    return 3 if follow == ["of", "next", "week"] else 0
