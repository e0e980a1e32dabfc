"""The pieces that a day is put together from: its number, its month, its year."""

import re
from datetime import date

from stillwater.reading.facts.calendar import FARTHEST, day_of, next_day_and_month
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Scene

SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_NOT_ORDINAL_OF = words(
    "floor birthday bday anniversary night time year class grade place week term "
    "session street st ave avenue round attempt party step degree month visit wife "
    "husband baby child lesson stage day appointment try graders generation "
    "century person row form letter chance thing wedding offence offense quarter "
    "trimester son daughter cousin option priority tag tagen mal stock etage part "
    "parade notice reminder attempt warning party's home hand"
)
_ENDS_DAY = words(
    "si tu te se lo le me nos que por para con sin ya pero cuando wenn bitte at by if "
    "and or i we is for to from in on as of , . ; : - – ? ! \n please pls latest he "
    "she they you u so but not instead because cos that with until till und oder um "
    "wird ist y a rather it the ok okay then no noon morning evening afternoon will "
    "i'll ill ( ) when after before about ta thanks x got both pick it's its"
) | {"", "\n"}
TENS = {"twenty": 20, "thirty": 30}
_YEAR = re.compile(r"20\d\d")


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
        return (int(word), after, False) if not is_glued_word(scene, after) else None
    return _spoken_day(scene, place)


def is_glued_word(scene: Scene, place: int) -> bool:
    """ "46A", "5pm", "185k": what follows without a space makes another thing of a number."""
    row = scene.row
    return row.glued[place] and (row.word[place].isalpha() or row.word[place] in "%£$€/")


def _spoken_day(scene: Scene, place: int) -> tuple[int, int, bool] | None:
    row, language = scene.row, scene.language
    word, follows = row.word[place], row.word[place + 1]
    hyphen = follows == "-" and row.glued[place + 1]
    second = row.word[place + 2] if hyphen else follows
    end = place + (3 if hyphen else 2)
    if word in TENS and 1 <= (unit := language.ordinals.get(second, 0)) <= 9:
        return (TENS[word] + unit, end, True) if TENS[word] + unit <= 31 else None
    if word in language.ordinals:
        return language.ordinals[word], place + 1, True
    if word in TENS and 1 <= (unit := language.numbers.get(second, 0)) <= 9:
        return (TENS[word] + unit, end, False) if TENS[word] + unit <= 31 else None
    number = language.numbers.get(word, 0)
    return (number, place + 1, False) if 1 <= number <= 31 else None


def month_after(scene: Scene, place: int) -> tuple[int, int] | None:
    """(month, first token after it) where a month's name stands here, after "of" or a dot."""
    row = scene.row
    at = place
    if row.word[at] in scene.language.of or (row.word[at] == "." and row.glued[at]):
        at += 1
    if row.word[at] in scene.language.of:
        at += 1
    month = scene.language.months.get(row.word[at])
    if month is None or (row.word[at] in scene.names and row.shown[at].islower()):
        return None
    return month, at + 1


def year_after(scene: Scene, place: int) -> tuple[int | None, int]:
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


def _is_small(scene: Scene, end: int) -> bool:
    """ "the 2nd half", "the 1st one": but "the 16th half 1" is a day and an hour."""
    word = scene.row.word[end - 1]
    if word in SUFFIXES:
        return scene.row.word[end - 2] in {"1", "2", "3", "4"}
    return scene.language.ordinals.get(word, 9) < 5


def may_end_day(scene: Scene, end: int, is_ordinal: bool) -> bool:
    row = scene.row
    word = row.word[end]
    to_weekday = row.word[end + 1] in scene.language.weekdays  # "Sat 14th/Sun 15th"
    to_another = word == "-" and is_ordinal and row.word[end + 2] in SUFFIXES  # "5th-7th"
    follows_on = (word in "/%-" and not (to_weekday or to_another)) or (
        word == ":" and row.number[end + 1]
    )
    if row.glued[end] and (follows_on or word.isalpha()):
        return False
    if is_ordinal:
        return word not in _NOT_ORDINAL_OF and not (
            word in {"half", "one"} and _is_small(scene, end)
        )
    return word in _ENDS_DAY or row.number[end] or word in scene.language.latest
