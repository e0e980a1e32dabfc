"""The languages whose danger, court papers and codes are read."""

from functools import cache
from importlib import import_module
from importlib.resources import files

from stillwater.reading.grammar import Grammar, Tables

_MODULES = {
    "en": "stillwater.reading.languages.english",
    "de": "stillwater.reading.languages.german",
    "es": "stillwater.reading.languages.spanish",
}


def grammars() -> tuple[Grammar, ...]:
    """All grammars; every text is read with each, for people mix languages."""
    return tuple(map(grammar, _MODULES))


@cache
def grammar(language: str) -> Grammar:
    return Grammar(tables_of(language))


def tables_of(language: str) -> Tables:
    """The tables of one language. Raises KeyError for a language that is not read."""
    module = import_module(_MODULES[language])
    return Tables(
        language=language,
        classes=module.CLASSES,
        spellings=module.SPELLINGS,
        tables=module.TABLES,
        common=frozenset(module.COMMON.split()),
        real=real_words(),
    )


@cache
def real_words() -> frozenset[str]:
    """Words that are no slip of the finger; made by tools/near_words."""
    return frozenset((files(__package__) / "real_words.txt").read_text("utf-8").split())
