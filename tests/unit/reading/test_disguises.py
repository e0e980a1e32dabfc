"""How a threat is typed does not change what it is."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.reading.asking import dangers, from_other, from_stranger, labelled

GRAVE = [
    m["text"]
    for m in labelled("messages.jsonl")
    if m["from"] == "unknown"
    and m["categories"]
    and m["text"].isascii()
    and len(m["text"]) > 12
    and "K I" not in m["text"]
]
THREAT = "I am going to kill you"


@pytest.mark.parametrize("text", GRAVE)
@pytest.mark.parametrize(
    "dressed",
    [str.upper, str.lower, str.title, lambda t: t.replace(" ", "   "), lambda t: f"  {t} \n"],
    ids=["upper", "lower", "title", "spaces", "around"],
)
def test_case_and_spacing(text: str, dressed: Callable[[str], str]) -> None:
    assert dangers(from_stranger(text)) <= dangers(from_stranger(dressed(text)))


@pytest.mark.parametrize("text", GRAVE)
def test_pictures_added(text: str) -> None:
    assert dangers(from_stranger(text)) <= dangers(from_stranger(f"😂 {text} ❤️🔥"))


@pytest.mark.parametrize("text", GRAVE)
def test_text_around_it(text: str) -> None:
    longer = f"Hello, how are you today? The weather is fine.\n\n{text}\n\nKind regards, Tom"
    assert dangers(from_stranger(text)) <= dangers(from_stranger(longer))


@pytest.mark.parametrize(
    "quoted",
    [
        "\n\n> see you at six\n> Tom",
        "\n\nOn Mon, 2 Mar 2026 at 10:00, Sam wrote:\n> ok",
        "\n\n-----Original Message-----\nFrom: Sam\nSubject: hello\n\nok",
        "\n\nAm 02.03.2026 schrieb Sam:\n> gut",
        "\n-- \nTom",
        "\nSent from my iPhone",
    ],
)
def test_a_quote_below_it(quoted: str) -> None:
    assert "kill_or_injure" in dangers(from_stranger(THREAT + quoted))


@pytest.mark.parametrize(
    "typed",
    [
        "i will k1ll you",
        "I will k\u200bi\u200bl\u200bl you",
        "I will kіll yоu",  # Cyrillic і and о
        "i will k*ll you",
        "i will killlllll youuuu",
        "i will k.i.l.l you",
        "i will k i l l you",
        "K I L L  Y O U",
        "iwillkillyou",
        "i will kiII you",
        "I WILL KILL YOU",
        "𝐈 𝐰𝐢𝐥𝐥 𝐤𝐢𝐥𝐥 𝐲𝐨𝐮",
        "ill kil u",
        "i wil klil yuo",
        "I’ll kill you",
        "imma kill ya",
        "i-will-kill-you",
        "i wıll kıll you",
    ],
)
def test_disguises_of_one_threat(typed: str) -> None:
    assert "kill_or_injure" in dangers(from_stranger(typed))


def _slip(text: str, chance: random.Random) -> str:
    """One letter inside a word of five or more left out, doubled, or swapped with the next."""
    long = [word for word in text.split() if len(word) >= 5 and word.isalpha()]
    if not long:
        return text
    word = chance.choice(long)
    at = chance.randrange(1, len(word) - 1)
    typed = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return text.replace(word, typed, 1)


def test_one_slip_of_the_finger_seldom_hides_a_threat() -> None:
    chance = random.Random(7)
    slipped = [_slip(text, chance) for text in GRAVE for _ in range(4)]
    found = sum(bool(dangers(from_stranger(text))) for text in slipped)
    assert found / len(slipped) >= 0.9


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_no_text_around_a_threat_of_the_other_hides_it(before: str, after: str) -> None:
    text = f"{before}\n\n{THREAT}.\n\n{after}"
    assert "kill_or_injure" in dangers(from_other(text))


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_read_and_spans_lie_in_it(text: str, theirs: bool) -> None:
    reading = from_other(text) if theirs else from_stranger(text)
    for span in reading.danger.spans:
        assert 0 <= span.start < span.end <= len(text)


def test_spans_point_at_the_words() -> None:
    subject, text = "Hello", "You know what? I will kіll you tomorrow."
    reading = from_stranger(text, subject=subject)
    whole = f"{subject}\n\n{text}"
    assert {whole[s.start : s.end] for s in reading.danger.spans} == {"I will kіll you"}
