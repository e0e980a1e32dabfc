"""The phrases of one language, and where they stand in a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stillwater.reading.lexicon import Lexicon
from stillwater.reading.phrases import THEIRS_ALONE, Automaton, Classes, Hit, Level, parse
from stillwater.reading.spelling import Speller
from stillwater.reading.tokens import PICTURES, Words

LOOKED_AT = 500  # hits of one phrase that may be taken back before it counts anyway


@dataclass(frozen=True, slots=True)
class Tables:
    """What a language module gives."""

    language: str
    classes: Mapping[str, str]
    spellings: Mapping[
        str, str
    ]  # typed → meant: words one after the other, "|" between two that it may be
    tables: tuple[str, ...]
    common: frozenset[str]  # words that stand in every text
    real: frozenset[str]  # real words that lie one slip from ours


@dataclass(frozen=True, slots=True)
class Found:
    """One rule that holds, and the characters [start, end) that say so."""

    hit: Hit
    start: int
    end: int


class Grammar:
    """Compiled tables: see ``find``."""

    def __init__(self, tables: Tables) -> None:
        classes = Classes(tables.classes)
        phrases = [phrase for table in tables.tables for phrase in parse(table, classes)]
        self.language = tables.language
        self._automaton = Automaton(phrases, tables.common)
        self._spellings = tables.spellings
        speller = Speller({*self._automaton.words, *tables.spellings}, tables.real)
        self._as_written = Lexicon(self._automaton, tables.spellings, None)
        self._as_meant = Lexicon(self._automaton, tables.spellings, speller)

    @property
    def words(self) -> frozenset[str]:
        return self._automaton.words | frozenset(self._spellings)

    def find(
        self,
        words: Words,
        *,
        doubt: bool,
        guess: bool = True,
        also: Mapping[str, str] | None = None,
    ) -> list[Found]:
        """Every rule that holds, once. ``also``: names → the word they stand for ("@child").

        ``doubt``: the words of a known other, so that rules of theirs alone count and
        idioms excuse nothing. ``guess``: the text is in this language, so that
        a word that nobody knows may be a misspelt one of ours.
        """
        typed = [also.get(word, word) for word in words.words] if also else words.words
        lexicon = self._as_meant if guess else self._as_written
        lexicon.begin_text()
        distinct = set(typed)
        if not lexicon.any_needed(distinct, doubt=doubt):
            return []
        found: dict[Hit, Found] = {}
        has_picture = not distinct.isdisjoint(PICTURES)
        for pictures in (True, False) if has_picture else (True,):
            kept = [at for at, word in enumerate(typed) if pictures or word not in PICTURES]
            for hit, first, last in self._pass(typed, kept, lexicon, doubt):
                found.setdefault(hit, Found(hit, words.starts[first], words.ends[last]))
        return list(found.values())

    def _pass(
        self, typed: Sequence[str], kept: Sequence[int], lexicon: Lexicon, doubt: bool
    ) -> Iterator[tuple[Hit, int, int]]:
        """Hits, and the first and last of the typed words that make them."""
        masks: list[int] = []
        origin: list[int] = []
        anchors: list[int] = []
        for at in kept:
            for meaning in lexicon.meanings(typed[at]):
                if meaning.anchor:
                    anchors.append(len(masks))
                masks.append(meaning.mask)
                origin.append(at)
        if not anchors:
            return
        places: dict[int, list[int]] = {}
        for start, end in self._windows(anchors, len(masks)):
            self._automaton.find(masks, start, end, places)
        for hit in self._standing(masks, places, doubt):
            yield hit, origin[hit.first], origin[hit.last]

    def _windows(self, anchors: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
        reach = self._automaton.longest
        start = max(0, anchors[0] - reach)
        for before, after in pairwise(anchors):
            if after - before > 2 * reach:
                yield start, min(length, before + reach)
                start = after - reach
        yield start, min(length, anchors[-1] + reach)

    def _standing(
        self, masks: Sequence[int], places: Mapping[int, list[int]], doubt: bool
    ) -> Iterator[Hit]:
        """The first hit of each phrase that counts and that nothing takes back."""
        counts = {Level.SURE, Level.DIRECT, *(THEIRS_ALONE if doubt else ())}
        excuses = {Level.NEVER} if doubt else {Level.NEVER, Level.IDIOM}
        vetoes = sorted(
            (last, place)
            for place, lasts in places.items()
            if self._automaton.rule(place).level in excuses
            for last in lasts
        )
        for place, lasts in places.items():
            if self._automaton.rule(place).level in counts:
                for tried, last in enumerate(lasts):
                    hit = self._automaton.hit(masks, place, last)
                    if tried >= LOOKED_AT or not self._taken_back(hit, masks, vetoes):
                        yield hit
                        break

    def _taken_back(
        self, hit: Hit, masks: Sequence[int], vetoes: Sequence[tuple[int, int]]
    ) -> bool:
        if hit.rule.level is Level.SURE:
            return False
        near = bisect_left(vetoes, (hit.first, 0))
        beyond = bisect_right(vetoes, (hit.last + self._automaton.longest, 1 << 30))
        for last, place in vetoes[near:beyond]:
            marks = self._automaton.rule(place).marks
            if marks in ("*", hit.rule.marks) and (
                last <= hit.last or self._automaton.hit(masks, place, last).first <= hit.last
            ):
                return True
        return False
