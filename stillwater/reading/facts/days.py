"""Which days a text names, and which day each is. Nothing that can be read two ways is read."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from stillwater.reading.facts.calendar import (
    FARTHEST,
    day_of,
    in_next_week,
    month_end,
    month_start,
    next_day_and_month,
    next_day_of_month,
    on_weekday,
)
from stillwater.reading.facts.feasts import FIRST_WORDS, feast_at
from stillwater.reading.facts.mention import MOST, Day, Scene
from stillwater.reading.facts.numerals import numeral_day_at

_AFTER_VERB = frozenset(
    "in there on down here outside up cream tan with next waiting watching through opposite beside "
    "by alone back shining sets".split()
)
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_NOT_ORDINAL_OF = frozenset(
    "floor birthday bday anniversary night time year class grade place half week term session "
    "street st ave avenue round attempt party step degree month visit wife husband baby child "
    "lesson stage day appointment try one graders generation century person row form letter "
    "chance thing wedding offence offense quarter trimester son daughter cousin option priority "
    "tag tagen mal stock etage part parade notice reminder attempt warning party's home hand".split()
)
_ENDS_DAY = frozenset(
    "at by if and or i we is for to from in on as of , . ; : - – ? ! \n please pls latest he she "
    "they you u so but not instead because cos that with until till und oder um wird ist y a "
    "rather it the ok okay then no noon morning evening afternoon will i'll ill ( ) when after "
    "before about ta thanks x got both pick".split()
) | {""}
_TENS = {"twenty": 20, "thirty": 30}
_GREETING_OR_MORNING = frozenset({"guten", "am", "jeden", "gutn", "la", "esta", "every", "good"})
_YEAR = re.compile(r"20\d\d")
MOST_AHEAD = 60  # of "in N days" or weeks

Found = tuple[Day, ...]


def find_days(scene: Scene) -> None:
    """Fill ``scene.days``, in the order of the text."""
    row = scene.row
    start = scene.today
    place = row.places.start
    while place < row.places.stop and len(scene.days) < MOST:
        if row.taken[place]:
            place += 1
            continue
        found = tuple(_days_at(scene, place, start))
        for day in found:
            scene.add_day(day)
            row.take(day.start, day.end)
            if day.has_month and day.value >= scene.today:
                start = max(scene.today, day.value.replace(day=1))
        start = _month_named(scene, place, start) if not found else start
        place = max((day.end for day in found), default=place + 1)


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
        yield from _from_weekday(scene, place, start)
    elif scene.row.word[place] in language.months:
        yield from _from_month(scene, place)
    elif word in language.relative:
        yield from _relative(scene, place)
    elif word in FIRST_WORDS:
        feast = feast_at(scene, place)
        if feast:
            yield Day(feast[0], place, feast[1], exact=True)
    elif word in language.ends or word in language.in_ or word in language.weeks:
        yield from _reckoned(scene, place)
    elif word in language.ordinals or word in _TENS or word in language.the:
        yield from _bare(scene, place, start)
    elif word in language.numbers and language.code == "es" and _month_after(scene, place + 1):
        yield from _bare(scene, place, start)
    elif word == "weekend" and scene.row.word[place - 1] in language.this:
        saturday = on_weekday(scene.today, 5, with_today=True)
        for day in (saturday, saturday + timedelta(days=1)):
            yield Day(day, place, place + 1)


# One day of the month: 14, 14th, 14., fourteenth, twenty fifth ------------------------------


def day_number(scene: Scene, place: int) -> tuple[int, int, bool] | None:
    """(day, first token after it, whether it is an ordinal) where a day could stand here."""
    row = scene.row
    word = row.word[place]
    if row.number[place]:
        if not (word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31):
            return None
        after = place + 1
        if row.word[after] in SUFFIXES and (row.glued[after] or row.word[after] != "st"):
            return int(word), after + 1, True
        if row.word[after] == "." and row.glued[after] and scene.language.code == "de":
            return int(word), after + 1, True
        return (int(word), after, False) if not _is_glued_word(scene, after) else None
    return _spoken_day(scene, place)


def _is_glued_word(scene: Scene, place: int) -> bool:
    """ "46A", "5pm", "185k": what follows without a space makes another thing of a number."""
    row = scene.row
    return row.glued[place] and (row.word[place].isalpha() or row.word[place] in "%£$€/")


def _spoken_day(scene: Scene, place: int) -> tuple[int, int, bool] | None:
    row, language = scene.row, scene.language
    word, follows = row.word[place], row.word[place + 1]
    hyphen = follows == "-" and row.glued[place + 1]
    second = row.word[place + 2] if hyphen else follows
    end = place + (3 if hyphen else 2)
    if word in _TENS and 1 <= (unit := language.ordinals.get(second, 0)) <= 9:
        return (_TENS[word] + unit, end, True) if _TENS[word] + unit <= 31 else None
    if word in language.ordinals:
        return language.ordinals[word], place + 1, True
    if word in _TENS and 1 <= (unit := language.numbers.get(second, 0)) <= 9:
        return (_TENS[word] + unit, end, False) if _TENS[word] + unit <= 31 else None
    number = language.numbers.get(word, 0)
    return (number, place + 1, False) if 1 <= number <= 31 else None


def _month_after(scene: Scene, place: int) -> tuple[int, int] | None:
    """(month, first token after it) where a month's name stands here, after "of" or a dot."""
    row = scene.row
    at = place
    if row.word[at] in scene.language.of or (row.word[at] == "." and row.glued[at]):
        at += 1
    if row.word[at] in scene.language.of:
        at += 1
    month = scene.language.months.get(row.word[at])
    if month is None or row.word[at] in scene.names and row.shown[at].islower():
        return None
    return month, at + 1


def _year_after(scene: Scene, place: int) -> tuple[int | None, int]:
    """A year that stands here, maybe after a comma, a dot or "de"."""
    row = scene.row
    at = place + (row.word[place] in {",", ".", "de", "del"})
    if _YEAR.fullmatch(row.word[at]) and abs(int(row.word[at]) - scene.today.year) <= 12:
        looks_like_hour = int(row.word[at]) > scene.today.year + 2
        if not looks_like_hour:
            return int(row.word[at]), at + 1
    return None, place


def resolved(scene: Scene, year: int | None, month: int, day: int) -> date | None:
    """The day that is meant, if it lies ahead and not too far."""
    found = (
        next_day_and_month(scene.today, month, day) if year is None else day_of(year, month, day)
    )
    if found is None or not 0 <= (found - scene.today).days <= FARTHEST:
        return None
    return found


# What begins with a number -----------------------------------------------------------------


def _from_number(scene: Scene, place: int, start: date) -> Iterator[Day]:
    numeral = numeral_day_at(scene, place)
    if numeral:
        end, year, month, day = numeral
        found = resolved(scene, year, month, day)
        if found:
            yield Day(found, place, end, exact=True, has_month=True)
        else:
            scene.row.take(place, end)
        return
    first = day_number(scene, place)
    if first is None:
        return
    spans = tuple(_span_before_month(scene, place, first))
    if spans:
        yield from spans
        return
    month = _month_after(scene, first[1])
    if month:
        year, end = _year_after(scene, month[1])
        found = resolved(scene, year, month[0], first[0])
        if found:
            yield Day(found, place, end, exact=True, has_month=True)
        else:
            scene.row.take(place, end)
    else:
        yield from _bare(scene, place, start)


def _span_before_month(scene: Scene, place: int, first: tuple[int, int, bool]) -> Iterator[Day]:
    """ "16 to 30 April", "23-30 May", "29/30 Aug": the month stands once."""
    row = scene.row
    joint = row.word[first[1]]
    if not (joint in scene.language.from_to or joint in {"/", "and", "&", "und", "y"}):
        return
    second = day_number(scene, first[1] + 1)
    if second is None or second[0] <= first[0]:
        return
    month = _month_after(scene, second[1])
    if month is None:
        return
    year, end = _year_after(scene, month[1])
    days = [resolved(scene, year, month[0], n) for n in (first[0], second[0])]
    if days[0] and days[1]:
        yield Day(days[0], place, first[1], exact=True, has_month=True)
        yield Day(days[1], first[1] + 1, end, exact=True, has_month=True)


# What begins with a weekday ----------------------------------------------------------------


def _from_weekday(scene: Scene, place: int, start: date) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word = row.word[place].removesuffix("'s")
    weekday = language.weekdays[word]
    if row.word[place - 1] in {"a", "one"} and language.code == "en" or _is_week_span(scene, place):
        return
    if word in {"sun", "sat", "mon", "mar", "do", "so", "mi", "fr", "di", "mo", "wed"} and (
        not _is_short_day(scene, place)
    ):
        return
    dated = _dated_weekday(scene, place, weekday, start)
    if dated:
        yield dated
        return
    before = row.word[place - 1]
    recurring = word.endswith("days") or before in language.each
    if before in language.last and before != "past":
        row.take(place, place + 1)
        return
    found, end = _which_week(scene, place, weekday)
    yield Day(found, place, end, is_weekday=True, recurring=recurring)


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
        return before in {"am", "bis", "ab", "(", "vom", "vor"} or (after == "," or after == ".")
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
        found = resolved(scene, numeral[1], numeral[2], numeral[3])
        return Day(found, place, numeral[0], exact=True, has_month=True) if found else None
    if row.word[at] in language.months:
        dated = tuple(_from_month(scene, at))
        return (
            Day(dated[0].value, place, dated[0].end, exact=True, has_month=True)
            if len(dated) == 1
            else None
        )
    number = day_number(scene, at)
    if number is None:
        return None
    day, end, is_ordinal = number
    month = _month_after(scene, end)
    if month:
        year, end = _year_after(scene, month[1])
        found = resolved(scene, year, month[0], day)
        return Day(found, place, end, exact=True, has_month=True) if found else None
    if not (is_ordinal or has_the or row.number[at] or language.code == "es"):
        return None
    sure = (
        day > 12 and row.word[end] not in language.no_sum_after and not _is_glued_word(scene, end)
    )
    if not (sure or _may_end_day(scene, end, is_ordinal)):
        return None
    found = next_day_of_month(start, day, weekday) or next_day_of_month(scene.today, day, weekday)
    if found is None or (not is_ordinal and not has_the and (found - scene.today).days > 35):
        return None
    return Day(found, place, end, exact=True)


def _may_end_day(scene: Scene, end: int, is_ordinal: bool) -> bool:
    row = scene.row
    word = row.word[end]
    if row.glued[end] and (row.word[end] in ":/%-" or word.isalpha()):
        return False
    if is_ordinal:
        return word not in _NOT_ORDINAL_OF
    return word in _ENDS_DAY or row.number[end] or word in scene.language.latest


def _which_week(scene: Scene, place: int, weekday: int) -> tuple[date, int]:
    """The day that a weekday means, with what stands about it: this, next, a week on."""
    row, language = scene.row, scene.language
    before, after = row.word[place - 1], row.word[place + 1]
    today = scene.today
    if before in language.next and row.word[place - 2] not in {"not"}:
        return in_next_week(today, weekday), place + 1
    if [after, row.word[place + 2]] == ["next", "week"] or (
        [after, row.word[place + 2], row.word[place + 3]] == ["of", "next", "week"]
    ):
        return in_next_week(today, weekday), place + 3
    if after == "que" and row.word[place + 2] in {"viene", "entra"}:
        return on_weekday(today, weekday), place + 3
    last = scene.days[-1] if scene.days else None
    if last and last.exact and before in language.from_to and place - last.end < 8:
        return on_weekday(last.value, weekday), place + 1
    coming = on_weekday(today, weekday, with_today=before in language.this)
    if after in language.day_after_next and row.word[place + 2] not in {"off", "is"}:
        return coming + timedelta(days=7), place + 2
    if row.word[place - 3 : place] == ["a", "week", "on"]:
        return coming + timedelta(days=7), place + 1
    return coming, place + 1


# What begins with a month ------------------------------------------------------------------


def _from_month(scene: Scene, place: int) -> Iterator[Day]:
    """ "March 6th", "Jun 21-27", "Mar 6, 2026"."""
    row = scene.row
    month = scene.language.months[row.word[place]]
    at = place + 1
    at += row.word[at] == "." or row.word[at] in {"the"}
    first = day_number(scene, at)
    if first is None or (not first[2] and not _ends_dated(scene, first[1], at)):
        return
    joint = row.word[first[1]]
    second = (
        day_number(scene, first[1] + 1) if joint in {"-", "–", "to", "through", "thru"} else None
    )
    end = second[1] if second and second[0] > first[0] and second[1] else first[1]
    if second and row.word[first[1] + 1 :][:1] and _month_after(scene, second[1]):
        second, end = None, first[1]
    year, end = _year_after(scene, end)
    one = resolved(scene, year, month, first[0])
    other = resolved(scene, year, month, second[0]) if second and second[0] > first[0] else None
    if one is None:
        row.take(place, end)
        return
    yield Day(one, place, first[1] if other else end, exact=True, has_month=True)
    if other:
        yield Day(other, first[1] + 1, end, exact=True, has_month=True)


def _ends_dated(scene: Scene, end: int, number: int) -> bool:
    """Whether a bare number after a month is its day, and not an hour or a count."""
    row = scene.row
    if not row.number[number]:
        return row.word[end] not in scene.language.no_sum_after
    return row.word[end] not in scene.language.no_sum_after or row.word[end] == "x"


# Words: today, in two weeks, end of July ----------------------------------------------------


def _relative(scene: Scene, place: int) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word, before = row.word[place].removesuffix("'s"), row.word[place - 1]
    ahead = language.relative[word]
    if word in {"morgen", "mañana", "manana"} and before in _GREETING_OR_MORNING:
        return
    if row.word[place - 2 : place] == ["day", "after"]:
        ahead += 1
    if word.startswith("ma") and before == "pasado":
        ahead += 1
    if before in language.day_after_next | {"weeks"} or row.word[place + 1] == "week":
        return
    value = scene.today + timedelta(days=ahead)
    yield Day(value, place, place + 1, evening=word in language.evening_days)


def _reckoned(scene: Scene, place: int) -> Iterator[Day]:
    row, language = scene.row, scene.language
    word = row.word[place]
    if word in language.ends:
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


# A day of the month alone ------------------------------------------------------------------


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
    month = _month_after(scene, end)
    if month:
        year, end = _year_after(scene, month[1])
        found = resolved(scene, year, month[0], day)
        if found is None:
            row.take(place, end)
    else:
        found = next_day_of_month(_linked_start(scene, place, start), day)
    if found and (is_ordinal or has_the or month):
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
    if _month_after(scene, end):
        return True
    if not _may_end_day(scene, end, is_ordinal):
        return False
    if row.number[at] and row.word[end - 1] == ".":
        return has_the or before in scene.language.by | scene.language.on | {"ab", "seit"}
    if row.number[at]:
        return is_ordinal or (has_the and scene.language.code != "de")
    # In words only with an article, and not "the first to call", "the second desk"
    if not has_the or (is_ordinal and number[0] < 4 and not _governs_first(scene, at, before)):
        return False
    return is_ordinal or (number[0] > 12 and scene.language.code == "en")


def _is_third(scene: Scene, at: int) -> bool:
    return scene.language.ordinals.get(scene.row.word[at]) == 3


def _governs_first(scene: Scene, at: int, before: str) -> bool:
    follows = scene.row.word[at + 1]
    return before in scene.language.by | {"on", "due", "till", "until"} or (
        follows in scene.language.of
        or (_is_third(scene, at) and _may_end_day(scene, at + 1, False))
    )
