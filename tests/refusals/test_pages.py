"""Every page refuses whoever should not be there; a new page cannot be forgotten here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from stillwater.channels.mail.live.account import MailAccount, Security
from stillwater.core.clock import SystemClock
from stillwater.core.home import Home
from stillwater.gate import keeping
from stillwater.gate.live.mailboxes import Mailboxes
from stillwater.gate.models import Mailbox
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Request
from stillwater.vault.wrapping import Cost
from stillwater.web.apps import in_memory
from stillwater.web.drafts import Draft
from stillwater.web.entry import forget_all, new_token

pytestmark = pytest.mark.django_db

HOST = "localhost:8123"
ORIGIN = f"http://{HOST}"
GET, POST, BOTH = ("get",), ("post",), ("get", "post")
ANYBODY, LINK, PERSON = "anybody", "whoever came in by a link", "whoever typed their passphrase"
NOT_ONES_OWN = "f" * 32  # an id that nobody has
# How each page is asked for, and whom it is for. BOX and DRAFT stand for ids.
PAGES = {
    "home": (GET, "/", LINK),
    "enter": (GET, "/enter/" + "0" * 32, ANYBODY),
    "leave": (POST, "/leave", ANYBODY),
    "away": (GET, "/away", ANYBODY),
    "sign_in": (BOTH, "/a/in", LINK),
    "lock": (POST, "/a/out", LINK),
    "mailboxes": (GET, "/a/", PERSON),
    "mailbox": (GET, "/a/b/BOX", PERSON),
    "mailbox_look": (POST, "/a/b/BOX/look", PERSON),
    "mailbox_password": (BOTH, "/a/b/BOX/key", PERSON),
    "mailbox_permission": (POST, "/a/b/BOX/again", PERSON),
    "mailbox_remove": (BOTH, "/a/b/BOX/off", PERSON),
    "mailbox_keep": (POST, "/a/b/BOX/on", PERSON),
    "draft_begin": (BOTH, "/a/c", PERSON),
    "draft": (GET, "/a/c/DRAFT", PERSON),
    "draft_password": (POST, "/a/c/DRAFT/key", PERSON),
    "draft_code": (POST, "/a/c/DRAFT/code", PERSON),
    "draft_code_typed": (POST, "/a/c/DRAFT/typed", PERSON),
    "draft_add": (POST, "/a/c/DRAFT/add", PERSON),
    "draft_cancel": (POST, "/a/c/DRAFT/stop", PERSON),
}
NAMES = sorted(PAGES)
CALLS = sorted((name, method) for name, page in PAGES.items() for method in page[0])
PASSPHRASE = "correct horse battery"
# Nobody listens there; a refused page must not even try.
ACCOUNT = MailAccount("127.0.0.1", "sam@home.example", 9, Security.PLAIN, sieve_port=0)


def calls_for(whom: str) -> list[tuple[str, str]]:
    return [(name, method) for name, method in CALLS if PAGES[name][2] == whom]


@pytest.fixture(autouse=True)
def _home() -> None:
    settings.HOME.prepare()


@pytest.fixture
def browser() -> Client:
    """A browser at our page: CSRF is checked as it is for real."""
    return Client(enforce_csrf_checks=True, headers={"host": HOST})


@dataclass(frozen=True)
class Somebody:
    """A person with a mailbox."""

    person: Person
    box: Mailbox

    def removals(self) -> int:
        return Request.objects.filter(person=self.person).count()

    def draft(self, browser: Client) -> str:
        """A draft that was begun in this browser; its secret is there already."""
        draft = Draft(
            session=browser.session.session_key or "",
            person_id=self.person.pk,
            account=ACCOUNT,
            at=SystemClock().now(),
            secret="a secret of the draft",
        )
        in_memory().drafts.keep(draft)
        return draft.key


def somebody(name: str = "me") -> Somebody:
    made = keeping.new_person(
        name,
        PASSPHRASE,
        home=settings.HOME,
        clock=SystemClock(),
        cost=Cost(iterations=1, memory_kib=64, lanes=1),
        loosening_delay=timedelta(days=1),
    )
    machine = MachineKey.load_or_create(settings.HOME)
    boxes = Mailboxes(made.person, settings.HOME, machine, SystemClock())
    return Somebody(made.person, boxes.add(ACCOUNT, "a secret of the mailbox"))


def let_in(browser: Client) -> None:
    answer = browser.get(f"/enter/{new_token(settings.HOME)}")
    assert answer.status_code == 302


def signed_in(browser: Client, who: Somebody, **more: str) -> None:
    let_in(browser)
    answer = ask(browser, "sign_in", "post", form={"passphrase": PASSPHRASE, **more})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/a/")


def ask(
    browser: Client,
    name: str,
    method: str = "",
    *,
    box: str = NOT_ONES_OWN,
    draft: str = NOT_ONES_OWN,
    form: dict[str, str] | None = None,
    **headers: str,
) -> HttpResponse:
    """Ask for a page as its own form or link would."""
    path = PAGES[name][1].replace("BOX", box).replace("DRAFT", draft)
    if (method or PAGES[name][0][0]) == "post":
        given = {"origin": ORIGIN, **headers}
        fields = {**(form or {}), "csrfmiddlewaretoken": csrf_token(browser)}
        return browser.post(path, fields, headers=given)
    return browser.get(path, headers=headers)


def csrf_token(browser: Client) -> str:
    browser.get("/")
    return browser.cookies["csrftoken"].value


def test_every_page_is_listed_here() -> None:
    patterns = [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    assert {one.name for one in patterns} == set(PAGES)
    assert len(patterns) == len(get_resolver().url_patterns)  # no include() unseen


@pytest.mark.parametrize(("name", "method"), calls_for(LINK) + calls_for(PERSON))
def test_without_a_session_a_page_is_closed(browser: Client, name: str, method: str) -> None:
    me = somebody()
    answer = ask(browser, name, method, box=me.box.public_id)
    assert answer.status_code == 403
    assert "This page is closed." in answer.content.decode()
    assert "Stillwater" not in answer.content.decode()


@pytest.mark.parametrize(("name", "method"), calls_for(PERSON))
def test_with_the_link_alone_it_leads_to_the_passphrase_and_nothing_is_done(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    let_in(browser)
    draft = me.draft(browser)
    answer = ask(browser, name, method, box=me.box.public_id, draft=draft)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/a/in")
    assert answer.content == b""
    assert Mailbox.objects.count() == 1
    assert me.removals() == 0


@pytest.mark.parametrize(("name", "method"), calls_for(PERSON))
def test_what_is_another_persons_is_answered_as_if_it_were_not_there(
    browser: Client, name: str, method: str
) -> None:
    me, robin = somebody("me"), somebody("Robin")
    theirs = robin.draft(browser)
    signed_in(browser, me, name="me")
    answer = ask(browser, name, method, box=robin.box.public_id, draft=theirs)
    nothing = ask(browser, name, method, box=NOT_ONES_OWN, draft=NOT_ONES_OWN)
    assert answer.status_code == nothing.status_code
    assert answer.headers.get("Location") == nothing.headers.get("Location")
    assert without_tokens(answer) == without_tokens(nothing)
    if "BOX" in PAGES[name][1]:
        assert answer.status_code == 403
    assert "Robin" not in answer.content.decode()
    assert robin.removals() == 0
    assert Mailbox.objects.count() == 2


def test_a_draft_of_another_browser_is_not_there(browser: Client) -> None:
    """Also of the same person: it holds a password that was typed elsewhere."""
    me = somebody()
    elsewhere = Client(enforce_csrf_checks=True, headers={"host": HOST})
    signed_in(elsewhere, me)
    draft = me.draft(elsewhere)
    signed_in(browser, me)
    answer = ask(browser, "draft", draft=draft)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/a/")
    assert ask(elsewhere, "draft", draft=draft).status_code == 200


@pytest.mark.parametrize("untrusted_id", ["", "a", "..", "%00", "ü", "a" * 5000])
def test_an_id_of_no_form_is_nothing(browser: Client, untrusted_id: str) -> None:
    me = somebody()
    signed_in(browser, me)
    assert browser.get(f"/a/b/{untrusted_id}").status_code == 403
    assert browser.get(f"/a/b/{me.box.public_id[:8]}").status_code == 403


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "host", ["127.0.0.1:8123", "[::1]:8123", "attacker.example", "localhost.attacker.example", ""]
)
def test_another_host_name_is_refused(browser: Client, name: str, host: str) -> None:
    let_in(browser)
    assert ask(browser, name, host=host).status_code == 403


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "origin",
    ["http://localhost:9999", "https://localhost:8123", "http://attacker.example", "null", ""],
)
def test_another_origin_is_refused(browser: Client, name: str, origin: str) -> None:
    let_in(browser)
    assert ask(browser, name, origin=origin).status_code == 403


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("site", ["cross-site", "same-site", "else"])
def test_a_request_that_another_page_caused_is_refused(
    browser: Client, name: str, site: str
) -> None:
    let_in(browser)
    assert ask(browser, name, **{"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"host": "attacker.example"}, {"origin": "http://attacker.example"}],
    ids=["host", "origin"],
)
def test_styles_and_scripts_are_refused_to_strangers_as_well(
    browser: Client, headers: dict[str, str]
) -> None:
    assert browser.get("/static/web/page.css", headers=headers).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_another_method_is_refused(browser: Client, name: str) -> None:
    me = somebody()
    signed_in(browser, me)
    methods, path, _ = PAGES[name]
    path = path.replace("BOX", me.box.public_id).replace("DRAFT", me.draft(browser))
    token = csrf_token(browser)
    others: dict[str, Callable[..., HttpResponse]] = {
        "get": browser.get,
        "post": browser.post,
        "put": browser.put,
        "delete": browser.delete,
        "patch": browser.patch,
    }
    for other, call in others.items():
        if other not in methods:
            given = {"origin": ORIGIN, "x-csrftoken": token}
            assert call(path, headers=given).status_code == 405, other


@pytest.mark.parametrize("name", [name for name, method in CALLS if method == "post"])
def test_a_form_that_is_not_ours_is_refused(browser: Client, name: str) -> None:
    me = somebody()
    signed_in(browser, me)
    draft = me.draft(browser)
    path = PAGES[name][1].replace("BOX", me.box.public_id).replace("DRAFT", draft)
    csrf_token(browser)
    for form in ({}, {"csrfmiddlewaretoken": "a" * 64}):
        given = {**form, "passphrase": PASSPHRASE, "password": "any", "copies": "stays"}
        assert browser.post(path, given, headers={"origin": ORIGIN}).status_code == 403
    assert browser.get("/a/").status_code == 200  # and nothing was done
    assert ask(browser, "draft", draft=draft).status_code == 200
    assert Mailbox.objects.count() == 1
    assert me.removals() == 0


@pytest.mark.parametrize(("name", "method"), CALLS)
def test_no_page_may_be_kept_framed_or_add_anything_from_elsewhere(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    signed_in(browser, me)
    answer = ask(browser, name, method, box=me.box.public_id, draft=me.draft(browser))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


def without_tokens(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


@pytest.mark.parametrize("path", ["/admin/", "/enter/", "/enter/a/b", "/static/", "/../etc/passwd"])
def test_other_addresses_answer_with_the_closed_page(browser: Client, path: str) -> None:
    let_in(browser)
    assert browser.get(path).status_code == 403


def test_a_link_opens_the_page_once(browser: Client) -> None:
    token = new_token(settings.HOME)
    second = Client(headers={"host": HOST})
    assert browser.get(f"/enter/{token}").status_code == 302
    assert browser.get("/").status_code == 200
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
        signed_in(browser, me)
        session, draft = browser.session.session_key or "", me.draft(browser)
        ask(browser, way)
        now = SystemClock().now()
        assert in_memory().drafts.find(draft, session, me.person.pk, now) is None


def test_locking_closes_the_mailboxes_and_leaves_the_first_page(browser: Client) -> None:
    signed_in(browser, somebody())
    assert ask(browser, "lock").headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert browser.get("/a/").headers["Location"] == "/a/in"


def test_signing_in_gives_another_session_than_before(browser: Client) -> None:
    me = somebody()
    let_in(browser)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert ask(browser, "sign_in", "post", form={"passphrase": PASSPHRASE}).status_code == 302
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    kept = browser.session
    assert set(kept.keys()) == {"entered", "person", "here_at"}
    assert kept["person"] == me.person.pk


@pytest.mark.parametrize("seconds", [299, 301, -10])
def test_the_mailboxes_close_by_themselves_while_the_first_page_stays(
    browser: Client, seconds: int
) -> None:
    signed_in(browser, somebody())
    session = browser.session
    session["here_at"] = SystemClock().now().timestamp() - seconds
    session.save()
    assert browser.get("/").status_code == 200
    is_open = seconds == 299
    assert browser.get("/a/").status_code == (200 if is_open else 302)
    assert ("person" in browser.session) is is_open


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
