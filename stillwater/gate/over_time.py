"""What happens over time, for the live gate: counted between batches, and told once.

One row a person, sealed under the machine key (docs/sealed.md): attempts per day and
channel, and the days of storms, by the opaque id of the other. It is saved in the
transaction that writes what it was counted from, or a kill would count twice, or never.
What does not open begins anew, as what identity learnt does (profiles.py).

Whoever calls holds the person's lock from ``of`` until after ``save``.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from stillwater.core.arrivals import Arrival
from stillwater.core.errors import UserError
from stillwater.core.ids import new_public_id
from stillwater.core.judgements import Danger, Match, Reading
from stillwater.core.words import Channel, DangerCategory, How, Kind
from stillwater.gate.judging import Judgement
from stillwater.gate.models import Happened
from stillwater.gate.plans import ActivePlan
from stillwater.gate.unfolding import Unfolding
from stillwater.patterns.storms import VERSION, Storms
from stillwater.people.models import Other, Person
from stillwater.plan.decide import decide
from stillwater.vault.machine import MachineKey


@dataclass
class OverTime:
    """What happened over time to one person, for one batch, one entry or one look at the clock."""

    person: Person
    machine: MachineKey
    plan: ActivePlan
    now: datetime
    _unfolding: Unfolding
    _kept: dict[str, Any] | None  # as it lies in the row; None: there is none that opens

    @classmethod
    def of(cls, person: Person, machine: MachineKey, plan: ActivePlan, now: datetime) -> Self:
        """Of this person as it was left, under the plan in force; ``now`` is the clock's."""
        kept = _kept(person, machine)
        contacts = {} if kept is None else kept["contacts"]
        by_label = {
            label: contacts[row.public_id]
            for label, row in plan.others.items()
            if row.public_id in contacts
        }
        storms = Storms.from_data(plan.plan, {"contacts": by_label})
        return cls(person, machine, plan, now, Unfolding(plan.plan, storms, now), kept)

    def unfolded(
        self, judged: Mapping[bytes, Judgement], undated: Collection[bytes] = ()
    ) -> dict[bytes, Judgement]:
        """The judgements, in their order, with what happened added; none was handed in before.

        ``undated``: those of which only their sender says when they were, if anybody does.
        """
        whole = dict(judged)
        in_order = sorted(judged, key=lambda one: judged[one].arrival.received_at)
        for one in in_order:
            if one in undated:
                self._unfolding.came_by(judged[one])
            else:
                whole[one] = self._unfolding.seen(judged[one])
        return whole

    def written_down(self, arrival: Arrival, whose: Other) -> Judgement | None:
        """An attempt that the person says was this other's: what happened with it, if anything.

        The reading holds that alone.
        """
        labels = {row.pk: label for label, row in self.plan.others.items()}
        match, reading = Match(labels.get(whose.pk), How.HANDLE, 1.0), Reading()
        decision = decide(self.plan.plan, arrival, match, reading)
        seen = self._unfolding.seen(Judgement(arrival, match, reading, decision))
        return seen if seen.reading is not reading else None

    def silences(self) -> list[Judgement]:
        """For each other who fell silent after a storm, what the plan makes of that.

        One each: told of two together, a second could join the notice of the first in silence.
        """
        return [self._silence_of(label) for label in self._unfolding.fallen_silent()]

    def _silence_of(self, label: str) -> Judgement:
        tick = Arrival(new_public_id(), self.now, Channel.ELSEWHERE, Kind.TICK)
        reading = Reading(danger=Danger((DangerCategory.SILENCE_AFTER_STORM,)))
        decision = decide(self.plan.plan, tick, Match(), reading, (label,))
        return Judgement(tick, Match(label, How.HANDLE, 1.0), reading, decision)

    def save(self) -> None:
        """Keep what was counted, where that changed. Call inside the transaction of it all."""
        contacts = self._unfolding.storms.as_data()["contacts"]
        by_id = {self.plan.others[label].public_id: one for label, one in contacts.items()}
        data = {"version": VERSION, "contacts": by_id}
        if data == self._kept:
            return
        plain = json.dumps(data, separators=(",", ":")).encode()
        sealed = self.machine.seal_profile(self.person.public_id, plain)
        Happened.objects.update_or_create(person=self.person, defaults={"for_gate": sealed})
        self._kept = data


def _kept(person: Person, machine: MachineKey) -> dict[str, Any] | None:
    row = Happened.objects.filter(person=person).first()
    if row is None:
        return None
    try:
        opened = machine.open_profile(person.public_id, bytes(row.for_gate))
    except UserError:
        return None
    data: dict[str, Any] = json.loads(opened)
    is_ours = data.get("version") == VERSION and isinstance(data.get("contacts"), dict)
    return data if is_ours else None
