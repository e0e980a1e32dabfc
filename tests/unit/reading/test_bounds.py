"""No text takes long: time grows with length alone."""

import random

import pytest

from stillwater.reading.languages.registry import grammars
from stillwater.reading.reader import prepare
from tests.support.pace import within
from tests.unit.reading.asking import from_other

SIZE = 1_000_000  # characters
LIMIT = 2.0  # seconds on the reference machine


def _vocabulary() -> str:
    words = sorted(grammars()[0].words)
    chance = random.Random(1)
    return " ".join(chance.choices(words, k=SIZE // 7))[:SIZE]


def _misspelt() -> str:
    chance = random.Random(2)
    return " ".join("".join(chance.choices("kildeyou", k=5)) for _ in range(SIZE // 6))


def _any_characters() -> str:
    chance = random.Random(3)
    return "".join(chr(chance.randrange(32, 0xD7FF)) for _ in range(SIZE // 2))


HOSTILE = {
    "one word": "a" * SIZE,
    "short words": "a " * (SIZE // 2),
    "beginnings": "i will " * (SIZE // 7),
    "excused": "i will kill you if you eat " * (SIZE // 27),
    "letters apart": "k i l l " * (SIZE // 8),
    "dots": "." * SIZE,
    "edges": ".!? \n" * (SIZE // 5),
    "numbers": "1 " * (SIZE // 4),
    "addresses": "a@" * (SIZE // 2),
    "marks": "a" + "\u0301" * SIZE,
    "invisible": "k\u200bi\u200bl\u200bl " * (SIZE // 8),
    "quotes": "> a\nb\n" * (SIZE // 6),
    "wrote": "On 1 wrote: " * (SIZE // 12),
    "pictures": "🔪 " * (SIZE // 2),
    "codes": "your code is " * (SIZE // 13),
    "courts": "Court of the " * (SIZE // 13),
    "days": "within 3 days " * (SIZE // 14),
    "stars": "k*" * (SIZE // 2),
    "vocabulary": _vocabulary,
    "misspelt": _misspelt,
    "any characters": _any_characters,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_is_read_in_time(kind: str) -> None:
    prepare()
    made = HOSTILE[kind]
    text = made if isinstance(made, str) else made()
    with within(LIMIT):
        from_other(text)


def test_a_threat_at_the_end_of_a_long_text_is_found() -> None:
    text = "The weather is fine. " * 40_000 + "I will kill you"
    assert from_other(text).danger.categories
