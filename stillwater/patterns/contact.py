"""How often one other tries, by day and channel: all that patterns know of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from stillwater.core.words import Channel
from stillwater.patterns import scan

KEPT = 90  # days of counts

# When a storm is over: the last whole days are nothing unusual any more.
_CALM_DAYS = 3
_CALM_FROM = 0.2  # chance of a count like theirs
_SHORT_STORM = 2  # days from its first to its last
_AFTERMATH = 7  # days after a storm in which falling silent still has to do with it

# How long is clearly longer than usual: a gap that one in twenty would be, at the
# pace of the last week of attempts; within bounds, since a pace is not a promise.
_UNLIKELY_GAP = 3.0  # e to the minus 3 is one in twenty
_PACE_DAYS = 7
_SHORTEST_GAP, _LONGEST_GAP = 3, 8  # days from the last attempt


class Phase(StrEnum):
    QUIET = "quiet"
    STORM = "storm"
    OVER = "over"  # and what comes next still belongs to it


@dataclass(frozen=True, slots=True)
class Spell:
    """Days from first to last, both included."""

    first: date
    last: date


@dataclass(slots=True)
class Contact:
    """One other's attempts. Days are those of the plan's zone.

    ``began``: the first day that was watched; what came before is unknown, not nothing.
    """

    began: date
    rhythm: frozenset[int] = frozenset()  # days of the week with handovers, 0 is Monday
    counts: dict[date, dict[Channel, int]] = field(default_factory=dict)
    channels: set[Channel] = field(default_factory=set)  # ever used
    phase: Phase = Phase.QUIET
    storm: Spell | None = None  # the one that is on, or the last
    earlier: list[Spell] = field(default_factory=list)
    today: date = date.min
    untold: bool = False  # a storm is on, and nobody was told of it

    def attempt(self, day: date, channel: Channel, *, is_told: bool = True) -> bool:
        """Count an attempt; whether a storm is to be told with it.

        Where this one ``is_told`` nothing of, as long past, a storm that begins with it is
        told with the next one, if it is still on.
        """
        self.move(day)
        self.began = min(self.began, day)
        self._count(day, channel)
        if self.phase is not Phase.STORM and self._is_unusual():
            self._begin()
        if not (is_told and self.untold and self.phase is Phase.STORM):
            return False
        self.untold = False
        return True

    def long_past(self, day: date, channel: Channel) -> None:
        """An attempt of a day behind us: how they came is known, and nothing begins with it."""
        if self.today - timedelta(days=KEPT) <= day:
            self._count(day, channel)
        self.came_by(channel)

    def came_by(self, channel: Channel) -> None:
        """They used this way in; nobody knows when."""
        self.channels.add(channel)

    def _count(self, day: date, channel: Channel) -> None:
        on_day = self.counts.setdefault(day, {})
        on_day[channel] = on_day.get(channel, 0) + 1
        self.came_by(channel)

    def move(self, day: date) -> None:
        """The clock moves to this day; back by ``set_back`` alone."""
        if day <= self.today:
            return
        self.today = day
        if self.phase is Phase.STORM and self._is_calm():
            self.phase = Phase.OVER
        if self.phase is Phase.OVER and self._goes_on():
            self.phase = Phase.QUIET
        self._forget()

    def set_back(self, day: date) -> None:
        """A clock that was wrong ran ahead of this day: nothing happened after it."""
        if self.today <= day:
            return
        self.today, self.began = day, min(self.began, day)
        self.counts = {one: count for one, count in self.counts.items() if one <= day}
        self.earlier = [spell for spell in self.earlier if spell.last <= day]
        if self.storm is not None and self.storm.last > day:
            self.phase, self.storm = Phase.QUIET, None

    def falls_silent(self) -> bool:
        """Whether, after a storm, nothing has come for clearly longer than usual. Said once."""
        if self.phase is Phase.QUIET or self.storm is None:
            return False
        if (self.today - self._last_attempt()).days < self._longest_usual_gap():
            return False
        self.phase = Phase.QUIET
        return True

    def _goes_on(self) -> bool:
        """Whether contact went on after a storm for so long that it is the usual again."""
        if self.storm is None or self._last_attempt() <= self.storm.last:
            return False
        return (self.today - self.storm.last).days > _AFTERMATH

    # How many

    def on(self, day: date) -> int:
        """Attempts on one day."""
        return sum(self.counts.get(day, {}).values())

    def total(self) -> int:
        """Attempts on the days that are kept."""
        return sum(map(self.on, self.counts))

    def seen(self) -> int:
        """How many attempts are known of at least: each way in that they used was one."""
        return max(self.total(), len(self.channels))

    def _within(self, first: date, last: date) -> int:
        return sum(self.on(day) for day in _days(first, last))

    def _last_attempt(self) -> date:
        return max(self.counts, default=self.began)

    # Storms

    def _is_unusual(self) -> bool:
        """Whether one of the windows that end today holds clearly more than usual."""
        after = self.storm.last + timedelta(days=1) if self.storm else self.began
        firsts = {
            max(self.today - timedelta(days=days - 1), after, self.began) for days in scan.WINDOWS
        }
        return any(self._is_unusual_since(first) for first in firsts if first <= self.today)

    def _is_unusual_since(self, first: date) -> bool:
        weekdays = [day.weekday() for day in _days(first, self.today)]
        count = self._within(first, self.today)
        return count >= scan.FEWEST and scan.is_unusual(self._usual_before(first), weekdays, count)

    def _usual_before(self, first: date) -> scan.Usual:
        """What was usual in the 28 days before, storms left out.

        Not those of a day or two: or a rhythm of the week could never be learnt.
        """
        since = max(self.began, first - timedelta(days=scan.BASELINE))
        spells = [*self.earlier, *([self.storm] if self.storm else [])]
        stormy = [one for one in spells if (one.last - one.first).days >= _SHORT_STORM]
        days = [
            (day.weekday(), self.on(day))
            for day in _days(since, first - timedelta(days=1))
            if not any(spell.first <= day <= spell.last for spell in stormy)
        ]
        return scan.usual(days, self.rhythm)

    def _begin(self) -> None:
        if self.storm:
            self.earlier.append(self.storm)
        self.phase, self.untold = Phase.STORM, True
        self.storm = Spell(self.today, self.today)

    def _is_calm(self) -> bool:
        """Looks at whole days, so not at today; keeps the storm's last day up to date."""
        if self.storm is None:
            return True
        yesterday = self.today - timedelta(days=1)
        first = yesterday - timedelta(days=_CALM_DAYS - 1)
        if first <= self.storm.first:
            calm = False
        else:
            count = self._within(first, yesterday)
            weekdays = [day.weekday() for day in _days(first, yesterday)]
            before = self._usual_before(self.storm.first)
            calm = scan.chance(before, weekdays, count) > _CALM_FROM
        last = first - timedelta(days=1) if calm else yesterday
        self.storm = Spell(self.storm.first, min(last, max(self._last_attempt(), self.storm.first)))
        return calm

    def _longest_usual_gap(self) -> int:
        """Days from the last attempt that are not clearly too long yet."""
        last = self._last_attempt()
        recent = self._within(last - timedelta(days=_PACE_DAYS - 1), last)
        gap = 1 + _UNLIKELY_GAP * _PACE_DAYS / max(recent, 1)
        return round(min(max(gap, _SHORTEST_GAP), _LONGEST_GAP))

    def _forget(self) -> None:
        oldest = self.today - timedelta(days=KEPT)
        for day in [day for day in self.counts if day < oldest]:
            del self.counts[day]
        self.earlier = [spell for spell in self.earlier if spell.last >= oldest]

    # As data

    def as_data(self) -> dict[str, Any]:
        """All of it, as JSON takes it."""
        return {
            "began": self.began.isoformat(),
            "today": self.today.isoformat(),
            "counts": {day.isoformat(): dict(on_day) for day, on_day in self.counts.items()},
            "channels": sorted(self.channels),
            "phase": self.phase.value,
            "storm": _as_data(self.storm) if self.storm else None,
            "earlier": [_as_data(spell) for spell in self.earlier],
            "untold": self.untold,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any], rhythm: frozenset[int]) -> Self:
        """What ``as_data`` gave; the rhythm is the plan's, and may have changed."""
        return cls(
            began=date.fromisoformat(data["began"]),
            rhythm=rhythm,
            counts={
                date.fromisoformat(day): {Channel(name): int(n) for name, n in on_day.items()}
                for day, on_day in data["counts"].items()
            },
            channels={Channel(name) for name in data["channels"]},
            phase=Phase(data["phase"]),
            storm=_spell(data["storm"]) if data["storm"] else None,
            earlier=[_spell(spell) for spell in data["earlier"]],
            today=date.fromisoformat(data["today"]),
            untold=data["untold"],
        )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _as_data(spell: Spell) -> list[str]:
    return [spell.first.isoformat(), spell.last.isoformat()]


def _spell(data: list[str]) -> Spell:
    return Spell(date.fromisoformat(data[0]), date.fromisoformat(data[1]))
