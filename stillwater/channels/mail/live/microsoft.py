"""Permission for an Outlook.com or Microsoft 365 mailbox: a code that is typed in elsewhere.

The device flow (RFC 8628), through ``msal`` and the person's own app registration.
What is kept is msal's own store of tokens as it writes it. The page and the
command line show a short code and an address; the permission may be given on any device.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msal

from stillwater.channels.mail.live.account import MailAccount
from stillwater.channels.mail.live.token_wire import (
    PUBLIC,
    Endpoints,
    Fresh,
    TokenWire,
    must_be_registered,
    trouble_of,
)
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import UserError

SCOPES = ("https://outlook.office.com/IMAP.AccessAsUser.All",)  # msal adds offline_access
EARLY = 300  # seconds before its end in which an access token is no longer given out
_NOT_YET = frozenset({"authorization_pending", "slow_down"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """The person must type ``code`` at ``address``. ``state`` is a secret of this sign-in."""

    code: str
    address: str
    ends_at: datetime
    ask_after: datetime
    state: str

    @property
    def interval(self) -> float:
        """Seconds between two questions."""
        return float(json.loads(self.state)["interval"])

    def __repr__(self) -> str:
        return "Waiting()"


def begin(
    account: MailAccount, endpoints: Endpoints = PUBLIC, clock: Clock | None = None
) -> Waiting:
    """Ask for a code. Raises MailError, and UserError where there is no app registration."""
    must_be_registered(account.client_id)
    with TokenWire(endpoints) as wire:
        flow = _app(account, wire, endpoints).initiate_device_flow(scopes=list(SCOPES))
    if "user_code" not in flow:
        raise _not_registered()
    return _waiting(flow, (clock or SystemClock()).now())


def ask_once(
    account: MailAccount,
    waiting: Waiting,
    endpoints: Endpoints = PUBLIC,
    clock: Clock | None = None,
) -> Waiting | Fresh:
    """Ask whether the permission was given; for a page that is loaded again and again.

    Too early, nothing is asked. Raises UserError where it was declined or took
    too long, MailError where nobody answers: then the same may be asked again.
    """
    now = (clock or SystemClock()).now()
    if now < waiting.ask_after:
        return waiting
    if now >= waiting.ends_at:
        raise _too_late()
    flow = json.loads(waiting.state)
    store = msal.SerializableTokenCache()
    with TokenWire(endpoints) as wire:
        app = _app(account, wire, endpoints, store)
        answer = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    if "access_token" in answer:
        return Fresh(answer["access_token"], store.serialize())
    if answer.get("error") in _NOT_YET:
        return replace(_waiting(flow, now), ends_at=waiting.ends_at)
    raise _why_not(answer)


def finish(
    account: MailAccount,
    waiting: Waiting,
    pause: Callable[[float], bool],
    endpoints: Endpoints = PUBLIC,
    clock: Clock | None = None,
) -> Fresh:
    """Ask until there is an answer. ``pause`` waits so many seconds, and is true to give up.

    ``threading.Event().wait`` is such a pause. Raises UserError and MailError.
    """
    while True:
        if pause(waiting.interval):
            raise UserError("Stopped. Nothing was changed.", "Begin again when you like.")
        told = ask_once(account, waiting, endpoints, clock)
        if isinstance(told, Fresh):
            return told
        waiting = told


def fresh(
    account: MailAccount, kept: str, endpoints: Endpoints, *, anew: bool, now: float
) -> Fresh:
    """An access token. ``anew``: also where the one that is kept should still be good."""
    store = _store(kept)
    there = None if anew else _still_good(store, account, now)
    if there is not None:
        return Fresh(there, kept)
    with TokenWire(endpoints) as wire:
        answer = _renewed(_app(account, wire, endpoints, store))
    if "access_token" not in answer:
        raise trouble_of(answer)
    return Fresh(answer["access_token"], store.serialize())


def _store(kept: str) -> msal.SerializableTokenCache:
    """What msal wrote, read again; each part of it checked to be a table of tables."""
    store = msal.SerializableTokenCache()
    try:
        tables = json.loads(kept).values()
        is_store = all(isinstance(row, dict) for table in tables for row in table.values())
    except (ValueError, AttributeError):
        is_store = False
    if not is_store:
        raise MailError(Trouble.TOKEN, "what is kept is no store of tokens")
    store.deserialize(kept)
    return store


def _renewed(app: msal.PublicClientApplication) -> dict[str, Any]:
    accounts = app.get_accounts()
    if not accounts:
        raise MailError(Trouble.TOKEN)
    answer = app.acquire_token_silent_with_error(list(SCOPES), accounts[0], force_refresh=True)
    return answer or {"error": "invalid_grant"}


def _still_good(store: msal.SerializableTokenCache, account: MailAccount, now: float) -> str | None:
    """Looked for here: msal would ask the network first where its endpoints are."""
    kind = store.CredentialType.ACCESS_TOKEN
    for one in store.search(kind, target=list(SCOPES), query={"client_id": account.client_id}):
        if int(one["expires_on"]) - EARLY > now:
            return str(one["secret"])
    return None


def _app(
    account: MailAccount,
    wire: TokenWire,
    endpoints: Endpoints,
    store: msal.SerializableTokenCache | None = None,
) -> msal.PublicClientApplication:
    must_be_registered(account.client_id)
    # It writes device codes and account numbers into the log, where that is detailed.
    logging.getLogger("msal").setLevel(logging.CRITICAL + 1)
    try:
        return msal.PublicClientApplication(
            account.client_id,
            authority=f"{endpoints.microsoft}/{account.tenant}",
            token_cache=store,
            http_client=wire,
            instance_discovery=False,  # the authority is ours to name, not a server's
        )
    except ValueError:  # there is no such tenant; its words hold the address
        raise _not_registered() from None


def _waiting(flow: dict[str, Any], now: datetime) -> Waiting:
    """``interval`` as the endpoint asks for, a second at least: it may be anything."""
    flow["interval"] = min(max(int(flow.get("interval", 5)), 1), 60)
    flow.pop("latest_attempt_at", None)  # when to ask again is kept here
    flow.pop("message", None)
    return Waiting(
        code=str(flow["user_code"])[:40],
        address=_address(str(flow.get("verification_uri", ""))),
        ends_at=datetime.fromtimestamp(flow["expires_at"], UTC),
        ask_after=now + timedelta(seconds=flow["interval"]),
        state=json.dumps(flow),
    )


def _address(untrusted_address: str) -> str:
    """Shown to be opened by a person: only what begins like an address of the web."""
    plain = untrusted_address.startswith("https://") and untrusted_address.isprintable()
    if not plain or len(untrusted_address) > 200:
        raise MailError(Trouble.REFUSED, "no address to type the code at")
    return untrusted_address


def _why_not(answer: dict[str, Any]) -> Exception:
    kind = answer.get("error")
    if kind in ("authorization_declined", "access_denied"):
        return UserError(
            "The permission was not given: somebody chose No.",
            "Nothing was changed. Begin again when you like: stillwater mail sign-in",
        )
    if kind in ("expired_token", "code_expired", "bad_verification_code"):
        return _too_late()
    if kind in ("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"):
        return _not_registered()
    return trouble_of(answer)


def _too_late() -> UserError:
    return UserError(
        "The code was not used in time, and is no longer good.",
        "Nothing was changed. Ask for a new one: stillwater mail sign-in",
    )


def _not_registered() -> UserError:
    return UserError(
        "Microsoft does not take this app registration.",
        "Look at three things in it: the number (client id), that personal accounts are allowed, "
        'and that "Allow public client flows" is on. docs/mail.md has the steps.',
    )
