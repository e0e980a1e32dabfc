"""What a picture says of itself: when it was taken, and whether it says where.

A picture may be made to break whoever looks at it. So a child process looks, for a moment,
with no keys and with the limits of limits.py; nothing is ever unpacked or drawn.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime

HEAD = 2_000_000  # bytes of a picture that are looked at: what it says stands at the beginning
PATIENCE = 20.0  # seconds, on a slow and busy machine
_CHILD = "stillwater.reading.picture_child"
_TAKEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)(?:\|([+-]\d\d:\d\d|Z))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SaidByPicture:
    """``taken_at`` is ISO, with an offset only where the picture gives one; "" where unread."""

    taken_at: str = ""
    says_place: bool = False


def read_picture(untrusted_raw: bytes) -> SaidByPicture:
    """Look at a picture in a child process. Whatever goes wrong there: nothing was read."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-X", "utf8", "-m", _CHILD],
            input=untrusted_raw[:HEAD],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could hold content
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return SaidByPicture()
    return answer(done.stdout) if done.returncode == 0 else SaidByPicture()


def answer(untrusted_line: bytes) -> SaidByPicture:
    """What the child said, believed only where it is of the form."""
    try:
        said = json.loads(untrusted_line[:1000])
        return SaidByPicture(moment(str(said["taken"])), said["place"] is True)
    except (ValueError, KeyError, TypeError, RecursionError):
        return SaidByPicture()


def moment(untrusted_taken: str) -> str:
    """``2026:03:01 18:02:11``, perhaps with ``|+01:00``, as ISO; "" where it is no time."""
    found = _TAKEN.fullmatch(untrusted_taken)
    if found is None:
        return ""
    year, month, day, hour, minute, second, offset = found.groups()
    text = f"{year}-{month}-{day}T{hour}:{minute}:{second}{offset or ''}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
