"""The ways out of one person: added, tested, taken back; and what was chosen about them.

Adding tells more, so it is at once. What tells less is a loosening: it needs the passphrase
(the caller asks for it), waits for the person's delay, and is a leaf of the ledger. The
address of a way holds passwords: sealed under the machine key, and never shown again.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from stillwater.core.clock import Clock
from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.core.ids import new_public_id
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.signals import addresses, texts
from stillwater.gate.signals.models import Signals, Way
from stillwater.gate.signals.schedule import Quiet
from stillwater.gate.signals.texts import Says, Texts, note_for
from stillwater.gate.signals.transports import ByChild, Transport
from stillwater.gate.signals.troubles import Trouble
from stillwater.people.models import Person
from stillwater.vault import ledger, openings
from stillwater.vault.keys import keyring_of
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Request

MOST = 8  # ways of one person; each is said everything
LONGEST_NAME = 60
_WAY, _PACE, _QUIET = "way:", "pace:", "quiet:"


@dataclass(frozen=True, slots=True)
class Shown:
    """One way, as it may be shown: a name, a kind, a server; never its address."""

    row: Way
    name: str
    kind: str
    trouble: Trouble | None
    removal: Request | None

    @property
    def key(self) -> str:
        return self.row.public_id


@dataclass(frozen=True)
class Ways:
    """The ways out of one person."""

    person: Person
    home: Home
    machine: MachineKey
    clock: Clock
    transport: Transport = field(default_factory=ByChild)

    # Looking

    def all(self) -> Sequence[Way]:
        """Every way of this person, oldest first; whoever was agreed on comes last."""
        return list(Way.objects.filter(person=self.person).order_by("is_agreed", "pk"))

    def find(self, shown_id: str) -> Way:
        """The one whose id begins so; the only one where nothing is given. Raises UserError."""
        found = [one for one in self.all() if one.public_id.startswith(shown_id)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise UserError("There is no such way.", "See yours: stillwater notify list")
        raise UserError("There are several ways.", "Say which one: stillwater notify list")

    def shown(self, row: Way) -> Shown:
        """What may be shown of it."""
        self._mine(row)
        kept = self._opened(row)
        trouble = Trouble(row.trouble) if row.trouble else None
        return Shown(
            row=row,
            name=kept["name"] if kept else "",
            kind=addresses.called(kept["address"]) if kept else "",
            trouble=trouble if kept else Trouble.KEY,
            removal=self.removal(row),
        )

    def chosen(self) -> Signals:
        return Signals.of(self.person)

    def texts(self) -> Texts:
        """The sentences that go out."""
        return texts.texts_of(self.machine, self.chosen())

    # Ways

    def add(self, untrusted_address: str, untrusted_name: str = "") -> Way:
        """One more way to the person, at once."""
        return self._add(untrusted_address, untrusted_name, is_agreed=False)

    def agree(self, untrusted_address: str, untrusted_name: str, *, agreed: bool) -> Way:
        """The way to somebody who is told when the person does not answer.

        ``agreed``: the person says that this member of their circle agreed to it.
        """
        if not untrusted_name.strip():
            raise UserError("The name is missing.", "Write what you call them.")
        if not agreed:
            raise UserError(
                "Nobody is told who did not agree to it.",
                "Ask them first. Then say here that they agreed.",
            )
        if untrusted_address.strip().startswith(f"{addresses.DESKTOP}:"):
            raise UserError(
                "They do not sit at this desktop.", "Give an address that reaches them elsewhere."
            )
        if any(row.is_agreed for row in self.all()):
            raise UserError(
                "Somebody was agreed on already.",
                "Take that back first. Until then they go on being told.",
            )
        return self._add(untrusted_address, untrusted_name, is_agreed=True)

    def test(self, row: Way) -> Trouble | None:
        """Send one note on this way now; None: it was taken."""
        self._mine(row)
        says = Says.TEST_AGREED if row.is_agreed else Says.NOTE
        note = note_for(self.machine, self.person, says)
        kept = self._opened(row)
        trouble = self.transport.send(kept["address"], note) if kept else Trouble.KEY
        if trouble is None:
            now = self.clock.now()
            Way.objects.filter(pk=row.pk).update(worked_at=now, trouble="", trouble_since=None)
        else:
            note_trouble(row, trouble, self.clock.now())
        return trouble

    def ask_to_remove(self, row: Way) -> Request | None:
        """A loosening, so it waits; None: it is removed, as nothing ever went out on it.

        The caller has asked for the passphrase, but where ``tells_nothing`` is so.
        """
        self._mine(row)
        if self.tells_nothing(row):
            self._remove(row, None)
            return None
        return self._ask(f"{_WAY}{row.public_id}")

    def tells_nothing(self, row: Way) -> bool:
        """Whether nothing goes out on it: a slip at adding, or of another machine's key."""
        return row.worked_at is None or self._opened(row) is None

    def removal(self, row: Way) -> Request | None:
        """The removal of this way that waits, if there is one."""
        self._mine(row)
        return self._waiting().filter(about=f"{_WAY}{row.public_id}").first()

    def keep(self, row: Way) -> bool:
        """Take back a removal that waits; whether one did."""
        waits = self.removal(row)
        if waits is not None:
            with transaction.atomic():
                openings.cancel(waits)
        return waits is not None

    # What was chosen

    def say(self, sentences: Texts) -> None:
        """Other sentences, at once, and a leaf.

        Only the person knows what a sentence means, so any other one loosens: the caller
        asks for the passphrase where ``is_other`` says so.
        """
        sealed = self.machine.seal_profile(self.person.public_id, sentences.checked().to_json())
        if not self.is_other(sentences):
            return
        with self._changing({"kind": "loosened", "what": "notices", "sentences": "others"}):
            Signals.objects.update_or_create(person=self.person, defaults={"for_gate": sealed})

    def is_other(self, sentences: Texts) -> bool:
        """Whether something else would be said than now."""
        return sentences != self.texts()

    def be_quiet(self, quiet: Quiet | None) -> Request | None:
        """Fewer quiet hours, at once; others or more are a loosening, and wait.

        Tier 1 knows none, but tier 2 is danger too. Gives the request that waits, if there
        is one; the caller asks for the passphrase where ``is_quieter`` says so.
        """
        chosen = texts.checked_quiet(quiet)
        # Whoever chooses again means the new hours: what waited is over.
        with transaction.atomic():
            for waits in self._waiting().filter(about__startswith=_QUIET):
                openings.cancel(waits)
        if chosen is not None and self.is_quieter(chosen):
            return self._ask(f"{_QUIET}{chosen.begins:%H.%M}-{chosen.ends:%H.%M}")
        self._keep_quiet(chosen)
        return None

    def is_quieter(self, quiet: Quiet | None) -> bool:
        """Whether a note would wait at an hour at which it goes out now."""
        now = texts.quiet_of(self.chosen())
        return not texts.minutes_of(quiet) <= texts.minutes_of(now)

    def quieter_waits(self) -> Request | None:
        """The quieter hours that wait, if there are any."""
        return self._waiting().filter(about__startswith=_QUIET).first()

    def change_pace(self, repeat: int, agreed_after: int) -> Request | None:
        """Sooner is at once; later is a loosening, and waits. Both in minutes.

        Gives the request that waits, if there is one; the caller asks for the passphrase
        where ``is_slower`` says so.
        """
        if repeat not in texts.REPEAT or agreed_after not in texts.AGREED_AFTER:
            raise UserError("That is none of the times to choose from.", "Choose one of them.")
        before = self.chosen()
        with transaction.atomic():
            Signals.objects.update_or_create(
                person=self.person,
                defaults={
                    "repeat_minutes": min(before.repeat_minutes, repeat),
                    "agreed_after_minutes": min(before.agreed_after_minutes, agreed_after),
                },
            )
            # Whoever chooses again means the new numbers: what waited is over.
            for waits in self._waiting().filter(about__startswith=_PACE):
                openings.cancel(waits)
        if not self.is_slower(repeat, agreed_after):
            return None
        return self._ask(f"{_PACE}{repeat}:{agreed_after}")

    def is_slower(self, repeat: int, agreed_after: int) -> bool:
        """Whether danger would be said less often, or later, than now."""
        now = self.chosen()
        return repeat > now.repeat_minutes or agreed_after > now.agreed_after_minutes

    def slower_waits(self) -> Request | None:
        """The slower pace that waits, if there is one."""
        return self._waiting().filter(about__startswith=_PACE).first()

    def settle(self) -> int:
        """Let what waited long enough take effect; gives how much did."""
        due = list(self._waiting().filter(ready_at__lte=self.clock.now()))
        for waits in due:
            if waits.about.startswith(_PACE):
                self._slow_down(waits)
            elif waits.about.startswith(_QUIET):
                self._grow_quiet(waits)
            else:
                row = Way.objects.filter(
                    person=self.person, public_id=waits.about.removeprefix(_WAY)
                ).first()
                self._remove(row, waits)
        return len(due)

    # Inside

    def _opened(self, row: Way) -> dict[str, str] | None:
        """Address and name; None where this machine's key does not open them."""
        try:
            return _kept(self.machine, row)
        except UserError:
            return None

    def _mine(self, row: Way) -> None:
        if row.person_id != self.person.pk:
            raise UserError("There is no such way.", "See yours: stillwater notify list")

    def _waiting(self) -> QuerySet[Request]:
        return openings.waiting(self.person, openings.What.NOTICES)

    def _ask(self, about: str) -> Request:
        wait = keyring_of(self.person).loosening_delay
        with transaction.atomic():
            asked = openings.ask(self.person, openings.What.NOTICES, about, wait, clock=self.clock)
        if asked.ready_at <= self.clock.now():
            self.settle()
        return asked

    def _add(self, untrusted_address: str, untrusted_name: str, *, is_agreed: bool) -> Way:
        address = addresses.checked(untrusted_address)
        name = untrusted_name.strip()
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise UserError("That name is too long.", "Write a short one, in one line.")
        rows = self.all()
        if len(rows) >= MOST:
            raise UserError("These are many ways already.", "Remove one first.")
        if any(kept["address"] == address for kept in map(self._opened, rows) if kept):
            raise UserError("This address is there already.", "Test it, where it stands.")
        sealed = json.dumps({"address": address, "name": name}).encode()
        row = Way(
            person=self.person,
            public_id=new_public_id(),
            for_gate=self.machine.seal_secret(self.person.public_id, sealed),
            is_agreed=is_agreed,
            added_at=self.clock.now(),
        )
        with self._changing({"kind": "way_added", "way": row.public_id, "agreed": is_agreed}):
            row.save()
        return row

    def _remove(self, row: Way | None, waits: Request | None) -> None:
        if row is None:  # gone already
            if waits is not None:
                with transaction.atomic():
                    openings.finish(waits, clock=self.clock)
            return
        leaf = {"kind": "way_removed", "way": row.public_id, "agreed": row.is_agreed}
        with self._changing(leaf):
            if waits is not None:
                openings.finish(waits, clock=self.clock)
            row.delete()

    def _slow_down(self, waits: Request) -> None:
        repeat, agreed_after = map(int, waits.about.removeprefix(_PACE).split(":"))
        leaf = {
            "kind": "loosened",
            "what": "notices",
            "repeat_minutes": repeat,
            "agreed_after_minutes": agreed_after,
        }
        with self._changing(leaf):
            openings.finish(waits, clock=self.clock)
            Signals.objects.update_or_create(
                person=self.person,
                defaults={"repeat_minutes": repeat, "agreed_after_minutes": agreed_after},
            )

    def _grow_quiet(self, waits: Request) -> None:
        begins, _, ends = waits.about.removeprefix(_QUIET).replace(".", ":").partition("-")
        leaf = {"kind": "loosened", "what": "notices", "quiet_from": begins, "quiet_until": ends}
        with self._changing(leaf):
            openings.finish(waits, clock=self.clock)
            self._keep_quiet(Quiet(time.fromisoformat(begins), time.fromisoformat(ends)))

    def _keep_quiet(self, quiet: Quiet | None) -> None:
        Signals.objects.update_or_create(
            person=self.person,
            defaults={
                "quiet_from": quiet.begins if quiet else None,
                "quiet_until": quiet.ends if quiet else None,
            },
        )

    @contextmanager
    def _changing(self, leaf: dict[str, Any]) -> Iterator[None]:
        """A change that is a leaf of the ledger, written in the same transaction."""
        with person_lock(self.home, self.person, wait=AT_A_PAGE):
            hold_ledger(self.person, home=self.home, clock=self.clock)
            with transaction.atomic():
                yield
                dated = {**leaf, "at": ledger.moment(self.clock.now())}
                ledger.write(self.person, [dated], home=self.home, clock=self.clock)
            ledger.pin(self.home, self.person)


def _kept(machine: MachineKey, row: Way) -> dict[str, str]:
    kept: dict[str, str] = json.loads(
        machine.open_secret(row.person.public_id, bytes(row.for_gate))
    )
    return kept


def address_of(machine: MachineKey, row: Way) -> str:
    """Where notes on this way go: for the sender alone. Raises UserError where it was changed."""
    return _kept(machine, row)["address"]


def note_trouble(row: Way, trouble: Trouble, now: datetime) -> None:
    """Something is wrong with this way, since its beginning."""
    Way.objects.filter(pk=row.pk, trouble="").update(trouble_since=now)
    Way.objects.filter(pk=row.pk).update(trouble=trouble.value)
