"""The pieces that a time of day is put together from: its number, its half, what puts it off."""

import re

from stillwater.reading.facts.mention import Scene

CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
AM, PM = "am", "pm"
_HALVES = {"am": AM, "a": AM, "pm": PM, "p": PM, "arvo": PM, "ampm": "", "a.m": AM}
ISH = frozenset({"ish", "sh", "odd"})
MINUTES = {"five": 5, "ten": 10, "twenty": 20, "quarter": 15, "qtr": 15, "half": 30}
OPENS = frozenset(MINUTES) | {
    "noon", "midday", "midnight", "noontime", "halb", "viertel", "dreiviertel", "mediodía",
    "mediodia", "medianoche", "mitternacht", "mittags",
}  # fmt: skip


def is_glued(scene: Scene, place: int) -> bool:
    row = scene.row
    return row.glued[place] and (row.word[place].isalpha() or row.word[place] in "%/-:#")


def half_after(scene: Scene, place: int) -> tuple[str, int]:
    """("am" | "pm" | "", first token after it): ish pm, p.m., arvo."""
    row = scene.row
    at = place + (row.word[place] in ISH and row.glued[place])
    at += row.word[at] == "-" and row.word[at + 1] in ISH
    at += at > place and row.word[at] in ISH
    word = row.word[at]
    half = _HALVES.get(word, "")
    if not half:
        return "", at
    if len(word) == 1:
        return _dotted_half(scene, at, half, place)
    if word == "am" and scene.language.code == "de":
        return "", place
    if word == "am" and not row.glued[at] and row.word[at - 1] == "i":
        return "", place
    return half, at + 1


def _dotted_half(scene: Scene, at: int, half: str, place: int) -> tuple[str, int]:
    """ "p.m.", "a. m.", or a "p" that sticks to its figure."""
    row = scene.row
    if row.word[at + 1] == "." and row.word[at + 2] == "m":
        end = at + 3
        return half, end + (row.word[end] == "." and row.glued[end])
    if row.word[at + 1] == "m" and row.glued[at]:
        return half, at + 2
    sure = half == PM or ":" in row.word[at - 1] or row.word[at + 1] in {"to", "-", "–"}
    if row.glued[at] and not row.glued[at + 1] and sure and row.number[at - 1]:
        return half, at + 1
    return "", place


def halved(hour: int, half: str) -> tuple[int, bool]:
    if half == PM:
        return (hour if hour >= 12 else hour + 12), True
    if half == AM:
        return (0 if hour == 12 else hour), True
    return hour, hour > 12


def hour_number(scene: Scene, place: int) -> int | None:
    """An hour as a bare figure or word; None where the token is another thing."""
    row = scene.row
    word = row.word[place]
    if row.number[place]:
        if word.isdecimal() and len(word) <= 2 and int(word) <= 24:
            return int(word) % 24 if int(word) else None
        return None
    number = scene.language.numbers.get(word)
    return number if number is not None and 1 <= number <= 12 else None


def is_rejected(scene: Scene, place: int) -> bool:
    """ "not 5", "instead of 6", "rather than 7": an hour by the company it keeps."""
    row, language = scene.row, scene.language
    at = place - 1
    at -= row.word[at] in {"at", "the", "half", "um", "las"}
    at -= row.word[at] == "a" and language.code == "es"
    before = row.word[at]
    pair = (row.word[at - 1], before)
    if pair in language.rejects_pairs:
        return True
    if before == "than":
        return row.word[at - 1] == "rather"
    if before == "instead":
        return True
    if before in {"no", "not", "n't"} and row.word[place + 1] in language.no_sum_after:
        return False
    return before in language.rejects and row.word[at - 1] not in {"i", "there", "it", "she", "he"}
