"""A person's gate that stays open: the reader's process runs on, the lock is held for moments."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import TracebackType
from typing import Self

from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import Clock
from stillwater.core.home import Home
from stillwater.gate import profiles
from stillwater.gate.feedback import Hearing
from stillwater.gate.intake import Intake
from stillwater.gate.judging import Judge
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.plans import ActivePlan, active_plan
from stillwater.identity.known import Known
from stillwater.identity.recognising import Recogniser
from stillwater.people.models import Person
from stillwater.plan import versions
from stillwater.reading.seconded import ClosingReader, reader
from stillwater.vault.keys import keyring_of, seal_private
from stillwater.vault.locks import person_lock
from stillwater.vault.machine import MachineKey

KEPT_EVERY = timedelta(minutes=1)


@dataclass
class StandingGate:
    """The gate of one person, for several threads that take turns. A context manager."""

    home: Home
    person: Person
    clock: Clock
    machine: MachineKey
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _reader: ClosingReader = field(default_factory=reader)
    _judge: Judge | None = None
    _plan: ActivePlan | None = None
    _known: Known | None = None
    _recogniser: Recogniser | None = None
    _hearing: Hearing | None = None
    _kept: datetime | None = None  # when what was learnt was last kept
    _file: int | None = None  # the time of the file that it was kept in
    _finished_leftovers: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._turn:
            if self._judge is not None:
                self._judge.__exit__()
                self._keep_what_was_learnt()
            self._reader.close()

    @contextmanager
    def intake(self) -> Iterator[Intake]:
        """The gate, under the plan that is in force now; nobody else has it meanwhile.

        Raises MailError (NO_PLAN) where nothing can be told apart.
        """
        with self._turn, person_lock(self.home, self.person, wait=True):
            hold_ledger(self.person, home=self.home, clock=self.clock)
            intake = self._ready()
            if not self._finished_leftovers:
                intake.finish_what_was_left()
                self._finished_leftovers = True
            yield intake
            if self._kept is None or self.clock.now() - self._kept >= KEPT_EVERY:
                self._keep_what_was_learnt()

    def _keep_what_was_learnt(self) -> None:
        """A stop in between forgets at most what a minute taught."""
        if self._recogniser is None:
            return
        now = self.clock.now()
        profiles.save(self.home, self.machine, self.person, self._recogniser, now)
        self._kept, self._file = now, profiles.changed_at(self.home, self.person)

    def _ready(self) -> Intake:
        number = versions.number_in_force(self.person, self.clock.now())
        # An import may have taught something meanwhile.
        is_older = profiles.changed_at(self.home, self.person) != self._file
        if self._plan is None or number != self._plan.number or is_older:
            self._begin_with(active_plan(self.person, self.machine, self.clock.now()))
        assert self._plan is not None
        assert self._hearing is not None
        assert self._known is not None
        assert self._judge is not None
        self._hearing.catch_up()
        return Intake(
            person=self.person,
            home=self.home,
            machine=self.machine,
            plan=self._plan,
            known=self._known,
            judge=self._judge,
            clock=self.clock,
            private=partial(seal_private, keyring_of(self.person).recipient),
        )

    def _begin_with(self, plan: ActivePlan | None) -> None:
        """A plan that came into force: whom it names is known from now on."""
        if plan is None:
            raise MailError(Trouble.NO_PLAN)
        if self._judge is not None:
            self._judge.__exit__()
        self._plan, self._known = plan, Known.from_plan(plan.plan)
        self._file = profiles.changed_at(self.home, self.person)
        self._recogniser = profiles.load(self.home, self.machine, self.person, plan.plan)
        self._hearing = Hearing(self.person, self.machine, self._known, self._recogniser)
        self._judge = Judge(plan.plan, self._known, self._recogniser, self._reader)
