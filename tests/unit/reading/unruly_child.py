"""A child process that does what a crafted mail would like it to do, when the text says so."""

import os
import sys

from stillwater.core.judgements import Reading
from stillwater.reading import child, framing, limits
from stillwater.reading.question import ReadingInput


def unruly(asked: ReadingInput, **_: object) -> Reading:  # noqa: C901  one line for each thing it may try
    said = asked.text or ""
    if said == "die":
        os._exit(1)
    if said == "hang":
        while True:
            pass
    if said == "grow":
        bytearray(4 * limits.MEMORY)
    if said == "call out":
        import socket

        socket.socket()
    if said == "write":
        open("/tmp/stillwater-unruly", "w")  # noqa: SIM115, PTH123
    if said == "nonsense":
        sys.stdout.buffer.write(framing.ANSWER_HEAD.pack(3) + b"\xff[}")
    if said == "endless":
        sys.stdout.buffer.write(framing.ANSWER_HEAD.pack(0xFFFFFFFF))
    if said == "environment":
        return Reading(mentions=tuple(sorted(os.environ)))
    if said == "files":
        return Reading(mentions=tuple(sorted(os.listdir("/proc/self/fd"))))  # noqa: PTH208
    return Reading(language=f"n{len(asked.raw or b'')}")


if __name__ == "__main__":
    child.read = unruly  # type: ignore[attr-defined]
    child.main()
