"""Logs hold what happened and where, never content."""

import logging
import re

import pytest

from stillwater.cli.common import ask_passphrase
from stillwater.config.logs import PlacesOnly
from stillwater.core.errors import UserError
from stillwater.core.places import place_of
from stillwater.vault.models import Epoch


def test_an_exception_is_logged_as_its_kind_and_place() -> None:
    record = _record_of_a_break("what the other wrote")
    written = PlacesOnly("%(levelname)s %(message)s").format(record)
    assert written.splitlines() == ["ERROR it broke", "stillwater ValueError"]


def test_text_that_another_handler_kept_is_not_logged_either() -> None:
    record = _record_of_a_break("what the other wrote")
    logging.Formatter().format(record)  # keeps the full text on the record
    assert "what the other wrote" not in PlacesOnly("%(message)s").format(record)


def test_a_place_is_our_innermost_line() -> None:
    with pytest.raises(UserError) as caught:
        ask_passphrase("/nowhere/at/all")
    assert re.fullmatch(r"stillwater\.cli\.common:\d+ UserError", place_of(caught.value))
    with pytest.raises(TypeError) as other:
        Epoch(nonsense="what the other wrote")
    assert place_of(other.value) == "stillwater TypeError"  # the line is not one of ours


def _record_of_a_break(words: str) -> logging.LogRecord:
    with pytest.raises(ValueError, match=words) as caught:
        int(words)
    trace = (caught.type, caught.value, caught.tb)
    return logging.LogRecord("x", logging.ERROR, "x.py", 1, "it broke", None, trace)
