"""``stillwater mail``: which mailboxes are watched, and how that stands."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stillwater.channels.mail.live.account import (
    HOLD_FOLDER,
    HeldCopy,
    MailAccount,
    Security,
    SignIn,
)
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.channels.mail.providers.table import account_for
from stillwater.cli import mail_looking, mail_permission
from stillwater.cli.common import (
    Duration,
    end_with,
    first_line,
    json_option,
    passphrase_option,
    person_option,
    say,
    shown_duration,
    sign_in,
)
from stillwater.cli.mail_common import boxes_of, said_in_words, which
from stillwater.core.errors import ExitCode, UserError

if TYPE_CHECKING:
    from stillwater.gate.live.mailboxes import Mailboxes
    from stillwater.gate.models import Mailbox

Command = TypeVar("Command", bound=Callable[..., Any])
PLAIN_PORT, TLS_PORT = 143, 993
# Said of what was typed a moment ago: nothing has changed since, and nothing is tried again.
_JUST_TYPED = {
    Trouble.PASSWORD: (
        "The mail server does not take this password.",
        "Type it again. Some want a name that is not the address (--user), or an app password "
        "(docs/mail.md). Nothing was changed.",
    ),
    Trouble.TRUST: (Trouble.TRUST.said, "Look at --trust: its path, and who may read it."),
    Trouble.UNREACHABLE: (
        "The mail server cannot be reached.",
        "Is the server's name right, and its port? Is this machine online? Nothing was changed.",
    ),
}

password_option: Callable[[Command], Command] = click.option(
    "--password-file",
    metavar="PATH",
    default=None,
    help="Read the mailbox's password from the first line of this file; - is standard input. "
    "Left out, it is asked for and not shown.",
)


@click.group()
def command() -> None:
    """Say which mailboxes are watched: add, test, list, remove.

    New mail of the other goes out of sight as it comes in, sealed and recorded
    first; nobody else's is touched. Watching happens while ./start runs, or
    stillwater watch. docs/mail.md goes through it provider by provider.
    """


@command.command()
@click.argument("address")
@click.option("--host", metavar="NAME", help="The mail server; left out, it is known for many.")
@click.option("--port", type=click.IntRange(1, 65535), help="Its IMAP port.")
@click.option("--user", metavar="NAME", help="The name to sign in with; left out, the address.")
@click.option("--starttls", is_flag=True, help="TLS that begins after the greeting.")
@click.option("--plain", is_flag=True, help="No TLS: for a server on this machine only.")
@click.option("--trust", metavar="FILE", help="A certificate to trust beside the system's.")
@click.option("--folder", default=HOLD_FOLDER, show_default=True, help="Where theirs is put.")
@click.option(
    "--sieve-port",
    type=click.IntRange(1, 65535),
    default=4190,
    show_default=True,
    help="Where the server takes rules (ManageSieve).",
)
@click.option("--no-sieve", is_flag=True, help="Put no rule on the server.")
@click.option(
    "--lease",
    type=Duration(),
    default="7d",
    show_default=True,
    help="How long the server's rule holds when Stillwater is off: then mail is in the inbox.",
)
@click.option(
    "--copies",
    type=click.Choice([one.value for one in HeldCopy]),
    default=HeldCopy.STAYS.value,
    show_default=True,
    help="What becomes of the copy on the server: it stays, or is removed once it is sealed "
    "and in a backup.",
)
@click.option("--from-start", is_flag=True, help="Also what lies in the mailbox already.")
@password_option
@person_option
@json_option
def add(
    address: str,
    host: str | None,
    port: int | None,
    user: str | None,
    starttls: bool,
    plain: bool,
    trust: str | None,
    folder: str,
    sieve_port: int,
    no_sieve: bool,
    lease: timedelta,
    copies: str,
    from_start: bool,
    password_file: str | None,
    person_name: str | None,
    as_json: bool,
) -> None:
    """Watch the mailbox of ADDRESS from now on.

    It signs in once, and changes nothing on the server yet. Give an app password
    where your provider has them: it opens the mail alone, and can be taken back.

    \b
    Examples:
      stillwater mail add sam@posteo.example
      stillwater mail add sam@home.example --host mail.home.example
    """
    boxes = boxes_of(person_name)
    known = account_for(address)
    if host is None and known is None:
        raise UserError(
            "The mail server of this address is not known.",
            "Name it, as your provider does: --host imap.example.org",
        )
    account = known or MailAccount(host=host or "", user=address)
    security = Security.PLAIN if plain else Security.STARTTLS if starttls else account.security
    changed = replace(
        account,
        host=host or account.host,
        user=user or account.user,
        security=security,
        port=port or _port(account, security),
        trusted=str(Path(trust).absolute()) if trust else "",
        hold_folder=folder,
        sieve_port=0 if no_sieve else sieve_port if host else account.sieve_port,
        lease_days=_whole_days(lease),
        held_copy=HeldCopy(copies),
    ).checked()
    if changed.sign_in is not SignIn.PASSWORD:
        raise UserError(
            "This provider takes no password from mail programs.",
            "Sign in with: stillwater mail sign-in ADDRESS (docs/mail.md goes through it)",
        )
    secret = _ask_password(password_file)
    _try(changed, secret)
    row = boxes.add(changed, secret, _beginning() if from_start else None)
    say(
        as_json,
        {"id": row.public_id},
        "This mailbox is watched from now on, while ./start or stillwater watch runs.",
        "See what its server can do, and what your phone shows: stillwater mail test",
    )


@command.command("list")
@person_option
@json_option
def list_(person_name: str | None, as_json: bool) -> None:
    """Say which mailboxes are watched, and how that stands."""
    boxes = boxes_of(person_name)
    rows = [_as_data(boxes, row) for row in boxes.all()]
    lines = [line for row in rows for line in _as_lines(row)]
    say(as_json, {"mailboxes": rows}, *(lines or ["There is no mailbox yet: stillwater mail add"]))


@command.command()
@which
@password_option
@person_option
@json_option
def password(which: str, password_file: str | None, person_name: str | None, as_json: bool) -> None:
    """Give a new password for a mailbox, after it was changed at the provider."""
    boxes = boxes_of(person_name)
    row = boxes.find(which)
    secret = _ask_password(password_file)
    _try(boxes.account(row), secret)
    boxes.change_secret(row, secret)
    say(as_json, {"id": row.public_id}, "The new password works, and is used from now on.")


@command.command()
@which
@click.option(
    "--held",
    type=click.Choice(["stays", "returns"]),
    default="stays",
    show_default=True,
    help="What lies in the hold folder stays there, or returns to the inbox, where you see it.",
)
@click.option(
    "--server-gone",
    is_flag=True,
    help="The server is closed to you for good: forget it here. What lies there stays.",
)
@passphrase_option
@person_option
@json_option
def remove(
    which: str,
    held: str,
    server_gone: bool,
    passphrase_file: str | None,
    person_name: str | None,
    as_json: bool,
) -> None:
    """Stop watching a mailbox, and leave its server as it was found.

    It needs your passphrase, and waits for the delay that you set on a good day:
    from then on mail of theirs comes to your inbox. Type it once more when the
    wait is over, or leave it: it happens by itself then. What is sealed stays.
    """
    boxes = boxes_of(person_name)
    row = boxes.find(which)
    sign_in(boxes.person, passphrase_file)
    from stillwater.gate.live.undoing import Held, forget_here, undo_and_forget

    waits = boxes.removal(row) or boxes.ask_to_remove(row, Held(held))
    left = waits.ready_at - boxes.clock.now()
    if left > timedelta(0):
        say(
            as_json,
            {"removed": False, "ready_at": waits.ready_at},
            f"It waits {shown_duration(left)}. To go on watching: stillwater mail keep",
        )
        return
    if server_gone:
        stays = forget_here(boxes, row, waits)
        data = {"removed": True, "stays_there": stays}
        say(as_json, data, "It is no longer watched. On its server stays:", *stays)
        return
    with said_in_words():
        undo_and_forget(boxes, row, waits, Held(held))
    say(as_json, {"removed": True}, "It is no longer watched, and the server is as it was found.")


@command.command()
@which
@person_option
@json_option
def keep(which: str, person_name: str | None, as_json: bool) -> None:
    """Go on watching: take back a removal that waits."""
    boxes = boxes_of(person_name)
    kept = boxes.keep(boxes.find(which))
    said = "It goes on being watched." if kept else "Nothing waits to be removed."
    say(as_json, {"kept": kept}, said)
    if not kept:
        end_with(ExitCode.NOT_NOW)


def _port(account: MailAccount, security: Security) -> int:
    if security is account.security:
        return account.port
    return TLS_PORT if security is Security.TLS else PLAIN_PORT


def _whole_days(lease: timedelta) -> int:
    """The server's rule knows days alone."""
    if lease % timedelta(days=1):
        raise UserError(
            "A lease lasts whole days: the server's rule knows no hours.",
            "Give --lease 7d, for example.",
        )
    return lease.days


def _beginning() -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC)


def _ask_password(password_file: str | None) -> str:
    """A mailbox's password: from a file, or typed unseen. Never a word on the command line."""
    if password_file is not None:
        given = (
            sys.stdin.readline()
            if password_file == "-"
            else first_line(Path(password_file), "mailbox's password")
        )
    elif sys.stdin.isatty():
        given = click.prompt("Password of the mailbox", hide_input=True, err=True, type=str)
    else:
        raise UserError(
            "The mailbox's password is needed, and nobody is there to type it.",
            "Give it with --password-file PATH (or - for standard input).",
        )
    given = given.rstrip("\r\n")
    if not given:
        raise UserError("The password is empty.", "Give the one that opens the mailbox.")
    return given


def _try(account: MailAccount, secret: str) -> None:
    """Sign in once: a wrong password is said now, and not at night."""
    from stillwater.channels.mail.live.connection import Secret, hang_up, open_connection

    with said_in_words():
        try:
            hang_up(open_connection(account, Secret(secret)))
        except MailError as error:
            if error.trouble not in _JUST_TYPED:
                raise
            raise UserError(*_JUST_TYPED[error.trouble], ExitCode.FOUND_WRONG) from error


def _as_data(boxes: "Mailboxes", row: "Mailbox") -> dict[str, Any]:
    from stillwater.gate.live.watching import state_of_mailbox

    account = boxes.account(row)
    state = state_of_mailbox(row, boxes.clock.now())
    waits = boxes.removal(row)
    return {
        "id": row.public_id,
        "user": account.user,
        "host": account.host,
        "folder": account.hold_folder,
        "copies": account.held_copy.value,
        "watching": state.watching.value,
        "says": state.in_words,
        "troubles": [one.value for one in state.troubles],
        "lease_until": row.lease_until,
        "removal_at": waits.ready_at if waits else None,
    }


def _as_lines(row: dict[str, Any]) -> list[str]:
    says = "Being watched." if row["watching"] == "all" else row["says"]
    lines = [f"{row['id'][:8]}  {row['user']} on {row['host']}: {says}"]
    for one in row["troubles"]:
        trouble = Trouble(one)
        lines += [f"    {trouble.said}", f"    {trouble.next_step}"]
    if row["lease_until"]:
        lines.append(f"    The server files theirs by itself, up to {row['lease_until']}.")
    if row["removal_at"]:
        lines.append(f"    It is removed after {row['removal_at']:%Y-%m-%d %H:%M} UTC.")
    return lines


# Each stands in a module of its own: neither fits here.
command.add_command(mail_looking.test)
command.add_command(mail_looking.rules)
command.add_command(mail_permission.sign_in_command)
