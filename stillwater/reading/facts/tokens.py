"""A text as a row of words, numbers and signs, with room at both ends to look about.

Everything that reads facts walks this row and looks at a bounded number of
neighbours, so that time grows with length alone. No offsets are kept: values are
made anew in our forms.
"""

import re
import unicodedata
from dataclasses import dataclass

PAD = 10  # empty places before and after: nobody looks farther than that
LONGEST = 20_000  # characters that are read; what follows holds no fact that is needed
_LONGEST_PIECE = 24  # characters of one token; a longer one is no date, sum or name

# Addresses of pages are one token. Digits keep the signs between them: 17:30, 1,250, 6.3.2026
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+|[bB]4(?!\w)|2(?:day|moro|morrow|nite|night|moz|mrw)(?!\w)"
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|[\n_]"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})  # "14th-15th March" is no code
_PHONE_DIGITS = 7

END_OF_SENTENCE = frozenset(".!?;\n")


@dataclass(slots=True)
class Row:
    """Parallel lists; index PAD is the first token. Empty words stand around them.

    ``word`` is in small letters with a plain apostrophe; ``shown`` as written.
    ``glued``: nothing stands between this token and the one before.
    ``taken``: a reader has made something of it, or it can be nothing (a phone
    number, an address).
    """

    word: list[str]
    shown: list[str]
    glued: list[bool]
    number: list[bool]
    taken: list[bool]
    sentence: list[int]  # which sentence it stands in, from 0

    @property
    def places(self) -> range:
        return range(PAD, len(self.word) - PAD)

    def take(self, start: int, end: int) -> None:
        self.taken[start:end] = [True] * (end - start)

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def any_of(self, words: frozenset[str], start: int, end: int) -> bool:
        """Whether one of ``words`` stands at start … end - 1."""
        return not words.isdisjoint(self.word[max(0, start) : max(0, end)])


def row_of(text: str) -> Row:
    """The tokens of the first LONGEST characters. Linear; never raises."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST])
    row = Row([""] * PAD, [""] * PAD, [False] * PAD, [False] * PAD, [False] * PAD, [-1] * PAD)
    last_end = -1
    sentence = 0
    for found in _TOKEN.finditer(plain):
        piece = found.group()
        word = piece.lower().replace("’", "'") if len(piece) <= _LONGEST_PIECE else "\0"
        row.word.append(word)
        row.shown.append(piece if word != "\0" else "\0")
        row.glued.append(found.start() == last_end)
        row.number.append(word[0].isdecimal() and word[-1].isdecimal())
        row.taken.append(word == "\0")
        row.sentence.append(sentence)
        last_end = found.end()
        if piece in END_OF_SENTENCE and not (piece == "." and _is_inside(plain, last_end)):
            sentence += 1
    for column, empty in ((row.word, ""), (row.shown, "")):
        column.extend([empty] * PAD)
    for flags in (row.glued, row.number, row.taken):
        flags.extend([False] * PAD)
    row.sentence.extend([-1] * PAD)
    _shut_out(row)
    return row


def _is_inside(text: str, after: int) -> bool:
    """A dot inside of something: 6.Mar, p.m., or 5.30 with a space lost."""
    follows = text[after : after + 1]
    return follows.isalnum() or follows in (",", ".")


def _shut_out(row: Row) -> None:
    """Mark what can be no fact: phone numbers, mail addresses, codes such as 25-CR-3391."""
    start = PAD
    end = len(row.word) - PAD
    while start < end:
        stop = start + 1
        while stop < end and row.glued[stop]:
            stop += 1
        if _is_code(row, start, stop):
            row.take(start, stop)
        start = stop
    _shut_out_phones(row)


def _is_code(row: Row, start: int, stop: int) -> bool:
    if stop - start < 2:
        return False
    words = row.word[start:stop]
    if "@" in words[1:-1] or "://" in "".join(words[:8]):
        return True
    digits = sum(row.number[start:stop])
    letters = sum(w.isalpha() and w not in _ORDINAL for w in words)
    return digits >= 1 and letters >= 1 and "-" in words and stop - start >= 5 and words[0] != "-"


def _shut_out_phones(row: Row) -> None:
    """Several numbers in a row, or one long one that begins with 0 or +, are no date or sum."""
    start = PAD
    end = len(row.word) - PAD
    while start < end:
        if not row.number[start] or not row.word[start].isdecimal():
            start += 1
            continue
        stop = start + 1
        while stop < end and (
            (row.number[stop] and row.word[stop].isdecimal())
            or (
                (row.word[stop] in "-/()" and row.number[stop + 1] and not row.glued[start])
                and len(row.word[stop + 1]) > 2
            )
        ):
            stop += 1
        digits = sum(len(w) for w in row.word[start:stop] if w.isdecimal())
        many = sum(row.number[start:stop])
        first = row.word[start]
        if (digits >= _PHONE_DIGITS and (many > 1 or first[0] == "0")) or row.word[
            start - 1
        ] == "+":
            row.take(start, stop)
        start = stop
