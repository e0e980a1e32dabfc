"""Limits of time that mean the same on every machine: in processor time, at this machine's pace.

A slow or busy machine takes longer over everything, the measure included; what is not linear
takes minutes on any.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = 1_000_000
REFERENCE = 0.066  # seconds of processor time for so many steps on two cores of 2024, idle


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What happens inside takes no longer than that on the reference machine."""
    before = _steps()
    began = time.process_time()
    yield
    took = time.process_time() - began
    pace = max(1.0, before / REFERENCE, _steps() / REFERENCE)
    assert took < seconds * pace, f"{took:.1f} s at a pace of {pace:.1f}"


def _steps() -> float:
    began = time.process_time()
    counts: dict[int, int] = {}
    for step in range(STEPS):
        counts[step & 1023] = counts.get(step & 1023, 0) + len("abc")
    return time.process_time() - began
