"""Numbers as people write and say them: 1,250 · 1.250,00 · 4,50,000 · three hundred forty."""

import re
from collections.abc import Mapping

from stillwater.reading.facts.tokens import Row

_GROUPED = re.compile(r"(\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d{1,2}))?")
_GROUPED_DOTS = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?")
_PLAIN = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")
LARGEST = 100_000_000_00  # cents
_TIMES = {
    "k": 1_000, "grand": 1_000, "thousand": 1_000, "lakh": 100_000, "lakhs": 100_000,
    "lac": 100_000, "crore": 10_000_000, "million": 1_000_000, "mio": 1_000_000,
    "tausend": 1_000, "mil": 1_000, "m": 1_000_000, "mille": 1_000,
}  # fmt: skip
MULTIPLIERS = frozenset(_TIMES) - {"m"}
_HUNDRED = frozenset({"hundred", "hundert"})
_AND = frozenset({"and", "und", "y"})
_A = frozenset({"a", "an"})
MOST_WORDS = 9  # of one number


def cents_of(token: str) -> int | None:
    """A number with its separators, in hundredths; None where it is no sum."""
    grouped = _GROUPED.fullmatch(token)
    if grouped:
        return _cents(grouped[1].replace(",", ""), grouped[2])
    dotted = _GROUPED_DOTS.fullmatch(token)
    if dotted:
        return _cents(dotted[1].replace(".", ""), dotted[2])
    plain = _PLAIN.fullmatch(token)
    return _cents(plain[1], plain[2]) if plain else None


def _cents(whole: str, rest: str | None) -> int | None:
    if len(whole) > 9:
        return None
    return int(whole) * 100 + int((rest or "0").ljust(2, "0"))


def number_at(
    row: Row, place: int, numbers: Mapping[str, int], *, spaced: bool = False
) -> tuple[int, int] | None:
    """A sum's number that begins here, as (hundredths, first token after it).

    ``spaced``: a space may stand between its thousands, as in "R6 400".
    """
    found = _digits(row, place, spaced) if row.number[place] else spoken_at(row, place, numbers)
    if found is None:
        return None
    cents, end = found
    if row.word[end] == "mil" and "." in row.word[place]:
        return cents * 1_000_000, end + 1  # "1.12 mil": English; Spanish counts thousands whole
    if row.word[end] in _TIMES and (row.word[end] != "m" or row.glued[end]):
        cents *= _TIMES[row.word[end]]
        end += 1
    elif row.word[end : end + 3] == ["and", "a", "half"] and row.word[end + 3] in _TIMES:
        cents = (cents + 50) * _TIMES[row.word[end + 3]]
        end += 4
    return (cents, end) if 0 < cents <= LARGEST else None


def _digits(row: Row, place: int, spaced: bool) -> tuple[int, int] | None:
    end = place + 1
    token = row.word[place]
    follows = row.word[end]
    if (
        spaced
        and len(token) <= 3
        and token.isdecimal()
        and len(follows) == 3
        and follows.isdecimal()
    ):
        token, end = token + follows, end + 1
    cents = cents_of(token)
    return None if cents is None else (cents, end)


def spoken_at(row: Row, place: int, numbers: Mapping[str, int]) -> tuple[int, int] | None:
    """A number in words that begins here, as (hundredths, first token after it)."""
    total = group = 0
    at = place
    if row.word[at] in _A and (row.word[at + 1] in _HUNDRED or row.word[at + 1] in _TIMES):
        group, at = 1, at + 1
    seen = False
    while at < place + MOST_WORDS:
        word = row.word[at]
        if word in numbers and not (seen and _starts_anew(group, numbers[word])):
            group += numbers[word]
        elif word in _HUNDRED and 0 < group < 100:
            group *= 100
        elif word in _TIMES and len(word) > 2 and group:
            total, group = total + group * _TIMES[word], 0
        elif word == "-" and seen and _goes_on(row, at, group, numbers):
            pass  # "twenty-eight"
        elif not (word in _AND and seen and row.word[at + 1] in numbers and group % 10 == 0):
            break
        seen = True
        at += 1
    value = total + group
    return (value * 100, at) if seen and value else None


def _goes_on(row: Row, hyphen: int, group: int, numbers: Mapping[str, int]) -> bool:
    """Whether a hyphen joins tens and ones: "forty-five", and not "twenty - five came"."""
    is_joined = row.glued[hyphen] and row.glued[hyphen + 1]
    more = numbers.get(row.word[hyphen + 1], 0)
    return is_joined and 1 <= more <= 9 and group % 100 >= 20 and group % 10 == 0


def hundreds_at(row: Row, place: int, numbers: Mapping[str, int]) -> tuple[int, int] | None:
    """ "two seventy five": hundreds without their name, where a sum is spoken of."""
    first, tens = numbers.get(row.word[place], 0), numbers.get(row.word[place + 1], 0)
    if not (1 <= first <= 9 and 20 <= tens <= 90):
        return None
    at = place + 2
    at += row.word[at] == "-" and _goes_on(row, at, tens, numbers)
    unit = numbers.get(row.word[at], 0)
    if not 1 <= unit <= 9:
        return (first * 100 + tens) * 100, place + 2
    return (first * 100 + tens + unit) * 100, at + 1


def _starts_anew(group: int, more: int) -> bool:
    """Whether ``more`` cannot belong to the group so far: "two twenty", "nine thirty"."""
    rest = group % 100
    return rest != 0 and not (rest >= 20 and rest % 10 == 0 and more < 10)
