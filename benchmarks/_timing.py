"""Timing pieces of work against each other."""

import time
from collections.abc import Callable
from statistics import median


def rate(work: Callable[[], int], rounds: int = 3) -> float:
    """Things a second: the median of some rounds; ``work`` gives how many it did."""
    measured = []
    for _ in range(rounds):
        started = time.perf_counter()
        done = work()
        measured.append(done / (time.perf_counter() - started))
    return median(measured)


def rates_in_turn(
    first: Callable[[], int], second: Callable[[], int], rounds: int = 3
) -> tuple[float, float]:
    """The same for two pieces of work taken in turn, so that drift hits both."""
    a, b = [], []
    for _ in range(rounds):
        a.append(rate(first, 1))
        b.append(rate(second, 1))
    return median(a), median(b)


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
