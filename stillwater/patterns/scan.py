"""How unusual a count of attempts is, beside the days before it.

A Gamma-Poisson scan: the rate of a day varies as a gamma, so counts are negative
binomial, with more spread than chance alone gives; the last one, three and seven
days are each held against the 28 before them. Days of the week with a rhythm of
their own (handovers of the children) are reckoned apart. How the limit was set and
what it finds: docs/storms.md; ``./bench storms`` measures it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WINDOWS = (1, 3, 7)  # days
BASELINE = 28  # days
LIMIT = 0.008  # see docs/storms.md: one false alarm in 180 days at one attempt a day
# While fewer days were watched, little is known of what is usual: only the flagrant is said.
ENOUGH_DAYS, LIMIT_AT_FIRST, FEWEST_AT_FIRST = 14, 0.002, 15
FEWEST = 4  # attempts in a window: fewer are no storm, however rare they are

# What is believed before anything was seen, and how many days that weighs.
_RATE, _RATE_DAYS = 0.5, 4.0  # attempts a day
_HANDOVER_RATE = 2.0  # attempts on a day with a handover
_UNEVEN, _UNEVEN_DAYS = 1.5, 60.0  # squared coefficient of variation of a day's rate
_RHYTHM_DAYS = 12.0  # how many days of the whole stand beside those of one day of the week
_LEAST_UNEVEN = 0.1


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: attempts a day by day of the week (0 is Monday), and how uneven days are.

    ``uneven`` is the squared coefficient of variation of a day's rate: a day with mean m
    has variance m + uneven * m². ``days`` is how many were looked at.
    """

    rates: Mapping[int, float]
    uneven: float
    days: int


def usual(counts: Sequence[tuple[int, int]], rhythm: frozenset[int] = frozenset()) -> Usual:
    """From (day of the week, attempts) of each day; ``rhythm``: days known to be different."""
    plain = [count for weekday, count in counts if weekday not in rhythm]
    rate = _rate(sum(plain), len(plain), _RATE, _RATE_DAYS)
    rates = {}
    for weekday in range(7):
        own = [count for day, count in counts if day == weekday]
        believed, weight = rate, _RHYTHM_DAYS
        if weekday in rhythm:
            believed, weight = max(rate, _HANDOVER_RATE), 1.0
        rates[weekday] = _rate(sum(own), len(own), believed, weight)
    return Usual(rates, _uneven(counts, rates), len(counts))


def _uneven(counts: Sequence[tuple[int, int]], rates: Mapping[int, float]) -> float:
    """By moments, drawn towards what is believed: 28 days tell little of it."""
    believed = _UNEVEN_DAYS * sum(rate * rate for rate in rates.values()) / len(rates)
    squares = believed + sum(rates[day] ** 2 for day, _ in counts)
    beyond = sum((count - rates[day]) ** 2 - rates[day] for day, count in counts)
    return max((beyond + _UNEVEN * believed) / squares, _LEAST_UNEVEN)


def _rate(count: int, days: int, believed: float, weight: float) -> float:
    return (count + believed * weight) / (days + weight)


def is_unusual(before: Usual, weekdays: Sequence[int], count: int) -> bool:
    """Whether ``count`` attempts on days like these are clearly more than usual."""
    little = before.days < ENOUGH_DAYS
    fewest, limit = (FEWEST_AT_FIRST, LIMIT_AT_FIRST) if little else (FEWEST, LIMIT)
    return count >= fewest and chance(before, weekdays, count) < limit


def chance(before: Usual, weekdays: Sequence[int], count: int) -> float:
    """How likely ``count`` attempts or more are on days like these (their days of the week)."""
    rates = [before.rates[day] for day in weekdays]
    mean = sum(rates)
    variance = mean + before.uneven * sum(rate * rate for rate in rates)
    # The rate itself is known only as well as its days allow: that widens what is usual.
    return tail(mean, variance * (1 + len(rates) / (before.days + _RATE_DAYS)), count)


def tail(mean: float, variance: float, count: int) -> float:
    """P(X >= count) of a negative binomial with this mean and (greater) variance.

    Takes steps in proportion to the mean at most, however great the count is.
    """
    size = mean * mean / (variance - mean)
    fails = mean / (size + mean)
    term = math.exp(size * math.log(size / (size + mean)))
    below = 0.0
    for k in range(count):
        below += term
        if k > mean and term < 1e-12:
            break
        term *= fails * (size + k) / (k + 1)
    return max(0.0, 1.0 - below)
