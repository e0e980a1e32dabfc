"""Whether a text holds words of another: the rule of the replay contract, written a second time."""

import re
import unicodedata

RUN = 4
SMALL = frozenset(
    [
        *("a", "an", "and", "are", "be", "by", "from", "i", "in", "is", "it", "may", "me"),
        *("of", "on", "or", "that", "the", "this", "to", "with", "you"),
    ]
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def takes_from(original: str, ours: str) -> bool:
    """A run of four words of the original; of a shorter one any word that means something."""
    theirs, said = words(original), words(ours)
    if len(theirs) < RUN:
        return bool((set(theirs) - SMALL) & set(said))
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    return any(tuple(said[at : at + RUN]) in runs for at in range(len(said) - RUN + 1))
