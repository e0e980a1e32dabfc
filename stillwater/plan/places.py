"""Where in a plan's text a key stands: TOML parsers keep no lines for values."""

import re

Path = tuple[str | int, ...]
"""Keys and list positions from the top: ``("others", 0, "mode")``."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""")


def spoken(path: Path) -> str:
    """The place in words: ``mode of others number 1``."""
    if not path:
        return "it"
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] = f"{words[-1]} number {step + 1}"
        else:
            words.append(_clean(step))
    return " of ".join(reversed(words))


def _clean(key: str) -> str:
    """A key as it may be shown: the plan's author may have mistyped anything."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", key) else "a key"


def line_of(source: str, path: Path) -> int | None:
    """The line (from 1) on which the thing at this path stands; None where that is not found.

    A thing inside a list or an inline table is found at the key that holds it.
    """
    lines = source.splitlines()
    first, last = _section(lines, path)
    keys = [step for step in path if isinstance(step, str)][1:]
    for at in range(first, last):
        found = _KEY.match(lines[at])
        if found and keys and (found[1] or found[2] or found[3]) == keys[0]:
            return at + 1
    return first if first else _at_top(lines, path)


def _section(lines: list[str], path: Path) -> tuple[int, int]:
    """Lines [first, last) under the header of the table that the path begins with."""
    wanted = next((step for step in path if isinstance(step, int)), 0)
    name = path[0] if path else None
    headers = [
        (at, found[2], found[1]) for at, line in enumerate(lines) if (found := _HEADER.match(line))
    ]
    own = [at for at, header, _kind in headers if header == name]
    if wanted >= len(own):
        return (0, 0)
    start = own[wanted]
    end = next((at for at, header, _kind in headers if at > start), len(lines))
    return (start + 1, end)


def _at_top(lines: list[str], path: Path) -> int | None:
    for at, line in enumerate(lines):
        found = _KEY.match(line)
        if found and path and (found[1] or found[2] or found[3]) == path[0]:
            return at + 1
    return None
