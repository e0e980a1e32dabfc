"""Readers: one in this process, one in a child that can be killed.

1. The child gets no keys, an empty environment, closed files, and limits (limits.py).
2. The parent never waits without an end: it writes and reads through a selector.
3. While an answer is due and nothing moves for ``PATIENCE`` seconds, the child is
   killed. The item whose answer was due is *unread*; a new child takes the rest.
4. The same where the child dies, or answers what is no answer.
"""

import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from stillwater.core.judgements import Reading
from stillwater.reading import framing
from stillwater.reading.question import ReadingInput
from stillwater.reading.reader import read
from stillwater.reading.remembering import Memory

PATIENCE = 2.0  # seconds of wall time per item (issue: no hang over 2 s)
START_PATIENCE = 30.0  # seconds until a new child is ready, on a slow and busy machine
CHUNK = 1 << 18  # bytes written at once
STARTS_IN_VAIN = 3

TOO_LONG = "reading it took too long"
CRASHED = "reading it ended the reader"
NOT_AN_ANSWER = "the reader's answer made no sense"


def wants_encoder() -> bool:
    """Whether the person wants the sentence encoder too: STILLWATER_READER=encoder.

    It reads better, at a few hundredths of a second a message: an extra, off by default.
    """
    return os.environ.get("STILLWATER_READER", "") == "encoder"


class Reader(Protocol):
    """Reads arrivals. One reading for each input, in the same order; never raises for content."""

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]: ...


class InProcessReader:
    """Reads here and now: for replay of one's own files, and for tests of the rules."""

    def __init__(self) -> None:
        self._memory = Memory()

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]:
        encoder = wants_encoder()
        return [read(one, with_encoder=encoder, memory=self._memory) for one in inputs]


class _ChildError(Exception):
    """The child cannot be used any more; says what that makes of the item due."""


class ChildReader:
    """Reads in a child process. A context manager; starts the child when first needed.

    Not for several threads at once.
    """

    def __init__(self, patience: float = PATIENCE, command: Sequence[str] | None = None) -> None:
        self._patience = patience
        self._command = command or (
            *(sys.executable, "-I", "-B", "-X", "utf8", "-m", _CHILD),
            *(["--with-encoder"] if wants_encoder() else []),
        )
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it does."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]:
        readings: list[Reading] = []
        while len(readings) < len(inputs):
            child = self._started()
            try:
                _Exchange(child, inputs[len(readings) :], readings, self._patience).run()
            except _ChildError as error:
                self.close()
                readings.append(Reading(unread=str(error)))
            except BaseException:
                self.close()  # answers under way belong to questions that nobody waits for
                raise
        return readings

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        for _ in range(STARTS_IN_VAIN):
            self.close()
            self._child = _start(self._command)
            try:
                _Exchange(self._child, (None,), [], START_PATIENCE).run()
            except _ChildError:
                continue
            return self._child
        self.close()
        raise ChildProcessError("the reader's child process does not start")


_CHILD = "stillwater.reading.child"


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback could hold content
        env={"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},  # threads reserve memory
        cwd="/",
        bufsize=0,
        start_new_session=True,  # Ctrl-C is for the parent, which ends the child itself
    )
    for pipe in (child.stdin, child.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
    return child


class _Exchange:
    """Questions out, answers in, until every answer has come or nothing moves any more."""

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        inputs: Sequence[ReadingInput | None],  # None: only wait until the child is ready
        readings: list[Reading],
        patience: float,
    ) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        self._to, self._from = child.stdin.fileno(), child.stdout.fileno()
        self._inputs = iter([one for one in inputs if one is not None])
        self._due = len(inputs)
        self._readings = readings
        self._patience = patience
        self._out: deque[memoryview] = deque()
        self._in = bytearray()

    def run(self) -> None:
        """Raises _ChildError where the child must be given up; the readings so far are kept."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._from, selectors.EVENT_READ)
            self._fill()
            if self._out:
                selector.register(self._to, selectors.EVENT_WRITE)
            deadline = time.monotonic() + self._patience
            while self._due:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                moved = False
                for key, _ in ready:
                    if key.fd == self._from:
                        moved |= self._receive() > 0
                    elif not self._send():
                        selector.unregister(self._to)
                    else:
                        moved = True
                if moved:
                    deadline = time.monotonic() + self._patience
                elif time.monotonic() >= deadline:
                    raise _ChildError(TOO_LONG)

    def _fill(self) -> None:
        """Gather the next questions, many small ones into one write."""
        gathered = bytearray()
        for one in self._inputs:
            head, raw = framing.question(one)
            gathered += head
            if len(raw) > CHUNK:
                self._out.extend((memoryview(gathered), memoryview(raw)))
                return
            gathered += raw
            if len(gathered) >= CHUNK:
                break
        if gathered:
            self._out.append(memoryview(gathered))

    def _send(self) -> bool:
        """Write what the pipe takes. False: everything is written."""
        if not self._out:
            return False
        piece = self._out[0]
        try:
            written = os.write(self._to, piece[:CHUNK])
        except BlockingIOError:
            return True
        except BrokenPipeError:
            self._out.clear()  # it died; answers that it gave before are still to be read
            return False
        if written < len(piece):
            self._out[0] = piece[written:]
        else:
            self._out.popleft()
        if not self._out:
            self._fill()
        return bool(self._out)

    def _receive(self) -> int:
        """Take what has come; the number of whole answers in it."""
        try:
            got = os.read(self._from, CHUNK)
        except BlockingIOError:
            return 0
        if not got:
            raise _ChildError(CRASHED)
        self._in += got
        taken = at = 0
        size = framing.ANSWER_HEAD.size
        while len(self._in) - at >= size and taken < self._due:
            (length,) = framing.ANSWER_HEAD.unpack_from(self._in, at)
            if length > framing.LONGEST_ANSWER:
                raise _ChildError(NOT_AN_ANSWER)
            if len(self._in) - at - size < length:
                break
            self._take(bytes(self._in[at + size : at + size + length]))
            at += size + length
            taken += 1
        del self._in[:at]
        self._due -= taken
        return taken

    def _take(self, body: bytes) -> None:
        try:
            self._readings.append(framing.reading_in(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _ChildError(NOT_AN_ANSWER) from error
