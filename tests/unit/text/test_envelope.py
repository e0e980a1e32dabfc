"""What must hold of a mail's header: every sender is seen, and nothing is believed."""

from datetime import UTC, datetime, timedelta, timezone
from email.header import Header
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.dates import mail_date
from stillwater.text.headers import decode_text, decode_words
from stillwater.text.mail import CUT_HEADER, Envelope, envelope


def handles(head: Envelope) -> list[str | None]:
    return [a.handle for a in head.senders]


def test_every_from_sender_and_reply_to_is_a_sender() -> None:
    head = envelope(
        b"Reply-To: r@x.example\nFrom: a@x.example\nSENDER: s@x.example\n"
        b"from : b@x.example,\n\tc@x.example\nResent-From: d@x.example\n\nFrom: no@x.example\n"
    )
    assert handles(head) == [f"{c}@x.example" for c in "abcsrd"]
    assert head.sender_kinds == ("from", "from", "from", "sender", "reply-to", "resent-from")
    assert head.from_raw == ("a@x.example", "b@x.example, c@x.example")


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@x.example\r\nSubject: hi\r\n\r\nbody",
        b"From: a@x.example\rSubject: hi\r\rbody",
        b"\n\r\nFrom: a@x.example\nSubject: hi\n\nbody",
        b"From someone Thu Jan  1 00:00:00 1970\nFrom: a@x.example\nSubject: hi\n\nbody",
        b"this is no field\nFrom: a@x.example\nSubject: hi\n\nbody",
        b"From\0: a@x.ex\0ample\nSubject: hi\n\nbody",
        b"From:\n a@x.example\nSubject:\n hi\n",
        b"From: a@x.example\nSubject: hi",
    ],
)
def test_a_broken_header_hides_nobody(raw: bytes) -> None:
    head = envelope(raw)
    assert handles(head) == ["a@x.example"]
    assert head.subject == "hi"


def test_recipients_labels_and_marks_of_bulk_mail() -> None:
    head = envelope(
        b"To: a@x.example\nCc: G: b@x.example;\nDelivered-To: c@x.example\nList-Id: <l.example>\n"
        b'X-Gmail-Labels: =?utf-8?q?Gel=C3=B6scht?=,"Opened, really",Sent\nX-GM-THRID: 17\n\n'
    )
    assert [a.handle for a in head.recipients] == ["a@x.example", "b@x.example", "c@x.example"]
    assert head.gmail_labels == ("Gelöscht", "Opened, really", "Sent")
    assert (head.gmail_thread, head.is_bulk) == ("17", True)


def test_the_display_name_keeps_an_address_that_it_pretends_to_be() -> None:
    (sender,) = envelope(b"From: =?utf-8?q?j=40mail=2Eexample?= <x@evil.example>\n\n").senders
    assert (sender.name, sender.handle) == ("j@mail.example", "x@evil.example")


def test_a_header_without_end_is_cut_and_said_to_be() -> None:
    head = envelope(b"From: a@x.example\nX: " + b"a" * 17_000_000)
    assert handles(head) == ["a@x.example"]
    assert CUT_HEADER in head.problems


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1))
def test_what_was_encoded_is_read_again(text: str) -> None:
    encoded = Header(text, "utf-8", maxlinelen=60).encode(linesep="\n").replace("\n", "")
    assert " ".join(decode_words(encoded).split()) == " ".join(text.split())


@given(st.binary(max_size=60), st.text(max_size=20))
def test_any_bytes_are_some_text_in_any_charset(untrusted: bytes, charset: str) -> None:
    decode_text(untrusted, charset).encode("utf-8")


MOMENTS = st.datetimes(datetime(1980, 1, 2), datetime(2099, 12, 30)).map(  # noqa: DTZ001
    lambda d: d.replace(microsecond=0)
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(MOMENTS, OFFSETS)
def test_dates_are_read_with_their_offset(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone)
    assert (
        mail_date(format_datetime(aware)) == aware == parsedate_to_datetime(format_datetime(aware))
    )


@pytest.mark.parametrize(
    "shown",
    ["", "yesterday", "31 Feb 2026 00:00:00 +0000", "1 Jan 0026 00:00:00 +0000", "(" * 10_000,
     "1 Jan 2026 00:00:00 +9999", "Mon, 99 Foo 2026 99:99:99 +0000"],
)  # fmt: skip
def test_what_is_no_date_is_none(shown: str) -> None:
    assert mail_date(shown) is None


def test_the_date_of_the_topmost_received_is_when_it_came_in() -> None:
    head = envelope(
        b"Received: by mx (a comment; really) for <b@x.example>; Fri, 06 Mar 2026 17:30:00 +0100\n"
        b"Received: by other; Thu, 05 Mar 2026 00:00:00 +0000\nDate: 1 Jan 2020 00:00 -0500\n\n"
    )
    assert head.received_at == datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    assert head.sent_at == datetime(2020, 1, 1, 5, 0, tzinfo=UTC)


@given(st.binary(max_size=400))
def test_no_bytes_break_it(untrusted: bytes) -> None:
    envelope(untrusted)


SAFE = st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.example", fullmatch=True)


@given(st.lists(SAFE, min_size=1, max_size=4), SAFE, st.sampled_from(["\n", "\r\n"]))
def test_it_agrees_with_the_standard_library_on_good_mail(
    senders: list[str], to: str, line_end: str
) -> None:
    mail = Message()
    mail["From"] = ", ".join(senders)
    mail["To"] = to
    mail["Subject"] = "good"
    raw = mail.as_string().replace("\n", line_end).encode()
    head = envelope(raw)
    assert handles(head) == senders
    assert [a.handle for a in head.recipients] == [to]
    assert head.subject == "good"


def test_a_byte_order_mark_hides_no_sender() -> None:
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe"):
        (sender,) = envelope(mark + b"From: j@x.example\n\nhi").senders
        assert sender.handle == "j@x.example"


def test_spaces_in_an_address_are_no_part_of_it() -> None:
    (sender,) = envelope(b"From: J < j @ x . example >\n\nhi").senders
    assert sender.handle == "j@x.example"
