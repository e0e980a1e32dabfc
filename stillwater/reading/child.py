"""The child process: reads questions from standard input, answers on standard output.

Started by sandbox.ChildReader as ``python -I -m stillwater.reading.child``. It
ends when its input ends. Whatever goes wrong with one item ends the process
too, except for want of memory or depth: the parent knows which item it was.
"""

import os
import sys
from typing import BinaryIO

from stillwater.core.judgements import Reading
from stillwater.reading import framing, limits
from stillwater.reading.reader import prepare, read
from stillwater.reading.remembering import Memory

READY = framing.answer(Reading())


WITH_ENCODER = "--with-encoder"


def serve(questions: BinaryIO, answers: BinaryIO, *, with_encoder: bool = False) -> None:
    """Answer until the questions end."""
    memory = Memory()
    answers.write(READY)
    answers.flush()
    while head := questions.read(framing.HEAD.size):
        header_length, raw_length = framing.HEAD.unpack(head)
        header = questions.read(header_length)
        limits.one_more_item()
        answers.write(framing.answer(_read(questions, header, raw_length, memory, with_encoder)))
        answers.flush()


def _read(
    questions: BinaryIO, header: bytes, raw_length: int, memory: Memory, with_encoder: bool
) -> Reading:
    try:
        asked = framing.asked_in(header, questions.read(raw_length))
        return read(asked, with_encoder=with_encoder, memory=memory)
    except MemoryError:
        return Reading(unread="it needs more memory than the reader is given")
    except RecursionError:
        return Reading(unread="it is nested more deeply than the reader goes")


def main() -> None:
    with_encoder = WITH_ENCODER in sys.argv[1:]
    prepare(with_encoder=with_encoder)
    limits.lock_down()
    # Whatever breaks ends the process at once: taking it apart in order may take seconds.
    sys.excepthook = lambda *_: os._exit(1)
    serve(sys.stdin.buffer, sys.stdout.buffer, with_encoder=with_encoder)


if __name__ == "__main__":
    main()
