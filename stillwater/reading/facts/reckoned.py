"""Days reckoned from the day of arrival: today, in two weeks, end of July."""

from collections.abc import Iterator
from datetime import timedelta

from stillwater.reading.facts.calendar import month_end, month_start
from stillwater.reading.facts.mention import Day, Scene

_GREETING_OR_MORNING = frozenset({"guten", "am", "jeden", "gutn", "la", "esta", "every", "good"})
_MONTH = frozenset({"month"})
_NOT_GIVEN = frozenset({"i", "we", "to", "only", "not", "don't", "dont"})  # "I have 10 days to"
MOST_AHEAD = 60  # of "in N days" or weeks


def relative_at(scene: Scene, place: int) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word, before = row.word[place].removesuffix("'s"), row.word[place - 1]
    ahead = language.relative[word]
    if word in {"morgen", "mañana", "manana"} and before in _GREETING_OR_MORNING:
        return
    if row.word[place - 2 : place] == ["day", "after"]:
        ahead += 1
    if row.word[place - 2 : place] == ["a", "fortnight"]:
        ahead += 14
    if word.startswith("ma") and before == "pasado":
        ahead += 1
    if before in language.day_after_next | {"weeks"} or row.word[place + 1] == "week":
        return
    value = scene.today + timedelta(days=ahead)
    yield Day(value, place, place + 1, evening=word in language.evening_days)


def reckoned_at(scene: Scene, place: int) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word = row.word[place]
    if word in _MONTH:
        yield from _month_end(scene, place)
    elif word in language.ends:
        yield from _end_of(scene, place)
    elif word in language.in_:
        yield from _in_so_many(scene, place)
    elif row.word[place + 1] in {"today", "tomorrow", "tmrw"} or row.word[place + 1] == "on":
        yield from _weeks_from(scene, place)


def _in_so_many(scene: Scene, place: int) -> Iterator[Day]:
    """ "in two weeks", "in 10 days", "in a fortnight", "in zwei Wochen", "en dos semanas"."""
    row, language = scene.row, scene.language
    at = place + 1 + (row.word[place + 1] in {"about", "de", "exactly"})
    count = _count(scene, at)
    unit = row.word[at + 1]
    if row.word[at + 2] == "or":
        return  # "in a week or so"
    if row.word[at : at + 2] == ["a", "fortnight"]:
        yield Day(scene.today + timedelta(days=14), place, at + 2)
    elif count and unit in language.weeks and row.word[at + 2] not in {"'", "time"}:
        yield Day(scene.today + timedelta(days=7 * count), place, at + 2)
    elif count and unit in language.days:
        yield Day(scene.today + timedelta(days=count), place, at + 2)


def within_at(scene: Scene, place: int) -> Iterator[Day]:
    """ "within 14 days", "you have 21 days to object", "30 days from today": a last day."""
    row, language = scene.row, scene.language
    word = row.word[place]
    count, unit = _count(scene, place + 1), row.word[place + 2]
    times = 7 if unit in language.weeks else 1 if unit in language.days else 0
    if not (count and times) or row.word[place - 1] in _NOT_GIVEN:
        return
    end = place + 3
    follows = row.word[end : end + 2]
    from_now = follows in (["from", "today"], ["from", "now"])
    if word == "within":
        given = follows[:1] not in (["of"], ["from"]) or from_now or follows[1:] == ["this"]
    else:
        given = follows[:1] == ["to"] or from_now
    if given:
        value = scene.today + timedelta(days=times * count)
        yield Day(value, place, end + 2 * from_now, due=True)


def _weeks_from(scene: Scene, place: int) -> Iterator[Day]:
    """ "two weeks today", "a week tomorrow"."""
    row, language = scene.row, scene.language
    count = _count(scene, place - 1)
    ahead = language.relative.get(row.word[place + 1])
    if count and ahead is not None:
        yield Day(scene.today + timedelta(days=7 * count + ahead), place, place + 2)


def _count(scene: Scene, place: int) -> int | None:
    row = scene.row
    word = row.word[place]
    if word in {"a", "an", "einer", "einem", "una", "un"}:
        return 1
    if row.number[place]:
        return int(word) if word.isdecimal() and 0 < len(word) <= 2 <= MOST_AHEAD else None
    number = scene.language.numbers.get(word)
    return number if number and number <= MOST_AHEAD else None


def _month_end(scene: Scene, place: int) -> Iterator[Day]:
    """ "by month end", "month-end": as they say in India and in Africa."""
    row = scene.row
    at = place + 1 + (row.word[place + 1] == "-")
    if row.word[at] in scene.language.ends and row.word[place - 1] not in {"next", "last", "each"}:
        yield Day(month_end(scene.today), place, at + 1, exact=True, is_end=True)


def _end_of(scene: Scene, place: int) -> Iterator[Day]:
    """ "end of July", "end of the month", "Ende März": its last day, and a last day it is."""
    row, language = scene.row, scene.language
    at = place + 1
    while row.word[at] in {"of", "the", "this", "de", "del", "des", "dieses", "next"} and (
        at < place + 4
    ):
        at += 1
    month = language.months.get(row.word[at])
    if month:
        begins = month_start(scene.today, month)
    elif row.word[at] in {"month", "monats", "mes"} and "next" not in row.word[place:at]:
        begins = scene.today
    else:
        return
    if begins:
        yield Day(month_end(begins), place, at + 1, exact=True, is_end=True)
