"""Known handles are found in bytes that no parser could read."""

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.arrivals import Arrival, Feedback
from stillwater.core.plans import Other, Plan, You
from stillwater.core.words import Mode
from stillwater.identity.known import Known
from stillwater.text.undressed import views

PLAN = Plan(
    others=(
        Other("J", Mode.WATCH, handles=("+4917612345678", "jordan@mail.example")),
        Other("K", Mode.WATCH, handles=("instagram:kim.k", "müller@münchen.example")),
    ),
    you=You(region="DE"),
)
KNOWN = Known.from_plan(PLAN)
NOISE = st.binary(max_size=200)


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        (b"\xff\x00From: JORDAN@mail.Example\r\n\x80", "J"),
        (b"From: jordan=40mail=2Eexam=\r\nple", "J"),
        (base64.encodebytes(b"x" * 100 + b"write to jordan@mail.example now"), "J"),
        (base64.urlsafe_b64encode(b"??>>jordan@mail.example"), "J"),
        ("jordan@mail.example".encode("utf-16-le"), "J"),
        ("jordan@mail.example".encode("utf-16-be"), "J"),
        (b"jordan%40mail.example", "J"),
        (b'{"from": "jordan\\u0040mail.example"}', "J"),
        (b"tel 0176/1234 5678", "J"),
        (b"+49 (176) 123-456-78", "J"),
        (b"004917612345678", "J"),
        (b"kim.k liked", "K"),
        ("müller@münchen.example".encode(), "K"),
        (b"x@xn--mnchen-3ya.example m\xc3\xbcller@xn--mnchen-3ya.example", "K"),
        (b"majordan@mail.example", None),
        (b"jordan@mail.example.org", None),
        (b"jordan@mail.examples", None),
        (b"nothing of theirs", None),
        (b"", None),
    ],
)
def test_every_writing(raw: bytes, label: str | None) -> None:
    assert KNOWN.named_in(raw) == label


@settings(deadline=None)
@given(before=NOISE, after=NOISE)
def test_inside_whatever_base64_is_around_it(before: bytes, after: bytes) -> None:
    body = before + b" jordan@mail.example " + after
    assert KNOWN.named_in(b"X-Y: z\r\n\r\n" + base64.encodebytes(body)) == "J"


@settings(deadline=None)
@given(before=st.text(max_size=100))
def test_inside_quoted_printable(before: str) -> None:
    body = quopri.encodestring(before.encode() + b" jordan@mail.example ")
    assert KNOWN.named_in(body) == "J"


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_views_never_raise_and_begin_with_the_bytes(raw: bytes) -> None:
    assert next(iter(list(views(raw)))) == raw


def test_across_the_border_of_two_windows() -> None:
    for at in range(4 * 2**20 - 30, 4 * 2**20 + 3, 3):
        assert KNOWN.named_in(b"\n" * at + b"jordan@mail.example\n" + b"\n" * 5000) == "J"


def test_what_feedback_taught_is_found_too() -> None:
    known = Known.from_plan(PLAN)
    from stillwater.core.arrivals import Address
    from stillwater.core.clock import SystemClock
    from stillwater.core.words import Channel

    new = Arrival("a", SystemClock().now(), Channel.MAIL, senders=(Address("new@x.example"),))
    known.learn(new, Feedback("a", "theirs", "K"))
    assert known.named_in(b"From: new@x.example") == "K"
