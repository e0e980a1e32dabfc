"""What must hold of mails made to break us: no crash, no hang over two seconds, no loss."""

import base64
import tracemalloc
from collections.abc import Callable

import pytest

from stillwater.text.handles import canonical
from stillwater.text.lookalikes import fold
from stillwater.text.mail import body, envelope, source_form
from stillwater.text.quotes import own_words
from tests.support.pace import within

HEAD = b"From: a@b.example\nSubject: x\n"
MOST_SECONDS = 2.0  # on the reference machine
WORDS = "the deep words"


def take_apart(raw: bytes) -> str:
    """Everything that is done to a mail, each step within the limit."""
    with within(MOST_SECONDS):
        head = envelope(raw)
        _ = head.sent_at, head.received_at
    with within(MOST_SECONDS):
        for sender in head.senders:
            canonical(sender.handle or "")
    with within(MOST_SECONDS):
        text = body(raw).text
    with within(MOST_SECONDS):
        source_form(raw)
    with within(MOST_SECONDS):
        fold(text)
    with within(MOST_SECONDS):
        own_words(text)
    return text


def nested(depth: int, opening: Callable[[int], bytes]) -> bytes:
    return HEAD + b"".join(map(opening, range(depth))) + b"\n" + WORDS.encode()


@pytest.mark.parametrize("join", [b"\nFrom: ", b", ", b",\n\t", b"; "])
def test_a_hundred_thousand_from_addresses_are_all_found(join: bytes) -> None:
    wanted = [f"u{n}@x.example" for n in range(100_000)]
    raw = (
        b"From: " + join.join(f'"N, {n}" <{w}>'.encode() for n, w in enumerate(wanted)) + b"\n\nhi"
    )
    with within(MOST_SECONDS):
        found = [a.handle for a in envelope(raw).senders]
    assert found == wanted
    take_apart(raw)


@pytest.mark.parametrize("field", [b"Subject: %s\n", b"From: %s <j@x.example>\n", b"From: <%s>\n"])
def test_a_megabyte_of_encoded_words(field: bytes) -> None:
    words = b" ".join([b"=?utf-8?b?w6TDtg==?=", b"=?utf-8?q?=C3=A4?="] * 26_000)
    take_apart(b"From: a@b.example\n" + field % words + b"\nhi")


@pytest.mark.parametrize(
    "opening",
    [
        lambda n: b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n),
        lambda n: b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
        lambda n: b"Content-Type: multipart/alternative; boundary=b%d\n\n--b%d\n" % (n, n),
        lambda n: b"Content-Type: multipart/digest; boundary=b%d\n\n--b%d\n\n" % (n, n),
        lambda n: b"Content-Type: message/rfc822\n\nFrom: c@d.example\n",
    ],
)
def test_nesting_two_thousand_deep_hides_nothing(opening: Callable[[int], bytes]) -> None:
    assert WORDS in take_apart(nested(2_000, opening))


def test_nested_quotes_comments_and_groups_in_a_header() -> None:
    for piece in (b"(", b'"', b"<", b"a:", b"\\", b"((a)", b'"\\"'):
        take_apart(b"From: " + piece * 300_000 + b" <a@b.example>\n\nhi")


def test_a_mail_of_two_hundred_megabytes_in_little_memory() -> None:
    line = b"A" * 76 + b"\n"
    raw = b"".join(
        (
            HEAD, b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", WORDS.encode(),
            b"\n--b\nContent-Type: application/pdf; name=x.pdf\n",
            b"Content-Transfer-Encoding: base64\n\n", line * 2_700_000, b"--b--\n",
        )
    )  # fmt: skip
    assert len(raw) > 200_000_000
    tracemalloc.start()
    with within(MOST_SECONDS):
        read = body(raw)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 20_000_000
    assert read.text == WORDS
    assert read.attachments[0].size == 2_700_000 * 76 * 3 // 4
    take_apart(raw)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"X: " + b"a" * 50_000_000,
        HEAD + b"\n" + b"hello world\n" * 5_000_000,
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 1_000_000,
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--c\n" * 5_000_000,
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"hi " * 10**7)[:-9],
        HEAD + b"Content-Type: text/plain" + b';"' * 100_000 + b"\n\nhi",
        HEAD + b"Content-Type: text/plain" + b"; a*0*=%" * 100_000 + b"\n\nhi",
        HEAD + b"\n" + ("a" + "\u0301\u0316" * 500_000).encode(),
        HEAD + b"\n" + "aа ".encode() * 400_000,
        HEAD + b"\n" + b"\n" * 2_000_000,
        HEAD + b"\n" + b"On 1\n" * 400_000,
        HEAD + b"\n" + b"--\nx\n" * 400_000,
        b"Date: " + b"(" * 500_000 + b"\nReceived: " + b";(" * 500_000 + b"\n\nx",
        b"From: a" + b"\n " * 1_000_000 + b"<b@c.example>\n\nx",
        b"\r\n" * 2_000_000,
        b":\n" * 2_000_000,
        b"\0" * 5_000_000,
    ],
)
def test_mails_that_make_other_parsers_hang(raw: bytes) -> None:
    take_apart(raw)


@pytest.mark.parametrize(
    "charset", [b"punycode", b"idna", b"utf-7", b"unicode_escape", b"zlib", b"\0"]
)
def test_charsets_that_are_traps(charset: bytes) -> None:
    content = b"Content-Type: text/plain; charset=" + charset + b"\n\n" + b"a-+AAA\\x" * 250_000
    take_apart(HEAD + content)
    take_apart(b"Subject: =?" + charset + b"?q?" + b"a-" * 200_000 + b"?=\n\nhi")


@pytest.mark.parametrize(
    "piece",
    [b"<!--", b"<a ", b"<script>", b'<a "', b"&amp", b"<blockquote>", b"<", b"<p hidden ", b"&#x"],
)
def test_hostile_html(piece: bytes) -> None:
    take_apart(HEAD + b"Content-Type: text/html\n\n" + piece * 400_000)


def test_zero_bytes_hide_no_word_and_no_sender() -> None:
    raw = b"Fr\0om: a@b\0.example\n\nI will k\0ill you"
    assert [a.handle for a in envelope(raw).senders] == ["a@b.example"]
    assert take_apart(raw) == "I will kill you"
