"""The small word tables of a language, and which language a text is in.

A table says what a word does in a fact: it names a day, stands before an hour,
puts off a day in favour of another, makes a day the last one. No table holds
what somebody may feel; tactics are read elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def numbered(text: str, first: int = 0) -> dict[str, int]:
    """Words by the place of their group; alternatives in a group are joined by ``|``."""
    return {w: n for n, group in enumerate(text.split(), first) for w in group.split("|")}


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    common: frozenset[str]  # words that give the language away
    weekdays: Mapping[str, int]  # Monday is 0
    months: Mapping[str, int]
    relative: Mapping[str, int]  # days from today
    numbers: Mapping[str, int]  # 1 to 90
    ordinals: Mapping[str, int]
    evening_days: frozenset[str]  # words of ``relative`` that say evening
    the: frozenset[str]  # articles before a day of the month
    of: frozenset[str]  # between a day and its month
    at: frozenset[str]  # before an hour
    from_to: frozenset[str]  # between the two ends of a span
    on: frozenset[str]  # may stand between what governs a day and the day
    morning: frozenset[str]
    evening: frozenset[str]
    o_clock: frozenset[str]
    may_follow_hour: frozenset[str]
    this: frozenset[str]
    next: frozenset[str]
    last: frozenset[str]
    each: frozenset[str]  # every Friday is no date
    day_after_next: frozenset[str]  # "Friday week"
    weeks: frozenset[str]
    days: frozenset[str]
    rejects: frozenset[str]  # right before a day or hour that no longer holds
    rejects_pairs: frozenset[tuple[str, str]]
    falls_away: frozenset[tuple[str, str]]  # right after it
    cannot: frozenset[str]
    swaps: frozenset[str]
    swaps_for: frozenset[str]
    by: frozenset[str]  # makes a day the last one
    by_pairs: frozenset[tuple[str, str]]
    until: frozenset[str]  # does so where something is to be done or stays open
    until_with: frozenset[str]
    latest: frozenset[str]  # after the day
    past: frozenset[str]  # "sat on Sunday"
    memory: frozenset[str]
    answer: frozenset[str]  # "tell me … tonight" is a deadline
    owing: frozenset[str]  # words of sums
    no_sum_after: frozenset[str]  # things that are counted
    no_sum_before: frozenset[str]
    noon: Mapping[str, tuple[int, int]]
    ends: frozenset[str]  # "end of" a month
    from_: frozenset[str]  # "from the 13th to the 20th"
    in_: frozenset[str]  # "in two weeks"
