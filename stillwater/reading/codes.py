"""One-time codes: the digits, where a text says that they are one."""

import re
from collections.abc import Iterable

NEAR = 90  # characters between the words that speak of a code and the code
LETTERS_NEAR = 6  # the same for a code that has letters in it
_CODE = re.compile(
    r"(?<![\w.,:/+#@€$£%-])(?:[A-Z]{1,3}-)?"
    r"(\d{3}[ -]\d{3}|\d{4,8}|(?=[A-Z]{0,7}\d)[A-Z0-9]{5,8})"
    r"(?![\w%€]|[.,:/-]\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def one_time_code(text: str, said: Iterable[tuple[int, int]]) -> str | None:
    """The code nearest to one of the places [start, end) that speak of a code."""
    best: tuple[int, str] | None = None
    for start, end in said:
        for code in _CODE.finditer(text, max(0, start - NEAR), end + NEAR):
            away = max(code.start() - end, start - code.end())
            if away < 0 or (_YEAR.match(code[1]) and away > LETTERS_NEAR):
                continue
            if not code[1].isdigit() and " " not in code[1] and away > LETTERS_NEAR:
                continue
            before = code.start() < start
            distance = away + (NEAR if before else 0)
            if best is None or distance < best[0]:
                best = (distance, code[1])
    return best[1] if best else None
