"""What a kill left half-made among the files that wait to be saved: it goes.

``outgoing/<person>/`` holds finished files, each sealed, until they are taken away. Anything
else there was being written when its process ended, and nobody will ever finish it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stillwater.core.home import Home

# Whoever writes one of these writes all the time: so long without a byte, and nobody does.
UNTOUCHED_FOR = timedelta(hours=1)
_FINISHED = re.compile(r"[0-9a-f]{32}\.tar\.age|backup\.age(\.keys\.json)?")


def clear_half_made(home: Home, now: datetime, untouched_for: timedelta = UNTOUCHED_FOR) -> int:
    """Take away what was half-made and not written to for so long; gives how many files.

    One that claims to be of later than now is of before the clock was set back.
    """
    old = [
        path
        for path in _half_made(home)
        if not timedelta(0) <= now - _written(path, now) < untouched_for
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _half_made(home: Home) -> Iterator[Path]:
    for path in home.outgoing.rglob("*"):
        is_theirs = path.parent.parent == home.outgoing and _FINISHED.fullmatch(path.name)
        if not is_theirs and (path.is_symlink() or path.is_file()):
            yield path


def _written(path: Path, now: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, tz=UTC)
    except FileNotFoundError:  # finished, or taken away, a moment ago
        return now
