"""A person with quick keys, a ledger, and things to seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from stillwater.core.clock import SetClock
from stillwater.core.home import Home
from stillwater.core.words import Channel, Kind
from stillwater.gate import keeping
from stillwater.people.models import Person
from stillwater.vault import keys, ledger, sealing
from stillwater.vault.keys import NewKeys, Session
from stillwater.vault.models import Item
from stillwater.vault.sealing import Sealed, ToSeal
from stillwater.vault.wrapping import Cost

QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
PASSPHRASE = "correct horse battery"
START = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)


@dataclass
class Kept:
    """One person's vault, and what a test does with it."""

    home: Home
    clock: SetClock
    made: NewKeys

    @property
    def person(self) -> Person:
        return self.made.person

    def session(self) -> Session:
        return keys.sign_in(self.person, PASSPHRASE)

    def files(self, originals: Sequence[bytes]) -> list[Sealed]:
        """Seal, and record nothing."""
        epoch = keeping.epoch_now(self.person, home=self.home, clock=self.clock)
        now = self.clock.now()
        things = [ToSeal(raw, now, Channel.MAIL, Kind.MESSAGE) for raw in originals]
        return sealing.seal_files(self.home, epoch, things)

    def seal(self, *originals: bytes) -> list[Item]:
        """Seal and record one batch, as the gate does."""
        sealed = self.files(originals)
        with transaction.atomic():
            items = sealing.record(self.person, sealed, home=self.home, clock=self.clock)
        ledger.pin(self.home, self.person)
        return items

    def later(self, **span: float) -> None:
        self.clock.at += timedelta(**span)


def new_kept(home: Home, name: str = "me", **waits: timedelta) -> Kept:
    clock = SetClock(START)
    made = keeping.new_person(name, PASSPHRASE, home=home, clock=clock, cost=QUICK, **waits)
    return Kept(home, clock, made)


@pytest.fixture
def kept(db: None, home: Home) -> Kept:
    return new_kept(home)
