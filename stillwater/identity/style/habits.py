"""Habits of typing that have nothing to do with what is said: a text in, choices out.

Each habit is a question with a few answers ("how does it end?", "is I written as
i?"), asked only where a text gives occasion to it. Linear in the text's length.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from stillwater.identity.style.spellings import CHOICES, WAY_OF

Choice = tuple[str, str]
"""A habit and the answer, as names."""

LONGEST = 4_000  # characters of one text that are looked at
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[w]/o?", re.UNICODE)
_SMILEY = re.compile(
    r"[:;=8xX][-'^o]?[)(\]\[DdPpOo|/\\*3]{1,4}(?!\w)|[)(]-?[:;=]|\^[_.]?\^|<3+|[Tt][._][Tt]|-[._]+-"
    r"|>[._]<|[\U0001F300-\U0001FAFF\u2600-\u27BF]"
)
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_ELONGATED = re.compile(r"([^\W\d_])\1\1", re.UNICODE)
_APOSTROPHE = re.compile(r"\b\w+(['’])(?:m|t|s|ve|ll|re|d)\b", re.IGNORECASE)
_NO_APOSTROPHE = re.compile(
    r"\b(?:im|ive|dont|cant|wont|didnt|doesnt|isnt|wasnt|havent|couldnt|wouldnt|thats|whats|youre"
    r"|theres|lets|hes|shes|aint|arent)\b",
    re.IGNORECASE,
)
_DOTS = re.compile(r"\.{2,}|…")
_LAUGH = re.compile(r"\b(?:a?(?:ha){2,}h?|he(?:he)+|lo+l+s*z*|ha|lmf?ao+|rofl|hi(?:hi)+)\b", re.I)
_SENTENCE = re.compile(r"[.!?]\s+([^\W\d_])", re.UNICODE)
_LENGTHS = (6, 12, 20, 32, 48, 70, 100, 160)
_CASE = {True: "upper", False: "lower"}


@lru_cache(maxsize=8)  # one arrival is weighed against several others
def choices_in(untrusted_text: str) -> tuple[Choice, ...]:
    """Every occasion to a habit in this text, and what was done."""
    text = untrusted_text[:LONGEST].strip()
    if not text:
        return ()
    words = WORD.findall(text)
    return (
        *_spellings(words),
        *_ends(text),
        *_case(text, words),
        *_marks(text),
        *_spaces(text),
        *_shapes(text, words),
    )


def _spellings(words: list[str]) -> Iterator[Choice]:
    for word in words:
        found = WAY_OF.get(word.lower().replace("’", "'"))
        if found is not None:
            choice, _ = found
            yield CHOICES[choice][0], word.lower().replace("’", "'")


def _ends(text: str) -> Iterator[Choice]:
    yield "=end", _end(text)
    yield "=length", str(sum(len(text) > most for most in _LENGTHS))


def _end(text: str) -> str:
    last, tail = text[-1], text[-6:]
    endings = {
        "many dots": text.endswith("...."),
        "dots": text.endswith(("...", "…")),
        "two dots": text.endswith(".."),
        "many" + last: last in "!?" and text[-2:-1] in ("!", "?"),
        last: last in ".!?,~*",
        "kiss": re.search(r"(?:^|\s)[xX]{1,5}o?$", tail) is not None,
        "smiley": _SMILEY.search(text[-4:]) is not None,
        "word": last.isalnum(),
    }
    return next((name for name, so in endings.items() if so), "other")


def _case(text: str, words: list[str]) -> Iterator[Choice]:
    first = next((one for one in text if one.isalpha()), None)
    if first is not None:
        yield "=first", _CASE[first.isupper()]
    for found in _SENTENCE.finditer(text):
        yield "=after stop", _CASE[found[1].isupper()]
    for word in words:
        if word in ("i", "I"):
            yield "=i", word
        elif word[0] in "iI" and word[1:2] in ("'", "’", "m"):
            yield "=im", word[0]
    long = [word for word in words if len(word) > 1 and word.isalpha()]
    if long:
        shouted = sum(word.isupper() for word in long)
        yield "=capitals", "all" if shouted == len(long) else "some" if shouted else "none"
    if len(words) > 2:
        inner = sum(word[0].isupper() and word not in ("I", "I'm") for word in words[1:])
        yield "=inner capitals", str(min(3, inner)) if inner < len(words) - 1 else "every"


def _marks(text: str) -> Iterator[Choice]:
    for found in _APOSTROPHE.finditer(text):
        yield "=apostrophe", found[1]
    for _ in _NO_APOSTROPHE.finditer(text):
        yield "=apostrophe", "none"
    for found in _DOTS.finditer(text):
        yield "=dots", str(min(6, len(found.group())))
    long = len(text) > 25
    if long:
        yield "=comma", str("," in text)
        yield "=stops", str(min(3, len(re.findall(r"(?<!\.)\.(?!\.)", text))))
        yield "=dots used", str(_DOTS.search(text) is not None)
        yield "=colon", str(bool(re.search(r"[;:](?=\s)", text)))
        yield "=dash", str(" - " in text or "–" in text or "--" in text)
        yield "=brackets", str(bool(re.search(r"\w\s?\(\w|\w\)", text)))
    yield "=shout", str(min(3, text.count("!")))
    yield "=question", str(min(3, text.count("?")))
    smiley = _SMILEY.search(text)
    yield (
        "=smiley",
        "none" if smiley is None else "emoji" if _EMOJI.match(smiley.group()) else "drawn",
    )
    if smiley is not None:
        yield "=which smiley", smiley.group()[:3]
    laugh = _LAUGH.search(text)
    yield "=laugh", "none" if laugh is None else laugh.group().lower()[:2]
    if laugh is not None:
        yield "=laugh length", str(min(9, len(laugh.group())))


def _spaces(text: str) -> Iterator[Choice]:
    for found in re.finditer(r"(\s?)[,](\s?)(?=\w)", text):
        yield "=around comma", f"{found[1] != ''}{found[2] != ''}"
    for found in re.finditer(r"(?<=[^\W\d_])(\s?)(\.{1,4}|[?!]{1,4})(\s*)(?=[^\W\d_])", text):
        yield "=around stop", f"{found[1] != ''}{len(found[3])}"
    for found in re.finditer(r"(\s?)[?!]+$", text):
        yield "=before last", str(found[1] != "")
    if len(text) > 25:
        yield "=double space", str("  " in text)
    yield "=lines", str(min(3, text.count("\n")))


def _shapes(text: str, words: list[str]) -> Iterator[Choice]:
    yield "=elongated", str(_ELONGATED.search(text) is not None)
    letters = [word.lower() for word in words if word.isalpha()]
    if len(letters) >= 3:
        bare = sum(len(word) > 1 and not set(word) & set("aeiouy") for word in letters)
        yield "=vowels dropped", str(min(3, bare))
        single = sum(len(word) == 1 and word not in "ia" for word in letters)
        yield "=single letters", str(min(3, single))
        mixed = sum(not word.isalpha() and not word.isdigit() and word.isalnum() for word in words)
        yield "=mixed", str(min(2, mixed))
        usual = [WAY_OF[word][1] == 0 for word in letters if word in WAY_OF]
        if usual:
            share = sum(usual) / len(usual)
            yield "=usual ways", "all" if share == 1 else "most" if share > 0.6 else "few"
    if words:
        yield "=opens", words[0].lower()[:12]
        yield "=closes", words[-1].lower()[:12]
