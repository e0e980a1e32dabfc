"""Where something broke, in our own code: all of an error that may be shown or logged."""

import sys
import traceback
from types import TracebackType


def place_of(error: BaseException) -> str:
    """``stillwater.vault.sealing:41 TypeError``: our innermost line, and what kind.

    Never the error's own words: those may quote what a message said.
    """
    place = "stillwater"
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("stillwater"):
            place = f"{module}:{line}"
    return f"{place} {type(error).__name__}"


def show_places_only() -> None:
    """From now on, what ends this process is shown as its place. For processes of ours."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:  # noqa: ARG001
        sys.stderr.write(f"broke: {place_of(error)}\n")

    sys.excepthook = show
