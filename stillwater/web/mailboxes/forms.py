"""What was typed into the forms of the mailbox pages, checked. What is wrong is a UserError."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from stillwater.channels.mail.live.account import HOLD_FOLDER, HeldCopy, MailAccount, Security
from stillwater.channels.mail.providers.table import account_for
from stillwater.core.errors import UserError
from stillwater.core.saying import to_say

LONGEST_SECRET = 4000  # characters; some providers' app passwords are long, none so long
PLAIN_PORT, TLS_PORT = 143, 993
_REGISTRATION = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_AT_GOOGLE = re.compile(r"[0-9A-Za-z_-]{5,200}\.apps\.googleusercontent\.com")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class AccountForm(forms.Form):
    """Where a mailbox lies. All but the address may be left out for a provider that is known."""

    address = forms.CharField(max_length=320)
    host = forms.CharField(max_length=253, required=False)
    port = forms.IntegerField(min_value=1, max_value=65535, required=False)
    security = forms.ChoiceField(
        choices=[(one.value, one.name) for one in Security], required=False
    )
    user = forms.CharField(max_length=320, required=False)
    sieve_port = forms.IntegerField(min_value=0, max_value=65535, required=False)
    folder = forms.CharField(max_length=100, required=False)
    trusted = forms.CharField(max_length=1000, required=False)

    def account(self) -> MailAccount:
        """The account. Raises UserError where something does not fit."""
        _must_fit(self)
        given = self.cleaned_data
        address = given["address"]
        if "@" not in address.strip("@"):
            raise UserError(*_WRONG["address"])
        known = account_for(address)
        if known is None and not given["host"]:
            raise UserError(
                to_say("The mail server of this address is not known."),
                "Your provider's help pages name it: open “More”, and write it as the server. "
                "It often looks like imap.example.org",
            )
        account = known or MailAccount(host=given["host"], user=address)
        if given["host"]:  # another server than the one that is known: nothing else of it holds
            account = MailAccount(host=given["host"], user=address)
        rules_at = given["sieve_port"]
        security = Security(given["security"] or account.security)
        return replace(
            account,
            user=given["user"] or address,
            security=security,
            port=given["port"] or _port(account, security),
            sieve_port=account.sieve_port if rules_at is None else rules_at,
            hold_folder=given["folder"] or HOLD_FOLDER,
            trusted=given["trusted"],
        ).checked()


class WatchForm(forms.Form):
    """How a mailbox is watched."""

    copies = forms.ChoiceField(choices=[(one.value, one.name) for one in HeldCopy])
    lease = forms.IntegerField(min_value=1, max_value=90)
    from_start = forms.BooleanField(required=False)

    def applied(self, account: MailAccount) -> tuple[MailAccount, datetime | None]:
        """The account so, and from when on mail counts. Raises UserError."""
        _must_fit(self)
        given = self.cleaned_data
        held = HeldCopy(given["copies"])
        chosen = replace(account, held_copy=held, lease_days=given["lease"]).checked()
        return chosen, BEGINNING if given["from_start"] else None


def checked_secret(request: HttpRequest) -> str:
    """The mailbox's password of this form. Raises UserError."""
    untrusted_secret = request.POST.get("password", "")
    if not untrusted_secret:
        raise UserError(
            to_say("The password is empty."), to_say("Give the one that opens the mailbox.")
        )
    if len(untrusted_secret) > LONGEST_SECRET or not untrusted_secret.isprintable():
        raise UserError(
            to_say("That is no password that a mail server would take."),
            to_say("Copy it once more, without anything around it."),
        )
    return untrusted_secret


def checked_registration(request: HttpRequest) -> str:
    """The number of the person's app registration. Raises UserError."""
    untrusted_number = request.POST.get("client_id", "").strip()
    if not _REGISTRATION.fullmatch(untrusted_number):
        raise UserError(
            to_say("That is not the number of an app registration."),
            "It is called “Application (client) ID” there, and looks like "
            "01234567-89ab-cdef-0123-456789abcdef. docs/mail.md has the steps.",
        )
    return untrusted_number


def checked_google_registration(
    request: HttpRequest, known: str, known_secret: str
) -> tuple[str, str]:
    """Number and secret of a registration at Google, unless they are known. Raises UserError."""
    untrusted_number = known or request.POST.get("client_id", "").strip()
    if not _AT_GOOGLE.fullmatch(untrusted_number):
        raise UserError(
            to_say("That is not the number of a registration at Google."),
            to_say("It ends with .apps.googleusercontent.com; copy it whole."),
        )
    untrusted_secret = request.POST.get("client_secret", "").strip() or known_secret
    if not (untrusted_secret.isascii() and untrusted_secret.isprintable() and untrusted_secret):
        raise UserError(
            to_say("The secret of the registration is missing."),
            to_say("It stands beside the number at Google, as “Client secret”."),
        )
    return untrusted_number, untrusted_secret[:LONGEST_SECRET]


_WRONG: dict[str, tuple[str, str]] = {
    "address": (
        to_say("That is not a mail address."),
        to_say("Write it whole, like sam@home.example"),
    ),
    "port": (
        to_say("That is not a port."),
        to_say("It is a number from 1 to 65535; 993 is usual."),
    ),
    "sieve_port": (
        to_say("That is not a port."),
        to_say("It is a number up to 65535; 4190 is usual, 0 is none."),
    ),
    "lease": (to_say("A lease lasts 1 to 90 days."), to_say("Seven is a good number.")),
}
_ELSE = (
    to_say("Something in this form is not as it should be."),
    to_say("Look at the fields once more."),
)


def _must_fit(form: forms.Form) -> None:
    if not form.is_valid():
        errors: dict[str, Any] = form.errors
        raise UserError(*_WRONG.get(next(iter(errors)), _ELSE))


def _port(account: MailAccount, security: Security) -> int:
    if security is account.security:
        return account.port
    return TLS_PORT if security is Security.TLS else PLAIN_PORT
