"""Coming in as a reviewer: by an invitation once, then with a name and passphrase of one's own."""

from datetime import datetime

from django.utils.translation import gettext as _

from stillwater.circle import invitations
from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.errors import ExitCode, UserError
from stillwater.vault import identities, wrapping
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey


def name_hmac(machine: MachineKey, untrusted_name: str) -> bytes:
    """What a name to sign in with is known by, on the whole installation. Raises UserError."""
    plain = invitations.plain_name(untrusted_name)
    if not plain:
        raise UserError(_("The name is missing."), _("Type the one that you sign in with."))
    return machine.fingerprint("", b"reviewer\0" + plain.encode())


def is_open(member: Member, now: datetime) -> bool:
    """Whether an invitation can still be accepted."""
    return (
        member.state == Member.State.INVITED
        and member.expires_at is not None
        and now < member.expires_at
        and member.wrong_codes < invitations.MOST_WRONG_CODES
    )


def invited_by(untrusted_token: str, now: datetime) -> Member | None:
    """Whose invitation a link is; None: nobody's, used, or too old."""
    found = Member.objects.filter(token_hash=invitations.hash_of(untrusted_token)).first()
    return found if found is not None and is_open(found, now) else None


def reviewer_of_name(machine: MachineKey, untrusted_name: str) -> Member | None:
    """The reviewer who signs in here under this name."""
    known_as = name_hmac(machine, untrusted_name)
    there = Member.objects.filter(sign_in_hmac=known_as, role=Role.REVIEWER)
    return there.exclude(state=Member.State.ENDED).select_related("person").first()


def sign_in(member: Member, passphrase: str) -> Session:
    """Unwrap a reviewer's own identity. Raises UserError (NOT_ALLOWED) where it does not open."""
    secret = wrapping.unwrap(member.wrapped or {}, passphrase, member.public_id)
    identity = identities.identity_of(secret)
    if identities.recipient_of(identity) != member.recipient:
        raise UserError(
            _("This key is not the one that was agreed on."),
            _("Tell whoever asked you. Nothing was opened."),
            ExitCode.BROKEN,
        )
    return Session(member.person, identity)


def is_over() -> UserError:
    return UserError(
        _("That invitation is over."),
        _("It is used, too old, or was taken back. Ask for a new one."),
        ExitCode.NOT_ALLOWED,
    )
