"""What a typed word may stand for in the phrases of one language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import combining, normalize

from stillwater.reading.phrases import BOUNDARY, Automaton
from stillwater.reading.spelling import Speller

GUESSED = 10_000  # unknown words of one text that may be misspelt; no real text has as many
LAST_LATIN = "ɏ"  # a word of another script is none of ours
REMEMBERED = 50_000  # words looked up before; then the memory starts anew


@dataclass(frozen=True, slots=True)
class Meaning:
    """Where in the phrases a word may stand, and whether some phrase needs it.

    ``needed``, ``needed_in_doubt``: whether the text must be walked for its
    sake, read strictly or in doubt.
    """

    mask: int
    anchor: bool = False
    needed: bool = False
    needed_in_doubt: bool = False


class Lexicon:
    """Looks words up. Without a ``speller`` a misspelt word means nothing.

    Not for several threads at once: it counts the guesses of one text.
    """

    def __init__(
        self, automaton: Automaton, spellings: Mapping[str, str], speller: Speller | None
    ) -> None:
        self._automaton = automaton
        self._spellings = spellings
        self._speller = speller
        self._guesses = GUESSED
        self._plain: set[str] = {BOUNDARY}  # words that no phrase needs, even in doubt
        self._plain_unless_doubt: set[str] = {BOUNDARY}
        self._remembered: dict[str, tuple[Meaning, ...]] = {}
        self._unknown = Meaning(automaton.mask(""))
        self._none = (self._unknown,)
        self._edge = (Meaning(automaton.mask(BOUNDARY)),)

    def begin_text(self) -> None:
        """Each text may guess anew."""
        self._guesses = GUESSED

    def any_needed(self, distinct: set[str], *, doubt: bool) -> bool:
        """Whether any phrase can be there at all: for most texts the answer is no, at once."""
        unknown = distinct - (self._plain if doubt else self._plain_unless_doubt)
        return any(
            meaning.needed_in_doubt if doubt else meaning.needed
            for word in unknown
            for meaning in self.meanings(word)
        )

    def meanings(self, word: str) -> tuple[Meaning, ...]:
        """One meaning for each word that the typed word stands for."""
        if word == BOUNDARY:
            return self._edge
        known = self._remembered.get(word)
        if known is None and word[0] > LAST_LATIN and word not in self._automaton.words:
            return self._none
        if known is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
                self._plain.clear()
                self._plain_unless_doubt.clear()
            known = self._look_up(word)
            if self._guesses >= 0:
                self._remembered[word] = known
                if not any(meaning.needed_in_doubt for meaning in known):
                    self._plain.add(word)
                if not any(meaning.needed for meaning in known):
                    self._plain_unless_doubt.add(word)
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
        if self._speller is None:
            return self._none
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
        return Meaning(
            mask,
            anchor=not self._automaton.anchors.isdisjoint(words),
            needed=not self._automaton.needed[False].isdisjoint(words),
            needed_in_doubt=not self._automaton.needed[True].isdisjoint(words),
        )


def _barer(word: str) -> Iterator[str]:
    """The word without its apostrophe, without its possessive, without its accents."""
    yield word.replace("'", "")
    yield word.partition("'")[0]
    yield "".join(c for c in normalize("NFD", word) if not combining(c))
