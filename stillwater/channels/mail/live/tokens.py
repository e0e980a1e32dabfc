"""Access tokens for mailboxes that take no password any more: fresh ones from what is kept.

Permission is given once (``microsoft.begin``, ``google.SignIn``); from then on it is
renewed here. Nothing of it is ever logged or shown.
"""

from collections.abc import Callable

from imapclient import IMAPClient

from stillwater.channels.mail.live import google, microsoft
from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.channels.mail.live.connection import Secret, open_connection
from stillwater.channels.mail.live.token_wire import PUBLIC, Endpoints, Fresh
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import Clock, SystemClock

__all__ = ["PUBLIC", "Endpoints", "Fresh", "fresh_token", "signed_in"]


def fresh_token(
    account: MailAccount,
    kept: str,
    *,
    anew: bool = False,
    endpoints: Endpoints = PUBLIC,
    clock: Clock | None = None,
) -> Fresh:
    """An access token that is good for five minutes at least, and what to keep from now on.

    ``kept``: msal's store of tokens for Microsoft, a JSON object for Google. ``anew``: the
    server refused the last one. Raises MailError: TOKEN where the permission ended,
    UNREACHABLE or CERTIFICATE where the endpoint could not be asked.
    """
    now = (clock or SystemClock()).now().timestamp()
    if account.sign_in is SignIn.MICROSOFT:
        return microsoft.fresh(account, kept, endpoints, anew=anew, now=now)
    if account.sign_in is SignIn.GOOGLE:
        return google.fresh(account, kept, endpoints, anew=anew, now=now)
    raise MailError(Trouble.TOKEN, "this account signs in with a password")


def signed_in(
    account: MailAccount,
    kept: str,
    keep: Callable[[str], None],
    endpoints: Endpoints = PUBLIC,
) -> IMAPClient:
    """A connection signed in with a token. Refused, the token is asked for anew, once.

    ``keep`` is called with what must be stored in place of ``kept``, before the token
    is used. Raises MailError.
    """
    fresh = _stored(account, kept, keep, endpoints, anew=False)
    try:
        return open_connection(account, Secret(fresh.access_token, is_token=True))
    except MailError as error:
        if error.trouble is not Trouble.TOKEN:
            raise
    fresh = _stored(account, fresh.keep, keep, endpoints, anew=True)
    return open_connection(account, Secret(fresh.access_token, is_token=True))


def _stored(
    account: MailAccount,
    kept: str,
    keep: Callable[[str], None],
    endpoints: Endpoints,
    *,
    anew: bool,
) -> Fresh:
    fresh = fresh_token(account, kept, anew=anew, endpoints=endpoints)
    if fresh.keep != kept:
        keep(fresh.keep)
    return fresh
