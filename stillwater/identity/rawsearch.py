"""Looking for known handles in bytes that no parser could read.

The last resort: whatever goes wrong, what names the other is not let through.
Plain searches in windows of undressed bytes (text/undressed.py), so that 200 MB
need little memory and no time worth speaking of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import phonenumbers

from stillwater.text.handles import MAIL, TEL, canonical
from stillwater.text.undressed import views

_WINDOW = 4 * 2**20  # bytes looked at in one piece
_OVERLAP = 2048  # the longest handle, base64 and line breaks included, and room to spare
_SHORTEST_ID = 4  # characters: shorter account names stand in too many texts
_SHORTEST_NUMBER = 5  # digits
_BETWEEN_DIGITS = b" \t\r\n-./()\xc2\xa0"
_NOT_BEFORE = re.compile(rb"[a-z0-9._%+\-]\Z")
_NOT_AFTER = re.compile(rb"[a-z0-9_\-]|\.[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Needles:
    """How the handles of one other may stand in bytes."""

    words: list[bytes] = field(default_factory=list)  # addresses and account names, lower case
    digits: list[bytes] = field(default_factory=list)  # national numbers


class RawSearch:
    """The handles of each other, ready to be looked for."""

    def __init__(self, handles: Mapping[str, Iterable[str]], region: str | None) -> None:
        self._needles = {label: _needles(shown, region) for label, shown in handles.items()}

    def named_in(self, untrusted_raw: bytes) -> str | None:
        """The label of the first other whose handle stands in these bytes, else None."""
        for window in _windows(untrusted_raw):
            for view in views(window):
                label = self._named_in_view(view.lower())
                if label is not None:
                    return label
        return None

    def _named_in_view(self, view: bytes) -> str | None:
        joined = view.translate(None, _BETWEEN_DIGITS)
        for label, needles in self._needles.items():
            if any(digits in joined for digits in needles.digits):
                return label
            if any(_stands_alone(word, view) for word in needles.words):
                return label
        return None


def _needles(handles: Iterable[str], region: str | None) -> Needles:
    needles = Needles()
    for shown in handles:
        handle = canonical(shown, region)
        if handle is None:
            continue
        if handle.network == MAIL:
            needles.words.extend({_bytes(handle.exact), _bytes(shown.strip().casefold())})
        elif handle.network == TEL:
            needles.digits.extend(_national(handle.exact))
        elif len(account := handle.exact.partition(":")[2]) >= _SHORTEST_ID:
            needles.words.append(_bytes(account))
    return needles


def _national(exact: str) -> Iterator[bytes]:
    """The number without country code and leading zero, as it stands in every writing of it."""
    try:
        national = str(phonenumbers.parse(exact, None).national_number)
    except phonenumbers.NumberParseException:
        national = "".join(filter(str.isdigit, exact))
    if len(national) >= _SHORTEST_NUMBER:
        yield national.encode()


def _bytes(form: str) -> bytes:
    return form.encode("utf-8", "surrogatepass")


def _stands_alone(word: bytes, view: bytes) -> bool:
    """Whether the word is there, and not as a part of a longer address."""
    at = view.find(word)
    while at >= 0:
        end = at + len(word)
        before = _NOT_BEFORE.search(view[max(0, at - 1) : at])
        if before is None and _NOT_AFTER.match(view[end : end + 2]) is None:
            return True
        at = view.find(word, at + 1)
    return False


def _windows(raw: bytes) -> Iterator[bytes]:
    start = 0
    while True:
        yield raw[start : start + _WINDOW]
        start += _WINDOW - _OVERLAP
        if start + _OVERLAP >= len(raw):
            return
