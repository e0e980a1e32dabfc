"""Which tables a text is read with: the language whose small words it uses most."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stillwater.reading.facts.english import ENGLISH
from stillwater.reading.facts.german import GERMAN
from stillwater.reading.facts.language import Language
from stillwater.reading.facts.spanish import SPANISH

_ALL = (ENGLISH, GERMAN, SPANISH)
_LOOKED_AT = 400  # words
_LONG = 5  # letters: a longer word means the same in whatever language it stands
_MANY_MORE = 3  # words of English beyond those of the language that was named
_FEWEST = 2  # words that must give another language away


def _long(table: Mapping[str, int]) -> dict[str, int]:
    return {word: n for word, n in table.items() if len(word) >= _LONG}


def _with_others(one: Language) -> Language:
    """People mix languages: the long names of days and months, and what makes a day the last."""
    weekdays: dict[str, int] = {}
    months: dict[str, int] = {}
    relative: dict[str, int] = {}
    by: frozenset[str] = frozenset()
    latest: frozenset[str] = frozenset()
    for other in _ALL:
        weekdays |= _long(other.weekdays)
        months |= _long(other.months)
        relative |= {w: n for w, n in _long(other.relative).items() if w != "morgen"}
        by |= {word for word in other.by if len(word) >= _LONG}
        latest |= {word for word in other.latest if len(word) >= _LONG}
    return replace(
        one,
        weekdays=weekdays | dict(one.weekdays),
        months=months | dict(one.months),
        relative=relative | dict(one.relative),
        by=by | one.by,
        latest=latest | one.latest,
    )


LANGUAGES = {one.code: _with_others(one) for one in _ALL}


def language_of(tokens: Sequence[str], named: str | None = None) -> Language:
    """The tables for a text; ``named`` is an ISO 639-1 code where somebody knows it."""
    english = LANGUAGES["en"]
    if named == "en":
        return english
    seen = set(tokens[:_LOOKED_AT])
    if named in LANGUAGES:
        # "he want a word by Friday, de man in de office say": one "de" does not make it Spanish
        surplus = len(seen & english.common) - len(seen & LANGUAGES[named].common)
        return english if surplus >= _MANY_MORE else LANGUAGES[named]
    counts = {code: len(seen & one.common) for code, one in LANGUAGES.items()}
    for own in _ALL:
        counts[own.code] += len({word for word in seen & own.weekdays.keys() if len(word) > 3})
    best = max(LANGUAGES.values(), key=lambda one: counts[one.code])
    return best if counts[best.code] >= _FEWEST else english
