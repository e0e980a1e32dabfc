"""Errors that a person reads: what happened, and what to do next."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command; documented in docs/commands.md."""

    OK = 0
    FOUND_WRONG = 1  # a check ran and found something wrong
    USAGE = 2  # the input or the call is not of the form it must have
    NOT_NOW = 3  # refused for now: a wait is running, or somebody else is at work
    NOT_ALLOWED = 4  # the passphrase is wrong, or this session may not do that
    BROKEN = 5  # something on this machine is broken (disk, permissions, database)


class UserError(Exception):
    """A mistake or a condition that the user can do something about.

    It is shown as two lines and never as a traceback. Neither part may hold
    content, names or handles.
    """

    def __init__(
        self, what: str, next_step: str = "", exit_code: ExitCode = ExitCode.USAGE
    ) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        self.exit_code = exit_code


class UnreadableError(Exception):
    """Bytes that could not be read as what they claim to be.

    ``raw`` holds the bytes, so that whoever catches this can still look for
    known handles in them: one bad item never loses an archive.
    """

    def __init__(self, why: str, raw: bytes = b"") -> None:
        super().__init__(why)
        self.why = why
        self.raw = raw
