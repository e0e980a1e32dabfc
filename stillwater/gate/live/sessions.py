"""Signing in to a person's mailbox with what is kept for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from stillwater.channels.mail.live.account import SignIn
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.mailbox import Mailbox
from stillwater.channels.mail.live.managesieve import ManageSieve, manage_sieve
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.errors import UserError
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Mailbox as Row


def open_mailbox(boxes: Mailboxes, row: Row) -> Mailbox:
    """A connection that is signed in; a token that is refused is renewed once. Raises MailError."""
    account = boxes.account(row)
    kept = kept_secret(boxes, row)
    if account.sign_in is SignIn.PASSWORD:
        return Mailbox(account, open_connection(account, kept))
    from stillwater.channels.mail.live.tokens import signed_in

    client = signed_in(account, kept.value, lambda secret: boxes.keep_tokens(row, secret))
    return Mailbox(account, client)


def kept_secret(boxes: Mailboxes, row: Row) -> Secret:
    """The password, or what tokens are asked for with. Raises MailError."""
    try:
        return boxes.secret(row)
    except UserError as error:
        raise MailError(Trouble.KEYRING) from error


def access_secret(boxes: Mailboxes, row: Row) -> Secret:
    """What a server takes now: the password, or an access token that is fresh. Raises MailError."""
    account = boxes.account(row)
    secret = kept_secret(boxes, row)
    if account.sign_in is SignIn.PASSWORD:
        return secret
    from stillwater.channels.mail.live.tokens import fresh_token

    fresh = fresh_token(account, secret.value)
    boxes.keep_tokens(row, fresh.keep)
    return Secret(fresh.access_token, is_token=True)


@contextmanager
def open_filters(boxes: Mailboxes, row: Row) -> Iterator[ManageSieve]:
    """The server's filters, ended with the block. Raises MailError."""
    with manage_sieve(boxes.account(row), access_secret(boxes, row)) as server:
        yield server
