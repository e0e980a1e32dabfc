"""Permission for an Outlook mailbox by a code that is typed in elsewhere, and its renewal."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stillwater.channels.mail.live import microsoft
from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.channels.mail.live.tokens import Fresh, fresh_token
from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.core.clock import SetClock
from stillwater.core.errors import UserError
from tests.support.token_endpoint import CLIENT_ID, CODE, TokenEndpoint

ACCOUNT = MailAccount(
    host="outlook.office365.com",
    user="sam@outlook.example",
    sign_in=SignIn.MICROSOFT,
    client_id=CLIENT_ID,
    tenant="consumers",
)


class Waits:
    """A pause that takes no time: it sets the clock. True, to give up, after ``patience``."""

    def __init__(self, patience: int = 100) -> None:
        self.clock = SetClock(datetime.now(UTC))
        self.waited: list[float] = []
        self._patience = patience

    def __call__(self, seconds: float) -> bool:
        self.waited.append(seconds)
        self.clock.at += timedelta(seconds=seconds)
        return len(self.waited) > self._patience


def signed_in(endpoint: TokenEndpoint, waits: Waits | None = None) -> Fresh:
    waits = waits or Waits()
    waiting = microsoft.begin(ACCOUNT, endpoint.endpoints, waits.clock)
    return microsoft.finish(ACCOUNT, waiting, waits, endpoint.endpoints, waits.clock)


def renewed(endpoint: TokenEndpoint, kept: str, *, anew: bool = True) -> Fresh:
    return fresh_token(ACCOUNT, kept, anew=anew, endpoints=endpoint.endpoints)


def test_the_code_and_where_to_type_it(endpoint: TokenEndpoint) -> None:
    waiting = microsoft.begin(ACCOUNT, endpoint.endpoints)
    assert waiting.code == CODE
    assert waiting.address == "https://microsoft.com/devicelogin"
    assert "device code" not in repr(waiting)


def test_pending_then_given(endpoint: TokenEndpoint) -> None:
    endpoint.next_errors.extend(["authorization_pending"] * 3)
    waits = Waits()
    fresh = signed_in(endpoint, waits)
    assert fresh.access_token == "access-1"
    assert waits.waited == [5, 5, 5, 5]
    assert "access-1" not in repr(fresh)


def test_slow_down_is_obeyed(endpoint: TokenEndpoint) -> None:
    endpoint.next_errors.extend(["slow_down", "authorization_pending"])
    waits = Waits()
    signed_in(endpoint, waits)
    assert waits.waited == [5, 10, 10]


def test_a_page_that_is_loaded_too_often_asks_nothing(endpoint: TokenEndpoint) -> None:
    clock = SetClock(datetime.now(UTC))
    waiting = microsoft.begin(ACCOUNT, endpoint.endpoints, clock)
    assert microsoft.ask_once(ACCOUNT, waiting, endpoint.endpoints, clock) == waiting
    assert endpoint.asked == []
    clock.at += timedelta(seconds=5)
    assert isinstance(microsoft.ask_once(ACCOUNT, waiting, endpoint.endpoints, clock), Fresh)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("authorization_declined", "somebody chose No"),
        ("access_denied", "somebody chose No"),
        ("expired_token", "not used in time"),
        ("invalid_client", "does not take this app registration"),
    ],
)
def test_what_ends_it_is_said(endpoint: TokenEndpoint, error: str, words: str) -> None:
    endpoint.next_errors.extend(["authorization_pending", error])
    with pytest.raises(UserError) as told:
        signed_in(endpoint)
    assert words in told.value.what
    assert told.value.next_step


def test_a_code_that_ran_out_is_not_asked_about(endpoint: TokenEndpoint) -> None:
    endpoint.code_lasts = 12
    endpoint.next_errors.extend(["authorization_pending"] * 50)
    with pytest.raises(UserError, match="not used in time"):
        signed_in(endpoint)
    assert len(endpoint.asked) == 2


def test_giving_up(endpoint: TokenEndpoint) -> None:
    endpoint.next_errors.extend(["authorization_pending"] * 50)
    with pytest.raises(UserError, match="Nothing was changed"):
        signed_in(endpoint, Waits(patience=2))
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://evil.example", "https://a\nb"])
def test_no_strange_address_is_shown(endpoint: TokenEndpoint, address: str) -> None:
    endpoint.verification_uri = address
    with pytest.raises(MailError):
        microsoft.begin(ACCOUNT, endpoint.endpoints)


@pytest.mark.parametrize("change", [{"client_id": "another"}, {"tenant": "nobody"}])
def test_a_registration_that_is_not_right(endpoint: TokenEndpoint, change: dict[str, str]) -> None:
    with pytest.raises(UserError, match="does not take this app registration"):
        microsoft.begin(replace(ACCOUNT, **change), endpoint.endpoints)


def test_no_registration_yet(endpoint: TokenEndpoint) -> None:
    with pytest.raises(UserError, match="registration of your own"):
        microsoft.begin(replace(ACCOUNT, client_id=""), endpoint.endpoints)


# Later


def test_a_good_token_is_used_again_without_asking(endpoint: TokenEndpoint) -> None:
    kept = signed_in(endpoint).keep
    asked = len(endpoint.asked)
    fresh = renewed(endpoint, kept, anew=False)
    assert (fresh.access_token, fresh.keep) == ("access-1", kept)
    assert len(endpoint.asked) == asked


def test_an_old_token_is_renewed(endpoint: TokenEndpoint) -> None:
    endpoint.lasts = 299
    kept = signed_in(endpoint).keep
    fresh = renewed(endpoint, kept, anew=False)
    assert fresh.access_token == "access-2"
    assert endpoint.asked[-1]["refresh_token"] == "refresh-1"
    assert renewed(endpoint, fresh.keep).access_token == "access-3"


def test_a_new_refresh_token_is_kept(endpoint: TokenEndpoint) -> None:
    endpoint.rotates = True
    kept = renewed(endpoint, signed_in(endpoint).keep).keep
    renewed(endpoint, kept)
    assert endpoint.asked[-1]["refresh_token"] == "refresh-2"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("invalid_grant", Trouble.TOKEN),
        ("interaction_required", Trouble.TOKEN),
        ("something_new", Trouble.TOKEN),
        ("temporarily_unavailable", Trouble.UNREACHABLE),
    ],
)
def test_a_renewal_that_is_refused(endpoint: TokenEndpoint, error: str, trouble: Trouble) -> None:
    kept = signed_in(endpoint).keep
    endpoint.next_errors.append(error)
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept)
    assert told.value.trouble is trouble


@pytest.mark.parametrize("kept", ["", "no json", "[]", "{}", '{"RefreshToken": {}}'])
def test_what_is_no_store_of_tokens(endpoint: TokenEndpoint, kept: str) -> None:
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept, anew=False)
    assert told.value.trouble is Trouble.TOKEN


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, None), (429, None), (302, b""), (200, b"<html>"), (200, b"[]"), (200, b"{" * 999_999)],
)
def test_an_endpoint_that_is_not_itself(
    endpoint: TokenEndpoint, status: int, body: bytes | None
) -> None:
    kept = signed_in(endpoint).keep
    endpoint.status, endpoint.body = status, body
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept)
    assert told.value.trouble is Trouble.UNREACHABLE


def test_nobody_there(endpoint: TokenEndpoint) -> None:
    kept = signed_in(endpoint).keep
    nowhere = replace(endpoint.endpoints, microsoft="https://localhost:9")
    with pytest.raises(MailError) as told:
        fresh_token(ACCOUNT, kept, anew=True, endpoints=nowhere)
    assert told.value.trouble is Trouble.UNREACHABLE


def test_a_certificate_of_nobody_known(
    endpoint: TokenEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the environment makes it trusted either."""
    kept = signed_in(endpoint).keep
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", endpoint.endpoints.trusted)
    asked = len(endpoint.asked)
    with pytest.raises(MailError) as told:
        fresh_token(ACCOUNT, kept, anew=True, endpoints=replace(endpoint.endpoints, trusted=""))
    assert told.value.trouble is Trouble.CERTIFICATE
    assert len(endpoint.asked) == asked


def test_never_without_tls() -> None:
    from stillwater.channels.mail.live.token_wire import must_be_private

    must_be_private("http://127.0.0.1:1/")
    for url in ("http://login.example/", "ftp://login.example/", "https:///x", "x"):
        with pytest.raises(MailError):
            must_be_private(url)


def test_no_token_is_logged(endpoint: TokenEndpoint, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kept = signed_in(endpoint).keep
    renewed(endpoint, kept)
    endpoint.body = b"access-9 is not JSON"
    with pytest.raises(MailError) as told:
        renewed(endpoint, kept)
    said = caplog.text + repr(told.value) + repr(told.value.__cause__)
    for word in ("access-", "refresh-1", "device code", "sam@"):
        assert word not in said
    assert "refresh-1" in json.dumps(json.loads(kept))
