"""24 words, 32 bytes and AGE-SECRET-KEY are three ways to write one identity."""

from datetime import UTC, datetime

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.errors import UserError
from stillwater.vault import identities
from stillwater.vault.sheet import Sheet

secrets = st.binary(min_size=32, max_size=32)


@given(secrets)
@settings(max_examples=30)
def test_words_bytes_and_key_are_one(secret: bytes) -> None:
    words = identities.words_of(secret)
    assert len(words) == 24
    assert identities.secret_from_words(" ".join(words)) == secret
    identity = identities.identity_of(secret)
    assert str(identity) == identities.written(secret)
    assert identities.secret_of(identity) == secret


@given(secrets)
@settings(max_examples=10)
def test_what_is_sealed_to_it_opens(secret: bytes) -> None:
    identity = identities.identity_of(secret)
    blob = identities.seal(b"hello", [identities.recipient_of(identity)])
    assert pyrage.decrypt(blob, [identity]) == b"hello"


def test_words_may_be_typed_in_any_shape() -> None:
    secret = bytes(range(32))
    typed = "\n".join(word.upper() for word in identities.words_of(secret))
    assert identities.secret_from_words(typed) == secret


@pytest.mark.parametrize("change", ["drop", "swap", "foreign"])
def test_wrong_words_say_what_to_do(change: str) -> None:
    words = list(identities.words_of(bytes(range(32))))
    if change == "drop":
        words.pop()
    elif change == "swap":
        words[0], words[1] = words[1], words[0]
    else:
        words[4] = "nonsense"
    with pytest.raises(UserError) as error:
        identities.secret_from_words(" ".join(words))
    assert error.value.next_step
    assert words[7] not in error.value.what


def test_the_text_of_a_sheet_is_its_words() -> None:
    """Whoever kept the sheet as a file gives that file."""
    secret = bytes(range(32))
    made = Sheet(
        identities.words_of(secret), identities.written(secret), datetime(2026, 11, 20, tzinfo=UTC)
    )
    assert identities.secret_from_words(made.text()) == secret


def test_an_identity_file_may_have_comments() -> None:
    secret = bytes(range(32))
    file = f"# a comment\n\n{identities.written(secret)}\n".encode()
    assert identities.secret_of(identities.identity_from_file(file)) == secret


def test_what_is_no_recipient_is_refused() -> None:
    with pytest.raises(UserError):
        identities.recipient("age1nonsense")


def test_a_fingerprint_is_eight_words_that_change_with_the_key() -> None:
    first, second = (
        identities.fingerprint(identities.recipient_of(identities.identity_of(bytes([n]) * 32)))
        for n in (1, 2)
    )
    assert len(first) == len(second) == 8
    assert first != second
    assert all(word.isalpha() for word in first)
