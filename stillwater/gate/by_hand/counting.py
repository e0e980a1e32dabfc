"""An entry about a known other counts as an attempt, and what happened with it is told.

Of the entry itself no notice opens: whoever wrote it knows. That it was the one with which
a storm began, or the first on a new way in, they may not.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from stillwater.channels.by_hand.happenings import Happening
from stillwater.core.arrivals import Arrival
from stillwater.core.judgements import Decision
from stillwater.core.words import Action, DangerCategory
from stillwater.gate import notices
from stillwater.gate.first import First
from stillwater.gate.over_time import OverTime
from stillwater.gate.plans import ActivePlan
from stillwater.people.models import Other, Person
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Item

NO_OPINION = Decision(Action.RECORDED, reasons=("You wrote it down yourself.",))
# A child's words are no attempt of the other's, whoever they speak of (docs/storms.md).
_NO_ATTEMPT = frozenset({Happening.CHILD_TOLD})


@dataclass(frozen=True)
class Counting:
    """For one person, under the plan in force. The caller holds the person's lock."""

    person: Person
    machine: MachineKey
    plan: ActivePlan
    now: datetime

    def count(
        self, happening: Happening, arrival: Arrival, whose: Other, item: Item
    ) -> tuple[tuple[DangerCategory, ...], Decision]:
        """What happened with an entry of ``whose``, and what is decided; told, where it is.

        Once, in the transaction that makes the entry theirs.
        """
        if happening in _NO_ATTEMPT:
            return (), NO_OPINION
        over_time = OverTime.of(self.person, self.machine, self.plan, self.now)
        told = over_time.written_down(arrival, whose)
        over_time.save()
        if told is None or told.reading is None:
            return (), NO_OPINION
        notices.tell(
            self.person,
            self.machine,
            partial(seal_private, keyring_of(self.person).recipient),
            [told],
            self.now,
            {arrival.id: item.public_id},
            First(self.person, self.machine, self.plan),
        )
        reasons = (*NO_OPINION.reasons, *told.decision.reasons[:1])
        return told.reading.danger.categories, replace(told.decision, reasons=reasons)
