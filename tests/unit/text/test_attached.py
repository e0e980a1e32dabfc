"""The bytes of an attachment, by its place among those that are listed."""

from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.body import attached, body


def mail(*files: bytes) -> bytes:
    made = EmailMessage()
    made["From"] = "jordan@mail.example"
    made.set_content("see the pictures")
    made.add_alternative("<p>see the pictures</p>", subtype="html")
    for number, file in enumerate(files):
        made.add_attachment(file, maintype="image", subtype="png", filename=f"{number}.png")
    return made.as_bytes()


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=4))
def test_each_is_given_byte_for_byte(files: list[bytes]) -> None:
    raw = mail(*files)
    assert len(body(raw).attachments) == len(files)
    assert [attached(raw, number) for number in range(len(files))] == files
    assert attached(raw, len(files)) is None
    assert attached(raw, -1) is None


@given(st.binary(max_size=400), st.integers(0, 3))
def test_whatever_is_listed_is_there_and_nothing_else(raw: bytes, number: int) -> None:
    is_there = number < len(body(raw).attachments)
    assert (attached(raw, number) is not None) == is_there
