"""Which of the plan's children a text names, given back under the plan's own name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stillwater.core.plans import Child
from stillwater.reading.facts.language import words
from stillwater.reading.facts.tokens import Row

MOST_NAMES = 200  # names and nicknames of one plan that are looked for

# In small letters these are words first: only a capital, or a child's place in the
# sentence, makes them names.
_COMMON = words(
    "may will june april rose grace hope faith joy mark art hunter fin bee eddie pops ty "
    "gus cal teo jay vale fern wren river sky ash olive ivy daisy robin bill frank sue "
    "dot pat nick drew chase miles ray dawn eve august summer autumn winter angel king "
    "prince major chance jet rae ruby amber jade pearl iris violet lily heather holly "
    "hazel bean sunny star rich rob bob don dean earl duke guy gene lance grant wade "
    "cliff dale glen brook skye clay jack max al ed sam su an my do so lo lou bo mo jo "
    "bud buddy baby bear peanut honey sunshine princess the"
)
_NEVER_SMALL = words("may will my do so an the al ed")
_BEFORE_CHILD = words(
    "for and with n & get getting pick collect drop dropping take taking bring bringing "
    "has is have fetch grab see tell ask give mind keep für mit und hole bringe con y "
    "para recoger"
)
_AFTER_CHILD = words("has is was had and needs wants said says & n will can't cant hasn't")
_MONTHS = words("may june april august")
_MONTHS_AFTER = words("jan feb mar apr may jun jul aug sep sept oct nov dec")
_POSSESSIVE = re.compile(r"'?s$|s'$")


@dataclass(frozen=True, slots=True)
class Names:
    """``of``: the first word of each name → (its further words, the plan's name)."""

    of: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@lru_cache(maxsize=64)
def names_of(children: tuple[Child, ...]) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for child in children:
        for name in (child.name, *child.also)[:MOST_NAMES]:
            pieces = _pieces(name)
            if pieces:
                found.setdefault(pieces[0], []).append((pieces[1:], child.name))
    longest_first = {
        first: tuple(sorted(rest, key=lambda one: -len(one[0]))) for first, rest in found.items()
    }
    return Names(longest_first)


_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|-")


def _pieces(name: str) -> tuple[str, ...]:
    return tuple(piece.lower().replace("’", "'") for piece in _PIECE.findall(name[:100]))


def children_in(row: Row, names: Names) -> list[tuple[str, int, int]]:
    """(the plan's name, first token, token after it), in the order of the text."""
    return list(_children_in(row, names)) if names.of else []


def _children_in(row: Row, names: Names) -> Iterator[tuple[str, int, int]]:
    first_word = next((word for word in row.shown if word[:1].isalpha()), "")
    all_small = first_word[:1].islower()  # someone who writes without capitals
    for place in row.places:
        word = row.word[place]
        if not word[:1].isalpha():
            continue
        for first in _bases(word):
            found = _match(row, place, names.of.get(first, ()))
            if found and _is_name(row, place, first, all_small):
                yield found[0], place, found[1]
                break


def _bases(word: str) -> Sequence[str]:
    """The word, and what is left of a possessive: mia's, mias."""
    base = _POSSESSIVE.sub("", word)
    return (word, base) if base != word and len(base) > 1 else (word,)


def _match(
    row: Row, place: int, candidates: Sequence[tuple[tuple[str, ...], str]]
) -> tuple[str, int] | None:
    for rest, name in candidates:
        end = place + 1 + len(rest)
        words_there = row.word[place + 1 : end]
        if rest and words_there:
            words_there = [*words_there[:-1], _last(words_there[-1], rest[-1])]
        if list(rest) == words_there:
            return name, end
    return None


def _last(word: str, wanted: str) -> str:
    return wanted if wanted in _bases(word) else word


def _is_name(row: Row, place: int, first: str, all_small: bool) -> bool:
    shown = row.shown[place]
    has_capital = shown[:1].isupper()
    if first in _MONTHS and _is_month(row, place):
        return False
    if first not in _COMMON:
        # "alfs boots", but a plain plural is none: the base must be a name of three letters
        return len(first) > 2 or has_capital or all_small
    if has_capital:
        may_be_verb = _begins_sentence(row, place) and first in {"will", "may", "so", "do", "my"}
        return not may_be_verb or row.word[place + 1] in _AFTER_CHILD
    if first in _NEVER_SMALL or not all_small:
        return False
    possessive = row.word[place] != first
    return possessive or row.word[place - 1] in _BEFORE_CHILD or len(first) > 3 or (
        _begins_sentence(row, place)
    )  # fmt: skip


def _is_month(row: Row, place: int) -> bool:
    before, after = row.word[place - 1], row.word[place + 1]
    return (
        (row.number[place + 1] and len(after) <= 4 and row.word[place + 2] not in _MONTHS_AFTER)
        or row.number[place - 1]
        or before in {"of", "in", "st", "nd", "rd", "th", "until", "by", "early", "late", "since"}
        or after == "half"
    )  # fmt: skip


def _begins_sentence(row: Row, place: int) -> bool:
    return row.sentence[place - 1] != row.sentence[place]
