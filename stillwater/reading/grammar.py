"""The phrases of one language, and where they stand in a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import combining, normalize

from stillwater.reading.phrases import BOUNDARY, Automaton, Classes, Hit, Level, parse
from stillwater.reading.spelling import Speller
from stillwater.reading.tokens import PICTURES, Words

GUESSED = 10_000  # unknown words of one text that may be misspelt; no real text has as many
LAST_LATIN = "ɏ"  # a word of another script is none of ours
REMEMBERED = 50_000  # words looked up before; then the memory starts anew
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
class Meaning:
    """What one typed word may stand for in the phrases."""

    mask: int
    anchor: bool


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
        self._speller = Speller({*self._automaton.words, *tables.spellings}, tables.real)
        self._guesses = GUESSED
        self._plain: set[str] = {BOUNDARY}  # words that no phrase needs
        self._remembered: dict[str, tuple[Meaning, ...]] = {}
        self._unknown = Meaning(self._automaton.mask(""), anchor=False)
        self._none = (self._unknown,)
        self._edge = (Meaning(self._automaton.mask(BOUNDARY), anchor=False),)

    @property
    def words(self) -> frozenset[str]:
        return self._automaton.words | frozenset(self._spellings)

    def find(
        self, words: Words, *, doubt: bool, also: Mapping[str, str] | None = None
    ) -> list[Found]:
        """Every rule that holds, once. ``also``: names → the word they stand for ("@child").

        ``doubt``: the words of a known other, so that rules of doubt count and
        idioms excuse nothing.
        """
        self._guesses = GUESSED
        if not self._has_anchor(words, also or {}):
            return []
        found: dict[Hit, Found] = {}
        has_picture = any(word in PICTURES for word in words.words)
        for pictures in (True, False) if has_picture else (True,):
            for hit, start, end in self._pass(words, pictures, doubt, also or {}):
                found.setdefault(hit, Found(hit, start, end))
        return list(found.values())

    def _has_anchor(self, words: Words, also: Mapping[str, str]) -> bool:
        """Whether any phrase can be there at all: for most texts the answer is no, at once."""
        distinct = {also.get(word, word) for word in words.words} if also else set(words.words)
        unknown = distinct - self._plain
        return any(meaning.anchor for word in unknown for meaning in self._meanings(word))

    def _pass(
        self, words: Words, pictures: bool, doubt: bool, also: Mapping[str, str]
    ) -> Iterator[tuple[Hit, int, int]]:
        masks: list[int] = []
        origin: list[int] = []
        anchors: list[int] = []
        remembered = self._remembered
        for at, word in enumerate(words.words):
            if not pictures and word in PICTURES:
                continue
            meant = also.get(word, word) if also else word
            for meaning in remembered.get(meant) or self._meanings(meant):
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
            yield hit, words.starts[origin[hit.first]], words.ends[origin[hit.last]]

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
        counts = {Level.SURE, Level.DIRECT, *([Level.DOUBT] if doubt else [])}
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

    def _meanings(self, word: str) -> tuple[Meaning, ...]:
        if word == BOUNDARY:
            return self._edge
        known = self._remembered.get(word)
        if known is None and word[0] > LAST_LATIN and word not in self._automaton.words:
            return self._none
        if known is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
                self._plain.clear()
            known = self._look_up(word)
            if self._guesses >= 0:
                self._remembered[word] = known
                if not any(meaning.anchor for meaning in known):
                    self._plain.add(word)
        return known

    def _look_up(self, word: str) -> tuple[Meaning, ...]:
        if found := self._as_written(word):
            return found
        self._guesses -= 1
        return self._guessed(word) if self._guesses >= 0 else self._none

    def _as_written(self, word: str) -> tuple[Meaning, ...]:
        ours = self._automaton.words
        if word in self._spellings:
            return tuple(self._meaning(*one.split("|")) for one in self._spellings[word].split())
        if word[0].isdigit():
            return (self._meaning(word, "#"),)
        if word in ours:
            return (self._meaning(word),)
        return ()

    def _guessed(self, word: str) -> tuple[Meaning, ...]:
        ours = self._automaton.words
        for bare in _barer(word):
            if bare != word and (bare in ours or bare in self._spellings):
                return self._as_written(bare)
        if pieces := self._speller.apart(word):
            return tuple(meaning for piece in pieces for meaning in self._as_written(piece))
        meant = self._speller.meant(word)
        if len(meant) == 1 and (only := next(iter(meant))) in self._spellings:
            return self._as_written(only)
        return (self._meaning(*(meant & ours)),)

    def _meaning(self, *words: str) -> Meaning:
        if not words:
            return self._unknown
        mask = self._unknown.mask
        for word in words:
            mask |= self._automaton.mask(word)
        return Meaning(mask, anchor=not self._automaton.anchors.isdisjoint(words))


def _barer(word: str) -> Iterator[str]:
    """The word without its apostrophe, without its possessive, without its accents."""
    yield word.replace("'", "")
    yield word.partition("'")[0]
    yield "".join(c for c in normalize("NFD", word) if not combining(c))
