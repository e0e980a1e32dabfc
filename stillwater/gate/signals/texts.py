"""The sentences that leave, and how often: chosen by the person, never taken from content."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import time, timedelta
from enum import Enum

from django.conf import settings

from stillwater.core.errors import UserError
from stillwater.gate.signals.models import Signals
from stillwater.gate.signals.schedule import Pace, Quiet
from stillwater.gate.signals.transports import Note
from stillwater.people.models import Person, Settings
from stillwater.vault.machine import MachineKey

LONGEST = 140  # characters of a sentence
REPEAT = (2, 3, 5, 10, 15)  # minutes
AGREED_AFTER = (10, 15, 20, 30, 45, 60, 120)  # minutes
LONGEST_QUIET = timedelta(hours=12)
_DAY = 24 * 60


class Says(Enum):
    """What a note is for; on the way there it is but one sentence."""

    NOTE = "note"
    DANGER = "danger"
    AGREED = "agreed"
    REVIEW = "review"
    TEST_AGREED = "test_agreed"


@dataclass(frozen=True, slots=True)
class Texts:
    """The four sentences. The danger one says that it will not wait, and not why.

    ``review`` goes to whoever was agreed on where they hear first, as their reviewer.
    """

    note: str = "You have a note."
    danger: str = "Please look when you can."
    agreed: str = (
        "You agreed to hear from me when I do not answer. Please call me, or come by if we said so."
    )
    review: str = "Something waits for you to look at, before I do. Please look soon."

    def checked(self) -> "Texts":
        """Raises UserError where one is empty, too long, or the first two are the same."""
        for text in asdict(self).values():
            if not text.strip() or len(text) > LONGEST or not text.isprintable():
                raise UserError(
                    "A note is one sentence.", f"Write it in one line of at most {LONGEST} letters."
                )
        if self.note.strip() == self.danger.strip():
            raise UserError(
                "The two sentences are the same, so you could not tell what will not wait.",
                "Change one of them.",
            )
        return self

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()


_TEST_AGREED = (
    "This is a test, and nothing has happened. You agreed to hear from me here when I do not "
    "answer."
)


def texts_of(machine: MachineKey, chosen: Signals) -> Texts:
    """The sentences of this person.

    Ours, where theirs were changed under seal or another machine sealed them: danger in
    our words is better than none.
    """
    if not chosen.for_gate:
        return Texts()
    try:
        opened = machine.open_profile(chosen.person.public_id, bytes(chosen.for_gate))
    except UserError:
        return Texts()
    kept: Mapping[str, str] = json.loads(opened)
    return Texts(**kept)


def note_for(machine: MachineKey, person: Person, says: Says) -> Note:
    """What goes out: the pages' name as its title, and one of the sentences."""
    named = Settings.of(person).display_name or str(settings.PAGE_TITLE)
    title = " ".join(named.split())
    if says is Says.TEST_AGREED:
        return Note(title, _TEST_AGREED)
    return Note(title, asdict(texts_of(machine, Signals.of(person)))[says.value])


def pace_of(chosen: Signals) -> Pace:
    """How often danger is said again, and when it goes further."""
    return Pace(
        repeat=timedelta(minutes=chosen.repeat_minutes),
        agreed_after=timedelta(minutes=chosen.agreed_after_minutes),
    )


def quiet_of(chosen: Signals) -> Quiet | None:
    """The hours in which ordinary notes wait, where there are any."""
    if chosen.quiet_from is None or chosen.quiet_until is None:
        return None
    return Quiet(chosen.quiet_from, chosen.quiet_until)


def checked_quiet(quiet: Quiet | None) -> Quiet | None:
    """Raises UserError where it is no span, or longer than a night."""
    if quiet is None:
        return None
    minutes = len(minutes_of(quiet))
    if not minutes or timedelta(minutes=minutes) > LONGEST_QUIET:
        raise UserError(
            "Quiet hours are a part of the day: twelve hours at most.",
            "For a night: from 22:00 to 07:00.",
        )
    return quiet


def minutes_of(quiet: Quiet | None) -> frozenset[int]:
    """The minutes of a day that are quiet."""
    if quiet is None:
        return frozenset()
    begins, ends = _minute(quiet.begins), _minute(quiet.ends)
    return frozenset((begins + one) % _DAY for one in range((ends - begins) % _DAY))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
