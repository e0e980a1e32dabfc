"""What must hold of the source form: one mail, one form, whichever way it came."""

from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.mail import source_form

HEAD = (
    b"From: Jordan\n\t<j@x.example>\nDate: Fri, 06 Mar 2026 17:30:00 +0100\n"
    b"Message-ID: <1@x.example>\nSubject: hi\n"
)
BODY = b"Hello\nFrom now on\n> From a quote\n\nBye\n"
LINE = st.sampled_from(
    [b"", b"Hello", b"From now on", b">From me", b">>From him", b"> From", b"From"]
)
BODIES = st.lists(LINE, max_size=8).map(b"\n".join)


def munged(body: bytes, *, deep: bool) -> bytes:
    """As mbox writers store it: mboxo quotes ``From ``, mboxrd ``>From `` too."""

    def line(one: bytes) -> bytes:
        bare = one.lstrip(b">") if deep else one
        return b">" + one if bare.startswith(b"From ") else one

    return b"\n".join(map(line, body.split(b"\n")))


@given(BODIES)
def test_imap_maildir_and_both_mboxes_give_one_form(body: bytes) -> None:
    plain = source_form(HEAD + b"\n" + body)
    assert source_form((HEAD + b"\n" + body).replace(b"\n", b"\r\n")) == plain
    assert source_form(HEAD + b"\n" + munged(body, deep=False)) == plain
    assert source_form(HEAD + b"\n" + munged(body, deep=True)) == plain
    assert source_form(HEAD + b"\n" + body + b"\n\n") == plain


def test_what_servers_and_programs_add_does_not_count() -> None:
    added = b"X-Gmail-Labels: Inbox\nStatus: RO\nReceived: by mx; today\n" + HEAD
    assert source_form(added + b"\n" + BODY) == source_form(HEAD + b"\n" + BODY)
    from_line = b"From j@x.example Fri Mar  6 17:30:00 2026\n"
    assert source_form(from_line + HEAD + b"\n" + BODY) == source_form(HEAD + b"\n" + BODY)


def test_the_same_message_id_with_another_body_is_another_mail() -> None:
    assert source_form(HEAD + b"\n" + BODY) != source_form(HEAD + b"\nSomething else\n")


def test_another_sender_date_or_id_is_another_mail() -> None:
    forms = {
        source_form(HEAD.replace(old, new) + b"\n" + BODY)
        for old, new in ((b"", b""), (b"j@x", b"k@x"), (b"06 Mar", b"07 Mar"), (b"<1@", b"<2@"))
    }
    assert len(forms) == 4


def test_the_same_body_that_says_something_else_is_another_mail() -> None:
    """The threat in the subject alone; the same bytes, to be read in another way."""
    added = (
        b"",
        b"Content-Type: text/html\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Subject: another\n",
    )
    forms = {source_form(HEAD + one + b"\n" + BODY) for one in added}
    forms.add(source_form(HEAD.replace(b"hi", b"I know where you sleep") + b"\n" + BODY))
    assert len(forms) == len(added) + 1


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_header_values_cannot_pass_for_a_body(one: bytes, two: bytes) -> None:
    """The empty line parts them: no value holds one, since values are unfolded."""
    head, _, _ = source_form(b"From: " + one + b"\n\n" + two).partition(b"\n\n")
    assert head.startswith(b"stillwater-mail-1")
    assert b"\n\n" not in head


@given(st.binary(max_size=400))
def test_no_bytes_break_it(untrusted: bytes) -> None:
    assert source_form(untrusted) == source_form(untrusted)
