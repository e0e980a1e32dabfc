"""Signing in to a mail server: TLS checked, nothing of what the server says kept."""

import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from imapclient import IMAPClient, SocketTimeout

from stillwater.channels.mail.live.account import MailAccount, Security, SignIn
from stillwater.channels.mail.live.bounded import BoundedClient
from stillwater.channels.mail.live.troubles import MailError, Trouble, told_apart

CONNECT_WITHIN = 20.0  # seconds
ANSWER_WITHIN = 30.0  # seconds for any one answer; a server that takes longer is called silent


@dataclass(frozen=True, slots=True)
class Secret:
    """What signs in: a password, or an access token."""

    value: str = field(repr=False)
    is_token: bool = False


def tls_context(account: MailAccount) -> ssl.SSLContext:
    """Certificates and names are checked, always. Raises MailError for an unreadable file."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if account.trusted:
        try:
            context.load_verify_locations(cafile=account.trusted)
        except OSError as error:
            raise MailError(Trouble.TRUST) from error
    return context


def open_connection(account: MailAccount, secret: Secret) -> IMAPClient:
    """A connection that is signed in. Raises MailError."""
    account.checked()
    with told_apart():
        client = _connected(account)
    try:
        with told_apart():
            if account.security is Security.STARTTLS:
                client.starttls(tls_context(account))
            _identify(client, account, secret)
    except BaseException:
        hang_up(client)
        raise
    return client


def _connected(account: MailAccount) -> IMAPClient:
    tls = account.security is Security.TLS
    client = BoundedClient(
        account.host,
        port=account.port,
        ssl=tls,
        ssl_context=tls_context(account) if tls else None,
        timeout=SocketTimeout(connect=CONNECT_WITHIN, read=ANSWER_WITHIN),
    )
    client.normalise_times = False  # INTERNALDATE keeps its offset
    return client


def _identify(client: IMAPClient, account: MailAccount, secret: Secret) -> None:
    if account.sign_in is SignIn.PASSWORD and not secret.is_token:
        # LOGIN knows ASCII alone, and the library leaves a name with a space unquoted.
        if secret.value.isascii() and account.user.isascii() and " " not in account.user:
            client.login(account.user, secret.value)
        else:
            client.plain_login(account.user, secret.value)
        return
    try:
        with told_apart():
            client.sasl_login("XOAUTH2", _said_once(account.user, secret.value))
    except MailError as error:
        if error.trouble is Trouble.PASSWORD:
            raise MailError(Trouble.TOKEN) from error
        raise


def _said_once(user: str, token: str) -> Callable[[bytes], str]:
    """The answers of XOAUTH2: the token, and nothing more to a challenge that says why not.

    A server that refuses first tells the reason, and only then says no.
    """
    answers = iter([f"user={user}\x01auth=Bearer {token}\x01\x01"])
    return lambda challenge: next(answers, "")  # noqa: ARG005


def hang_up(client: IMAPClient) -> None:
    """Close the connection without a word; from another thread too, which wakes whoever waits."""
    # The socket first: closing what is read from would wait for whoever reads. By its own
    # method: that of a TLS socket takes away what the other thread has in its hands.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(client.socket(), socket.SHUT_RDWR)
    try:
        client.shutdown()
    except OSError:
        return
