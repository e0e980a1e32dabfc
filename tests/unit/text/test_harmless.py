"""What may stand on a page or in a terminal of a hostile text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.harmless import harmless, harmless_line, harmless_lines


@given(st.text())
def test_nothing_is_left_that_anything_obeys(text: str) -> None:
    for line in (*harmless_lines(text), harmless_line(text)):
        assert all(one in "\t " or unicodedata.category(one)[0] not in "CZ" for one in line)


@given(st.binary())
def test_any_bytes_have_lines(raw: bytes) -> None:
    assert harmless(raw)


def test_a_text_turned_around_is_shown_as_it_stands() -> None:
    assert harmless_line("\u202etxt.exe") == r"\u202etxt.exe"
    assert harmless_lines("one\r\ntwo") == ["one", "two"]
