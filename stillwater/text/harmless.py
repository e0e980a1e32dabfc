"""Hostile text made fit to be looked at: nothing in it that a terminal or a page would obey."""

import unicodedata


def harmless(untrusted: bytes) -> list[str]:
    """The lines of an original, with nothing in them that a terminal would obey.

    Control, format and private characters (escape sequences, direction marks,
    invisible ones) are shown as ``\\x1b`` and the like.
    """
    return harmless_lines(untrusted.decode("utf-8", "backslashreplace"))


def harmless_lines(untrusted: str) -> list[str]:
    """The same of text that is decoded already."""
    text = untrusted.replace("\r\n", "\n")
    return ["".join(map(_harmless, line)) for line in text.split("\n")]


def harmless_line(untrusted: str) -> str:
    """The same as one line: of a header, or of a file's name."""
    return "".join(map(_harmless, untrusted))


def _harmless(character: str) -> str:
    if character == "\t" or unicodedata.category(character)[0] not in "CZ" or character == " ":
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
