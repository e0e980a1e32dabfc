"""Storms and silences of everybody a plan is about. Pure, and fed one attempt at a time."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from stillwater.core.plans import Plan
from stillwater.core.words import Channel
from stillwater.patterns.contact import Contact, Phase

VERSION = 1
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Storms:
    """The contact of each other over time: counts per day and channel, and nothing else.

    Days are those of the plan's zone, handed in. Only attempts are handed in: what
    warns of a release, a one-time code or a stranger's is none.
    """

    def __init__(self, plan: Plan) -> None:
        self._rhythms = {
            other.label: frozenset(_DAYS.index(one.day) for one in other.handovers)
            for other in plan.others
        }
        self._contacts: dict[str, Contact] = {}

    def watch(self, day: date, since: date | None = None) -> None:
        """Whoever was not watched before is from this day on.

        ``since``: an earlier day from which on what is handed in later is looked at day by day.
        """
        for label, rhythm in self._rhythms.items():
            self._contacts.setdefault(label, Contact(day, rhythm, today=since or day))

    def move(self, day: date) -> None:
        """The clock moves; from the first such day on the others are watched."""
        self.watch(day)
        for contact in self._contacts.values():
            contact.move(day)

    def set_back(self, day: date) -> None:
        """The clock was ahead of this day, and is right again."""
        for contact in self._contacts.values():
            contact.set_back(day)

    def attempt(self, label: str, day: date, channel: Channel, *, is_told: bool = True) -> bool:
        """Count an attempt; whether a storm is to be told with it (``Contact.attempt``)."""
        self.move(day)
        contact = self._contacts.get(label)
        return contact is not None and contact.attempt(day, channel, is_told=is_told)

    def fallen_silent(self, day: date) -> list[str]:
        """Whose storm was followed by a silence clearly longer than usual; each is said once."""
        self.move(day)
        return [label for label, one in self._contacts.items() if one.falls_silent()]

    def contact(self, label: str) -> Contact | None:
        """What is known of one other; None: never watched."""
        return self._contacts.get(label)

    def phase(self, label: str) -> Phase:
        """Whether it storms."""
        contact = self._contacts.get(label)
        return Phase.QUIET if contact is None else contact.phase

    def as_data(self) -> dict[str, Any]:
        """Everything, as JSON takes it: labels, days, channels, counts."""
        contacts = {label: one.as_data() for label, one in self._contacts.items()}
        return {"version": VERSION, "contacts": contacts}

    @classmethod
    def from_data(cls, plan: Plan, data: Mapping[str, Any]) -> Self:
        """What was seen before. Of others whom the plan no longer has, nothing is kept."""
        one = cls(plan)
        one._contacts = {
            label: Contact.from_data(contact, one._rhythms[label])
            for label, contact in data["contacts"].items()
            if label in one._rhythms
        }
        return one
