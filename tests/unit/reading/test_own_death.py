"""Whether harm to others is seen anywhere but in the words about the writer's own death."""

from datetime import UTC, datetime

import pytest

from stillwater.core.words import Channel, DangerCategory, Kind
from stillwater.reading.framing import ANSWER_HEAD, answer, reading_in
from stillwater.reading.reader import ReadingInput, read

HARM, SUICIDE = DangerCategory.KILL_OR_INJURE, DangerCategory.SUICIDE_THREAT


def asked(text: str) -> ReadingInput:
    return ReadingInput(
        text=text,
        subject=None,
        raw=None,
        kind=Kind.MESSAGE,
        channel=Channel.SMS,
        received_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
        timezone="UTC",
        from_other=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "I am going to kill myself.",
        "I have taken the pills. I am going to kill myself and it is because of you.",
        "By the time you read this I will be dead.",
    ],
)
def test_a_doubt_in_the_same_words_is_of_the_own_death(text: str) -> None:
    danger = read(asked(text)).danger
    assert SUICIDE in danger.categories
    assert danger.of_own_death == ((HARM,) if HARM in danger.categories else ())


@pytest.mark.parametrize(
    "text",
    [
        "I will kill you and then I will kill myself.",
        "I will kill myself. You will pay for this, I swear.",
        "If you leave me I will kill myself and take you with me.",
        "I will kill myself. I have a gun and I will shoot you first.",
        "I will kill you.",
    ],
)
def test_a_threat_to_others_is_never_of_the_own_death(text: str) -> None:
    danger = read(asked(text)).danger
    assert HARM in danger.categories
    assert danger.of_own_death == ()


def test_it_comes_out_of_the_child_process_as_it_went_in() -> None:
    reading = read(asked("I am going to kill myself."))
    assert reading.danger.of_own_death
    assert reading_in(answer(reading)[ANSWER_HEAD.size :]).danger == reading.danger
