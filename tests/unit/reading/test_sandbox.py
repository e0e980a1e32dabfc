"""The child process can be killed, crashed and lied to; no item but its own is lost."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.judgements import Danger, Fact, Reading, Span
from stillwater.core.words import DangerCategory, FactKind, Need
from stillwater.reading import framing, sandbox
from stillwater.reading.sandbox import ChildReader, InProcessReader, Reader
from tests.unit.reading.asking import FRIDAY_HANDOVER, ask

ROOT = Path(__file__).parents[3]
UNRULY = (
    sys.executable,
    "-B",
    "-c",
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy;"
    f" runpy.run_path({str(Path(__file__).with_name('unruly_child.py'))!r}, run_name='__main__')",
)
PATIENCE = 0.5


@pytest.fixture(scope="module")
def unruly() -> Iterator[ChildReader]:
    with ChildReader(patience=PATIENCE, command=UNRULY) as reader:
        yield reader


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildReader]:
    with ChildReader() as child:
        yield child


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("die", sandbox.CRASHED),
        ("hang", sandbox.TOO_LONG),
        ("call out", sandbox.CRASHED),
        ("write", sandbox.CRASHED),
        ("nonsense", sandbox.NOT_AN_ANSWER),
        ("endless", sandbox.NOT_AN_ANSWER),
        ("grow", "it needs more memory than the reader is given"),
    ],
)
def test_one_bad_item_costs_only_itself(unruly: ChildReader, text: str, why: str) -> None:
    inputs = [ask("a"), ask("b"), ask(text), ask("c", raw=b"xyz"), ask(text), ask("d")]
    readings = unruly.read_many(inputs)
    assert [reading.unread for reading in readings] == [None, None, why, None, why, None]
    assert readings[3].language == "n3"


def test_a_hang_ends_in_time(unruly: ChildReader) -> None:
    unruly.read_many([ask("a")])
    began = time.monotonic()
    unruly.read_many([ask("hang")])
    assert time.monotonic() - began < 4 * PATIENCE


def test_the_child_has_no_environment_and_no_open_files(
    unruly: ChildReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLWATER_SECRET", "x")
    unruly.close()
    with Path(__file__).open("rb") as held:
        os.set_inheritable(held.fileno(), True)
        environment, files = unruly.read_many([ask("environment"), ask("files")])
    assert set(environment.mentions) <= {"LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS"}
    assert len(files.mentions) == 4  # the three standard ones, and the listing itself


def test_large_items_go_through(unruly: ChildReader) -> None:
    readings = unruly.read_many([ask(None, raw=b"x" * 20_000_000), ask(None, raw=b"y")])
    assert [reading.language for reading in readings] == ["n20000000", "n1"]


def test_a_child_that_never_starts_is_an_error_not_a_hang() -> None:
    broken = (sys.executable, "-c", "pass")
    with ChildReader(command=broken) as reader, pytest.raises(ChildProcessError):
        reader.read_many([ask("a")])


def test_a_child_killed_between_batches_is_replaced(reader: ChildReader) -> None:
    reader.read_many([ask("hello")])
    assert reader._child is not None
    reader._child.kill()
    reader._child.wait()
    assert reader.read_many([ask("I will kill you")])[0].danger.categories


def test_both_readers_say_the_same(reader: ChildReader) -> None:
    inputs = [
        ask("I will kill you", from_other=True),
        ask("pick her up at 8", from_other=True, handovers=(FRIDAY_HANDOVER,)),
        ask("Your code is 123456"),
        ask(None, raw=b"Subject: hi\n\nYou have been served by 27 March 2026.\n", subject="hi"),
        ask("été 🎉 \ud800 x"),
        ask(None),
    ]
    in_process: Reader = InProcessReader()
    assert reader.read_many(inputs) == in_process.read_many(inputs)


def test_no_questions_no_answers(reader: ChildReader) -> None:
    assert reader.read_many([]) == []


READINGS = st.builds(
    Reading,
    facts=st.lists(
        st.builds(
            Fact, st.sampled_from(FactKind), st.text(max_size=9), st.none() | st.sampled_from(Need)
        ),
        max_size=3,
    ).map(tuple),
    danger=st.builds(
        Danger,
        st.lists(st.sampled_from(DangerCategory), max_size=3).map(tuple),
        st.lists(
            st.builds(Span, st.integers(0, 9), st.integers(0, 9), st.text(max_size=9)), max_size=3
        ).map(tuple),
    ),
    legal_service=st.booleans(),
    one_time_code=st.none() | st.text(min_size=1, max_size=9),
    carries_word=st.booleans(),
    mentions=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    language=st.none() | st.text(min_size=1, max_size=3),
    unread=st.none() | st.text(min_size=1, max_size=9),
)


@given(READINGS)
def test_answers_come_back_as_they_were(reading: Reading) -> None:
    frame = framing.answer(reading)
    assert framing.reading_in(frame[framing.ANSWER_HEAD.size :]) == reading


@given(st.text(max_size=50), st.none() | st.binary(max_size=50), st.booleans())
def test_questions_come_back_as_they_were(text: str, raw: bytes | None, theirs: bool) -> None:
    asked = ask(text, raw=raw, from_other=theirs, handovers=(FRIDAY_HANDOVER,), subject=text)
    head, sent = framing.question(asked)
    assert framing.asked_in(head[framing.HEAD.size :], sent) == asked
