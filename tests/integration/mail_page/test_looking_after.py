"""A mailbox that is there: looked at, given a new password, removed after the delay, kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from stillwater.core.home import Home
from stillwater.gate.live import duties
from stillwater.gate.models import Mailbox
from stillwater.vault.models import Request
from tests.integration.mail.conftest import Life, account_on, mail, now
from tests.integration.mail_page.conftest import Browser
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.mailbox import OTHER, PERSON

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = "not the passphrase"


@pytest.fixture
def box(life: Life, server: Dovecot) -> Mailbox:
    return life.add(server)


def test_a_trouble_is_said_with_what_to_press(life: Life, box: Mailbox, browser: Browser) -> None:
    box.folders.update(trouble="password", trouble_since=now())
    told = browser.sign_in()
    assert "Not watching yet." in told.text
    assert "The mail server no longer takes the password." in told.text
    assert "give the new one with “New password”" in told.text


def test_looking_again_shows_what_was_found_to_this_session_alone(
    life: Life, box: Mailbox, browser: Browser, home: Home
) -> None:
    browser.sign_in()
    told = browser.post(f"/a/b/{box.public_id}/look")
    assert "What the look found" in told.text
    assert "Signing in works." in told.text
    elsewhere = Browser(home)
    elsewhere.sign_in()
    assert "What the look found" not in elsewhere.get(f"/a/b/{box.public_id}").text


def test_a_new_password_is_tried_before_it_is_kept(
    life: Life, server: Dovecot, browser: Browser
) -> None:
    box = life.boxes.add(account_on(server), "the old one")
    browser.sign_in()
    told = browser.post(f"/a/b/{box.public_id}/key", status=422, password="wrong")
    assert "The mail server does not take this password." in told.text
    box.refresh_from_db()
    assert life.boxes.secret(box).value == "the old one"
    assert "Done." in browser.post(f"/a/b/{box.public_id}/key", password=PASSWORD).text
    box.refresh_from_db()
    assert life.boxes.secret(box).value == PASSWORD


def test_removing_asks_for_the_passphrase_and_waits(
    life: Life, box: Mailbox, server: Dovecot, browser: Browser
) -> None:
    browser.sign_in()
    path = f"/a/b/{box.public_id}"
    assert "It waits 1 day" in browser.get(f"{path}/off").text
    told = browser.post(f"{path}/off", status=422, passphrase=WRONG, held="returns")
    assert "That did not open it." in told.text
    assert life.boxes.removal(box) is None
    told = browser.post(f"{path}/off", passphrase="correct horse battery", held="returns")
    assert "That waits until" in told.text
    before = life.boxes.removal(box)
    # Asked again, it neither happens sooner nor later.
    browser.post(f"{path}/off", passphrase="correct horse battery", held="stays")
    assert life.boxes.removal(box) == before
    assert Mailbox.objects.count() == 1
    assert "It goes on being watched." in browser.post(f"{path}/on").text
    assert life.boxes.removal(box) is None
    assert "Nothing was waiting." in browser.post(f"{path}/on").text


def test_when_the_wait_is_over_it_happens_and_leaves_the_server_as_it_was(
    life: Life, box: Mailbox, server: Dovecot, browser: Browser
) -> None:
    held(server)
    browser.sign_in()
    path = f"/a/b/{box.public_id}/off"
    browser.post(path, passphrase="correct horse battery")
    the_wait_is_over()
    assert "The wait is over: this happens at once." in browser.get(path).text
    told = browser.post(path, passphrase="correct horse battery", held="returns")
    assert "It is no longer watched" in told.text
    assert Mailbox.objects.count() == 0
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_what_was_chosen_for_held_mail_is_done_by_the_watcher(
    life: Life, box: Mailbox, server: Dovecot, browser: Browser
) -> None:
    held(server)
    browser.sign_in()
    browser.post(f"/a/b/{box.public_id}/off", passphrase="correct horse battery", held="returns")
    the_wait_is_over()
    duties.do(life.boxes, box)
    assert Mailbox.objects.count() == 0
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_a_server_that_cannot_be_reached_is_said_and_it_stays(
    life: Life, box: Mailbox, server: Dovecot, browser: Browser
) -> None:
    browser.sign_in()
    path = f"/a/b/{box.public_id}/off"
    browser.post(path, passphrase="correct horse battery")
    the_wait_is_over()
    server.stop()
    told = browser.post(path, status=422, passphrase="correct horse battery")
    assert "The mail server cannot be reached." in told.text
    assert Mailbox.objects.count() == 1


def test_without_a_delay_it_happens_at_once(
    new_life: Callable[..., Life], server: Dovecot, browser: Browser
) -> None:
    life = new_life(delay=timedelta())
    box = life.add(server)
    browser.sign_in()
    path = f"/a/b/{box.public_id}/off"
    assert "this happens at once" in browser.get(path).text
    assert "It is no longer watched" in browser.post(path, passphrase="correct horse battery").text


def held(server: Dovecot) -> None:
    """One of theirs lies in the hold folder."""
    server.deliver(PERSON, mail(OTHER))
    with server.client(PERSON, "INBOX") as client:
        client.create_folder("Later")
        client.move(client.search("ALL"), "Later")


def the_wait_is_over() -> None:
    Request.objects.update(ready_at=now() - timedelta(seconds=1))
