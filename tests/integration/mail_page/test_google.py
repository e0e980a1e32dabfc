"""Permission at Google: asked for in a tab of its own, and sent back to this machine."""

import http.client
import json
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from stillwater.channels.mail.live.account import MailAccount, SignIn
from stillwater.gate.models import Mailbox
from stillwater.web.apps import in_memory
from stillwater.web.mailboxes.at_google import AtGoogle
from tests.integration.mail.conftest import Life, until
from tests.integration.mail_page.conftest import Browser, Seen, begun, everything_kept
from tests.support.certificates import Authority
from tests.support.dialects import playing
from tests.support.mailbox import PERSON
from tests.support.token_endpoint import TokenEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "1234-abc.apps.googleusercontent.com"
SECRET = "canary-GOCSPX-4711"
REGISTRATION = {"client_id": NUMBER, "client_secret": SECRET}


@pytest.fixture(autouse=True)
def _asked_here(endpoint: TokenEndpoint) -> None:
    in_memory().endpoints = endpoint.endpoints


def listening(draft: str) -> AtGoogle:
    found = in_memory().drafts._kept[draft.rpartition("/")[2]].at_google
    assert found is not None
    return found


def opened_in_a_tab(address: str, host: str = "") -> tuple[int, str]:
    """A new tab at an address of this machine: its status, and where it leads."""
    at = urlsplit(address)
    tab = http.client.HTTPConnection("127.0.0.1", at.port, timeout=20)
    tab.request("GET", f"{at.path}?{at.query}", headers={"Host": host or at.netloc})
    answer = tab.getresponse()
    tab.close()
    return answer.status, answer.headers.get("Location", "")


def says(draft: str, **words: str) -> dict[str, str]:
    """The person opens the address that is shown, and answers at Google."""
    status, leads_to = opened_in_a_tab(listening(draft).address)
    assert status == 303
    asked = dict(parse_qsl(urlsplit(leads_to).query))
    back = {"state": asked["state"], **words}
    assert opened_in_a_tab(f"{asked['redirect_uri']}?{urlencode(back)}")[0] == 200
    return asked


def test_where_no_app_password_is_to_be_had(life: Life, browser: Browser) -> None:
    browser.sign_in()
    told = browser.post("/a/c", address="sam@gmail.com")
    draft = browser.at
    assert "No app password to be had?" in told.text
    told = browser.post(f"{draft}/instead")
    assert "You say yes at Google’s own page" in told.text
    for typed, what in (
        ({**REGISTRATION, "client_id": "sam"}, "not the number of a registration at Google"),
        ({**REGISTRATION, "client_secret": ""}, "The secret of the registration is missing."),
    ):
        assert what in browser.post(f"{draft}/ask", status=422, **typed).text
    told = browser.post(f"{draft}/ask", **REGISTRATION)
    assert listening(draft).address in told.text
    assert "bin/stillwater mail sign-in" in told.text
    waits = listening(draft)
    assert "Stopped." in browser.post(f"{draft}/stop").text
    until(lambda: not waits.is_listening)


def test_elsewhere_there_is_no_such_way(life: Life, browser: Browser) -> None:
    browser.sign_in()
    for address in ("sam@posteo.de", "sam@outlook.com"):
        told = browser.post("/a/c", address=address)
        draft = browser.at
        assert "No app password to be had?" not in told.text
        assert browser.post(f"{draft}/instead").text == told.text
        assert browser.post(f"{draft}/ask", **REGISTRATION).text == told.text


def test_the_whole_way(
    life: Life, browser: Browser, endpoint: TokenEndpoint, authority: Authority, logged: list[str]
) -> None:
    with playing("gmail", authority, user=PERSON, token="access-1") as dialect:
        draft = begun(browser, life, SignIn.GOOGLE, port=dialect.port, trusted=str(authority.ca))
        browser.post(f"{draft}/ask", **REGISTRATION)
        assert "not there yet" in browser.post(f"{draft}/asked", status=422).text
        asked = says(draft, code="the code")
        assert asked["login_hint"] == PERSON
        told = browser.post(f"{draft}/asked")
        assert "It can be watched" in told.text
        browser.post(f"{draft}/add", copies="stays", lease="7")
    account = life.boxes.account(Mailbox.objects.get(person=life.person))
    assert (account.sign_in, account.client_id) == (SignIn.GOOGLE, NUMBER)
    kept = life.boxes.secret(Mailbox.objects.get())
    assert json.loads(kept.value)["refresh_token"] == "refresh-1"
    for text in (*browser.answers, *logged, everything_kept()):
        for word in ("refresh-1", "access-1", "the code", SECRET):
            assert word not in text


def test_somebody_said_no_and_it_can_be_tried_again(
    life: Life, browser: Browser, endpoint: TokenEndpoint
) -> None:
    draft = begun(browser, life, SignIn.GOOGLE)
    browser.post(f"{draft}/ask", **REGISTRATION)
    says(draft, error="access_denied")
    told = browser.post(f"{draft}/asked", status=422)
    assert "The permission was not given." in told.text
    assert "stillwater mail" not in told.text
    assert endpoint.asked == []
    assert "It leads on to Google" in browser.post(f"{draft}/ask", **REGISTRATION).text
    browser.post(f"{draft}/stop")


def test_only_the_address_that_is_shown_leads_on(life: Life, browser: Browser) -> None:
    draft = begun(browser, life, SignIn.GOOGLE)
    browser.post(f"{draft}/ask", **REGISTRATION)
    shown = listening(draft).address
    for address, host in ((shown[:-1], ""), (shown, "evil.example"), (f"{shown}/x", "")):
        assert opened_in_a_tab(address, host) == (404, "")
    browser.post(f"{draft}/stop")


@pytest.mark.parametrize("way", ["leave", "begin anew"])
def test_nobody_listens_any_more(life: Life, browser: Browser, way: str) -> None:
    draft = begun(browser, life, SignIn.GOOGLE)
    browser.post(f"{draft}/ask", **REGISTRATION)
    waits = listening(draft)
    if way == "leave":
        browser.client.post(
            "/leave", {"csrfmiddlewaretoken": browser.client.cookies["csrftoken"].value},
            headers={"origin": "http://localhost:8123"},
        )  # fmt: skip
    else:
        browser.post(f"{draft}/ask", **REGISTRATION)
        browser.post(f"{draft}/stop")
    until(lambda: not waits.is_listening)


def test_a_permission_that_ended_is_given_anew(
    life: Life, browser: Browser, endpoint: TokenEndpoint
) -> None:
    """With the secret from the first time: Google shows it once."""
    account = MailAccount("localhost", PERSON, sign_in=SignIn.GOOGLE, sieve_port=0)
    account = replace(account, client_id=NUMBER)
    kept = {"refresh_token": "refresh-0", "client_secret": SECRET}
    row = life.boxes.add(account, json.dumps(kept))
    browser.sign_in()
    box = f"/a/b/{row.public_id}"
    assert "Give permission anew" in browser.get(box).text
    told: Seen = browser.post(f"{box}/again")
    assert "client_id" not in {one.get("name") for one in told.fields}
    draft = browser.at
    browser.post(f"{draft}/ask")
    says(draft, code="the code")
    assert "Done." in browser.post(f"{draft}/asked").text
    assert endpoint.asked[-1]["client_secret"] == SECRET
    row.refresh_from_db()
    assert "refresh-1" in life.boxes.secret(row).value
    assert SECRET not in "\n".join(browser.answers)
