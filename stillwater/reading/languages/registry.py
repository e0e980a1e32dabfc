"""The languages whose danger, court papers and codes are read.

A language is a folder: ``words.toml`` (word classes, spellings, common words)
and tables of phrases (``*.phrases``; the form is in phrases.py).
"""

import tomllib
from functools import cache
from importlib.resources import files

from stillwater.reading.grammar import Grammar, Tables

LANGUAGES = ("en", "de", "es")


@cache
def grammars() -> tuple[Grammar, ...]:
    """All grammars; every text is read with each, for people mix languages."""
    return tuple(Grammar(tables_of(language)) for language in LANGUAGES)


def tables_of(language: str) -> Tables:
    """The tables of one language. Raises FileNotFoundError for one that is not read."""
    folder = files(__package__) / language
    words = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    phrases = sorted(one.name for one in folder.iterdir() if one.name.endswith(".phrases"))
    return Tables(
        language=language,
        classes=words["classes"],
        spellings=words["spellings"],
        tables=tuple((folder / name).read_text("utf-8") for name in phrases),
        common=frozenset(words["common"].split()),
        real=real_words(),
    )


@cache
def real_words() -> frozenset[str]:
    """Words that are no slip of the finger; made by tools/near_words."""
    return frozenset((files(__package__) / "real_words.txt").read_text("utf-8").split())
