"""Tables of phrases, and one automaton that looks for all of them at once.

A table is plain text that an advocate can read and mend:

    kill_or_injure direct says-they-will-kill
        I WILL+ ADV* KILL YOU
        you BE as? good as? dead

The first line names what is marked, how sure the words are (``Level``), and the rule; each
indented line is one phrase. In a phrase: ``word``, ``a/b`` (either), ``NAME`` (a
word class of the language), ``x?`` (may be missing), ``x+`` (one to five),
``x*`` (none to five), ``~4`` (up to four words of any kind), ``^`` (the edge of
a sentence).

All phrases become one bit-parallel automaton (Shift-And with optional
characters: Navarro & Raffinot, "Flexible Pattern Matching in Strings", 2002,
4.3): one step per word whatever the words are, so no text can make it slow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

BOUNDARY = "."
HELPERS = frozenset({"legal_due", "time_soon", "time_later", "weekday"})  # mean nothing alone
ANY = frozenset({"~"})
REPEATS = 5


class Level(StrEnum):
    """When a rule counts."""

    SURE = "sure"  # whoever writes it, and nothing takes it back
    DIRECT = "direct"  # whoever writes it
    PLAIN = "plain"  # only from a known other, and no model takes it back
    DOUBT = "doubt"  # only from a known other
    NEVER = "never"  # takes back what it overlaps, whoever writes it
    IDIOM = "idiom"  # takes back what it overlaps, from anyone but a known other


THEIRS_ALONE = frozenset({Level.PLAIN, Level.DOUBT})  # count only from a known other


@dataclass(frozen=True, slots=True)
class Rule:
    """``marks`` is a danger category, another mark of the reader, or "*" where all are meant."""

    marks: str
    level: Level
    name: str


@dataclass(frozen=True, slots=True)
class Element:
    words: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    rule: Rule
    elements: tuple[Element, ...]


class Classes:
    """The word classes of one language; a class may name another class."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._words: dict[str, frozenset[str]] = {}

    def words(self, term: str) -> frozenset[str]:
        """All words of ``a/b/NAME``. Raises KeyError for a class that does not exist."""
        return frozenset().union(*(self._one(part) for part in term.split("/")))

    def _one(self, part: str) -> frozenset[str]:
        if part == "^":
            return frozenset({BOUNDARY})
        if not (part.isupper() and part.isalpha() and len(part) > 1) and part not in self._table:
            return frozenset({part})
        if part not in self._words:
            self._words[part] = frozenset().union(
                *(self.words(word) for word in self._table[part].split())
            )
        return self._words[part]


def parse(table: str, classes: Classes) -> Iterator[Phrase]:
    """The phrases of one table. Raises ValueError or KeyError where it is not of the form."""
    rule: Rule | None = None
    for line in table.splitlines():
        text = line.partition("#:")[0].rstrip()
        if not text:
            continue
        if not text[0].isspace():
            marks, level, name = text.split()
            rule = Rule(marks, Level(level), name)
        elif rule is None:
            raise ValueError("a phrase stands before the first rule")
        else:
            yield Phrase(rule, _trimmed(list(_elements(text.split(), classes))))


def _trimmed(elements: list[Element]) -> tuple[Element, ...]:
    """What may be missing at either end need not be looked for."""
    sure = [at for at, element in enumerate(elements) if not element.optional]
    if not sure:
        raise ValueError("a phrase needs a word that must be there")
    return tuple(elements[sure[0] : sure[-1] + 1])


def _elements(terms: Sequence[str], classes: Classes) -> Iterator[Element]:
    for term in terms:
        if term.startswith("~"):
            yield from [Element(ANY, optional=True)] * int(term[1:])
        elif term.endswith("?"):
            yield Element(classes.words(term[:-1]), optional=True)
        elif term.endswith("+"):
            words = classes.words(term[:-1])
            yield Element(words)
            yield from [Element(words, optional=True)] * (REPEATS - 1)
        elif term.endswith("*"):
            yield from [Element(classes.words(term[:-1]), optional=True)] * REPEATS
        else:
            yield Element(classes.words(term))


@dataclass(frozen=True, slots=True)
class Hit:
    """Words [first, last] of the text, as one rule sees them."""

    rule: Rule
    first: int
    last: int


class Automaton:
    """All phrases of one language at once.

    ``mask(word)`` is the set of places where a word may stand; ``find`` walks
    over one mask per word of the text. Every phrase begins and ends with
    something that must be there.
    """

    def __init__(self, phrases: Iterable[Phrase], common: frozenset[str]) -> None:
        self.anchors: set[str] = set()  # one of these stands wherever a phrase does
        self.needed: dict[bool, set[str]] = {True: set(), False: set()}  # a known other's or not
        self.longest = 1
        self._phrases = list(phrases)
        self._starts = self._finals = self._optional = self._before = self._last = 0
        self._any = 0
        self._masks: dict[str, int] = {}
        self._rule_at: dict[int, Rule] = {}
        at = 0
        for phrase in self._phrases:
            at = self._lay(phrase, at)
            self._note_anchor(phrase.rule, _anchor(phrase, common))
            self.longest = max(self.longest, len(phrase.elements))
        self.words = frozenset(self._masks)  # every word that stands in some phrase
        for word in self._masks:
            if word != BOUNDARY:
                self._masks[word] |= self._any

    def _note_anchor(self, rule: Rule, words: frozenset[str]) -> None:
        """Phrases that only explain or take back others call for no walk by themselves."""
        self.anchors |= words
        if rule.marks in HELPERS or rule.level in (Level.NEVER, Level.IDIOM):
            return
        self.needed[True] |= words
        if rule.level not in THEIRS_ALONE:
            self.needed[False] |= words

    def mask(self, word: str) -> int:
        return self._masks.get(word, 0 if word == BOUNDARY else self._any)

    def begins(self, mask: int) -> int:
        """The phrases that a word with this mask begins; 0 for most words."""
        return mask & self._starts

    def _lay(self, phrase: Phrase, at: int) -> int:
        elements = phrase.elements
        self._starts |= 1 << at
        for place, element in enumerate(elements, start=at):
            bit = 1 << place
            if element.words is ANY:
                self._any |= bit
            for word in element.words - ANY:
                self._masks[word] = self._masks.get(word, 0) | bit
            if element.optional:
                self._optional |= bit
                if not elements[place - at - 1].optional:
                    self._before |= bit >> 1
                if not elements[place - at + 1].optional:
                    self._last |= bit
        end = at + len(elements)
        self._finals |= 1 << (end - 1)
        self._rule_at[end - 1] = phrase.rule
        return end

    def find(self, masks: Sequence[int], start: int, end: int, found: dict[int, list[int]]) -> None:
        """Walk over words [start, end); add to ``found`` place → words where it ended."""
        state = 0
        starts, finals = self._starts, self._finals
        optional, before, last = self._optional, self._before, self._last
        for at in range(start, end):
            mask = masks[at]
            state = (((state << 1) | starts) if state else starts) & mask
            if not state:
                continue
            ended = state & finals
            while ended:
                place = ended.bit_length() - 1
                found.setdefault(place, []).append(at)
                ended ^= 1 << place
            filled = state | last
            state |= optional & (~(filled - before) ^ filled)

    def hit(self, masks: Sequence[int], place: int, last: int) -> Hit:
        """The shortest run of words that ends there and makes the phrase of ``place``."""
        places = {place}
        at = last
        while True:
            places = {one for one in places if masks[at] >> one & 1}
            if any(self._starts >> one & 1 for one in places):
                return Hit(self._rule_at[place], at, last)
            places = self._earlier(places)
            at -= 1

    def rule(self, place: int) -> Rule:
        return self._rule_at[place]

    def _earlier(self, places: set[int]) -> set[int]:
        found: set[int] = set()
        for one in places:
            earlier = one - 1
            found.add(earlier)
            while self._optional >> earlier & 1:
                earlier -= 1
                found.add(earlier)
        return found


def _anchor(phrase: Phrase, common: frozenset[str]) -> frozenset[str]:
    """The words of which one must be there: the least common of the sure elements."""
    sure = [element.words for element in phrase.elements if not element.optional]
    return min(sure, key=lambda words: (BOUNDARY in words, len(words & common), len(words)))
