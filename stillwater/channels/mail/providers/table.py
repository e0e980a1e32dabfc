"""Which provider an address belongs to, and what is known of it. Nobody is asked: it is a table."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from stillwater.channels.mail.live.account import MailAccount, Security, SignIn

OWN = "own"  # the entry for whoever is not in the table


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. ``imports``: the form of a filter file that it reads, "" for none.

    ``permission``: another way in than a password, where there is one beside it.
    """

    key: str
    name: str
    domains: tuple[str, ...]
    host: str
    port: int
    security: Security
    sign_in: SignIn
    permission: SignIn | None
    tenant: str
    sieve_port: int
    imports: str
    app_password: str  # where to make one, in words
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    undo: tuple[str, ...]

    @property
    def has_sieve(self) -> bool:
        """Whether a rule that ends by itself may be had there."""
        return bool(self.sieve_port)

    @classmethod
    def from_table(cls, key: str, table: dict[str, Any]) -> Self:
        return cls(
            key=key,
            name=table["name"],
            domains=tuple(table.get("domains", ())),
            host=table.get("host", ""),
            port=table.get("port", 993),
            security=Security(table.get("security", "tls")),
            sign_in=SignIn(table.get("sign_in", "password")),
            permission=SignIn(table["permission"]) if "permission" in table else None,
            tenant=table.get("tenant", "common"),
            sieve_port=table.get("sieve_port", 0),
            imports=table.get("import", ""),
            app_password=table["app_password"],
            notes=tuple(table.get("notes", ())),
            rules=tuple(table["rules"]),
            undo=tuple(table["undo"]),
        )

    def account(self, address: str) -> MailAccount:
        """An account of this provider, with the provider's own settings."""
        return MailAccount(
            host=self.host,
            user=address,
            port=self.port,
            security=self.security,
            sign_in=self.sign_in,
            sieve_port=self.sieve_port,
            tenant=self.tenant,
        )


@cache
def providers() -> dict[str, Provider]:
    """Every provider in the table, by its key; ``own`` among them."""
    text = files(__package__).joinpath("providers.toml").read_text("utf-8")
    return {key: Provider.from_table(key, table) for key, table in tomllib.loads(text).items()}


def provider_for(address: str) -> Provider | None:
    """The provider whose domain an address has; None: it is not known from the address."""
    domain = address.rpartition("@")[2].strip().lower().rstrip(".")
    return next((one for one in providers().values() if domain in one.domains), None)


def provider_of(account: MailAccount) -> Provider:
    """The provider of an account; ``own`` where nobody in the table has its server.

    Of several at one server it is the one whose domain the name has. A server on this
    machine may be anyone's: there the port must be the provider's too.
    """
    wanted = account.host.strip().lower().rstrip(".")
    found = [
        one
        for one in providers().values()
        if one.host == wanted and (not account.is_local or one.port == account.port)
    ]
    by_name = provider_for(account.user)
    if by_name in found:
        return by_name
    return found[0] if found else providers()[OWN]


def account_for(address: str) -> MailAccount | None:
    """The account of an address whose provider is known."""
    provider = provider_for(address)
    return provider.account(address) if provider else None
