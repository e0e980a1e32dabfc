"""What was logged: a fixture for every test that says that something must not be."""

import logging
from collections.abc import Iterator

import pytest

SMTP_RECEIVER = "mail.log"  # the logger of a server that tests run, and that is no part of ours


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that anything logs, however small, with all that its record holds."""
    lines: list[str] = []

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name == SMTP_RECEIVER:
                return
            lines.append(f"{record.getMessage()} {record.exc_info} {record.__dict__}")

    handler, root = Keeps(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)
