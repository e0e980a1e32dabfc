"""The link, the lock, and the ways out."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.web.apps import in_memory
from stillwater.web.entry import forget_all, new_token
from tests.refusals.areas.mailboxes import draft_of
from tests.refusals.browsing import (
    HOST,
    ORIGIN,
    PASSPHRASE,
    ask,
    let_in,
    new_browser,
    sign_in,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home() -> None:
    settings.HOME.prepare()
    in_memory().ready()  # nothing that an earlier test kept in mind


@pytest.fixture
def browser() -> Client:
    return new_browser()


def test_a_draft_of_another_browser_is_not_there(browser: Client) -> None:
    """Also of the same person: it holds a password that was typed elsewhere."""
    me = somebody()
    elsewhere = new_browser()
    sign_in(elsewhere)
    draft = draft_of(elsewhere, me)
    sign_in(browser)
    answer = ask(browser, "draft", ids={"DRAFT": draft})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/a/")
    assert ask(elsewhere, "draft", ids={"DRAFT": draft}).status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/enter/", "/enter/a/b", "/static/", "/../etc/passwd"])
def test_other_addresses_answer_with_the_closed_page(browser: Client, path: str) -> None:
    let_in(browser)
    assert browser.get(path).status_code == 403


def test_a_link_opens_the_page_once(browser: Client) -> None:
    token = new_token(settings.HOME)
    second = Client(headers={"host": HOST})
    assert browser.get(f"/enter/{token}").status_code == 302
    assert browser.get("/").status_code == 200  # nobody lives here yet
    assert second.get(f"/enter/{token}").status_code == 403
    assert second.get("/").status_code == 403
    # Pressed once more in the browser that is in: it does no harm.
    assert browser.get(f"/enter/{token}").status_code == 302


def test_links_are_forgotten_when_the_program_stops(browser: Client) -> None:
    token = new_token(settings.HOME)
    forget_all(settings.HOME)
    assert browser.get(f"/enter/{token}").status_code == 403


@pytest.mark.parametrize("token", ["..", "%2e%2e", "a" * 5000, "%00", "ü"])
def test_a_token_of_no_form_opens_nothing(browser: Client, token: str) -> None:
    assert browser.get(f"/enter/{token}").status_code == 403


def test_a_token_lies_on_disk_only_as_its_hash(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    token = new_token(home)
    written = [path for path in home.root.rglob("*") if path.is_file()]
    assert len(written) == 1
    assert token not in written[0].name
    assert token not in written[0].read_text()
    assert written[0].stat().st_mode & 0o077 == 0


def test_entering_gives_another_session_than_before(browser: Client) -> None:
    let_in(browser)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    let_in(browser)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_leaving_ends_the_session_on_the_server(browser: Client) -> None:
    let_in(browser)
    kept = browser.cookies[settings.SESSION_COOKIE_NAME].value
    answer = ask(browser, "leave")
    assert (answer.status_code, answer["Location"]) == (303, "/away")
    # Even for whoever kept the cookie.
    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert browser.get("/").status_code == 403


def test_leaving_and_locking_forget_what_was_being_typed(browser: Client) -> None:
    me = somebody()
    for way in ("leave", "lock"):
        sign_in(browser)
        session, draft = browser.session.session_key or "", draft_of(browser, me)
        ask(browser, way)
        now = SystemClock().now()
        assert in_memory().drafts.find(draft, session, me.pk, now) is None
        assert in_memory().unlocked.of(me.pk) == []


def test_locking_drops_the_keys_and_leaves_the_lock(browser: Client) -> None:
    me = somebody()
    sign_in(browser)
    assert len(in_memory().unlocked.of(me.pk)) == 1
    assert ask(browser, "lock").headers["Location"] == "/in"
    assert browser.get("/").headers["Location"] == "/in"
    assert browser.get("/b/").headers["Location"] == "/in"
    assert in_memory().unlocked.of(me.pk) == []


def test_signing_in_gives_another_session_than_before(browser: Client) -> None:
    somebody()
    let_in(browser)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert ask(browser, "sign_in", "post", form={"passphrase": PASSPHRASE}).status_code == 302
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert set(browser.session.keys()) == {"entered"}  # of keys and people it knows nothing


@pytest.mark.parametrize("seconds", [299, 301, -10])
def test_the_pages_lock_by_themselves(browser: Client, seconds: int) -> None:
    me = somebody()
    sign_in(browser)
    (one,) = in_memory().unlocked.of(me.pk)
    one.seen_at = SystemClock().now() - timedelta(seconds=seconds)
    is_open = seconds == 299
    assert browser.get("/b/").status_code == (200 if is_open else 302)
    assert bool(in_memory().unlocked.of(me.pk)) is is_open


def test_keys_that_nobody_uses_are_dropped_without_anybody_asking(browser: Client) -> None:
    me = somebody()
    sign_in(browser)
    in_memory().unlocked.drop_idle(SystemClock().now() + timedelta(seconds=290))
    assert len(in_memory().unlocked.of(me.pk)) == 1
    in_memory().unlocked.drop_idle(SystemClock().now() + timedelta(seconds=310))
    assert in_memory().unlocked.of(me.pk) == []


def test_leaving_works_when_the_session_is_gone_already(browser: Client) -> None:
    let_in(browser)
    browser.get("/")
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    token = browser.cookies["csrftoken"].value
    answer = browser.post(
        "/leave", {"csrfmiddlewaretoken": token}, headers={"origin": ORIGIN, "host": HOST}
    )
    assert answer["Location"] == "/away"


def test_cookies_stay_on_this_page_and_end_with_the_browser(browser: Client) -> None:
    let_in(browser)
    browser.get("/")
    assert set(browser.cookies) == {settings.SESSION_COOKIE_NAME, "csrftoken"}
    for cookie in browser.cookies.values():
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Strict"
        assert not cookie["expires"]
        assert not cookie["max-age"]
