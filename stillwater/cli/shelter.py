"""Prepare the home folder, and refuse one that is not ours alone."""

import os
import stat

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home


def prepare(home: Home) -> Home:
    """Make the home and its folders, mode 0700. Raises UserError.

    A folder that holds other things is refused: closing it to others, as a
    home must be, could lock somebody out of what is theirs.
    """
    try:
        _refuse_anothers(home)
        home.prepare()
    except OSError as error:
        raise UserError(
            f"Stillwater's folder cannot be made or closed to others: {error.strerror}.",
            "Choose a folder of your own on a disk of this machine: STILLWATER_HOME=…",
            ExitCode.BROKEN,
        ) from error
    if stat.S_IMODE(home.root.stat().st_mode) & 0o077:
        raise UserError(
            "Other users of this machine can look into Stillwater's folder.",
            "Put it on a disk that knows permissions: STILLWATER_HOME=…",
            ExitCode.BROKEN,
        )
    return home


def _refuse_anothers(home: Home) -> None:
    root = home.root
    if not root.exists():
        return
    if not root.is_dir():
        raise UserError(
            "STILLWATER_HOME names a file.", "Name a folder; it is made where it is missing."
        )
    if root.stat().st_uid != os.getuid():
        raise UserError(
            "Stillwater's folder belongs to another user of this machine.",
            "Run as that user, or choose your own folder: STILLWATER_HOME=…",
            ExitCode.NOT_ALLOWED,
        )
    if not home.vault.is_dir() and any(root.iterdir()):
        raise UserError(
            "STILLWATER_HOME names a folder that already holds other things.",
            "Name a new or an empty folder.",
        )
