"""What is of the form gets a decision, whatever it holds; what is not ends the run."""

import base64
import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillwater.core.errors import ExitCode, UserError
from stillwater.gate.arrival_lines import parse_moment, read_line
from stillwater.gate.replay import Replay
from stillwater.plan.form import parse
from stillwater.reading.sandbox import InProcessReader

Run = Callable[..., list[dict[str, Any]]]
Make = Callable[..., dict[str, Any]]

KEYS = {"id", "match", "reading", "decision", "shown"}
SMALL_PLAN = parse(
    '[you]\nregion = "DE"\n[[others]]\nlabel = "J"\nmode = "no_contact"\n'
    'handles = ["+4917612345678", "jordan@mail.example"]\n'
)


@pytest.mark.parametrize(
    "broken",
    [
        b"not json",
        b"{",
        b'{"id": "a"',
        b"[]",
        b"3",
        b"null",
        b'"text"',
        b"{}",
        b'{"received_at": "2026-03-01T18:00:00Z", "channel": "sms"}',
        b'{"id": null, "received_at": "2026-03-01T18:00:00Z", "channel": "sms"}',
        b'{"id": 7, "received_at": "2026-03-01T18:00:00Z", "channel": "sms"}',
        b'{"id": "a", "channel": "sms"}',
        b'{"id": "a", "received_at": 5, "channel": "sms"}',
        b'{"id": "a", "received_at": "yesterday", "channel": "sms"}',
        b'{"id": "a", "received_at": "2026-03-01T18:00:00", "channel": "sms"}',
        b'{"id": "a", "received_at": "2026-13-01T18:00:00Z", "channel": "sms"}',
        b'{"id": "a", "received_at": "2026-03-01T18:00:00Z"}',
        b'{"id": "a", "received_at": "2026-03-01T18:00:00Z", "channel": null}',
        b"{" + b'"a":[' * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_line_that_is_not_of_the_form_ends_with_its_number(line: Make, broken: bytes) -> None:
    replay = Replay(SMALL_PLAN, InProcessReader(), lambda _: None)
    good = json.dumps(line("+4917612345678", "hello my dear friend")).encode()
    decisions = replay.decide_lines([good, b"\n", good, broken, good])
    assert json.loads(next(decisions))["id"] == json.loads(next(decisions))["id"] == "a1"
    with pytest.raises(UserError) as caught:
        next(decisions)
    assert caught.value.what.startswith("Line 4 of the arrivals: ")
    assert caught.value.exit_code is ExitCode.USAGE
    assert "\n" not in caught.value.what


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T18:00:00Z", datetime(2026, 3, 1, 18, tzinfo=UTC)),
        ("2026-03-01t18:00:00z", datetime(2026, 3, 1, 18, tzinfo=UTC)),
        ("2026-03-01 18:00:00+01:00", datetime(2026, 3, 1, 17, tzinfo=UTC)),
        ("2026-03-01T18:00:00.5-00:30", datetime(2026, 3, 1, 18, 30, 0, 500_000, UTC)),
        ("2026-03-01T18:00:00.123456789Z", datetime(2026, 3, 1, 18, 0, 0, 123_456, UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-03-01T18:00:00", None),
        ("2026-03-01T18:00Z", None),
        ("2026-03-01", None),
        ("2026-02-30T18:00:00Z", None),
        ("2026-03-01T24:00:00Z", None),
        ("2026-03-01T18:00:61Z", None),
        ("2026-03-01T18:00:00+24:00", None),
        ("2026-03-01T18:00:00+01:60", None),
        ("٢٠٢٦-03-01T18:00:00Z", None),
        ("", None),
    ],
)
def test_moments_are_those_of_rfc_3339(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment


@settings(deadline=None)
@given(
    st.datetimes(
        timezones=st.integers(-23 * 60, 23 * 60).map(
            lambda minutes: timezone(timedelta(minutes=minutes))
        )
    )
)
def test_every_written_moment_is_read(moment: datetime) -> None:
    assert parse_moment(moment.isoformat()) == moment


# The order, the clock, and what is passed over


def test_one_decision_a_line_in_the_same_order(run: Run, line: Make) -> None:
    lines = [
        line("+4917612345678" if at % 3 else "+4917100000000", f"word {at}", id=f"x{at}")
        for at in range(600)
    ]
    assert [one["id"] for one in run(*lines)] == [one["id"] for one in lines]


def test_the_same_id_twice_is_two_arrivals(run: Run, line: Make) -> None:
    assert len(run(line("+4917612345678", "one"), line("+4917612345678", "two"))) == 2


def test_a_clock_that_goes_back_is_a_warning(run: Run, line: Make, warnings: list[str]) -> None:
    run(line(None, n=5), line(None, n=4), line(None, n=4), line(None, n=6))
    assert len(warnings) == 2
    assert warnings[0].startswith("Line 2 ")


def test_empty_lines_and_a_byte_order_mark(run: Run, line: Make) -> None:
    one = json.dumps(line(None)).encode()
    assert len(run(b"\xef\xbb\xbf" + one, b"\n", b"  \r\n", one + b"\r\n")) == 2


def test_feedback_about_nothing_known_is_recorded(run: Run, line: Make) -> None:
    said = {**line(None), "kind": "feedback", "says": "theirs"}
    for more in ({"about": "nothing"}, {}, {"about": 3}, {"about": "a1", "says": "sure"}):
        (decision,) = run({**said, **more})
        assert decision["decision"]["action"] == "recorded"


def test_feedback_may_stand_in_an_object_and_without_a_channel(run: Run, line: Make) -> None:
    said: dict[str, Any] = {"id": "f", "received_at": "2026-03-01T18:05:00Z", "kind": "feedback"}
    said["feedback"] = {"about": "a1", "says": "theirs", "other": "K"}
    _, _, after = run(line("+491701", "x"), said, line("+491701", "y", n=9))
    assert after["match"]["other"] == "K"


# Hostile lines


@pytest.mark.parametrize(
    "hostile",
    [
        b'"deep": ' + b"[" * 50_000 + b"]" * 50_000,
        b'"deep": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'"number": ' + b"9" * 10_000,
        b'"number": 1e400, "nan": NaN',
        b'"text": "\\ud800 and \x00 raw \x1b control"',
        b'"text": "\xff\xfe not UTF-8"',
        b'"subject": "' + b"x" * 3_000_000 + b'"',
        b'"from": [' + b"null," * 50_000 + b"null]",
        b'"text": "one", "text": "two"',
    ],
)
def test_whatever_is_of_the_form_gets_a_decision(run: Run, hostile: bytes) -> None:
    head = b'{"id": "a", "received_at": "2026-03-01T18:00:00Z", "channel": "sms", '
    who = b'"from": [{"handle": "+4917612345678"}], '
    started = time.perf_counter()
    (decision,) = run(head + who + hostile + b"}")
    assert time.perf_counter() - started < 6
    assert set(decision) == KEYS
    if b'"from": [null' not in hostile:
        assert decision["match"]["other"] == "J"


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(["+4917612345678", "jordan@mail.example", "pass", "out", "feedback", "a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["handle", "name", "dmarc", "dkim", "about", "says", "size"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "channel",
        "kind",
        "direction",
        "account",
        "from",
        "to",
        "subject",
        "text",
        "attachments",
        "profile",
        "auth",
        "raw",
        "about",
        "says",
        "other",
        "feedback",
        "unknown",
    ]
)
SENDERS = [{"handle": "+4917612345678", "name": "Jo"}]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(
    values=st.dictionaries(FIELDS, JSON_VALUES, max_size=6),
    raw=st.none() | st.binary(max_size=200),
    theirs=st.booleans(),
)
def test_any_values_in_any_field_give_a_decision(
    values: dict[str, Any], raw: bytes | None, theirs: bool
) -> None:
    line = {"id": "é\ud800", "received_at": "2026-03-01T18:00:00Z", "channel": "mail", **values}
    if line["channel"] is None:
        line["channel"] = "sms"
    if raw is not None:
        line["raw"] = base64.b64encode(raw).decode()
    if theirs:
        line.update({"from": SENDERS, "kind": "message", "direction": "in"})
    replay = Replay(SMALL_PLAN, InProcessReader(), lambda _: None)
    written = replay.decide_line(json.dumps(line).encode())
    decision = json.loads(written)
    assert written.isascii()
    assert set(decision) == KEYS
    assert decision["id"] == "é\ud800"
    assert decision["decision"]["reasons"]
    if theirs:
        assert decision["match"]["other"] == "J"
        assert decision["decision"]["action"] in ("held", "alert")


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_any_bytes_are_an_arrival_or_a_user_error(untrusted: bytes) -> None:
    replay = Replay(SMALL_PLAN, InProcessReader(), lambda _: None)
    with suppress(UserError):
        decisions = list(replay.decide_lines([untrusted]))
        assert len(decisions) == (1 if untrusted.strip() else 0)


@settings(deadline=None)
@given(st.data())
def test_a_line_cut_anywhere_is_told(data: st.DataObject) -> None:
    whole = json.dumps(
        {"id": "a", "received_at": "2026-03-01T18:00:00Z", "channel": "sms", "from": SENDERS}
    ).encode()
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(UserError):
        read_line(whole[:cut], 1)


def test_memory_of_earlier_arrivals_is_bounded(
    run: Run, line: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stillwater.gate.replay.REMEMBERED", 2)
    said = {**line(None), "kind": "feedback", "about": "a1", "says": "theirs", "other": "J"}
    arrivals = [line(f"+49170000000{at}", "hello there", n=at) for at in range(1, 4)]
    *_, forgotten = run(*arrivals, said, arrivals[0])
    *_, kept = run(*arrivals, {**said, "about": "a2"}, arrivals[1])
    assert forgotten["match"]["other"] is None
    assert kept["match"]["other"] == "J"
