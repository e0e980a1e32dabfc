"""What is known of one mail account: where it lies and how to sign in. No secrets here."""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Self

from stillwater.core.errors import UserError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HOLD_FOLDER = "Later"  # neutral: whoever looks over a shoulder sees this name
SCRIPT = "later"


class Security(StrEnum):
    """How the connection is kept from being read along."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"  # on this machine only


class SignIn(StrEnum):
    """How the account is signed in to."""

    PASSWORD = "password"  # or an app password
    GOOGLE = "google"  # XOAUTH2, tokens from Google
    MICROSOFT = "microsoft"  # XOAUTH2, tokens from Microsoft


class HeldCopy(StrEnum):
    """What becomes of the copy in the hold folder (docs/decisions/0041)."""

    STAYS = "stays"
    REMOVED = "removed"  # once it is sealed and in a backup


class Role(StrEnum):
    """What a watched folder is for."""

    INBOX = "inbox"
    JUNK = "junk"
    SENT = "sent"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """One account. ``sieve_port`` 0: the server's own filter is not used."""

    host: str
    user: str
    port: int = 993
    security: Security = Security.TLS
    sign_in: SignIn = SignIn.PASSWORD
    hold_folder: str = HOLD_FOLDER
    held_copy: HeldCopy = HeldCopy.STAYS
    sieve_host: str = ""  # "": the same as ``host``
    sieve_port: int = 4190
    script: str = SCRIPT
    lease_days: int = 7
    trusted: str = ""  # a certificate file to trust beside those of the system
    client_id: str = ""  # of the person's own app registration, for tokens
    tenant: str = "common"

    @property
    def is_local(self) -> bool:
        return self.host in LOOPBACK

    def checked(self) -> Self:
        """The same account. Raises UserError where it could be read along or makes no sense."""
        if self.security is Security.PLAIN and not self.is_local:
            raise UserError(
                "Without TLS, whoever shares the network could read the password and every mail.",
                "Leave --plain out. If the server knows no TLS, use another one.",
            )
        for name, value in (("host", self.host), ("user", self.user), ("folder", self.hold_folder)):
            if not value or any(ord(sign) < 32 for sign in value):
                raise UserError(f"The {name} is empty, or holds signs that no {name} has.")
        if self.hold_folder.upper() == "INBOX":
            raise UserError("Held mail cannot lie in the inbox.", "Choose another folder name.")
        if not 1 <= self.lease_days <= 90:
            raise UserError("A lease lasts 1 to 90 days.", "Give --lease 7d, for example.")
        return self

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, stored: bytes) -> Self:
        """What ``to_json`` gave."""
        fields = json.loads(stored)
        return replace(
            cls(**{name: fields[name] for name in fields if name in cls.__slots__}),
            security=Security(fields["security"]),
            sign_in=SignIn(fields["sign_in"]),
            held_copy=HeldCopy(fields["held_copy"]),
        )
