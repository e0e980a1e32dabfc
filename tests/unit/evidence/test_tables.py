"""Tables that no spreadsheet runs and no terminal hides anything in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.evidence.verifier import tables
from stillwater.evidence.verifier.problems import WrongError

COLUMNS = ("a", "b")


@pytest.mark.parametrize(
    "text", ["=1+1", "+49176", "-1", "@SUM(A1)", " =1", "\u3000=1", "\uff1dcmd", "\t=1", "\r=1"]
)
def test_no_cell_begins_as_a_formula(text):
    assert not tables.cell(text).lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


@given(st.text())
def test_no_cell_holds_anything_unseen(text):
    shown = tables.cell(text)
    assert all(c.isprintable() or c in " \u3000\xa0" or c.isspace() for c in shown)
    assert not set(shown) & set("\0\r\n\t\x1b\u202e\u200b\ufeff\u2028")


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.integers()})))
def test_csv_has_one_record_a_row_whatever_is_in_it(rows):
    read = list(csv.reader(io.StringIO(tables.write_csv(rows, COLUMNS).decode(), newline="")))
    assert len(read) == len(rows) + 1
    assert all(len(record) == 2 for record in read)


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.integers()})))
def test_json_comes_back_as_it_went(rows):
    head = {"format": tables.FORMAT}
    try:
        data = tables.write_json(head, rows)
    except UnicodeEncodeError:
        return
    assert tables.read_json(data, "x", COLUMNS) == (head, rows)


def test_json_of_another_form_is_refused():
    data = tables.write_json({"format": tables.FORMAT}, [{"a": "1", "b": 2}])
    for other in (data + b"\n", data.replace(b'"b":2', b'"b": 2'), data.replace(b"2", b"true")):
        with pytest.raises(WrongError):
            tables.read_json(other, "x", COLUMNS)
