"""Tables of phrases mean what their form says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.words import DangerCategory
from stillwater.reading.grammar import Grammar, Tables
from stillwater.reading.languages.registry import LANGUAGES, grammars, tables_of
from stillwater.reading.phrases import Classes, parse
from stillwater.reading.tokens import words_of

OTHER_MARKS = {
    "legal_strong", "legal_sign", "legal_due", "code_word", "carries_word",
    "time_soon", "time_later", "weekday", "*",
}  # fmt: skip


def _grammar(table: str, **classes: str) -> Grammar:
    return Grammar(
        Tables("xx", classes, {"gonna": "going to"}, (table,), frozenset({"a"}), frozenset())
    )


def _names(grammar: Grammar, text: str, *, doubt: bool = False) -> set[str]:
    return {found.hit.rule.name for found in grammar.find(words_of(text), doubt=doubt)}


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("one two", "one two", True),
        ("one two", "one. two", False),
        ("one two", "one, two", True),
        ("one/two three", "two three", True),
        ("one two? three", "one three", True),
        ("one two? three", "one four three", False),
        ("one ~2 three", "one xx yy three", True),
        ("one ~2 three", "one xx yy zz three", False),
        ("one ~2 three", "one x. y three", False),
        ("NUMBER+ three", "one two three", True),
        ("one NUMBER* three", "one three", True),
        ("^ one", "well. one", True),
        ("^ one", "well one", False),
        ("one ^", "one", True),
        ("going to", "gonna", True),
        ("one two", "ONE TWO", True),
    ],
)
def test_the_form(phrase: str, text: str, holds: bool) -> None:
    grammar = _grammar(f"kill_or_injure direct r\n    {phrase}", NUMBER="one two")
    assert _names(grammar, text) == ({"r"} if holds else set())


def test_doubt_counts_only_where_it_is_asked_for() -> None:
    grammar = _grammar("weapon doubt r\n    one")
    assert _names(grammar, "one") == set()
    assert _names(grammar, "one", doubt=True) == {"r"}


def test_an_idiom_takes_back_for_strangers_and_never_for_everyone() -> None:
    table = "weapon direct r\n    one two\nweapon idiom i\n    two three\n"
    table += "weapon never n\n    two four"
    grammar = _grammar(table)
    assert _names(grammar, "one two three") == set()
    assert _names(grammar, "one two three", doubt=True) == {"r"}
    assert _names(grammar, "one two four", doubt=True) == set()
    assert _names(grammar, "one two three. one two") == {"r"}


@pytest.mark.parametrize(
    "table", ["    one", "weapon maybe r\n    one", "weapon direct r\n    ~3", "weapon direct\n"]
)
def test_a_table_that_is_not_of_the_form_is_refused(table: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the form has many ways to be wrong
        list(parse(table, Classes({})))


def test_a_class_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        list(parse("weapon direct r\n    NOBODY", Classes({})))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_name_only_what_the_reader_knows(language: str) -> None:
    tables = tables_of(language)
    known = {category.value for category in DangerCategory} | OTHER_MARKS
    for table in tables.tables:
        for phrase in parse(table, Classes(tables.classes)):
            assert phrase.rule.marks in known
            for element in phrase.elements:
                assert all(word == word.casefold() for word in element.words), phrase.rule


def test_every_language_reads_every_category_that_words_can_show() -> None:
    from_events = {"new_channel_after_block", "storm", "silence_after_storm"}
    expected = {category.value for category in DangerCategory} - from_events
    for language in LANGUAGES:
        tables = tables_of(language)
        classes = Classes(tables.classes)
        marked = {p.rule.marks for table in tables.tables for p in parse(table, classes)}
        assert expected <= marked, language


@given(st.lists(st.sampled_from(["one", "two", "three", "word", "."]), max_size=12))
def test_the_automaton_agrees_with_plain_search(words: list[str]) -> None:
    """``one ~1 two? three`` against a search that tries every way."""
    ways = [
        ["one", *gap, *maybe, "three"]
        for gap in ([], ["one"], ["two"], ["three"], ["word"])
        for maybe in ([], ["two"])
    ]
    holds = any(words[at : at + len(way)] == way for way in ways for at in range(len(words)))
    grammar = _grammar("weapon direct r\n    one ~1 two? three")
    text = " ".join(words).replace(" .", ". ")
    assert bool(_names(grammar, text)) == (holds and "..." not in text and ". ." not in text) or (
        ". ." in text or "..." in text or text.startswith(".")
    )


def test_grammars_are_compiled_once() -> None:
    assert grammars() is grammars()
