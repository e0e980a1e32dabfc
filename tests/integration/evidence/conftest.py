"""A person with a small vault, and somebody who may receive a bundle."""

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from stillwater.core.clock import SetClock
from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.core.words import Channel, Kind
from stillwater.evidence.export import Export
from stillwater.evidence.selection import Wanted
from stillwater.gate import keeping
from stillwater.gate.models import Attempt
from stillwater.people.models import Other, Person
from stillwater.vault import keys, ledger
from stillwater.vault.keys import Session
from stillwater.vault.models import Leaf
from stillwater.vault.sealing import ToSeal, record, seal_files
from stillwater.vault.wrapping import Cost

PASSPHRASE = "correct horse battery staple"
CHEAP = Cost(iterations=1, memory_kib=64, lanes=1)
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def mail(number: int, body: str = "Hello.") -> bytes:
    return (
        f"From: Jordan <jordan@mail.example>\r\nTo: sam@home.example\r\n"
        f"Date: Sun, 1 Mar 2026 {number % 24:02d}:00:00 +0100\r\n"
        f"Message-ID: <{number}@mail.example>\r\n\r\n{body} {number}\r\n"
    ).encode()


@dataclass
class Vault:
    """One person's vault, an other in it, and the clock that everything goes by."""

    home: Home
    session: Session
    other: Other
    clock: SetClock
    label: str = "J"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))

    @property
    def person(self) -> Person:
        return self.session.person

    def take(
        self,
        raws: Sequence[bytes],
        *,
        other: Other | None = None,
        direction: str = "in",
        how: str = "handle",
        channel: Channel = Channel.MAIL,
        received_at: datetime | None = None,
    ) -> list[Attempt]:
        """Seal and record, as the gate does it."""
        at = received_at or self.clock.now()
        epoch = keeping.epoch_now(self.person, home=self.home, clock=self.clock)
        things = [
            ToSeal(raw, at + timedelta(seconds=n), channel, Kind.MESSAGE)
            for n, raw in enumerate(raws)
        ]
        sealed = seal_files(self.home, epoch, things)
        with transaction.atomic():
            items = record(self.person, sealed, home=self.home, clock=self.clock)
            attempts = [
                Attempt.objects.create(
                    person=self.person,
                    item=item,
                    other=other or self.other,
                    source_identity=item.commitment,
                    channel=channel.value,
                    kind="message",
                    direction=direction,
                    received_at=thing.received_at,
                    recorded_at=self.clock.now(),
                    how=how,
                    plan_number=1,
                    action="held",
                )
                for item, thing in zip(items, things, strict=True)
            ]
        ledger.pin(self.home, self.person)
        return attempts

    def export(self, **wanted) -> Export:
        return Export(
            session=self.session,
            home=self.home,
            other=self.other,
            label=self.label,
            zone=self.zone,
            clock=self.clock,
            wanted=Wanted(**wanted),
        )


@pytest.fixture
def new_vault(db, home: Home) -> Callable[..., Vault]:
    """Makes a vault; by default nothing in it has to wait."""

    def make(wait: timedelta = timedelta(0), delay: timedelta = timedelta(0)) -> Vault:
        clock = SetClock(START)
        made = keeping.new_person(
            "me", PASSPHRASE, home=home, clock=clock,
            opening_wait=wait, loosening_delay=delay, cost=CHEAP,
        )  # fmt: skip
        other = Other.objects.create(person=made.person, created_at=clock.now())
        return Vault(home, keys.sign_in(made.person, PASSPHRASE), other, clock)

    return make


@dataclass(frozen=True)
class Lawyer:
    """Somebody with stock tools and a key of their own."""

    key_file: Path
    recipient: str

    def open(self, sealed: Path, to: Path) -> Path:
        """``age -d`` and ``tar -x``; gives the bag's folder."""
        tar = to / "bundle.tar"
        subprocess.run(["age", "-d", "-i", self.key_file, "-o", tar, sealed], check=True)
        subprocess.run(["tar", "-xf", tar, "-C", to], check=True)
        tar.rename(to.parent / "bundle.tar")
        (folder,) = to.iterdir()
        return folder


@pytest.fixture
def lawyer(tmp_path: Path) -> Lawyer:
    key_file = tmp_path / "lawyer.txt"
    done = subprocess.run(
        ["age-keygen", "-o", key_file], check=True, capture_output=True, text=True
    )
    return Lawyer(key_file, done.stderr.split()[-1])


def leaves_of(vault: Vault, kind: str) -> list[dict]:
    """The ledger's entries of one kind."""
    found = Leaf.objects.filter(person=vault.person).order_by("log", "index")
    fields = [json.loads(bytes(data)) for data in found.values_list("data", flat=True)]
    return [one for one in fields if one["kind"] == kind]


def refused(call, *words, **options) -> UserError:
    with pytest.raises(UserError) as caught:
        call(*words, **options)
    return caught.value
