"""What must hold of text made plain: the words are seen, and every letter keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.text.lookalikes import INVISIBLE, fold, skeleton

TRICKY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aаeеiіoоkкpрxхyу\u200b\u200d\u202e\u00ad\u0301\u0316ﬁßİſ𝓴ＫⅣ½k1@$!0"),
    )
)


@pytest.mark.parametrize(
    "dressed",
    [
        "kill", "KILL", "k1ll", "k!ll", "кill", "kіll", "ＫＩＬＬ", "𝓴𝓲𝓵𝓵", "ᴋɪʟʟ", "🅺🅸🅻🅻",
        "k\u200bi\u200bl\u200bl", "k\u00adill", "\u202ekill\u202c", "ki\0ll",
    ],
)  # fmt: skip
def test_a_word_dressed_up_is_plain_again(dressed: str) -> None:
    assert fold(f"I will {dressed} you").text == "i will kill you"


@pytest.mark.parametrize(
    "plain",
    [
        "привет, сор и оса", "καλημέρα", "jordan@mail.example", "see you at 17h30",
        "straße".replace("ß", "ss"), "tötet", "room b2b", "l8r at 5pm", "https://a1b.example/x",
    ],
)  # fmt: skip
def test_honest_words_stay_as_they_are(plain: str) -> None:
    assert fold(plain).text == plain


def test_a_word_wholly_of_look_alikes_is_latin_where_nothing_else_is_cyrillic() -> None:
    assert fold("сор").text == "cop"


@given(TRICKY)
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text)
    assert offsets == sorted(offsets)
    assert all(0 <= at < len(text) for at in offsets)
    start, end = folded.original_span(0, len(folded.text))
    assert start <= end <= len(text)


@given(TRICKY)
def test_nothing_invisible_is_left(text: str) -> None:
    assert not INVISIBLE.search(fold(text).text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_ascii_keeps_its_length(text: str) -> None:
    visible = INVISIBLE.sub("", text)
    assert len(fold(text).text) == len(visible)


@given(st.from_regex(r"[a-z ]{0,40}", fullmatch=True))
def test_plain_words_are_their_own_folding(text: str) -> None:
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("one", "two"), [("paypal", "рауpаl"), ("modern", "rnodem"), ("lol", "I0l"), ("wow", "vvow")]
)
def test_what_looks_alike_has_one_skeleton(one: str, two: str) -> None:
    assert skeleton(one) == skeleton(two)


def test_a_million_marks_on_one_letter_are_bounded() -> None:
    assert len(fold("a" + "\u0301\u0316" * 500_000).text) < 20
