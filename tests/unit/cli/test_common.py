"""What every command shares."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.cli.common import Day, Duration, ask_passphrase, say, shown_duration
from stillwater.core.errors import UserError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0", timedelta(0)),
        ("30m", timedelta(minutes=30)),
        ("24h", timedelta(days=1)),
        ("2d", timedelta(days=2)),
        ("1d12h", timedelta(hours=36)),
        (" 90S ", timedelta(seconds=90)),
    ],
)
def test_a_span_is_read_as_typed(typed: str, meant: timedelta) -> None:
    assert Duration().convert(typed, None, None) == meant


@pytest.mark.parametrize(
    "typed", ["", "24", "h", "-1h", "1h1d", "1.5h", "tomorrow", "9" * 40 + "d"]
)
def test_a_span_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(click.BadParameter):
        Duration().convert(typed, None, None)


def test_a_day_is_never_guessed() -> None:
    assert Day().convert("2026-03-06", None, None) == date(2026, 3, 6)
    for typed in ("3/6/2026", "06.03.2026", "2026-3-6", "2026-02-30", "yesterday", ""):
        with pytest.raises(click.BadParameter, match="2026-01-31"):
            Day().convert(typed, None, None)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_days_and_hours_add_up(days: int, hours: int) -> None:
    assert Duration().convert(f"{days}d{hours}h", None, None) == timedelta(days=days, hours=hours)


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(0), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=24), "24 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(hours=49), "49 hours"),
    ],
)
def test_a_span_is_shown_as_people_say_it(span: timedelta, shown: str) -> None:
    assert shown_duration(span) == shown


def test_a_passphrase_is_the_first_line_whatever_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(" still  wäter \r\nnot this\n".encode())
    assert ask_passphrase(str(path)) == " still  wäter "


def test_a_passphrase_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("one\ntwo\n"))
    assert ask_passphrase("-") == "one"
    assert ask_passphrase("-") == "two"  # nothing was read ahead


def test_without_anybody_to_type_it_a_passphrase_is_not_awaited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("typed by nobody\n"))
    with pytest.raises(UserError, match="nobody is there"):
        ask_passphrase(None)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n"])
def test_an_empty_or_unreadable_passphrase_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(content)
    with pytest.raises(UserError):
        ask_passphrase(str(path))


def test_answers_are_lines_or_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    say(False, {"a": 1}, "First.", "Second.")
    assert capsys.readouterr().out == "First.\nSecond.\n"
    say(True, {"a": "ü"}, "First.")
    assert json.loads(capsys.readouterr().out) == {"a": "ü"}
