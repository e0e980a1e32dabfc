"""Two people with quick keys and a plan each, and their gates."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from stillwater.core.clock import SetClock
from stillwater.core.home import Home
from stillwater.core.judgements import Reading
from stillwater.gate import keeping, profiles
from stillwater.gate.feedback import Hearing
from stillwater.gate.intake import Intake
from stillwater.gate.judging import Judge
from stillwater.gate.outcomes import Outcome
from stillwater.gate.plans import Plans, active_plan
from stillwater.identity.known import Known
from stillwater.people.models import Person
from stillwater.plan.form import parse
from stillwater.reading.reader import ReadingInput
from stillwater.reading.sandbox import InProcessReader
from stillwater.vault.keys import Session, keyring_of, seal_private, sign_in
from stillwater.vault.machine import MachineKey
from stillwater.vault.wrapping import Cost
from tests.support import mailbox

QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "correct horse battery"
START = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)


class CrashingReader:
    """Reads nothing: what a child process that dies gives."""

    def read_many(self, inputs: Sequence[ReadingInput]) -> list[Reading]:
        return [Reading(unread="the reader stopped") for _ in inputs]


@dataclass
class Life:
    """One person on this installation."""

    home: Home
    person: Person
    clock: SetClock

    @property
    def machine(self) -> MachineKey:
        return MachineKey.load_or_create(self.home)

    def session(self) -> Session:
        return sign_in(self.person, PASSPHRASE)

    @contextmanager
    def gate(self, reader: object | None = None) -> Iterator[Intake]:
        """The gate, reading in this process."""
        plan = active_plan(self.person, self.machine, self.clock.now())
        assert plan is not None
        known = Known.from_plan(plan.plan)
        reads = reader or InProcessReader()
        with (
            profiles.kept(
                self.home, self.machine, self.person, plan.plan, self.clock.now
            ) as recogniser,
            Judge(plan.plan, known, recogniser, reads) as judge,  # type: ignore[arg-type]
        ):
            hearing = Hearing(self.person, self.machine, known, recogniser)
            hearing.catch_up()
            yield Intake(
                person=self.person,
                home=self.home,
                machine=self.machine,
                plan=plan,
                known=known,
                judge=judge,
                clock=self.clock,
                private=partial(seal_private, keyring_of(self.person).recipient),
                hearing=hearing,
            )

    def take(self, *raws: bytes, reader: object | None = None) -> Outcome:
        """These mails, all the way."""
        with self.gate(reader) as intake:
            return intake.take([intake.triage(raw) for raw in raws])


@pytest.fixture
def new_life(home: Home, transactional_db: None) -> Callable[..., Life]:
    def make(name: str = "me", plan: str = mailbox.PLAN, at: datetime = START) -> Life:
        clock = SetClock(at)
        made = keeping.new_person(
            name,
            PASSPHRASE,
            home=home,
            clock=clock,
            cost=QUICK,
            opening_wait=timedelta(),
            loosening_delay=timedelta(),
        )
        Plans(made.person, home, MachineKey.load_or_create(home), clock).set(parse(plan))
        return Life(home, made.person, clock)

    return make


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    return new_life()
