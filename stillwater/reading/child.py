"""The child process: reads questions from standard input, answers on standard output.

Started by sandbox.ChildReader as ``python -I -m stillwater.reading.child``. It
ends when its input ends. Whatever goes wrong with one item ends the process
too, except for want of memory or depth: the parent knows which item it was.
"""

import sys
from typing import BinaryIO

from stillwater.core.judgements import Reading
from stillwater.reading import framing, limits
from stillwater.reading.reader import prepare, read

READY = framing.answer(Reading())


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    answers.write(READY)
    answers.flush()
    while head := questions.read(framing.HEAD.size):
        header_length, raw_length = framing.HEAD.unpack(head)
        header = questions.read(header_length)
        limits.one_more_item()
        answers.write(framing.answer(_read(questions, header, raw_length)))
        answers.flush()


def _read(questions: BinaryIO, header: bytes, raw_length: int) -> Reading:
    try:
        return read(framing.asked_in(header, questions.read(raw_length)))
    except MemoryError:
        return Reading(unread="it needs more memory than the reader is given")
    except RecursionError:
        return Reading(unread="it is nested more deeply than the reader goes")


def main() -> None:
    prepare()
    limits.lock_down()
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
