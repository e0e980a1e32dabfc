"""The reader that this machine has: the child, and a second reader beside it where one is set.

Nothing waits long for the second reader: what is dangerous is not shown to it, and one batch
costs ``PATIENCE`` seconds at the most. Whoever does not answer is not asked again in that batch.
"""

import os
import time
from collections.abc import Sequence
from typing import Protocol

from stillwater.core.errors import UserError
from stillwater.core.judgements import Reading
from stillwater.core.words import Tier
from stillwater.reading.parts import as_read
from stillwater.reading.question import ReadingInput
from stillwater.reading.sandbox import ChildReader
from stillwater.reading.second import SecondReader, joined

SETTING = "STILLWATER_SECOND_READER"  # "http://127.0.0.1:8080/v1 name-of-the-model"
PATIENCE = 60.0  # seconds for one batch
LARGEST = 2**18  # bytes of an original; larger ones are no messages


class ClosingReader(Protocol):
    """A reader with a process of its own, until it is closed."""

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]: ...

    def close(self) -> None: ...


class Seconded:
    """A reader on whose tactics and needs a second one has its say."""

    def __init__(self, first: ClosingReader, second: SecondReader) -> None:
        self._first, self._second = first, second

    def close(self) -> None:
        self._first.close()

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]:
        readings = self._first.read_many(inputs)
        until = time.monotonic() + PATIENCE
        for at, (asked, reading) in enumerate(zip(inputs, readings, strict=True)):
            if time.monotonic() >= until:
                break
            if not _is_for_it(asked, reading):
                continue
            opinion = self._second.opinion(as_read(asked).text)
            if opinion is None:
                break
            readings[at] = joined(reading, opinion)
        return readings


def _is_for_it(asked: ReadingInput, reading: Reading) -> bool:
    """An other's words alone: what was read, and holds no danger that waits to be told."""
    is_grave = any(one.tier is Tier.AT_ONCE for one in reading.danger.categories)
    is_small = asked.raw is None or len(asked.raw) <= LARGEST
    return asked.from_other and reading.unread is None and is_small and not is_grave


def second_reader() -> SecondReader | None:
    """As STILLWATER_SECOND_READER says. Raises UserError where it says nothing that can be used."""
    said = os.environ.get(SETTING, "").split()
    if not said:
        return None
    if len(said) != 2:
        raise UserError(
            f"{SETTING} is not understood.",
            "Give an address and a model: http://127.0.0.1:8080/v1 name-of-the-model",
        )
    return SecondReader(*said)


def reader() -> ClosingReader:
    """The reader for a gate. A setting that cannot be used is left out: mail comes first.

    ``stillwater doctor`` says that it is.
    """
    first = ChildReader()
    try:
        second = second_reader()
    except UserError:
        second = None
    return Seconded(first, second) if second else first
