"""Asking a token endpoint: TLS always, one place where it may be, no word of it logged."""

import json
import ssl
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from stillwater.channels.mail.live.account import LOOPBACK
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.errors import UserError

WITHIN = 20.0  # seconds for any one answer
LONGEST = 256 * 1024  # bytes of one answer; real ones are a few KB
_ASK_LATER = frozenset({"temporarily_unavailable", "server_error", "slow_down"})


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where tokens are asked for. Only code can name others: no file and no variable does."""

    microsoft: str = "https://login.microsoftonline.com"
    google_consent: str = "https://accounts.google.com/o/oauth2/v2/auth"
    google_token: str = "https://oauth2.googleapis.com/token"
    trusted: str = ""  # a certificate file to trust beside those of the system


PUBLIC = Endpoints()


@dataclass(frozen=True, slots=True)
class Fresh:
    """An access token that is good now, and what to keep for the next one."""

    access_token: str
    keep: str

    def __repr__(self) -> str:
        return "Fresh()"  # neither of the two is for a log


class TokenWire:
    """What talks to the endpoint, ours and msal's alike.

    No proxy, certificate or password of the environment is used, nothing is followed
    elsewhere, and what is not a JSON object comes no further. Raises MailError.
    """

    def __init__(self, endpoints: Endpoints) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("https://", _Trusting(endpoints.trusted))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def get(self, url: str, **how: Any) -> requests.Response:
        return self._ask("GET", url, how)

    def post(self, url: str, **how: Any) -> requests.Response:
        return self._ask("POST", url, how)

    def close(self) -> None:
        self._session.close()

    def _ask(self, method: str, url: str, how: dict[str, Any]) -> requests.Response:
        must_be_private(url)
        how |= {"timeout": WITHIN, "allow_redirects": False, "stream": True}
        try:
            response = self._session.request(method, url, **how)
            _read(response)
        except requests.exceptions.SSLError as error:
            untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
            trouble = Trouble.CERTIFICATE if untrusted else Trouble.UNREACHABLE
            raise MailError(trouble) from None
        except (requests.exceptions.RequestException, OSError):
            # Its words hold the whole question, and that holds tokens.
            raise MailError(Trouble.UNREACHABLE) from None
        if response.status_code == 429 or response.status_code >= 500:
            raise MailError(Trouble.UNREACHABLE, "the token endpoint is busy")
        if not isinstance(said(response), dict):
            raise MailError(Trouble.UNREACHABLE, "not an answer of a token endpoint")
        return response


class _Trusting(HTTPAdapter):
    """Trusts what the system trusts, and one file more."""

    def __init__(self, trusted: str) -> None:
        self._context = ssl.create_default_context()
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        if trusted:
            self._context.load_verify_locations(cafile=trusted)
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **how: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=self._context, **how)

    def cert_verify(self, conn: Any, *_: Any) -> None:
        """The context has its certificates already; naming a bundle again would add to them."""
        conn.cert_reqs = "CERT_REQUIRED"


def _read(response: requests.Response) -> None:
    """The whole answer, or MailError where it has no end."""
    body = bytearray()
    for piece in response.iter_content(16 * 1024):
        body += piece
        if len(body) > LONGEST:
            response.close()
            raise MailError(Trouble.UNREACHABLE, "an answer without end")
    response._content = bytes(body)


def said(response: requests.Response) -> Any:
    """What an answer holds; None: not JSON."""
    try:
        return json.loads(response.content)
    except ValueError:
        return None


def must_be_private(url: str) -> None:
    """Raises MailError where whoever shares the network could read along."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.scheme == "https" and parts.hostname) and not local:
        raise MailError(Trouble.REFUSED, "a token endpoint without TLS")


def trouble_of(answer: dict[str, Any]) -> MailError:
    """What an answer with an ``error`` in it means for watching (RFC 6749, 5.2)."""
    ask_later = answer.get("error") in _ASK_LATER
    return MailError(Trouble.UNREACHABLE if ask_later else Trouble.TOKEN)


def must_be_registered(client_id: str) -> None:
    """Raises UserError where the person's own app registration is not known yet."""
    if not client_id:
        raise UserError(
            "This account signs in through an app registration of your own, and none is named yet.",
            "docs/mail.md says step by step how to make one; then give its number: --client-id",
        )
