"""Which tables a text is read with: the language whose small words it uses most."""

from collections.abc import Sequence

from stillwater.reading.facts.english import ENGLISH
from stillwater.reading.facts.german import GERMAN
from stillwater.reading.facts.language import Language
from stillwater.reading.facts.spanish import SPANISH

LANGUAGES = {one.code: one for one in (ENGLISH, GERMAN, SPANISH)}
_LOOKED_AT = 400  # words


def language_of(tokens: Sequence[str], named: str | None = None) -> Language:
    """The tables for a text; ``named`` is an ISO 639-1 code where somebody knows it."""
    if named in LANGUAGES:
        return LANGUAGES[named]
    counts = {one.code: 0 for one in LANGUAGES.values()}
    for word in tokens[:_LOOKED_AT]:
        for one in LANGUAGES.values():
            counts[one.code] += word in one.common or (len(word) > 4 and word in one.weekdays)
    return max(LANGUAGES.values(), key=lambda one: counts[one.code])
