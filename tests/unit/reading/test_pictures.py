"""What a picture says of itself is read, and no picture can hurt whoever looks."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillwater.reading import pictures
from stillwater.reading.picture_child import look
from stillwater.reading.pictures import SaidByPicture, answer, moment, read_picture
from tests.support.pictures import camera_picture, plain_picture

NOTHING = SaidByPicture()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_time_and_place_are_found(form: str) -> None:
    raw = camera_picture(offset="+01:00", place=True, form=form)
    assert read_picture(raw) == SaidByPicture("2026-03-01T18:02:11+01:00", says_place=True)


def test_without_an_offset_none_is_made_up() -> None:
    assert read_picture(camera_picture()) == SaidByPicture("2026-03-01T18:02:11")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xd8\xff" + b"\xe1\xff\xff" * 1000,
        camera_picture()[:60],
        plain_picture(),
        camera_picture(taken="0000:00:00 00:00:00"),
        camera_picture(taken="<script>alert(1)</script>"),
    ],
    ids=["empty", "lengths that lie", "cut", "says nothing", "no time", "words"],
)
def test_what_says_nothing_readable_says_nothing(raw: bytes) -> None:
    assert read_picture(raw) == NOTHING


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_broken_picture_raises_or_gives_two_plain_values(data: st.DataObject) -> None:
    """In this process, many; the child turns whatever is raised into nothing."""
    form = data.draw(st.sampled_from(["JPEG", "PNG", "TIFF"]))
    raw = bytearray(camera_picture(offset="+01:00", place=True, form=form))
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    try:
        said = look(bytes(raw[:cut]))
    except Exception:  # noqa: BLE001 - whatever it is: the child ends, the parent goes on
        return
    believed = answer(json.dumps(said).encode())
    assert isinstance(believed.says_place, bool)
    assert believed.taken_at == "" or believed.taken_at[:1].isdigit()


@given(st.binary(max_size=200))
def test_whatever_the_child_answers_is_believed_only_in_its_form(line: bytes) -> None:
    assert isinstance(answer(line), SaidByPicture)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_nothing(text: str) -> None:
    assert moment(text) == "" or len(moment(text)) >= 19


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.05)
    monkeypatch.setattr(pictures, "_CHILD", "timeit")
    assert read_picture(b"") == NOTHING
