"""Which days a text names, and which day each is. Nothing that can be read two ways is read."""

from collections.abc import Iterator
from datetime import date, timedelta

from stillwater.reading.facts.calendar import month_start, next_day_of_month, on_weekday
from stillwater.reading.facts.day_parts import (
    TENS,
    day_number,
    may_end_day,
    month_after,
    resolved,
    year_after,
)
from stillwater.reading.facts.feasts import FIRST_WORDS, feast_at
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import MOST, Day, Scene
from stillwater.reading.facts.months import from_month
from stillwater.reading.facts.numerals import numeral_day_at
from stillwater.reading.facts.reckoned import reckoned_at, relative_at, within_at
from stillwater.reading.facts.weekdays import from_weekday

# "won 2nd", "his 14th": no days
_BEFORE_BARE_FIGURE = words("before by until till after")
_SHARES = words(", per as half")
_GIVES_DAYS = words("within have has got")
_PLACINGS = words("won came finished placed ranked his her my our your their ur")


def find_days(scene: Scene) -> None:
    """Fill ``scene.days``, in the order of the text."""
    row = scene.row
    start = scene.today
    place, stop = row.places.start, row.places.stop
    while place < stop and len(scene.days) < MOST:
        if row.taken[place]:
            place += 1
            continue
        found = tuple(_days_at(scene, place, start))
        for day in found:
            scene.add_day(day)
            row.take(day.start, day.end)
            if day.has_month and day.value >= scene.today:
                start = max(scene.today, day.value.replace(day=1))
        if not found:
            start = _month_named(scene, place, start)
            place += 1
        else:
            place = max(day.end for day in found)


def _month_named(scene: Scene, place: int, start: date) -> date:
    """ "September: the 5th": a month that stands alone says where bare days are."""
    word = scene.row.word[place].removesuffix("'s")
    month = scene.language.months.get(word)
    if month is None or word in {"may", "mar", "mai", "sept", "sep", "so"} or word in scene.names:
        return start
    begins = month_start(scene.today, month)
    return max(scene.today, begins) if begins else start


def _days_at(scene: Scene, place: int, start: date) -> Iterator[Day]:
    word = scene.row.word[place].removesuffix("'s")
    language = scene.language
    if scene.row.number[place]:
        yield from _from_number(scene, place, start)
    elif word in language.weekdays:
        yield from from_weekday(scene, place, start)
    elif scene.row.word[place] in language.months:
        yield from from_month(scene, place)
    elif word in language.relative:
        yield from relative_at(scene, place)
    elif word in FIRST_WORDS and (feast := feast_at(scene, place)):
        yield Day(feast[0], place, feast[1], exact=True)
    elif word in language.ends or word in language.in_ or word in language.weeks or word == "month":
        yield from reckoned_at(scene, place)
    elif _may_begin_day(scene, place, word):
        yield from _bare(scene, place, start)
    else:
        yield from _days_of_a_span(scene, place)


def _days_of_a_span(scene: Scene, place: int) -> Iterator[Day]:
    """ "within 14 days"; "this weekend"."""
    word, language = scene.row.word[place], scene.language
    if word in _GIVES_DAYS and language.code == "en":
        yield from within_at(scene, place)
    elif word == "weekend" and scene.row.word[place - 1] in language.this:
        saturday = on_weekday(scene.today, 5, with_today=True)
        for day in (saturday, saturday + timedelta(days=1)):
            yield Day(day, place, place + 1)


def _may_begin_day(scene: Scene, place: int, word: str) -> bool:
    """An article or a number in words, before or as a day of the month."""
    language = scene.language
    if word in language.ordinals or word in TENS or word in language.the:
        return True
    return (
        word in language.numbers
        and language.code == "es"
        and (month_after(scene, place + 1) is not None)
    )


def _from_number(scene: Scene, place: int, start: date) -> Iterator[Day]:
    if scene.row.word[place + 1] == "/" and (first := _number_before_slash(scene, place)):
        spans = tuple(_span_before_month(scene, place, first))
        if spans:
            yield from spans
            return
    numeral = numeral_day_at(scene, place)
    if numeral:
        yield from _resolved_day(scene, place, numeral[0], numeral[1:])
        return
    first = day_number(scene, place)
    if first is None:
        return
    spans = tuple(_span_before_month(scene, place, first))
    if spans:
        yield from spans
        return
    month = month_after(scene, first[1])
    if month:
        year, end = year_after(scene, month[1])
        yield from _resolved_day(scene, place, end, (year, month[0], first[0]))
    else:
        yield from _bare(scene, place, start)


def _number_before_slash(scene: Scene, place: int) -> tuple[int, int, bool] | None:
    word = scene.row.word[place]
    return (int(word), place + 1, False) if word.isdecimal() and len(word) <= 2 else None


def _resolved_day(
    scene: Scene, place: int, end: int, said: tuple[int | None, int, int]
) -> Iterator[Day]:
    """The day that year, month and day say; one that is past is no fact, and no hour either."""
    found = resolved(scene, *said)
    if found:
        yield Day(found, place, end, exact=True, has_month=True)
    else:
        scene.row.take(place, end)


def _span_before_month(scene: Scene, place: int, first: tuple[int, int, bool]) -> Iterator[Day]:
    """ "16 to 30 April", "23-30 May", "29/30 Aug": the month stands once."""
    row = scene.row
    joint = row.word[first[1]]
    if not (joint in scene.language.from_to or joint in {"/", "and", "&", "und", "y"}):
        return
    second = day_number(scene, first[1] + 1)
    if second is None or second[0] <= first[0]:
        return
    month = month_after(scene, second[1])
    if month is None:
        return
    year, end = year_after(scene, month[1])
    days = [resolved(scene, year, month[0], n) for n in (first[0], second[0])]
    if days[0] and days[1]:
        yield Day(days[0], place, first[1], exact=True, has_month=True)
        yield Day(days[1], first[1] + 1, end, exact=True, has_month=True)


def _bare(scene: Scene, place: int, start: date) -> Iterator[Day]:
    """ "the 14th", "14th", "the fourteen", "den 14.", "el 14"."""
    row, language = scene.row, scene.language
    has_the = row.word[place] in language.the
    at = place + has_the
    if has_the and row.taken[at]:
        return
    number = day_number(scene, at)
    if number is None:
        return
    day, end, is_ordinal = number
    before = row.word[place - 1]
    if not _may_be_bare(scene, at, number, has_the, before):
        return
    month = month_after(scene, end)
    if month:
        year, end = year_after(scene, month[1])
        found = resolved(scene, year, month[0], day)
        if found is None:
            row.take(place, end)
    else:
        begins = _linked_start(scene, place, start)
        found = next_day_of_month(begins, day)
        if found and begins == start != scene.today and found.month != begins.month:
            found = next_day_of_month(scene.today, day)  # "the Feb invoice, due on the 31st"
    if found and (is_ordinal or has_the or month or before in _BEFORE_BARE_FIGURE):
        yield Day(found, place, end, exact=True, has_month=month is not None)


def _linked_start(scene: Scene, place: int, start: date) -> date:
    """ "from 28 March until the 4th": the end of a span lies after its beginning."""
    last = scene.days[-1] if scene.days else None
    linked = last and place - last.end <= 2 and scene.row.word[last.end] in scene.language.from_to
    return max(start, last.value) if last and linked else start


def _may_be_bare(
    scene: Scene, at: int, number: tuple[int, int, bool], has_the: bool, before: str
) -> bool:
    row = scene.row
    _, end, is_ordinal = number
    if row.word[end] == "-" and row.glued[end] and not row.number[end + 1]:
        return False
    if month_after(scene, end):
        return True
    if not may_end_day(scene, end, is_ordinal):
        return False
    if row.number[at]:
        return _figure_may_be_bare(scene, end, is_ordinal, has_the, before)
    # In words only with an article, and not "the first to call", "the second desk"
    if not has_the or (is_ordinal and _is_one_of_some(scene, number)):
        return False
    return is_ordinal or (number[0] > 12 and scene.language.code == "en")


def _is_one_of_some(scene: Scene, number: tuple[int, int, bool]) -> bool:
    """ "the second of the set", "the second desk", "yours the second, as ordered"."""
    row, (count, end, _) = scene.row, number
    if row.word[end : end + 2] == ["of", "the"]:
        return row.word[end + 2] not in {"month", "next", "following"}
    return count < 4 and (row.word[end] in _SHARES or not may_end_day(scene, end, False))


def _figure_may_be_bare(
    scene: Scene, end: int, is_ordinal: bool, has_the: bool, before: str
) -> bool:
    language = scene.language
    if before in _PLACINGS:
        return False
    if scene.row.word[end - 1] == ".":
        return has_the or before in language.by | language.on | {"ab", "seit"}
    if before in _BEFORE_BARE_FIGURE and not is_ordinal:
        return int(scene.row.word[end - 1]) > 12  # "before 31"; up to 12 it may be an hour
    return is_ordinal or (has_the and language.code != "de")
