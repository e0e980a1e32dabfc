"""What must hold of good mails after somebody has been at them: nothing breaks."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from stillwater.channels.mail.arrival import from_raw
from stillwater.text.lookalikes import fold
from stillwater.text.mail import body, source_form
from stillwater.text.quotes import own_words

GOOD = (
    b"Received: by mx.home.example; Fri, 06 Mar 2026 17:30:00 +0100\n"
    b"Authentication-Results: mx.home.example; dkim=pass header.d=x.example; dmarc=pass\n"
    b'From: "Jordan, J." <j@x.example>, =?utf-8?q?J=C3=B6?= <k@x.example>\n'
    b"Reply-To: Group: a@x.example, b@x.example;\nSubject: =?utf-8?b?w6TDtg==?= =?x?q?y?=\n"
    b'Content-Type: multipart/mixed; boundary="a b"\n\npreamble\n--a b\n'
    b"Content-Type: multipart/alternative; boundary=c\n\n--c\n\nplain\n--c\n"
    b"Content-Type: text/html; charset=latin-1\n\n<p style='display:none'>h\xe4\n--c--\n--a b\n"
    b"Content-Type: text/plain; name*=utf-8''%C3%A4\nContent-Transfer-Encoding: base64\n\n"
    b"SSBrbm93IHdoZXJlIHlvdSBhcmU=\n--a b\nContent-Type: message/rfc822\n\n"
    b"From: c@x.example\nContent-Transfer-Encoding: quoted-printable\n\n> a=20b=\n--a b--\n"
)
SPICE = st.sampled_from(
    [
        b"\n",
        b"\n\n",
        b"\r",
        b"\0",
        b'"',
        b"(",
        b"<",
        b">",
        b"--a b\n",
        b"--c",
        b"=?utf-7?b?",
        b"\xff",
    ]
)
CHANGE = st.tuples(
    st.integers(0, len(GOOD)), st.integers(0, 40), st.one_of(SPICE, st.binary(max_size=9))
)


@given(st.lists(CHANGE, max_size=12))
def test_any_change_leaves_something_that_can_be_read(
    changes: list[tuple[int, int, bytes]],
) -> None:
    raw = GOOD
    for at, dropped, put in changes:
        raw = raw[:at] + put + raw[at + dropped :]
    found = from_raw(
        raw,
        id="a1",
        authserv=("mx.home.example",),
        own_handles=("sam@home.example",),
        fallback_received_at=datetime(2026, 3, 7, tzinfo=UTC),
    ).arrival
    read = body(raw)
    shown = [
        found.subject,
        read.text,
        *(a.handle for a in found.senders),
        *(a.name for a in found.senders),
    ]
    for text in (*shown, *(a.name for a in read.attachments)):
        (text or "").encode("utf-8")
    fold(read.text)
    own_words(read.text)
    source_form(raw)
