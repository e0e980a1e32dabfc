"""Words as people type them: one slip of the finger, letters drawn out, stars put in.

A word that nobody knows is taken for every word of ours at one slip from it
(a letter left out, put in, changed, or two swapped: Damerau 1964 found that
these make four of five misspellings). A word that is a word in its own right
is never changed: "bill" is not a misspelt "kill". Which real words lie that
near to ours is a table that tools/near_words makes.
"""

import re
from collections.abc import Iterable

SHORTEST = 3  # letters: below that, one slip makes anything of anything
LONGEST_RUN = 24  # letters of words run together
_GRAVE_IN = re.compile("kill|murder|stab|strangle|shoot|hurt|dead|die|rape")
_WHOM_IN = re.compile("you|u$|her|him|them|self|kids")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


class Speller:
    """Guesses which of ``ours`` a word was meant to be; ``real`` words are left alone."""

    def __init__(self, ours: Iterable[str], real: frozenset[str]) -> None:
        self._ours = frozenset(word for word in ours if len(word) >= SHORTEST and word.isalpha())
        self._pieces = self._ours | {"i", "u", "ur", "im", "to"}
        self._real = real
        self._by_deletion: dict[str, set[str]] = {}
        for word in self._ours:
            for shorter in _deletions(word):
                self._by_deletion.setdefault(shorter, set()).add(word)

    def meant(self, word: str) -> frozenset[str]:
        """The words of ours that this may be; empty: none."""
        word = word.strip("'")
        if len(word) < SHORTEST - 1 or word in self._real or word.isdigit():
            return frozenset()
        if (tall := _tall_letters(word)) in self._ours:
            return frozenset({tall})
        if _DRAWN_OUT.search(word):
            return self._drawn_in(word)
        return self._one_slip(word)

    def apart(self, word: str) -> tuple[str, ...]:
        """Words of ours that were run together to be missed ("ikillyou"); empty: none."""
        if not 5 <= len(word) <= LONGEST_RUN or not (
            _GRAVE_IN.search(word) and _WHOM_IN.search(word)
        ):
            return ()
        ways: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                before, piece = ways[start], word[start:end]
                if before is not None and piece in self._pieces:
                    ways[end] = (*before, piece)
                    break
        return ways[-1] or ()

    def _drawn_in(self, word: str) -> frozenset[str]:
        for keep in (r"\1\1", r"\1"):
            shorter = _DRAWN_OUT.sub(keep, word)
            if shorter in self._ours or shorter in self._real:
                return frozenset({shorter}) & self._ours
        return self._one_slip(_DRAWN_OUT.sub(r"\1", word))

    def _one_slip(self, word: str) -> frozenset[str]:
        near = set(self._by_deletion.get(word, ()))
        for shorter in _deletions(word):
            if shorter in self._ours:
                near.add(shorter)
            near |= {one for one in self._by_deletion.get(shorter, ()) if _one_apart(one, word)}
        return frozenset(one for one in near if _plausible(one, word))


def _deletions(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_apart(one: str, other: str) -> bool:
    """Same length: one letter changed, or two neighbours swapped."""
    if len(one) != len(other):
        return False
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    if len(apart) == 2:
        first, second = apart
        swapped = one[first] == other[second] and one[second] == other[first]
        return swapped and second == first + 1
    return len(apart) <= 1


def _plausible(ours: str, typed: str) -> bool:
    """Three letters leave little to go by: there, only a swap or a doubled letter."""
    if len(ours) > SHORTEST:
        return True
    return sorted(ours) == sorted(typed) or set(ours) == set(typed)


def _tall_letters(word: str) -> str:
    """A capital I that stands in for l: "kiII" reads as "kill"."""
    head, pair, tail = word.rpartition("ii")
    return f"{head}ll{tail}" if pair else word
