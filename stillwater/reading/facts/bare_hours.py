"""Bare numbers that only what stands about them makes hours: "at 4", "6 not 5", "Saturday 11"."""

import re

from stillwater.reading.facts.clock_parts import (
    CLOCK,
    ISH,
    OPENS,
    hour_number,
    is_glued,
    is_rejected,
)
from stillwater.reading.facts.language import words
from stillwater.reading.facts.mention import Hour, Scene

_THREE_DIGITS = re.compile(r"[1-9][0-5]\d")
_STREETS = words(
    "road rd street st lane ln avenue ave close grove drive dr way court ct place terrace crescent "
    "gardens gdns square hill park acacia floor"
)
_OPENS_SPAN = frozenset({"between", "from", "visiting", "at", "do"})
_AT = frozenset({"at", "@", "till", "til", "it"})
_COUNTED = frozenset({"other", "more", "different", "new", "old", "big", "small", "full"})
_AGES = frozenset({"turns", "turn", "turning", "turned", "he's", "she's", "hes", "shes"})
_ENDS = frozenset({"", ".", "?", "!", ",", "\n"})
_THERE = frozenset({"yours", "mine", "there", "on", "up", "here", "it"})
_JOINTS = frozenset({"to", "-", "–", "til", "till", "until"})
_SHARP = frozenset({"bells", "sharp", "onwards", "prompt", "start", "kickoff", "ish", "pünktlich"})
_ABOUT = frozenset({"about", "around", "maybe", "like", "almost", "nearly", "just"})
_NO_HOUR_AFTER = frozenset("£$€-/+")


def bare_hour_at(scene: Scene, place: int) -> Hour | None:
    """A number that only its neighbours make an hour."""
    row = scene.row
    hour = hour_number(scene, place)
    if hour is None or (hour > 12 and scene.language.code == "en"):
        return None
    if row.glued[place] and row.word[place - 1].isalpha():
        return None  # "T5"
    after = place + 1
    ish = row.word[after] in ISH
    end = after + ish
    if not ish and _begins_span(scene, place):
        return Hour(hour, 0, place, after, loose=True)
    if not ish and (
        is_glued(scene, after)
        or (
            row.word[after] in {"-", "–", ".", ":"}
            and row.number[after + 1]
            and row.glued[after + 1]
        )
    ):
        return None
    if not (_may_end_hour(scene, end) and (ish or _is_placed(scene, place, end))):
        return None
    return Hour(hour, 0, place, end, sure=hour > 12, loose=True)


def of_24_hours_at(scene: Scene, place: int) -> Hour | None:
    """ "at 17 not 15.20", "Thursday at 14, I go": on a day, or in another's stead."""
    row = scene.row
    end = place + 1
    hour = hour_number(scene, place)
    if hour is None or hour <= 12 or scene.is_money or not row.number[place]:
        return None
    if is_glued(scene, end):
        return None
    if _rejects_another(scene, end):
        return Hour(hour, 0, place, end, sure=True, loose=True)
    placed = row.word[place - 1] in {"at", "@", "from"} and row.word[end] in _ENDS
    sentence = row.sentence[place]
    if placed and any(row.sentence[day.start] == sentence for day in scene.days):
        return Hour(hour, 0, place, end, sure=True, loose=True)
    return None


def _begins_span(scene: Scene, place: int) -> bool:
    """ "Friday 3-5", "10-12 on Saturday", "between 2-4"."""
    row = scene.row
    if scene.is_money or not row.number[place] or row.word[place + 1] not in {"-", "–"}:
        return False
    hour, other = hour_number(scene, place), hour_number(scene, place + 2)
    if hour is None or other is None or max(hour, other) > 12 or hour == other:
        return False
    end = place + 3
    if row.taken[place + 2] or is_glued(scene, end) or not _may_end_hour(scene, end):
        return False
    return (
        scene.day_ending_at(place) is not None
        or scene.day_starting_at(end) is not None
        or row.word[place - 1] in _OPENS_SPAN
    )


def span_end_at(scene: Scene, first: Hour) -> Hour | None:
    """The other end of "8 to 12", "between 9 and 1", "noon to 3"; its own half is not said."""
    row = scene.row
    joint = row.word[first.end]
    opens = row.word[first.start - 1]
    if joint not in _JOINTS and not (joint == "and" and opens in {"between", "at"}):
        return None
    at = first.end + 1 + (row.word[first.end + 1] == "the")
    hour = hour_number(scene, at)
    end = at + 1
    if hour is None or hour > 12 or row.taken[at] or not _may_end_hour(scene, end):
        return None
    if is_glued(scene, end) or (row.word[end] in {".", ":"} and row.number[end + 1]):
        return None
    if scene.is_money and first.loose:
        return None
    return Hour(hour, 0, at, end, loose=True, after=first)


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
        or _starts_anew(scene, end)
        or word in scene.names
        or word in language.relative
        or word in language.weekdays
        or word in language.morning
        or word in language.evening
    )
    return known or scene.day_starting_at(end) is not None or row.shown[end][:1].isupper()


def _starts_anew(scene: Scene, end: int) -> bool:
    """ "at 10 put the bike out", "sunday 11 meadowhall": a new thought, and nothing counted.

    Right after "at" or a day, where no street follows and the word is no plural.
    """
    row = scene.row
    if scene.is_money or scene.language.code != "en" or not row.number[end - 1]:
        return False
    if row.word[end] in _COUNTED:
        return False
    placed = row.word[end - 2] in _AT or scene.day_ends.get(end - 1) is not None
    is_plural = row.word[end].endswith("s") and not row.word[end].endswith("ss")
    is_street = row.any_of(_STREETS, end, end + 3)
    return placed and not is_plural and not is_street and not row.number[end + 1]


def _is_placed(scene: Scene, place: int, end: int) -> bool:
    """Whether something about a bare number says that it is an hour."""
    row, language = scene.row, scene.language
    before, follows = row.word[place - 1], row.word[end]
    if before in language.no_sum_before - {"about"} or before in _NO_HOUR_AFTER:
        return False
    if before in _AGES:
        return False
    if _after_at(scene, place, end) or scene.day_ending_at(place) is not None:
        return True
    if (scene.day_starting_at(end) is not None and _day_is_near(scene, end)) or (
        follows in _SHARP
        or follows in language.evening_days
        or _says_half(scene, end)
        or (
            follows in language.weekdays
            and row.word[end + 1] in language.morning | language.evening
        )
    ):
        return True
    return not scene.is_money and _stands_for_an_hour(scene, place, end)


def _says_half(scene: Scene, end: int) -> bool:
    """ "6 at night", "8 in the morning"."""
    row, language = scene.row, scene.language
    at = end + 1 + (row.word[end + 1] == "the")
    return row.word[end] in {"at", "in"} and row.word[at] in language.morning | language.evening


def may_stand_alone(scene: Scene, place: int, end: int) -> bool:
    """Whether a number of three figures is an hour: after a day, or in another's stead."""
    if not _may_end_hour(scene, end):
        return False
    if scene.day_ending_at(place) is not None:
        return True
    row = scene.row
    for_child = row.word[end] == "for" and row.word[end + 1] in scene.names and row.number[place]
    return for_child or row.word[end] in scene.names or _rejects_another(scene, end)


def _stands_for_an_hour(scene: Scene, place: int, end: int) -> bool:
    """Beside a child's name, alone in its sentence, or instead of another hour."""
    row = scene.row
    follows = row.word[end]
    for_child = follows == "for" and row.word[end + 1] in scene.names and row.number[place]
    on_the_dot = row.word[end : end + 3] == ["on", "the", "dot"]
    begins = row.sentence[place - 1] != row.sentence[place]
    in_its_stead = begins and follows == "instead" and row.number[place]
    if follows in scene.names or for_child or on_the_dot or in_its_stead:
        return True
    if begins and (not follows.isalpha() or follows == "now"):
        if row.word[place - 1] == "\n" and row.word[end + 1] not in {"", "\n"}:
            return False  # "1. Meter readings by 1 July"
        return row.number[place] and follows in {".", "?", "!", "", "now"}
    if scene.days and follows in {"till", "til", "until"} and hour_number(scene, end + 1):
        return True
    if is_rejected(scene, place) or _rejects_another(scene, end):
        return True
    last = scene.hours[-1] if scene.hours else None  # "not 5, 6"
    return last is not None and last.end == place - 1 and is_rejected(scene, last.start)


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
        # "at 14 Acacia Road" is no hour; "at 12 Saturday" is
        is_address = (
            follows[:1].isalpha()
            and row.shown[end][:1].isupper()
            and scene.day_ends.get(at) is None  # "the 10th at 6 Forest Hall"
        )
        return not is_address or follows in scene.names or follows in language.weekdays
    if before in language.at:
        return not scene.is_money or follows in language.evening_days
    return scene.language.code == "en" and _after_verb(scene, place, end, at)


def _after_verb(scene: Scene, place: int, end: int, at: int) -> bool:
    """ready 11, in for 7, there for 8, make it 6, be there 10 then; ``at``: the word before."""
    row = scene.row
    before, earlier, follows = row.word[at], row.word[at - 1], row.word[end]
    if before == "ready" or (before == "for" and earlier == "in"):
        return not scene.is_money
    if before == "for":
        return follows in _ENDS and earlier in _THERE
    return (before == "it" and earlier in {"make", "makes", "say", "til"}) or (
        row.number[place]
        and before in {"there", "here", "be", "now"}
        and follows in {"then", "not", "instead", ".", "", "latest", "if"}
        and not scene.is_money
    )


def _rejects_another(scene: Scene, end: int) -> bool:
    """ "6 not 5", "7 at the Publix no 6:15": another hour is put off for this one."""
    row = scene.row
    for at in range(end, end + 7):
        word = row.word[at]
        if not word or (row.sentence[at] != row.sentence[end - 1]):
            return False
        if row.number[at] or word in scene.language.numbers or word in OPENS:
            looks = (
                CLOCK.fullmatch(word) is not None
                or hour_number(scene, at) is not None
                or word in {"half", "quarter"}
                or _THREE_DIGITS.fullmatch(word) is not None
                or word in scene.language.noon
            )
            return looks and is_rejected(scene, at)
    return False
