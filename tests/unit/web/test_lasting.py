"""A length of time is said in the person's language."""

from datetime import timedelta

import pytest
from django.utils import translation

from stillwater.vault import openings
from stillwater.web.lasting import in_words

LENGTHS = [
    timedelta(),
    timedelta(seconds=1),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(days=1, hours=1, minutes=1),
    timedelta(days=2, minutes=5),
]


@pytest.mark.parametrize("left", LENGTHS)
def test_in_english_the_page_says_what_a_terminal_says(left: timedelta) -> None:
    with translation.override("en"):
        assert in_words(left) == openings.in_words(left)


@pytest.mark.parametrize(("language", "said"), [("de", "1 Tag 2 Stunden"), ("es", "1 día 2 horas")])
def test_it_speaks_the_language_of_the_page(language: str, said: str) -> None:
    with translation.override(language):
        assert in_words(timedelta(days=1, hours=2)) == said
