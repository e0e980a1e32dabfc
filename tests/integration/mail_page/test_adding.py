"""A mailbox is added at the page, in small steps, against a real server."""

import pytest

from stillwater.channels.mail.live.account import HeldCopy, Security
from stillwater.core.home import Home
from stillwater.gate.models import Mailbox
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.integration.mail_page.conftest import Browser, everything_kept, where
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_way(life: Life, server: Dovecot, home: Home, browser: Browser) -> None:
    assert "There is none yet" in browser.sign_in().text
    browser.get("/a/c")
    opening = browser.post("/a/c", **where(server))
    assert f"{PERSON} on localhost" in opening.text
    assert "Nothing is moved or marked" in opening.text
    found = browser.post(f"{browser.at}/key", password=PASSWORD)
    assert "It can be watched" in found.text
    assert "Signing in works." in found.text
    assert "The server can file their mail by a rule that ends by itself" in found.text
    assert Mailbox.objects.count() == 0, "nothing is kept before the last step"
    assert len(server.raws(PERSON, "INBOX")) == 0
    done = browser.post(f"{browser.at}/add", copies="removed", lease="3")
    assert "It is watched from now on" in done.text
    row = Mailbox.objects.get(person=life.person)
    account = life.boxes.account(row)
    assert (account.held_copy, account.lease_days) == (HeldCopy.REMOVED, 3)
    assert account.security is Security.TLS
    with watched(home):
        until(lambda: "Being watched." in browser.get("/a/").text)
        server.deliver(PERSON, mail(OTHER), mail("Ana <ana@friends.example>"))
        until(lambda: life.attempts() == 1)
        until(lambda: len(server.raws(PERSON, "INBOX")) == 1)
        box = f"/a/b/{row.public_id}"
        until(lambda: "files what they write by itself" in browser.get(box).text)
    assert signed_in_at(server), "the log would have shown it elsewhere too"


def test_a_wrong_password_is_said_and_nothing_is_kept(
    life: Life, server: Dovecot, browser: Browser
) -> None:
    browser.sign_in()
    browser.post("/a/c", **where(server))
    draft = browser.at
    told = browser.post(f"{draft}/key", password="not this one")
    assert "It does not work yet" in told.text
    assert "does not take this name and password" in told.text
    assert "Watch this mailbox" not in told.text
    browser.post(f"{draft}/add", copies="stays", lease="7")
    assert Mailbox.objects.count() == 0
    assert "It can be watched" in browser.post(f"{draft}/key", password=PASSWORD).text


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    life: Life, server: Dovecot, browser: Browser
) -> None:
    browser.sign_in()
    browser.post("/a/c", **where(server, trusted=""))
    told = browser.post(f"{browser.at}/key", password=PASSWORD)
    assert "Nobody whom this machine trusts vouches for the mail server." in told.text
    assert "Your password was not sent." in told.text
    assert "Watch this mailbox" not in told.text
    assert not signed_in_at(server)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"address": "sam"}, "That is not a mail address."),
        ({"address": PERSON, "host": ""}, "The mail server of this address is not known."),
        ({"security": "plain", "host": "imap.example.org"}, "Without TLS"),
        ({"port": "0"}, "That is not a port."),
        ({"port": "many"}, "That is not a port."),
        ({"folder": "inbox"}, "Held mail cannot lie in the inbox."),
        ({"user": "sam\r\nx LOGOUT"}, "holds signs that no user has"),
        ({"security": "none"}, "Something in this form"),
    ],
)
def test_what_makes_no_sense_is_said_with_the_next_step(
    life: Life, server: Dovecot, browser: Browser, typed: dict[str, str], says: str
) -> None:
    browser.sign_in()
    told = browser.post("/a/c", status=422, **where(server, **typed))
    assert says in told.text
    assert "--" not in told.text


@pytest.mark.parametrize("password", ["", "a\r\nb", "x" * 4001, "a\x00b"])
def test_a_password_of_no_form_reaches_no_server(
    life: Life, server: Dovecot, browser: Browser, password: str
) -> None:
    browser.sign_in()
    browser.post("/a/c", **where(server))
    told = browser.post(f"{browser.at}/key", status=422, password=password)
    assert "password" in told.text
    assert not signed_in_at(server)


def test_a_mailbox_that_is_watched_is_not_added_twice(
    life: Life, server: Dovecot, browser: Browser
) -> None:
    life.add(server, host="localhost")
    browser.sign_in()
    told = browser.post("/a/c", status=422, **where(server))
    assert "This mailbox is watched already." in told.text


def test_stopping_on_the_way_keeps_nothing(life: Life, server: Dovecot, browser: Browser) -> None:
    browser.sign_in()
    browser.post("/a/c", **where(server))
    draft = browser.at
    browser.post(f"{draft}/key", password=PASSWORD)
    assert "Stopped." in browser.post(f"{draft}/stop").text
    assert "put away unfinished" in browser.get(draft).text
    assert Mailbox.objects.count() == 0


def test_what_a_provider_wants_is_said_before_the_password(life: Life, browser: Browser) -> None:
    browser.sign_in()
    told = browser.post("/a/c", address="sam@gmail.com")
    assert "sam@gmail.com on imap.gmail.com" in told.text
    assert "What to know about Gmail" in told.text
    assert "App passwords" in told.text


@pytest.mark.parametrize("goes_well", [True, False])
def test_a_password_is_in_no_answer_no_log_and_no_column(
    life: Life, server: Dovecot, browser: Browser, logged: list[str], home: Home, goes_well: bool
) -> None:
    canary = PASSWORD if goes_well else "canary-Zeisig-4711"
    browser.sign_in()
    browser.post("/a/c", **where(server))
    draft = browser.at
    browser.post(f"{draft}/key", password=canary)
    during = everything_kept()
    browser.post(f"{draft}/add", copies="stays", lease="7")
    assert Mailbox.objects.exists() is goes_well
    if goes_well:
        box = browser.at
        browser.post(f"{box}/key", password=canary)
        browser.post(f"{box}/look")
        browser.post(f"{box}/off", status=422, passphrase=canary)
    for text in (*browser.answers, *logged, during, everything_kept()):
        assert canary not in text
        assert "correct horse" not in text
    for path in home.root.rglob("*"):
        assert not path.is_file() or canary.encode() not in path.read_bytes()
    assert logged, "the handler heard something"


def signed_in_at(server: Dovecot) -> bool:
    """Whether anybody gave this server a password, be it right or wrong."""
    log = server.log()
    return "Login: user=" in log or "auth failed" in log
