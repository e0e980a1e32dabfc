"""A token endpoint on this machine, over TLS, for the two ways in which mailboxes are opened.

A mock of what cannot be had here. The shapes are those of RFC 6749 (5), RFC 8628 (3.2, 3.5)
and OpenID Connect Discovery; that Microsoft says ``authorization_declined`` where the RFC says
``access_denied``, and gives ``client_info``, is in its own documents of the device flow.
"""

import base64
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from stillwater.channels.mail.live.token_wire import Endpoints
from tests.support.certificates import make_authority

CODE = "ABCD-EFGH"
CLIENT_ID = "11111111-2222-3333-4444-555555555555"


@dataclass
class TokenEndpoint:
    """What it will say, and what it was asked."""

    endpoints: Endpoints
    next_errors: deque[str] = field(default_factory=deque)  # one each, then tokens again
    asked: list[dict[str, str]] = field(default_factory=list)  # of the token address
    given: int = 0  # access tokens so far
    lasts: int = 3600  # seconds
    code_lasts: int = 900
    interval: int = 5
    status: int | None = None  # an HTTP status for everything
    body: bytes | None = None  # in place of every answer
    scope: str | None = None
    rotates: bool = False  # a new refresh token each time
    asked_scope: str = ""
    verification_uri: str = "https://microsoft.com/devicelogin"

    @property
    def url(self) -> str:
        return self.endpoints.microsoft

    def discovery(self, tenant: str) -> dict[str, Any]:
        base = f"{self.url}/{tenant}/oauth2/v2.0"
        return {
            "issuer": f"{self.url}/{tenant}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "device_authorization_endpoint": f"{base}/devicecode",
        }

    def device_code(self, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked_scope = said.get("scope", "")
        if said.get("client_id") != CLIENT_ID:
            return 400, {"error": "unauthorized_client", "error_description": "not known"}
        return 200, {
            "device_code": "a device code",
            "user_code": CODE,
            "verification_uri": self.verification_uri,
            "expires_in": self.code_lasts,
            "interval": self.interval,
            "message": "whatever a server likes to say",
        }

    def token(self, said: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(said)
        if self.next_errors:
            return 400, {"error": self.next_errors.popleft(), "error_description": "because"}
        self.given += 1
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "access_token": f"access-{self.given}",
            "expires_in": self.lasts,
            "scope": self.scope or said.get("scope", self.asked_scope),
        }
        if said["grant_type"] != "refresh_token" or self.rotates:
            answer["refresh_token"] = f"refresh-{self.given}"
        if self.scope is None and "code_verifier" in said:
            answer["scope"] = "https://mail.google.com/"
        if "client_info" in said:
            answer["client_info"] = _packed({"uid": "a-user", "utid": "a-tenant"})
            answer["id_token"] = _id_token(said["client_id"])
        return 200, answer


def _packed(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def _id_token(audience: str) -> str:
    now = int(time.time())
    claims = {"aud": audience, "iss": "https://login.example/v2.0", "iat": now, "exp": now + 3600,
              "sub": "a-user", "oid": "a-user", "tid": "a-tenant",
              "preferred_username": "sam@home.example"}  # fmt: skip
    return f"{_packed({'alg': 'none'})}.{_packed(claims)}.{_packed('unsigned')}"


def _handler(endpoint: TokenEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tenant = self.path.split("/")[1]
            if tenant == "nobody":
                self._answer(400, {"error": "invalid_tenant"})
            elif self.path.endswith("/.well-known/openid-configuration"):
                self._answer(200, endpoint.discovery(tenant))
            else:
                self._answer(404, {})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            said = dict(parse_qsl(self.rfile.read(length).decode()))
            answer = endpoint.device_code if self.path.endswith("/devicecode") else endpoint.token
            self._answer(*answer(said))

        def _answer(self, status: int, said: dict[str, Any]) -> None:
            body = endpoint.body if endpoint.body is not None else json.dumps(said).encode()
            self.send_response(endpoint.status or status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if endpoint.status in (302, 307):
                self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Somebody who does not trust the certificate hangs up; that is what is tested."""


@contextmanager
def token_endpoint(folder: Path) -> Iterator[TokenEndpoint]:
    """A running endpoint, with an authority of its own whose files lie in ``folder``."""
    authority = make_authority(folder)
    server = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    url = f"https://localhost:{server.server_port}"
    endpoint = TokenEndpoint(
        Endpoints(url, f"{url}/consent", f"{url}/google/token", str(authority.ca))
    )
    server.RequestHandlerClass = _handler(endpoint)
    server.socket = authority.serving().wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
