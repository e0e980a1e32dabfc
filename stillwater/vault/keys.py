"""A person's keys: made, signed in with, changed, renewed.

Signing in is unwrapping one's identity; no other hash of a passphrase exists.
A ``Session`` lives in the memory of one process, is never written and never the
argument of a task. docs/formats/keys.md.
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, system_randomness
from stillwater.people.models import Person
from stillwater.vault import epochs, files, identities, opening, wrapping
from stillwater.vault.models import Epoch, Item, Keyring
from stillwater.vault.wrapping import STANDARD, Cost

DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewKeys:
    """What is shown once, and then only stands on the recovery sheet."""

    person: Person
    recipient: str
    recovery_recipient: str
    words: tuple[str, ...] = field(repr=False)  # 24, BIP-39 English
    recovery_identity: str = field(repr=False)  # AGE-SECRET-KEY-1…, the same 32 bytes


@dataclass
class Session:
    """A person who has signed in: the one thing that opens what is sealed to them."""

    person: Person
    identity: identities.Identity = field(repr=False)
    _epochs: dict[int, identities.Identity] = field(default_factory=dict, repr=False)

    def open_private(self, blob: bytes) -> bytes:
        """Open what ``seal_private`` sealed to this person. Raises UserError."""
        return _decrypted(bytes(blob), self.identity)

    def epoch_identity(self, epoch: Epoch) -> identities.Identity:
        """The identity that opens the items of an epoch."""
        if epoch.pk not in self._epochs:
            line = _decrypted(bytes(epoch.sealed_identity), self.identity)
            self._epochs[epoch.pk] = identities.identity_from_file(line)
        return self._epochs[epoch.pk]

    def open_item(self, item: Item, home: Home) -> bytes:
        """An original, byte for byte, once file and content are proved unchanged.

        Whoever shows it to the person writes a ledger leaf first
        (vault/openings.py). Raises UserError where the file is missing or changed.
        """
        whole = io.BytesIO()
        self.open_item_to(item, home, whole)
        return whole.getvalue()

    def open_item_to(self, item: Item, home: Home, out: BinaryIO) -> None:
        """The same into ``out``, in pieces. Nothing is written before all is proved."""
        opening.open_to(item, home, self._epoch_of(item), out)

    def reveal(self, item: Item, home: Home) -> tuple[bytes, bytes]:
        """Salt (32 bytes) and original of an item: what proves its commitment."""
        return opening.reveal(item, home, self._epoch_of(item))

    def _epoch_of(self, item: Item) -> identities.Identity:
        if item.person_id != self.person.pk:
            raise UserError("That item is not yours.", "", ExitCode.NOT_ALLOWED)
        item.person = self.person  # known: many items are opened without a query for each
        known = self._epochs.get(item.epoch_id)
        return known if known is not None else self.epoch_identity(item.epoch)


def create(
    person: Person,
    passphrase: str,
    *,
    home: Home,
    clock: Clock,
    randomness: Randomness = system_randomness,
    opening_wait: timedelta = DAY,
    loosening_delay: timedelta = DAY,
    cost: Cost = STANDARD,
) -> NewKeys:
    """Make all keys of a person and their first epoch. Inside a transaction of the gate.

    Raises UserError where the passphrase is too short, or keys are there already.
    """
    assert connection.in_atomic_block
    wrapping.must_be_good(passphrase)
    if Keyring.objects.filter(person=person).exists():
        raise UserError("These keys are there already.", "See: stillwater keys check")
    identity = identities.new_identity(randomness)
    secret = randomness(identities.SECRET)
    recovery = identities.identity_of(secret)
    Keyring.objects.create(
        person=person,
        recipient=identities.recipient_of(identity),
        recovery_recipient=identities.recipient_of(recovery),
        wrapped=wrapping.wrap(
            identities.secret_of(identity), passphrase, person.public_id, randomness, cost
        ),
        for_recovery=_for_recovery(identity, identities.recipient_of(recovery)),
        ledger_public_key=_new_signing_key(person, home, randomness),
        opening_wait=opening_wait,
        loosening_delay=loosening_delay,
        changed_at=clock.now(),
    )
    epochs.new_epoch(person, home, clock, randomness)
    return _shown_once(person, identities.recipient_of(identity), secret)


def sign_in(person: Person, passphrase: str) -> Session:
    """Unwrap the person's identity. Raises UserError (NOT_ALLOWED) where it does not open."""
    keyring = keyring_of(person)
    secret = wrapping.unwrap(keyring.wrapped, passphrase, person.public_id)
    return _session(keyring, identities.identity_of(secret))


def sign_in_with_words(person: Person, words: str) -> Session:
    """Sign in with the 24 words of the recovery sheet. Raises UserError."""
    recovery = identities.identity_of(identities.secret_from_words(words))
    keyring = keyring_of(person)
    if identities.recipient_of(recovery) != keyring.recovery_recipient:
        raise UserError(
            "Those words are of another recovery sheet.",
            "Look for the sheet with the latest date.",
            ExitCode.NOT_ALLOWED,
        )
    line = _decrypted(bytes(keyring.for_recovery), recovery)
    return _session(keyring, identities.identity_from_file(line))


def change_passphrase(
    session: Session,
    passphrase: str,
    *,
    clock: Clock,
    randomness: Randomness = system_randomness,
    cost: Cost = STANDARD,
) -> None:
    """Wrap the same identity under another passphrase. Inside a transaction.

    Copies made before (backups, snapshots) still open with the old one.
    """
    assert connection.in_atomic_block
    wrapping.must_be_good(passphrase)
    keyring = keyring_of(session.person)
    keyring.wrapped = wrapping.wrap(
        identities.secret_of(session.identity),
        passphrase,
        session.person.public_id,
        randomness,
        cost,
    )
    keyring.changed_at = clock.now()
    keyring.save(update_fields=["wrapped", "changed_at"])


def rotate(
    session: Session, *, home: Home, clock: Clock, randomness: Randomness = system_randomness
) -> Epoch:
    """Begin a new epoch now, and seal all older ones to those who may open them today.

    Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    keyring = keyring_of(session.person)
    older = Epoch.objects.filter(person=session.person).select_related("person").order_by("pk")
    epochs.seal_anew(
        [(epoch, session.epoch_identity(epoch)) for epoch in older],
        home,
        epochs.recipients(keyring, clock.now()),
    )
    return epochs.new_epoch(session.person, home, clock, randomness)


def new_recovery(
    session: Session, *, home: Home, clock: Clock, randomness: Randomness = system_randomness
) -> NewKeys:
    """A new recovery sheet: from now on the old one opens nothing new.

    Copies that were made before (backups, old disks) still open with the old
    sheet. Inside a transaction of the gate.
    """
    assert connection.in_atomic_block
    secret = randomness(identities.SECRET)
    keyring = keyring_of(session.person)
    keyring.recovery_recipient = identities.recipient_of(identities.identity_of(secret))
    keyring.for_recovery = _for_recovery(session.identity, keyring.recovery_recipient)
    keyring.changed_at = clock.now()
    keyring.save(update_fields=["recovery_recipient", "for_recovery", "changed_at"])
    rotate(session, home=home, clock=clock, randomness=randomness)
    return _shown_once(session.person, keyring.recipient, secret)


def sheet_of_words(person: Person, words: str) -> NewKeys:
    """What a sheet shows, from its own words: to print it again. Raises UserError."""
    sign_in_with_words(person, words)
    secret = identities.secret_from_words(words)
    return _shown_once(person, keyring_of(person).recipient, secret)


def seal_private(recipient: str, data: bytes) -> bytes:
    """Seal what is derived from content to a person: only their session opens it."""
    return identities.seal(data, [recipient])


def keyring_of(person: Person) -> Keyring:
    """The keys of a person. Raises UserError where none were made."""
    keyring = Keyring.objects.filter(person=person).first()
    if keyring is None:
        raise UserError("There are no keys yet.", "Run: stillwater keys new", ExitCode.NOT_ALLOWED)
    return keyring


def signing_key_path(home: Home, person: Person) -> Path:
    """Where the key lies that signs a person's ledger: 32 bytes, mode 0600."""
    return home.keys / person.public_id / "ledger.key"


def signing_key(home: Home, person: Person) -> Ed25519PrivateKey:
    """The key that signs a person's ledger; the daemon holds it. Raises UserError."""
    path = signing_key_path(home, person)
    try:
        return Ed25519PrivateKey.from_private_bytes(files.read_private(path))
    except (FileNotFoundError, ValueError) as wrong:
        raise UserError(
            "The key that signs your ledger is missing or damaged.",
            "Put it back from a backup: stillwater backup restore",
            ExitCode.BROKEN,
        ) from wrong


def _session(keyring: Keyring, identity: identities.Identity) -> Session:
    """Whoever can write to the database could have had everything sealed to themself."""
    if identities.recipient_of(identity) != keyring.recipient:
        raise UserError(
            "What is sealed to you is sealed to somebody else's key: your keys were changed.",
            "Do not go on with this installation. Restore a backup made before.",
            ExitCode.BROKEN,
        )
    return Session(keyring.person, identity)


def _shown_once(person: Person, recipient: str, secret: bytes) -> NewKeys:
    return NewKeys(
        person=person,
        recipient=recipient,
        recovery_recipient=identities.recipient_of(identities.identity_of(secret)),
        words=identities.words_of(secret),
        recovery_identity=identities.written(secret),
    )


def _new_signing_key(person: Person, home: Home, randomness: Randomness) -> bytes:
    seed = randomness(32)
    path = signing_key_path(home, person)
    files.private_folder(path.parent)
    files.write_new(path, seed)
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _for_recovery(identity: identities.Identity, recovery_recipient: str) -> bytes:
    line = identities.written(identities.secret_of(identity)) + "\n"
    return identities.seal(line.encode("ascii"), [recovery_recipient])


def _decrypted(blob: bytes, identity: identities.Identity) -> bytes:
    try:
        return bytes(pyrage.decrypt(blob, [identity]))
    except pyrage.DecryptError as wrong:
        raise UserError(
            "Something sealed to you does not open with your keys.",
            "Run: stillwater vault check",
            ExitCode.BROKEN,
        ) from wrong
