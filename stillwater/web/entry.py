"""Links that open the page: each opens it once.

A link is in the terminal, the address bar and the browser's history, where
others may find it. So it holds a token that is spent by its first use; what
the browser keeps is a session cookie, which ends with *leave quickly*, with
idling, and with the program. A file named by the token's hash is all that lies
on disk, in the home folder that is closed to others.
"""

import hashlib
from pathlib import Path

from stillwater.core.home import PRIVATE_FILE, PRIVATE_FOLDER, Home
from stillwater.core.ids import Randomness, system_randomness


def _folder(home: Home) -> Path:
    return home.locks / "entry"


def _name(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(home: Home, randomness: Randomness = system_randomness) -> str:
    """A token that opens the page once: 32 hexadecimal digits."""
    token = randomness(16).hex()
    _folder(home).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    (_folder(home) / _name(token)).touch(mode=PRIVATE_FILE, exist_ok=False)
    return token


def spend(home: Home, untrusted_token: str) -> bool:
    """Whether the token was good; from now on it is not. Only one of two at once gets it."""
    try:
        (_folder(home) / _name(untrusted_token)).unlink()
    except FileNotFoundError:
        return False
    return True


def forget_all(home: Home) -> None:
    """No link made so far opens the page any more."""
    if _folder(home).is_dir():
        for token in _folder(home).iterdir():
            token.unlink(missing_ok=True)
