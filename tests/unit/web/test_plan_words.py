"""The plan in plain sentences: labels of forms as they are written inside a sentence."""

import pytest
from django.utils import translation

from stillwater.core.plans import Other
from stillwater.core.words import Channel, Mode, Need
from stillwater.web.plan.words import of_other


def said_of(channel: Channel, language: str) -> str:
    other = Other("J.", Mode.LOW_CONTACT, channel=channel, subjects=(Need.CHILDREN, Need.MONEY))
    with translation.override(language):
        return of_other(other).lines[0]


def test_names_keep_their_capitals_and_other_words_do_not() -> None:
    assert "about children, money reach you, in our words: WhatsApp," in said_of(
        Channel.WHATSAPP, "en"
    )
    assert "in our words: letters," in said_of(Channel.LETTER, "en")


@pytest.mark.parametrize(
    ("language", "holds"), [("de", ("Kinder, Geld", "Briefe")), ("es", (", dinero", "cartas"))]
)
def test_each_language_as_it_is_written(language: str, holds: tuple[str, ...]) -> None:
    assert all(one in said_of(Channel.LETTER, language) for one in holds)
