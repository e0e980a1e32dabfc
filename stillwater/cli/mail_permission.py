"""``stillwater mail sign-in``: for providers that take no password from mail programs."""

import sys
import threading
from dataclasses import replace

import click

from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.channels.mail.providers.table import account_for
from stillwater.cli.common import json_option, person_option, say
from stillwater.cli.mail_common import boxes_of, said_in_words
from stillwater.core.errors import UserError


@click.command("sign-in")
@click.argument("address")
@click.option(
    "--google", is_flag=True, help="For Gmail without an app password; the same address otherwise."
)
@click.option("--client-id", metavar="ID", help="Of your own app registration (docs/mail.md).")
@click.option("--tenant", metavar="NAME", help="Microsoft: of your organisation, if it has one.")
@person_option
@json_option
def sign_in_command(
    address: str,
    google: bool,
    client_id: str | None,
    tenant: str | None,
    person_name: str | None,
    as_json: bool,
) -> None:
    """Give Stillwater permission to read the mailbox of ADDRESS, at Microsoft or Google.

    You sign in on your provider's own page; no password passes through here. The
    permission can be taken back there at any time. A mailbox that is not watched
    yet is watched from then on.
    """
    boxes = boxes_of(person_name)
    account = account_for(address)
    for row in boxes.all():
        if (known := boxes.account(row)).user == address:
            account = known
    if account is None:
        raise UserError(
            "The mail server of this address is not known.",
            "Add it with its host: stillwater mail add",
        )
    account = replace(
        account,
        sign_in=SignIn.GOOGLE if google else account.sign_in,
        client_id=client_id or account.client_id or _asked("Client id of your app registration"),
        tenant=tenant or account.tenant,
    )
    with said_in_words():
        kept = _permission(account)
    watched = next((row for row in boxes.all() if boxes.account(row).user == address), None)
    if watched is None:
        watched = boxes.add(account, kept)
    else:
        boxes.change(watched, account)
        boxes.change_secret(watched, kept)
    say(
        as_json,
        {"id": watched.public_id},
        "Permission given. This mailbox is watched while ./start or stillwater watch runs.",
    )


def _permission(account: MailAccount) -> str:
    if account.sign_in is SignIn.MICROSOFT:
        return _microsoft(account)
    if account.sign_in is SignIn.GOOGLE:
        return _google(account)
    raise UserError(
        "This provider takes a password, or an app password.",
        "Add the mailbox with: stillwater mail add",
    )


def _microsoft(account: MailAccount) -> str:
    from stillwater.channels.mail.live import microsoft

    waiting = microsoft.begin(account)
    click.echo("On a device that only you use, open this address and type the code:", err=True)
    click.echo(f"\n  {waiting.address}\n  {waiting.code}\n", err=True)
    return microsoft.finish(account, waiting, threading.Event().wait).keep


def _google(account: MailAccount) -> str:
    from stillwater.channels.mail.live.google import SignIn as GoogleSignIn

    sign_in = GoogleSignIn(account, _asked("Client secret of your app registration"))
    click.echo("Open this address in a browser on this machine:", err=True)
    click.echo(f"\n  {sign_in.address}\n", err=True)
    return sign_in.finish().keep


def _asked(what: str) -> str:
    if not sys.stdin.isatty():
        raise UserError(
            f"{what}: it is needed, and nobody is there to type it.",
            "docs/mail.md says where it stands; give --client-id, and run this in a terminal.",
        )
    given: str = click.prompt(what, err=True, type=str)
    return given.strip()
