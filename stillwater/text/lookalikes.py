"""Text as it looks: what was dressed up to be missed is made plain again.

Two forms. ``fold`` is for reading: it keeps words and languages whole and says
where each character came from. ``skeleton`` is for comparing handles: it folds
everything that could be taken for something else, and is no text any more.
Method after Unicode Technical Standard 39, with digits and letter pairs added.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stillwater.text import confusables

# Zero-width and bidirectional characters, soft hyphens, fillers, variation
# selectors, tags, and the controls that no text needs.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)

# Python orders combining marks in quadratic time; no script needs more on one letter.
MARKS_KEPT = 8
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
# A run of plain ASCII (group 1), or one other character with the marks upon it.
_CLUSTER = re.compile(f"([\\t\\n\\r -~]+)(?![{_MARKS}])|.[{_MARKS}]*", re.DOTALL)

_STREWN = re.compile(f"[{_MARKS}]")
_WORD = re.compile(r"[^\W\d_]+")
_LEET = str.maketrans("013457@$!", "oieastasi")
_LEET_WORD = re.compile(
    r"(?<![\w@$!.])(?:[a-z]![a-z]+|[a-z]+[013457@$][a-z][a-z013457@$]*)(?![\w!]*[.@]\w)(?!\w)"
)
_LEET_HINT = re.compile(r"[013457@$!](?<=[a-z].)[a-z]")  # saves most texts the slow search
_GLANCE = str.maketrans("01i|!", "ollll")


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text, and for each of its characters the index it had in the original."""

    text: str
    offsets: Sequence[int]
    length: int  # of the original

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the folded text stands in the original."""
        first = self.offsets[start] if start < len(self.offsets) else self.length
        last = self.offsets[end] if end < len(self.offsets) else self.length
        return first, last


def fold(text: str) -> Folded:
    """Plain lower-case text for reading.

    NFKC; invisible and bidirectional characters gone; letters of other scripts
    to Latin where a word mixes them with Latin, or is made of look-alikes only
    in a text that has no other sign of that script; small capitals to letters;
    "k1ll" to "kill". Linear in the length of the text.
    """
    if text.isascii() and not INVISIBLE.search(text):
        return Folded(_without_leet(text.lower()), range(len(text)), len(text))
    plain, offsets = _compatible(text)
    plain = _undisguised(plain)
    plain, offsets = _casefolded(plain, offsets)
    return Folded(_without_leet(plain), offsets, len(text))


def skeleton(text: str) -> str:
    """What ``text`` looks like at a glance: equal for handles that pass for each other.

    Also folds I, l and 1, O and 0, rn and m, vv and w, and drops accents.
    """
    if text.isascii():
        return _at_a_glance(INVISIBLE.sub("", text).lower())
    plain, _ = _compatible(text)
    apart = unicodedata.normalize("NFKD", plain.translate(confusables.ALL).casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return _at_a_glance(bare.translate(confusables.ALL))


def _at_a_glance(text: str) -> str:
    return text.translate(_GLANCE).replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=8192)
def _plain_cluster(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", cluster))
    # A mark that makes no letter of its own with a Latin one is strewn over it.
    return _STREWN.sub("", plain) if plain[:1].isascii() else plain


def _compatible(text: str) -> tuple[str, list[int]]:
    """NFKC letter by letter (each with its marks), so that offsets stay known."""
    parts: list[str] = []
    offsets: list[int] = []
    for found in _CLUSTER.finditer(text):
        if found.lastindex:
            parts.append(found[0])
            offsets.extend(range(*found.span()))
            continue
        plain = _plain_cluster(found[0][: 1 + MARKS_KEPT])
        parts.append(plain)
        offsets.extend([found.start()] * len(plain))
    return "".join(parts), offsets


def _undisguised(text: str) -> str:
    """Look-alike letters to Latin, word by word; the length stays as it is."""
    if text.isascii():
        return text
    text = text.translate(confusables.NEVER_ORDINARY)
    foreign = confusables.FOREIGN
    truly_foreign = any(
        not c.isascii() and ord(c) not in foreign and _script(c) in _DISGUISING for c in set(text)
    )

    def plain(found: re.Match[str]) -> str:
        word = found[0]
        if word.isascii():
            return word
        mapped = word.translate(foreign)
        if mapped == word:
            return word
        mixed = any(_script(c) == "LATIN" for c in word)
        disguised = mixed or (not truly_foreign and mapped.isascii())
        return mapped if disguised else word

    return _WORD.sub(plain, text)


_DISGUISING = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    """The first word of its Unicode name: LATIN, CYRILLIC, GREEK, …"""
    return unicodedata.name(character, "").partition(" ")[0]


def _casefolded(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    folded = text.casefold()
    if len(folded) == len(text):  # no letter folds to none, so each became exactly one
        return folded, offsets
    parts = [c.casefold() for c in text]
    spread = [at for at, part in zip(offsets, parts, strict=True) for _ in part]
    return "".join(parts), spread


def _without_leet(text: str) -> str:
    """ "k1ll" to "kill": in words that start with a letter and are mostly letters."""
    return _LEET_WORD.sub(_letters, text) if _LEET_HINT.search(text) else text


def _letters(found: re.Match[str]) -> str:
    word: str = found[0]
    letters = sum(c.isalpha() for c in word)
    return word.translate(_LEET) if letters * 3 >= len(word) * 2 else word
