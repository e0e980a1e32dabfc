"""What an other wrote last is context for what comes next, and for nobody else's."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from stillwater.core.judgements import Reading
from stillwater.core.words import Channel, Kind
from stillwater.reading.question import ReadingInput
from stillwater.reading.remembering import LAST, MOST, Memory
from stillwater.reading.sandbox import ChildReader, InProcessReader, Reader

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def asked(text: str, conversation: str = "0", hours: float = 0) -> ReadingInput:
    mail = f"From: j@mail.example\nSubject:\n\n{text}\n"
    return ReadingInput(
        text=None,
        subject=None,
        raw=mail.encode(),
        kind=Kind.MESSAGE,
        channel=Channel.MAIL,
        received_at=NOW + hours * HOUR,
        from_other=True,
        conversation=conversation,
    )


def last_read(reader: type[Reader], questions: list[ReadingInput]) -> Reading:
    """By a reader that has read nothing else."""
    made = reader()
    with made if isinstance(made, ChildReader) else nullcontext():
        return made.read_many(questions)[-1]


@pytest.mark.parametrize("reader", [InProcessReader, ChildReader])
def test_a_mail_is_read_in_the_light_of_those_before_it(reader: type[Reader]) -> None:
    first = "Can I have Mia on Saturday instead, from ten until six? I would bring her back."
    then = "Saturday then?"
    alone = last_read(reader, [asked(then)])
    after = last_read(reader, [asked(first), asked(then, hours=1)])
    of_another = last_read(reader, [asked(first, "1"), asked(then, hours=1)])
    of_nobody = last_read(reader, [asked(first, ""), asked(then, "", hours=1)])
    assert after.needs != alone.needs
    assert of_another == alone
    assert of_nobody.needs == alone.needs


def test_it_remembers_a_few_of_each_and_for_a_while() -> None:
    memory = Memory()
    for number in range(LAST + 2):
        memory.note(asked("", hours=number), f"text {number}")
    assert memory.before(asked("", hours=100)) == ("text 2", "text 3", "text 4")
    assert memory.before(asked("", hours=3)) == ("text 2", "text 3")  # an archive out of order
    assert memory.before(asked("", hours=24 * 15)) == ()
    for number in range(MOST):
        memory.note(asked("", f"c{number}"), "text")
    assert memory.before(asked("", hours=100)) == ()
    memory.note(asked("", "quoted only"), "  \n")
    assert memory.before(asked("", "quoted only")) == ()
