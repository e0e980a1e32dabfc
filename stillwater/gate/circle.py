"""The circle of one person: who is asked, who joins, who leaves. Every change goes through here.

A new reviewer is a loosening. They are asked by a link and a spoken code, bring a key whose
words both read aloud, and take effect after the person's delay; then a new epoch begins that
is sealed to them too. Older epochs are sealed to them when the person is next signed in
(docs/decisions/0069). Leaving is at once.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from stillwater.circle import invitations
from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.core.ids import Randomness, new_public_id, system_randomness
from stillwater.gate import telling
from stillwater.gate.joining import is_open, is_over, name_hmac
from stillwater.gate.keeping import hold_ledger
from stillwater.people.models import Person
from stillwater.vault import epochs, identities, ledger, openings, wrapping
from stillwater.vault.keys import Session, keyring_of, seal_private
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Epoch, Request, Reviewer
from stillwater.vault.openings import What
from stillwater.vault.wrapping import STANDARD, Cost

HELPERS = (Role.REVIEWER, Role.SUPPORTER, Role.ADVOCATE, Role.LAWYER)


@dataclass(frozen=True, slots=True)
class About:
    """What the person says of somebody whom they add."""

    name: str = field(repr=False)
    role: Role
    is_adult: bool = False
    is_out_of_reach: bool = False  # the other can neither reach nor press them


@dataclass(frozen=True, slots=True)
class Invitation:
    """Shown once: the link's token, and the code to speak."""

    token: str = field(repr=False)
    code: str = field(repr=False)
    until: datetime


@dataclass(frozen=True)
class Circle:
    """Changing the circle of one person."""

    person: Person
    home: Home
    machine: MachineKey = field(repr=False)
    clock: Clock
    randomness: Randomness = field(default=system_randomness, repr=False)

    def members(self) -> QuerySet[Member]:
        """Everybody who was not let go, in the order in which they were asked."""
        mine = Member.objects.filter(person=self.person)
        return mine.exclude(state=Member.State.ENDED).order_by("pk")

    def has_reviewer(self) -> bool:
        """Whether anybody can look in the person's place now."""
        return self.members().filter(role=Role.REVIEWER, state=Member.State.ACTIVE).exists()

    def add(self, about: About) -> Member:
        """Somebody new. A reviewer is only asked by it; all others are there at once.

        Raises UserError where a reviewer is no adult, or may be reached or pressed.
        """
        name = " ".join(about.name.split())[: invitations.LONGEST_NAME]
        if not name:
            raise UserError(_("The name is missing."), _("Any name that tells you who it is."))
        is_reviewer = about.role is Role.REVIEWER
        if is_reviewer:
            _must_be_safe(about)
        sealed = {
            "version": 1,
            "name": name,
            "adult": about.is_adult,
            "out_of_reach": about.is_out_of_reach,
        }
        with transaction.atomic():
            return Member.objects.create(
                person=self.person,
                public_id=new_public_id(self.randomness),
                role=about.role,
                state=Member.State.INVITED if is_reviewer else Member.State.ACTIVE,
                sealed=seal_private(keyring_of(self.person).recipient, json.dumps(sealed).encode()),
                added_at=self.clock.now(),
            )

    # Asking, and bringing a key

    def invite(self, member: Member) -> Invitation:
        """A link and a code; those given before are worth nothing any more."""
        _must_be(member, Member.State.INVITED)
        token, code = new_public_id(self.randomness), invitations.new_code(self.randomness)
        member.token_hash = invitations.hash_of(token)
        member.code_hmac = self._code_hmac(member, code)
        member.wrong_codes = 0
        member.expires_at = self.clock.now() + invitations.LASTS
        with transaction.atomic():
            member.save(update_fields=["token_hash", "code_hmac", "wrong_codes", "expires_at"])
        return Invitation(token, code, member.expires_at)

    def accept(
        self,
        member: Member,
        untrusted_code: str,
        name: str,
        passphrase: str,
        *,
        cost: Cost = STANDARD,
    ) -> Session:
        """A key made here, under the reviewer's own passphrase. The invitation is used up.

        Raises UserError: the invitation is over, the code is another, the name is taken.
        """
        self._must_know_the_code(member, untrusted_code)
        wrapping.must_be_good(passphrase)
        known_as = name_hmac(self.machine, name)
        if Member.objects.filter(sign_in_hmac=known_as).exists():
            raise UserError(_("That name is taken here."), _("Choose another one to sign in with."))
        identity = identities.new_identity(self.randomness)
        secret = identities.secret_of(identity)
        member.wrapped = wrapping.wrap(secret, passphrase, member.public_id, self.randomness, cost)
        member.sign_in_hmac = known_as
        member.told_at = self.clock.now()
        self._keyed(member, identities.recipient_of(identity))
        return Session(self.person, identity)

    def bring_key(self, member: Member, untrusted_recipient: str) -> None:
        """The public half of a key that was made on the reviewer's own device."""
        _must_be(member, Member.State.INVITED)
        recipient = untrusted_recipient.strip()
        identities.recipient(recipient)
        keyring = keyring_of(self.person)
        if recipient in (keyring.recipient, keyring.recovery_recipient):
            raise UserError(
                _("That key is your own."), _("Ask them for theirs: it begins with age1.")
            )
        self._keyed(member, recipient)

    def confirm(self, member: Member) -> Request:
        """Both read the same words: the wait begins. The person and the others are told."""
        _must_be(member, Member.State.KEYED)
        now = self.clock.now()
        with transaction.atomic():
            wait = keyring_of(self.person).loosening_delay
            request = openings.ask(
                self.person, What.REVIEWER, member.public_id, wait, clock=self.clock,
                randomness=self.randomness,
            )  # fmt: skip
            self._move(member, Member.State.WAITING)
            telling.tell(
                self.person,
                now,
                _("Somebody new may look at what is held, once your wait is over. If that was not "
                  "you: one press takes it back, under Circle."),
                ["new_reviewer"],
            )  # fmt: skip
        self.settle()
        return request

    def request_of(self, member: Member) -> Request | None:
        """What a new reviewer waits for."""
        return openings.waiting(self.person, What.REVIEWER).filter(about=member.public_id).first()

    # Taking effect, and leaving

    def settle(self, session: Session | None = None) -> None:
        """Let those begin whose wait is over; with a session, older epochs open to them too."""
        now = self.clock.now()
        waiting = openings.waiting(self.person, What.REVIEWER)
        for request in waiting.filter(ready_at__lte=now):
            self._begin(request)
        # What was taken back elsewhere (vault cancel): the words are to be read anew.
        about = list(waiting.values_list("about", flat=True))
        left = self.members().filter(state=Member.State.WAITING).exclude(public_id__in=about)
        left.update(state=Member.State.KEYED)
        if session is not None:
            self.reach_back(session)

    def reach_back(self, session: Session) -> None:
        """Seal older epochs to reviewers who began while the person was not signed in."""
        now = self.clock.now()
        new = Reviewer.objects.filter(
            person=self.person, from_at__lte=now, until_at=None, reaches_back_at=None
        )
        if not new.exists():
            return
        with transaction.atomic():
            older = Epoch.objects.filter(person=self.person).select_related("person").order_by("pk")
            epochs.seal_anew(
                [(epoch, session.epoch_identity(epoch)) for epoch in older],
                self.home,
                epochs.recipients(keyring_of(self.person), now),
            )
            new.update(reaches_back_at=now)

    def remove(self, member: Member, session: Session | None = None) -> None:
        """Out at once. What comes from now on is not sealed to them.

        With a session the older epochs are sealed anew without them as well; whoever kept a
        copy of an old one, and the key, can still open what it holds.
        """
        was_reviewer = bool(member.recipient)
        if was_reviewer:
            hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
        with transaction.atomic():
            if (request := self.request_of(member)) is not None:
                openings.cancel(request)
            had_a_key = self._end(member)
            if had_a_key:
                self._seal_without_them(session)
            if was_reviewer:
                self._write(member, "removed")
        if was_reviewer:
            ledger.pin(self.home, self.person)

    def _begin(self, request: Request) -> None:
        member = Member.objects.get(person=self.person, public_id=request.about)
        hold_ledger(self.person, home=self.home, clock=self.clock, randomness=self.randomness)
        with transaction.atomic():
            waiting = openings.waiting(self.person, What.REVIEWER).select_for_update()
            if not waiting.filter(pk=request.pk).exists():
                return  # the worker, or a page, was quicker
            openings.finish(request, clock=self.clock)
            self._move(member, Member.State.ACTIVE)
            Reviewer.objects.create(
                person=self.person,
                public_id=new_public_id(self.randomness),
                member=member.public_id,
                recipient=member.recipient,
                from_at=self.clock.now(),
            )
            epochs.new_epoch(self.person, self.home, self.clock, self.randomness)
            self._write(member, "added")
        ledger.pin(self.home, self.person)

    def _end(self, member: Member) -> bool:
        """Close every way in; gives whether anything was sealed to them."""
        now = self.clock.now()
        member.state, member.ended_at = Member.State.ENDED, now
        member.wrapped, member.sign_in_hmac = None, b""
        member.token_hash = member.code_hmac = b""
        member.save()
        keys = Reviewer.objects.filter(person=self.person, member=member.public_id, until_at=None)
        return bool(keys.update(until_at=now))

    def _seal_without_them(self, session: Session | None) -> None:
        if session is not None:
            older = Epoch.objects.filter(person=self.person).select_related("person").order_by("pk")
            epochs.seal_anew(
                [(epoch, session.epoch_identity(epoch)) for epoch in older],
                self.home,
                epochs.recipients(keyring_of(self.person), self.clock.now()),
            )
        epochs.new_epoch(self.person, self.home, self.clock, self.randomness)

    def _write(self, member: Member, change: str) -> None:
        """The leaf: which of the circle, and no name."""
        leaf = {
            "kind": f"reviewer_{change}",
            "at": ledger.moment(self.clock.now()),
            "who": member.public_id,
        }
        ledger.write(
            self.person, [leaf], home=self.home, clock=self.clock, randomness=self.randomness
        )

    def _keyed(self, member: Member, recipient: str) -> None:
        """They have a key; the link and the code are worth nothing any more."""
        member.recipient = recipient
        member.token_hash = member.code_hmac = b""
        with transaction.atomic():
            self._move(member, Member.State.KEYED)
            member.save()

    def _move(self, member: Member, to: Member.State) -> None:
        """From one state to the next, once: of two at the same time one is refused."""
        moved = Member.objects.filter(pk=member.pk, state=member.state).update(state=to)
        if not moved:
            raise is_over()
        member.state = to

    def _must_know_the_code(self, member: Member, untrusted_code: str) -> None:
        if not is_open(member, self.clock.now()):
            raise is_over()
        code = self._code_hmac(member, untrusted_code)
        if hmac.compare_digest(code, bytes(member.code_hmac)):
            return
        with transaction.atomic():
            wrong = F("wrong_codes") + 1
            Member.objects.filter(pk=member.pk).update(wrong_codes=wrong)
        raise UserError(
            _("That is not the code."),
            _("Ask for it once more, by voice. After a few wrong ones the invitation ends."),
            ExitCode.NOT_ALLOWED,
        )

    def _code_hmac(self, member: Member, untrusted_code: str) -> bytes:
        digits = invitations.digits_of(untrusted_code)
        about = f"code\0{member.public_id}\0{digits}".encode()
        return self.machine.fingerprint(self.person.public_id, about)


def settle_everyone(
    people: Sequence[Person], home: Home, machine: MachineKey, clock: Clock
) -> None:
    """Let reviewers begin whose wait is over, for everyone here."""
    for person in people:
        try:
            Circle(person, home, machine, clock).settle()
        except UserError as error:
            # A clock that stands wrong: the wait goes on until it is right again.
            if error.exit_code is not ExitCode.NOT_NOW:
                raise


def _must_be_safe(about: About) -> None:
    if not about.is_adult:
        raise UserError(
            _("A reviewer is an adult."),
            _("What is held may frighten, and may be evidence. Ask somebody who is of age."),
        )
    if not about.is_out_of_reach:
        raise UserError(
            _("A reviewer is somebody whom they can neither reach nor press."),
            _("They may still be a supporter, who sees nothing of what is held."),
        )


def _must_be(member: Member, state: Member.State) -> None:
    if member.state != state:
        raise is_over()
