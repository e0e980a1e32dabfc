"""Signing in to a person's mailbox with what is kept for it."""

from stillwater.channels.mail.live.account import SignIn
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.mailbox import Mailbox
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.errors import UserError
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Mailbox as Row


def open_mailbox(boxes: Mailboxes, row: Row) -> Mailbox:
    """A connection that is signed in. Raises MailError."""
    account = boxes.account(row)
    return Mailbox(account, open_connection(account, secret_for(boxes, row)))


def secret_for(boxes: Mailboxes, row: Row) -> Secret:
    """The password, or an access token that is fresh. Raises MailError."""
    account = boxes.account(row)
    try:
        kept = boxes.secret(row)
    except UserError as error:
        raise MailError(Trouble.PASSWORD) from error
    if account.sign_in is SignIn.PASSWORD:
        return kept
    from stillwater.channels.mail.live.tokens import fresh_token

    fresh = fresh_token(account, kept.value)
    if fresh.keep != kept.value:
        boxes.keep_tokens(row, fresh.keep)
    return Secret(fresh.access_token, is_token=True)
