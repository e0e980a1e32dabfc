"""Permission for a Gmail mailbox: given in the browser of this machine, and sent back to it.

The authorization code flow for installed apps (RFC 8252) with PKCE (RFC 7636), through the
person's own registration. What is kept is a small JSON object: the refresh token, the
registration's own secret, and the last access token with its end.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from stillwater.channels.mail.live.account import MailAccount
from stillwater.channels.mail.live.token_wire import (
    PUBLIC,
    Endpoints,
    Fresh,
    TokenWire,
    must_be_private,
    must_be_registered,
    said,
    trouble_of,
)
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import Clock, SystemClock
from stillwater.core.errors import UserError

SCOPE = "https://mail.google.com/"
EARLY = 300  # seconds before its end in which an access token is no longer given out
PATIENCE = timedelta(minutes=10)
_TICK = 0.2  # seconds between two looks whether somebody gave up
_DONE = b"<!doctype html><meta charset=utf-8><title>Done</title><p>Done. You can close this page."


class SignIn:
    """One sign-in: open ``address`` in a browser of this machine, then ``finish``.

    ``begins_at`` is a short address that leads there, to be typed or copied. Whoever waits
    elsewhere calls ``wait`` there, and ``settled`` when somebody ``came_back``.
    """

    def __init__(
        self,
        account: MailAccount,
        client_secret: str,
        endpoints: Endpoints = PUBLIC,
        clock: Clock | None = None,
    ) -> None:
        must_be_registered(account.client_id)
        must_be_private(endpoints.google_consent)
        self._account, self._secret, self._endpoints = account, client_secret, endpoints
        self._clock = clock or SystemClock()
        self._verifier = secrets.token_urlsafe(48)
        self._state = secrets.token_urlsafe(24)
        self._server = _Listener(self._state)
        self._server.leads_to = self.address
        self._ends_at = self._clock.now() + PATIENCE

    @property
    def returns_to(self) -> str:
        """Where the browser is sent when the person has chosen."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def begins_at(self) -> str:
        """A short address of this machine, that leads to ``address``."""
        return f"{self.returns_to}{self._server.word}"

    @property
    def came_back(self) -> bool:
        """Whether the browser was sent back, with a yes or a no."""
        return self._server.answer is not None

    @property
    def address(self) -> str:
        """To be opened in a browser of this machine."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self._verifier.encode()).digest())
        asked = {
            "client_id": self._account.client_id,
            "redirect_uri": self.returns_to,
            "response_type": "code",
            "scope": SCOPE,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "state": self._state,
            "access_type": "offline",
            "prompt": "consent",  # without it a second permission comes without a refresh token
            "login_hint": self._account.user,
        }
        return f"{self._endpoints.google_consent}?{urlencode(asked)}"

    def finish(self, gave_up: Callable[[], bool] = lambda: False) -> Fresh:
        """Wait for the browser to come back. Raises UserError and MailError."""
        self.wait(gave_up)
        return self.settled()

    def wait(self, gave_up: Callable[[], bool]) -> None:
        """Listen until the browser comes back, somebody gives up, or the time is over."""
        with closing(self):
            while not (self.came_back or gave_up() or self._clock.now() >= self._ends_at):
                self._server.handle_request()

    def settled(self) -> Fresh:
        """What came of it. Raises UserError and MailError."""
        if self._server.answer is None:
            raise UserError(
                "The permission was not given in time.",
                "Nothing was changed. Begin again when you like: stillwater mail sign-in",
            )
        code = self._server.answer.get("code", "")
        if not code:
            raise UserError(
                "The permission was not given.",
                "Nothing was changed. Begin again when you like: stillwater mail sign-in",
            )
        return self._exchanged(code)

    def close(self) -> None:
        """Listen no longer."""
        self._server.server_close()

    def _exchanged(self, code: str) -> Fresh:
        answer = _ask(
            self._endpoints,
            {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": self._account.client_id,
                "client_secret": self._secret,
                "redirect_uri": self.returns_to,
                "code_verifier": self._verifier,
            },
        )
        if SCOPE not in str(answer.get("scope", SCOPE)).split():
            raise UserError(
                "The permission was given without the mailbox in it.",
                "Begin again, and tick the line about your mail: stillwater mail sign-in",
            )
        if not isinstance(answer.get("refresh_token"), str):
            raise MailError(Trouble.TOKEN, "no lasting permission")
        kept = {"refresh_token": answer["refresh_token"], "client_secret": self._secret}
        return _kept(kept, answer, self._clock.now().timestamp())


def client_secret_of(kept: str) -> str:
    """The registration's own secret, as it was given the first time; "": it is not known."""
    try:
        return _Kept.read(kept).client_secret
    except MailError:
        return ""


def fresh(
    account: MailAccount, kept: str, endpoints: Endpoints, *, anew: bool, now: float
) -> Fresh:
    """An access token. ``anew``: also where the one that is kept should still be good."""
    known = _Kept.read(kept)
    if not anew and known.access_token and known.expires_at - EARLY > now:
        return Fresh(known.access_token, kept)
    must_be_registered(account.client_id)
    answer = _ask(
        endpoints,
        {
            "grant_type": "refresh_token",
            "refresh_token": known.refresh_token,
            "client_id": account.client_id,
            "client_secret": known.client_secret,
        },
    )
    renewed = answer.get("refresh_token")  # it may give another one from time to time
    keep = {
        "refresh_token": renewed if isinstance(renewed, str) else known.refresh_token,
        "client_secret": known.client_secret,
    }
    return _kept(keep, answer, now)


@dataclass(frozen=True, slots=True)
class _Kept:
    refresh_token: str
    client_secret: str
    access_token: str
    expires_at: float

    @classmethod
    def read(cls, kept: str) -> "_Kept":
        try:
            held = json.loads(kept)
            return cls(
                str(held["refresh_token"]),
                str(held.get("client_secret", "")),
                str(held.get("access_token", "")),
                float(held.get("expires_at", 0)),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise MailError(Trouble.TOKEN, "what is kept holds no refresh token") from None


def _kept(keep: dict[str, Any], answer: dict[str, Any], now: float) -> Fresh:
    token, lasts = answer.get("access_token"), answer.get("expires_in", 0)
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise MailError(Trouble.TOKEN, "no access token")
    ends = now + (lasts if isinstance(lasts, int | float) else 0)
    return Fresh(token, json.dumps({**keep, "access_token": token, "expires_at": ends}))


def _ask(endpoints: Endpoints, question: dict[str, str]) -> dict[str, Any]:
    with TokenWire(endpoints) as wire:
        response = wire.post(endpoints.google_token, data=question)
    answer: dict[str, Any] = said(response)
    if response.status_code != 200 or "error" in answer:
        raise trouble_of(answer)
    return answer


class _Listener(TCPServer):
    """Takes one answer, on the loopback address, and nothing that is not addressed to it."""

    timeout = _TICK

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.server_port = int(self.socket.getsockname()[1])
        self.state = state
        self.word = secrets.token_urlsafe(6)
        self.leads_to = ""
        self.answer: dict[str, str] | None = None

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up or talks nonsense is not who we wait for."""


class _Answers(BaseHTTPRequestHandler):
    server: _Listener
    timeout = 2.0  # seconds for whoever connects and says nothing
    server_version = sys_version = ""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        found = parse_qs(asked.query, max_num_fields=20)
        said = {name: values[0] for name, values in found.items()}
        ours = hmac.compare_digest(said.get("state", "").encode(), self.server.state.encode())
        here = self.headers.get("Host") == f"127.0.0.1:{self.server.server_port}"
        if here and hmac.compare_digest(asked.path.encode(), b"/" + self.server.word.encode()):
            self._lead_on()
            return
        if not (ours and here and asked.path == "/" and ("code" in said or "error" in said)):
            self.send_error(404)
            return
        self.server.answer = said
        self.send_response(200)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(_DONE)

    def _lead_on(self) -> None:
        """To the provider's page. A browser that asks twice is led twice."""
        self.send_response(303)
        for name, value in {**_HEADERS, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.send_header("Location", self.server.leads_to)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the line would hold the code."""


_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": str(len(_DONE)),
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}
