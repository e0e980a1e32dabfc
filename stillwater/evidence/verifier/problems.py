"""What a check can end with: something wrong, something not checked, a wrong call."""

from __future__ import annotations


class WrongError(Exception):
    """The first thing that is wrong: which file, what was expected, what was found."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(f"{where}: expected {expected}, found {found}")
        self.where = where
        self.expected = expected
        self.found = found


class CallError(Exception):
    """The call cannot be carried out as it stands; ``next_step`` says what can."""

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step


def plain(untrusted_text: str, limit: int = 80) -> str:
    """Text of a hostile bundle, safe for a terminal: visible ASCII, at most ``limit`` long."""
    shown = untrusted_text[:limit].encode("unicode_escape").decode("ascii")
    return shown if len(untrusted_text) <= limit else shown + "..."
