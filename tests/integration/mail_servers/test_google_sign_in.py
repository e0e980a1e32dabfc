"""Permission for a Gmail mailbox, given in the browser and sent back to this machine."""

import base64
import hashlib
import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from stillwater.channels.mail.live import google
from stillwater.channels.mail.live.account import MailAccount
from stillwater.channels.mail.live.account import SignIn as How
from stillwater.channels.mail.live.tokens import Fresh, fresh_token
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import SetClock
from stillwater.core.errors import UserError
from tests.support.token_endpoint import TokenEndpoint

ACCOUNT = MailAccount(
    host="imap.gmail.com",
    user="sam@gmail.example",
    sign_in=How.GOOGLE,
    client_id="a-number.apps.example",
)


def come_back(sign_in: google.SignIn, *, host: str = "", path: str = "/", **said: str) -> int:
    """The browser is sent back with these words; gives the status that it is answered with."""
    port = urlsplit(sign_in.returns_to).port
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    browser.request(
        "GET", f"{path}?{urlencode(said)}", headers={"Host": host or f"127.0.0.1:{port}"}
    )
    status = browser.getresponse().status
    browser.close()
    return status


def asked(sign_in: google.SignIn) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(sign_in.address).query))


def given(endpoint: TokenEndpoint, browser: Callable[[google.SignIn], object]) -> Fresh:
    """A whole sign-in, with a browser that does this."""
    sign_in = google.SignIn(ACCOUNT, "a secret", endpoint.endpoints)
    thread = threading.Thread(target=browser, args=(sign_in,))
    thread.start()
    try:
        return sign_in.finish()
    finally:
        thread.join()


def says_yes(sign_in: google.SignIn) -> None:
    assert come_back(sign_in, code="the code", state=asked(sign_in)["state"]) == 200


def test_permission_given(endpoint: TokenEndpoint) -> None:
    addresses = []

    def browser(sign_in: google.SignIn) -> None:
        addresses.append(asked(sign_in))
        says_yes(sign_in)

    fresh = given(endpoint, browser)
    assert fresh.access_token == "access-1"
    kept = json.loads(fresh.keep)
    assert (kept["refresh_token"], kept["client_secret"]) == ("refresh-1", "a secret")
    asked_for, exchanged = addresses[0], endpoint.asked[0]
    assert asked_for["scope"] == "https://mail.google.com/"
    digest = hashlib.sha256(exchanged["code_verifier"].encode()).digest()
    assert asked_for["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked_for["code_challenge_method"] == "S256"
    assert exchanged["redirect_uri"] == asked_for["redirect_uri"]
    assert exchanged["code"] == "the code"


def test_only_what_is_meant_for_it_counts(endpoint: TokenEndpoint) -> None:
    def browser(sign_in: google.SignIn) -> None:
        state = asked(sign_in)["state"]
        assert come_back(sign_in, code="forged", state="guessed") == 404
        assert come_back(sign_in, code="forged") == 404
        assert come_back(sign_in, code="forged", state=state, host="evil.example") == 404
        assert come_back(sign_in, path="/favicon.ico", code="x", state=state) == 404
        assert come_back(sign_in, state=state) == 404
        says_yes(sign_in)

    given(endpoint, browser)
    assert endpoint.asked[0]["code"] == "the code"


def test_no_is_said(endpoint: TokenEndpoint) -> None:
    def says_no(sign_in: google.SignIn) -> None:
        come_back(sign_in, error="access_denied", state=asked(sign_in)["state"])

    with pytest.raises(UserError, match="was not given"):
        given(endpoint, says_no)
    assert endpoint.asked == []


def test_given_without_the_mailbox(endpoint: TokenEndpoint) -> None:
    endpoint.scope = "openid email"
    with pytest.raises(UserError, match="without the mailbox"):
        given(endpoint, says_yes)


def test_giving_up_and_too_late(endpoint: TokenEndpoint) -> None:
    with pytest.raises(UserError, match="not given in time"):
        google.SignIn(ACCOUNT, "", endpoint.endpoints).finish(lambda: True)
    clock = SetClock(datetime.now(UTC))
    late = google.SignIn(ACCOUNT, "", endpoint.endpoints, clock)
    clock.at += timedelta(minutes=10)
    with pytest.raises(UserError, match="not given in time"):
        late.finish()


def test_a_consent_page_without_tls(endpoint: TokenEndpoint) -> None:
    plain = replace(endpoint.endpoints, google_consent="http://accounts.example/")
    with pytest.raises(MailError):
        google.SignIn(ACCOUNT, "", plain)


def renewed(endpoint: TokenEndpoint, kept: str, *, anew: bool = False) -> Fresh:
    return fresh_token(ACCOUNT, kept, anew=anew, endpoints=endpoint.endpoints)


def test_renewal(endpoint: TokenEndpoint) -> None:
    kept = given(endpoint, says_yes).keep
    assert renewed(endpoint, kept) == Fresh("access-1", kept)  # still good
    fresh = renewed(endpoint, kept, anew=True)
    assert fresh.access_token == "access-2"
    assert json.loads(fresh.keep)["refresh_token"] == "refresh-1"
    assert endpoint.asked[-1]["client_secret"] == "a secret"
    endpoint.rotates = True
    again = renewed(endpoint, fresh.keep, anew=True)
    assert json.loads(again.keep)["refresh_token"] == "refresh-3"


def test_the_permission_ended(endpoint: TokenEndpoint) -> None:
    kept = given(endpoint, says_yes).keep
    endpoint.next_errors.append("invalid_grant")
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept, anew=True)
    assert told.value.trouble is Trouble.TOKEN


@pytest.mark.parametrize(
    "kept", ["", "[]", "null", "{}", '{"refresh_token": "x", "expires_at": []}']
)
def test_what_holds_no_refresh_token(endpoint: TokenEndpoint, kept: str) -> None:
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept)
    assert told.value.trouble is Trouble.TOKEN
