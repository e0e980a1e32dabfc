"""What must hold of a mail as an arrival: its time, its direction, its bytes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.channels.mail.arrival import MailArrival, from_raw
from stillwater.core.words import Channel, Direction

NOW = datetime(2026, 3, 7, tzinfo=UTC)
RESULTS = b"Authentication-Results: mx.home.example; "
OWN = ("Sam@home.example", "+4915112345678")


def arrival(raw: bytes) -> MailArrival:
    return from_raw(
        raw, id="a1", authserv=("mx.home.example",), own_handles=OWN, fallback_received_at=NOW
    )


def test_the_time_is_the_servers_else_the_senders_else_ours() -> None:
    received = b"Received: by mx; Fri, 06 Mar 2026 17:30:00 +0000\n"
    date = b"Date: Thu, 05 Mar 2026 12:00:00 +0000\n"
    by_server = arrival(received + date + b"\n")
    assert by_server.arrival.received_at == datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
    assert not by_server.received_at_is_guess
    by_sender = arrival(b"Received: by mx; some day\n" + date + b"\n")
    assert by_sender.arrival.received_at == datetime(2026, 3, 5, 12, tzinfo=UTC)
    assert by_sender.received_at_is_guess
    by_nobody = arrival(b"Date: tomorrow\n\n")
    assert by_nobody.arrival.received_at == NOW
    assert by_nobody.received_at_is_guess


@pytest.mark.parametrize(
    ("head", "direction"),
    [
        (b"From: Sam <sam@HOME.example>\nTo: j@x.example", Direction.OUT),
        (b"From: sam@home.example\nReply-To: sam@home.example", Direction.OUT),
        (b"From: sam@home.example\nSender: list@x.example", Direction.OUT),
        (b"From: sam@home.example\nReply-To: j@x.example", Direction.IN),
        (b"From: sam@home.example, j@x.example", Direction.IN),
        (b"From: sam@home.example\nFrom: j@x.example", Direction.IN),
        (b"From: sam+x@home.example", Direction.IN),  # passes for it; is not surely it
        (b'From: "sam@home.example" <j@x.example>', Direction.IN),
        (b"From: <>", Direction.IN),
        (b"Sender: sam@home.example", Direction.IN),
        (b"Subject: nobody", Direction.IN),
        # Delivered to the person: anybody may have written that From.
        (b"Delivered-To: sam@home.example\nFrom: sam@home.example\nTo: j@x.example", Direction.IN),
        (b"Received-SPF: none\nFrom: sam@home.example\nTo: j@x.example", Direction.IN),
        (RESULTS + b"dmarc=none\nFrom: sam@home.example\nTo: j@x.example", Direction.IN),
        (RESULTS + b"dmarc=pass\nFrom: sam@home.example\nTo: j@x.example", Direction.OUT),
    ],
)
def test_out_is_only_what_the_person_alone_sent(head: bytes, direction: Direction) -> None:
    assert arrival(head + b"\n\nhi").arrival.direction is direction


def test_the_body_is_left_for_the_reader_and_the_bytes_stay() -> None:
    raw = b"From: j@x.example\r\nSubject: =?utf-8?q?h=C3=A4?=\r\n\r\n>From me\r\n"
    found = arrival(raw).arrival
    assert (found.raw, found.text, found.subject) == (raw, None, "hä")
    assert found.channel is Channel.MAIL


@given(st.binary(max_size=500))
def test_any_bytes_are_an_arrival(untrusted: bytes) -> None:
    found = arrival(untrusted).arrival
    assert found.raw == untrusted
    assert found.received_at.tzinfo is not None
