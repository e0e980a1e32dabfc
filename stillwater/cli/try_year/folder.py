"""Where a made-up home lies while the program runs: a temporary folder, removed afterwards.

It is held by a lock of its own, so that the next ``--try`` can tell what was left behind by
one that was killed from what another one is using.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from stillwater.core.home import Home

PREFIX = "stillwater-try-"
_MARK = "made-up"


@contextmanager
def made_up_home() -> Iterator[Home]:
    """A new folder for a home, its owner's alone; it is gone afterwards, however that ends."""
    remove_left_over()
    root = Path(tempfile.mkdtemp(prefix=PREFIX))
    with _held(root):
        try:
            yield Home(root / "home")
        finally:
            shutil.rmtree(root)


def remove_left_over() -> None:
    """Remove the made-up homes whose program was killed. Others' folders are left alone."""
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if _is_our_folder(root):
                _remove_unless_in_use(root)
        except FileNotFoundError:
            continue  # it bears no mark of ours, or another one was quicker


def environment(home: Home) -> dict[str, str]:
    """What names this home to our processes, and keeps them away from all that is real."""
    return {
        "STILLWATER_HOME": str(home.root),
        "STILLWATER_KEYRING": "off",
        "STILLWATER_POSTGRES": "",
        # Cookies know no ports: a name of its own, so that neither signs the other out.
        "STILLWATER_MADE_UP": home.root.parent.name.removeprefix(PREFIX),
    }


@contextmanager
def _held(root: Path) -> Iterator[None]:
    """Marked as made up, and in use. Locked before it bears the name that is looked for."""
    begun = root / f"{_MARK}.new"
    with begun.open("x") as mark:
        _lock(mark)
        begun.rename(root / _MARK)
        yield


def _is_our_folder(root: Path) -> bool:
    """Not a link, and nobody else's: anybody may put something into the temporary folder."""
    found = root.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _remove_unless_in_use(root: Path) -> None:
    """Raises FileNotFoundError where there is no mark, or no folder any more."""
    with (root / _MARK).open("r+") as mark:
        try:
            _lock(mark)
        except BlockingIOError:
            return
        shutil.rmtree(root)


def _lock(mark: IO[str]) -> None:
    """Raises BlockingIOError where another process has it."""
    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
