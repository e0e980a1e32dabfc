"""A code is shown, typed in elsewhere, and asked after once for each press."""

import json
from dataclasses import replace

import pytest

from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.core.clock import SystemClock
from stillwater.gate.models import Mailbox
from stillwater.web.apps import in_memory
from tests.integration.mail.conftest import Life
from tests.integration.mail_page.conftest import Browser, begun, everything_kept
from tests.support.certificates import Authority
from tests.support.dialects import playing
from tests.support.mailbox import PERSON
from tests.support.token_endpoint import CLIENT_ID, CODE, TokenEndpoint

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _asked_here(endpoint: TokenEndpoint) -> None:
    in_memory().endpoints = endpoint.endpoints


def may_ask_now(key: str) -> None:
    """The time between two questions is over."""
    drafts = in_memory().drafts
    draft = drafts._kept[key.rpartition("/")[2]]
    assert draft.waiting is not None
    waiting = replace(draft.waiting, ask_after=SystemClock().now())
    drafts.keep(replace(draft, waiting=waiting))


def test_an_address_at_microsoft_leads_to_a_code_and_never_to_a_password(
    life: Life, browser: Browser, endpoint: TokenEndpoint
) -> None:
    browser.sign_in()
    told = browser.post("/a/c", address="sam@outlook.com")
    assert "A permission, in place of a password" in told.text
    assert not [one for one in told.fields if one.get("type") == "password"]
    draft = browser.at
    assert "not the number" in browser.post(f"{draft}/code", status=422, client_id="sam").text
    told = browser.post(f"{draft}/code", client_id=CLIENT_ID)
    assert CODE in told.text
    assert "https://microsoft.com/devicelogin" in told.text
    # A password that is sent all the same reaches no server.
    assert CODE in browser.post(f"{draft}/key", password="a password").text
    assert "Stopped." in browser.post(f"{draft}/stop").text


def test_pressed_before_it_is_given_it_says_so_and_then_it_goes_on(
    life: Life, browser: Browser, endpoint: TokenEndpoint, authority: Authority, logged: list[str]
) -> None:
    with playing("outlook", authority, user=PERSON, token="access-1") as dialect:
        draft = begun(browser, life, SignIn.MICROSOFT, port=dialect.port, trusted=str(authority.ca))
        browser.post(f"{draft}/code", client_id=CLIENT_ID)
        endpoint.next_errors.append("authorization_pending")
        told = browser.post(f"{draft}/typed", status=422)
        assert "The permission is not there yet." in told.text
        assert endpoint.asked == [], "too early: nothing is asked"
        may_ask_now(draft)
        told = browser.post(f"{draft}/typed", status=422)
        assert CODE in told.text
        assert len(endpoint.asked) == 1
        may_ask_now(draft)
        told = browser.post(f"{draft}/typed")
        assert "It can be watched" in told.text
        browser.post(f"{draft}/add", copies="stays", lease="7")
    row = Mailbox.objects.get(person=life.person)
    kept = life.boxes.secret(row)
    assert kept.is_token
    assert "refresh-1" in kept.value
    for text in (*browser.answers, *logged, everything_kept()):
        assert "refresh-1" not in text
        assert "access-1" not in text
        assert "a device code" not in text


@pytest.mark.parametrize(
    ("error", "says"),
    [("authorization_declined", "somebody chose No"), ("expired_token", "was not used in time")],
)
def test_a_code_that_came_to_nothing_is_said_and_a_new_one_can_be_had(
    life: Life, browser: Browser, endpoint: TokenEndpoint, error: str, says: str
) -> None:
    draft = begun(browser, life, SignIn.MICROSOFT)
    browser.post(f"{draft}/code", client_id=CLIENT_ID)
    endpoint.next_errors.append(error)
    may_ask_now(draft)
    told = browser.post(f"{draft}/typed", status=422)
    assert says in told.text
    assert CODE not in told.text
    assert CODE in browser.post(f"{draft}/code", client_id=CLIENT_ID).text


def test_a_permission_that_ended_is_given_anew(
    life: Life, browser: Browser, endpoint: TokenEndpoint
) -> None:
    account = MailAccount(
        "localhost", PERSON, sign_in=SignIn.MICROSOFT, sieve_port=0, client_id=CLIENT_ID
    )
    row = life.boxes.add(account, json.dumps({}))
    browser.sign_in()
    box = f"/a/b/{row.public_id}"
    assert "Give permission anew" in browser.get(box).text
    browser.post(f"{box}/again")
    draft = browser.at
    browser.post(f"{draft}/code")
    may_ask_now(draft)
    assert "Done." in browser.post(f"{draft}/typed").text
    assert browser.at == box
    row.refresh_from_db()
    assert "refresh-1" in life.boxes.secret(row).value
    assert Mailbox.objects.count() == 1
