"""What must hold of a mail's body: what it says is read, however it is wrapped."""

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.body import CUT, DIFFERS, HIDDEN, NOT_ENCODED, TEXT_CAP, body
from stillwater.text.html import html_to_text
from stillwater.text.parts import parameters

WORDS = "Bring the keys on Friday."


def mail(head: str, content: bytes) -> bytes:
    return b"From: a@x.example\n" + head.encode() + b"\n\n" + content


@pytest.mark.parametrize(
    "raw",
    [
        mail("Subject: plain", WORDS.encode()),
        mail("Content-Transfer-Encoding: base64", base64.b64encode(WORDS.encode())),
        mail("Content-Transfer-Encoding: base64", WORDS.encode()),  # it is not
        mail("Content-Transfer-Encoding: quoted-printable", b"Bring=20the ke=\r\nys on Friday."),
        mail(
            "Content-Type: text/html", b"<p>Bring the <b>keys</b>&nbsp;on<style>x</style> Friday."
        ),
        mail("Content-Type: text/plain; charset=utf-16", WORDS.encode("utf-16")),
        mail("Content-Type: text/plain; charset=no-such", WORDS.encode()),
        mail("Content-Type: text/plain; charset=idna", WORDS.encode()),
        mail("Content-Type: multipart/mixed", WORDS.encode()),
        mail("Content-Type: multipart/mixed; boundary=b", WORDS.encode()),
        mail("Content-Type: multipart/mixed; boundary=b", b"--b\n\n" + WORDS.encode()),
        mail(
            "Content-Type: multipart/mixed; boundary*=us-ascii''b", b"--b\r\n\r\n" + WORDS.encode()
        ),
        mail("Content-Type: nonsense", WORDS.encode()),
        mail("Content-Type: message/rfc822", b"Subject: x\n\n" + WORDS.encode()),
        mail("Content-Type: message/rfc822", WORDS.encode()),
        mail("Subject: x", b"Bring\0 the ke\0ys on Friday."),
        mail("Subject: x", WORDS.encode()).replace(b"\n", b"\r"),
        WORDS.encode(),
    ],
)
def test_the_words_are_read(raw: bytes) -> None:
    assert WORDS in " ".join(body(raw).text.split())


def test_truncated_base64_gives_what_surely_was_there() -> None:
    whole = base64.b64encode(b"I know where you are tonight.")
    for end in range(8, len(whole)):
        text = body(mail("Content-Transfer-Encoding: base64", whole[:end])).text
        assert b"I know where you are tonight.".startswith(text.encode())
        assert len(text) >= end * 3 // 4 - 2


def test_attachments_are_named_and_measured() -> None:
    whole = EmailMessage()
    whole.set_content("See the picture.")
    whole.add_attachment(b"x" * 1000, maintype="image", subtype="png", filename="Tür.png")
    read = body(whole.as_bytes())
    assert read.text == "See the picture."
    assert [(a.name, a.type, a.size) for a in read.attachments] == [("Tür.png", "image/png", 1000)]


def test_of_two_forms_that_say_the_same_one_is_read() -> None:
    whole = EmailMessage()
    whole.set_content("See you there.")
    whole.add_alternative("<p>See <i>you</i> there.</p>", subtype="html")
    read = body(whole.as_bytes())
    assert (read.text, read.problems) == ("See you there.", ())


def test_what_only_the_html_form_says_is_not_lost() -> None:
    whole = EmailMessage()
    whole.set_content("See you there.")
    whole.add_alternative("<p>See you there.</p><p>I will find you.</p>", subtype="html")
    read = body(whole.as_bytes())
    assert "I will find you." in read.text
    assert DIFFERS in read.problems


def test_hidden_words_are_read_and_said_to_be_hidden() -> None:
    read = body(
        mail("Content-Type: text/html", b'<p>Hi<span style="DISPLAY : none">I see you</span>')
    )
    assert "I see you" in read.text
    assert HIDDEN in read.problems


def test_a_mail_in_a_mail_is_read_under_its_own_head() -> None:
    inner = EmailMessage()
    inner["From"] = "b@x.example"
    inner["Subject"] = "Inner"
    inner.set_content("The inner words.")
    whole = EmailMessage()
    whole.set_content("Look at this.")
    whole.add_attachment(inner)
    text = body(whole.as_bytes()).text
    assert text.index("Look at this.") < text.index("From: b@x.example") < text.index("The inner")


def test_munged_from_lines_are_as_they_were_written() -> None:
    assert (
        body(mail("Subject: x", b"Hi\n>From now on\n>>From two")).text
        == "Hi\nFrom now on\n>From two"
    )


def test_problems_are_said() -> None:
    long = body(mail("Subject: x", b"word " * TEXT_CAP))
    assert CUT in long.problems
    assert len(long.text) <= TEXT_CAP
    assert (
        NOT_ENCODED in body(mail("Content-Transfer-Encoding: base64", b"~~~ not it ~~~")).problems
    )


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("mine<blockquote>theirs<br>too</blockquote>mine", "mine\n> theirs\n> too\nmine"),
        ("1 &lt; 2 < 3 &amp; more", "1 < 2 < 3 & more"),
        ("<!-- <p>x</p> -->seen<!--[if mso]>y<![endif]-->", "seen"),
        ("<script>if (a < b) {}</script>seen<STYLE>p{}</STYLE>", "seen"),
        ("<script>never closed", "never closed"),
        ("<!-- never closed", "never closed"),
        ('<a href="https://x.example/?q=1">words</a>', "words"),
        ("<!--> seen <!---> this -->", "seen this -->"),  # two comments with nothing in them
        ("<!-- not --!> seen <!-- not -->", "seen"),
        ('<img src=x alt="seen"><svg><text>this</text></svg>', "seen this"),
        ("<noscript>one</noscript><object>two</object>", "onetwo"),
    ],
)
def test_html_says_what_a_reader_sees(page: str, text: str) -> None:
    assert html_to_text(page).text == text


def test_parameters_in_every_form() -> None:
    assert parameters("a/b; x=1; Y=\"2;\\\"3\"; z*0*=utf-8''%C3%A4; z*1=b") == {
        "x": "1", "y": '2;"3', "z": "äb",
    }  # fmt: skip


@given(st.text())
def test_any_text_survives_being_html(text: str) -> None:
    html_to_text(text)


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [b"--b\n", b"\n--b--\n", b"\n", b"\r\n", b"Content-Type: multipart/mixed; boundary=b\n",
             b"Content-Type: multipart/alternative; boundary=b--\n", b"Content-Type: text/html\n",
             b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n\n",
             b"QUJD=",
             b"Content-Type: multipart/digest; boundary=b\n\n", b">From x", b"\0",
             b"<p style=font-size:0>"]
        ),
        st.binary(max_size=30),
    ),
    max_size=25,
).map(b"".join)  # fmt: skip


@given(PIECES)
def test_no_structure_breaks_it(untrusted: bytes) -> None:
    read = body(untrusted)
    read.text.encode("utf-8")
    assert "\0" not in read.text
    assert all(a.size >= 0 for a in read.attachments)


def test_real_bodies_come_from_nowhere_else() -> None:
    """The reader of bodies opens no file and no address: it imports nothing that could."""
    import stillwater.text.body as room

    source = Path(str(room.__file__)).read_text(encoding="utf-8")
    assert not any(word in source for word in ("import socket", "urllib.request", "open("))
