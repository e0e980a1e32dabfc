"""Danger that lies in what happened: a storm, the silence after it, a new way in.

It joins the danger that was read in the words, and the plan decides anew. Fed every
judgement in the order of the arrivals; keeps counts alone. Replay and the live gate
(over_time.py) go through the same lines; only the live gate has a clock of its own, and
so knows what is long past.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stillwater.core.judgements import Reading
from stillwater.core.plans import Plan
from stillwater.core.words import DangerCategory, Direction, How, Kind, Standing
from stillwater.gate.judging import Judgement
from stillwater.patterns.storms import Storms
from stillwater.patterns.ways_in import is_new_way_in
from stillwater.plan.decide import SUSPECTED_FROM, decide

_NO_ATTEMPTS = frozenset({Kind.FEEDBACK, Kind.TICK})
LONG_PAST = 7  # days behind the clock: of what is older nothing is told (docs/decisions/0100)
_SURELY_THEIRS = frozenset({How.HANDLE, How.ALIAS})


class Unfolding:
    """What happens over time, for one plan.

    ``storms``: what was seen before. ``now``: what the clock says; None: the arrivals are the
    clock.
    """

    def __init__(
        self, plan: Plan, storms: Storms | None = None, now: datetime | None = None
    ) -> None:
        self._plan = plan
        self._zone = ZoneInfo(plan.you.timezone)
        self.storms = storms or Storms(plan)
        self._today = None if now is None else now.astimezone(self._zone).date()
        if self._today is not None:
            self.storms.set_back(self._today)
            self.storms.watch(self._today, self._today - timedelta(days=LONG_PAST))

    def seen(self, judgement: Judgement) -> Judgement:
        """The judgement, with what happened added; the next in order, each once."""
        day = self._day(judgement.arrival.received_at)
        self.storms.move(day)
        if judgement.arrival.kind is Kind.TICK:
            return self._after_a_tick(judgement, day)
        if not _is_attempt(judgement):
            return judgement
        return self._decided_anew(judgement, tuple(self._what_happened(judgement, day)))

    def came_by(self, judgement: Judgement) -> None:
        """An attempt of which nobody but its sender says when it was: how it came is known."""
        contact = self.storms.contact(judgement.match.other or "")
        if contact is not None and _is_attempt(judgement):
            contact.came_by(judgement.arrival.channel)

    def fallen_silent(self) -> list[str]:
        """Of whom it is to be told now that they fell silent after a storm; each is said once."""
        assert self._today is not None
        return self.storms.fallen_silent(self._today)

    def _day(self, at: datetime) -> date:
        """In the plan's zone; what claims to be of a day to come is of today."""
        day = at.astimezone(self._zone).date()
        return day if self._today is None else min(day, self._today)

    def _what_happened(self, judgement: Judgement, day: date) -> Iterator[DangerCategory]:
        label, channel = judgement.match.other or "", judgement.arrival.channel
        contact = self.storms.contact(label)
        is_told = self._today is None or (self._today - day).days <= LONG_PAST
        if contact is not None and not is_told and day < contact.today:
            contact.long_past(day, channel)
            return
        sure = is_told and judgement.match.how in _SURELY_THEIRS
        if sure and self._is_new_way_in(label, judgement, day):
            yield DangerCategory.NEW_CHANNEL_AFTER_BLOCK
        if self.storms.attempt(label, day, channel, is_told=is_told):
            yield DangerCategory.STORM

    def _is_new_way_in(self, label: str, judgement: Judgement, day: date) -> bool:
        other, contact = self._plan.other(label), self.storms.contact(label)
        if other is None or contact is None:
            return False
        return is_new_way_in(
            other,
            judgement.arrival.channel,
            day,
            contact.channels,
            contact.seen(),
            self._plan.you.region,
        )

    def _after_a_tick(self, judgement: Judgement, day: date) -> Judgement:
        silent = self.storms.fallen_silent(day)
        if not silent:
            return judgement
        return self._decided_anew(judgement, (DangerCategory.SILENCE_AFTER_STORM,), silent)

    def _decided_anew(
        self,
        judgement: Judgement,
        happened: tuple[DangerCategory, ...],
        about: list[str] | None = None,
    ) -> Judgement:
        reading = judgement.reading
        if not happened or reading is None:
            return judgement
        reading = _with(reading, happened)
        decision = decide(self._plan, judgement.arrival, judgement.match, reading, about or ())
        return replace(judgement, reading=reading, decision=decision)


def _is_attempt(judgement: Judgement) -> bool:
    """Theirs or on their behalf, as far as that is known; a code is never one."""
    arrival, match, reading = judgement.arrival, judgement.match, judgement.reading
    if match.other is None or arrival.direction is Direction.OUT or arrival.kind in _NO_ATTEMPTS:
        return False
    if match.standing is Standing.CHILD or (reading and reading.one_time_code):
        return False
    return match.how is not How.SUSPECTED or match.confidence >= SUSPECTED_FROM


def _with(reading: Reading, happened: tuple[DangerCategory, ...]) -> Reading:
    categories = (*reading.danger.categories, *happened)
    return replace(reading, danger=replace(reading.danger, categories=categories))
