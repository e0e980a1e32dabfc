"""The mailboxes of a person: kept sealed, added, changed, removed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from stillwater.channels.mail.live.account import MailAccount, Role, SignIn
from stillwater.channels.mail.live.connection import Secret
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import new_public_id
from stillwater.core.saying import to_say
from stillwater.gate.keeping import hold_ledger
from stillwater.gate.models import Mailbox, WatchedFolder
from stillwater.people.models import Person
from stillwater.vault import ledger, openings
from stillwater.vault.keys import keyring_of
from stillwater.vault.locks import AT_A_PAGE, person_lock
from stillwater.vault.machine import MachineKey, Ring, platform_ring
from stillwater.vault.models import Request

_SERVICE = "stillwater"
# A server's clock may be behind, and tells whole seconds: mail of the last minutes counts too.
CLOCKS_DIFFER = timedelta(minutes=10)
_CHOSEN = ":"
WATCHED = (Role.INBOX, Role.JUNK, Role.SENT, Role.HOLD)


class Held(StrEnum):
    """What becomes of what lies in the hold folder when a mailbox is removed."""

    STAYS = "stays"  # where it is, and the folder with it
    RETURNS = "returns"  # to the inbox, where it would have been


@dataclass(frozen=True)
class Mailboxes:
    """The mailboxes of one person. ``ring`` None: the platform's own, where there is one."""

    person: Person
    home: Home
    machine: MachineKey
    clock: Clock
    ring: Ring | None = field(default=None)

    # Looking

    def all(self) -> Sequence[Mailbox]:
        """Every mailbox of this person, oldest first."""
        return list(Mailbox.objects.filter(person=self.person).order_by("pk"))

    def find(self, shown_id: str) -> Mailbox:
        """The one whose id begins so; the only one where nothing is given.

        Raises UserError where there is none, or more than one.
        """
        mine = self.all()
        found = [one for one in mine if one.public_id.startswith(shown_id)]
        if len(found) == 1:
            return found[0]
        if not mine and not shown_id:
            raise UserError("There is no mailbox yet.", "Add one: stillwater mail add ADDRESS")
        if not found:
            raise UserError("There is no such mailbox.", "See yours: stillwater mail list")
        raise UserError("There are several mailboxes.", "Say which one: stillwater mail list")

    def account(self, row: Mailbox) -> MailAccount:
        """Where the account lies. Raises UserError where it was changed."""
        self._mine(row)
        return MailAccount.from_json(
            self.machine.open_profile(self.person.public_id, bytes(row.for_gate))
        )

    def secret(self, row: Mailbox) -> Secret:
        """What signs in: a password, or what tokens are asked for with.

        Raises UserError where the keyring does not give it back.
        """
        from keyring.errors import KeyringError

        self._mine(row)
        is_token = self.account(row).sign_in is not SignIn.PASSWORD
        if row.secret:
            kept = self.machine.open_secret(self.person.public_id, bytes(row.secret)).decode()
            return Secret(kept, is_token)
        ring = self.ring or platform_ring()
        held = None
        with suppress(KeyringError):
            held = ring.get_password(_SERVICE, row.public_id) if ring is not None else None
        if held is None:
            raise UserError(
                "The password of a mailbox lies in the keyring, and the keyring does not give it "
                "back.",
                "Unlock the keyring (sign in to the desktop), or give it anew: "
                "stillwater mail password",
                ExitCode.BROKEN,
            )
        return Secret(held, is_token)

    # Changing

    def add(self, account: MailAccount, secret: str, watch_from: datetime | None = None) -> Mailbox:
        """Watch an account from now on (or from ``watch_from``): a tightening, at once."""
        account.checked()
        self.must_be_new(account)
        now = self.clock.now()
        row = Mailbox(
            person=self.person,
            public_id=new_public_id(),
            for_gate=self._sealed(account),
            added_at=now,
            changed_at=now,
            watch_from=watch_from or now - CLOCKS_DIFFER,
        )
        self._keep_secret(row, secret)
        with self._changing("mailbox_added", row):
            row.save()
            for role in WATCHED:
                WatchedFolder.objects.create(mailbox=row, role=role)
        return row

    def must_be_new(self, account: MailAccount) -> None:
        """Raises UserError where this person's mailbox is watched already."""
        for row in self.all():
            known = self.account(row)
            if (known.host, known.user) == (account.host, account.user):
                raise UserError(
                    "This mailbox is watched already.", "See yours: stillwater mail list"
                )

    def change(self, row: Mailbox, account: MailAccount) -> None:
        """Other settings for an account that is watched. The host and the user stay."""
        account.checked()
        known = self.account(row)
        if (known.host, known.user) != (account.host, account.user):
            raise UserError(
                "The server and the name of a mailbox cannot be changed: the password would go "
                "to another server.",
                "Add the other mailbox, then remove this one.",
            )
        row.for_gate, row.changed_at = self._sealed(account), self.clock.now()
        row.save(update_fields=["for_gate", "changed_at"])

    def change_secret(self, row: Mailbox, secret: str) -> None:
        """A new password, or new tokens."""
        self._mine(row)
        self._keep_secret(row, secret)
        row.changed_at = self.clock.now()
        row.save(update_fields=["secret", "changed_at"])

    def keep_tokens(self, row: Mailbox, secret: str) -> None:
        """What a server gave in place of older tokens: no change of the person's."""
        self._mine(row)
        self._keep_secret(row, secret)
        row.save(update_fields=["secret"])

    def ask_to_remove(self, row: Mailbox, held: Held = Held.STAYS) -> Request:
        """Stop watching: a loosening, so it waits for the person's delay.

        What was chosen for held mail is kept with it (``held_of``): the watcher
        carries it out when the wait is over.
        """
        found = self.removal(row)
        if found is not None:
            return found
        about = f"{row.public_id}{_CHOSEN}{held.value}"
        wait = keyring_of(self.person).loosening_delay
        with transaction.atomic():
            return openings.ask(self.person, openings.What.MAILBOX, about, wait, clock=self.clock)

    def keep(self, row: Mailbox) -> bool:
        """Take back a removal that waits; whether one did."""
        waits = self.removal(row)
        if waits is None:
            return False
        with transaction.atomic():
            openings.cancel(waits)
        return True

    def removal(self, row: Mailbox) -> Request | None:
        """The removal of this mailbox that waits, if there is one."""
        self._mine(row)
        return (
            openings.waiting(self.person, openings.What.MAILBOX)
            .filter(about__startswith=row.public_id)
            .first()
        )

    def is_removal_due(self, row: Mailbox) -> bool:
        """Whether this mailbox is to be removed now: nothing new is begun on its server."""
        waits = self.removal(row)
        return waits is not None and waits.ready_at <= self.clock.now()

    def must_be_due(self, waits: Request) -> None:
        """Before anything is undone. Raises UserError: the wait runs, or it was taken back."""
        openings.must_be_ready(waits, self.clock)
        if waits.state != Request.State.WAITING:
            raise UserError(
                to_say("That is not waiting any more."), "See yours: stillwater mail list"
            )

    def forget(self, row: Mailbox, waits: Request) -> None:
        """The mailbox is removed here; what was done on the server was undone before.

        Raises UserError (NOT_NOW) while the wait runs.
        """
        self._mine(row)
        with self._changing("mailbox_removed", row):
            openings.finish(waits, clock=self.clock)
            row.delete()
        ring = self.ring or platform_ring()
        if ring is not None and not row.secret:
            from keyring.errors import KeyringError

            with suppress(KeyringError):
                ring.delete_password(_SERVICE, row.public_id)

    # Inside

    def _mine(self, row: Mailbox) -> None:
        if row.person_id != self.person.pk:
            raise UserError("There is no such mailbox.", "See yours: stillwater mail list")

    def _sealed(self, account: MailAccount) -> bytes:
        return self.machine.seal_profile(self.person.public_id, account.to_json())

    def _keep_secret(self, row: Mailbox, secret: str) -> None:
        """In the keyring where there is one that works, else under the machine key."""
        from keyring.errors import KeyringError

        ring = self.ring or platform_ring()
        if ring is not None:
            with suppress(KeyringError):
                ring.set_password(_SERVICE, row.public_id, secret)
                if ring.get_password(_SERVICE, row.public_id) == secret:
                    row.secret = b""
                    return
        row.secret = self.machine.seal_secret(self.person.public_id, secret.encode())

    @contextmanager
    def _changing(self, kind: str, row: Mailbox) -> Iterator[None]:
        """A change that is a leaf of the ledger, written in the same transaction."""
        with person_lock(self.home, self.person, wait=AT_A_PAGE):
            hold_ledger(self.person, home=self.home, clock=self.clock)
            with transaction.atomic():
                yield
                leaf = {
                    "kind": kind,
                    "at": ledger.moment(self.clock.now()),
                    "mailbox": row.public_id,
                }
                ledger.write(self.person, [leaf], home=self.home, clock=self.clock)
            ledger.pin(self.home, self.person)


def held_of(removal: Request) -> Held:
    """What was chosen for held mail when the removal was asked for."""
    chosen = removal.about.partition(_CHOSEN)[2]
    return Held(chosen) if chosen else Held.STAYS
