"""Every page refuses whoever should not be there; a new page cannot be forgotten here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from stillwater.core.home import Home
from stillwater.web.entry import forget_all, new_token

pytestmark = pytest.mark.django_db

HOST = "localhost:8123"
ORIGIN = f"http://{HOST}"
# How each page is asked for, and whether it is for those who came in by a link.
PAGES = {
    "home": ("get", "/", True),
    "enter": ("get", "/enter/" + "0" * 32, False),
    "leave": ("post", "/leave", False),
    "away": ("get", "/away", False),
}
NAMES = sorted(PAGES)


@pytest.fixture(autouse=True)
def _home() -> None:
    settings.HOME.prepare()


@pytest.fixture
def browser() -> Client:
    """A browser at our page: CSRF is checked as it is for real."""
    return Client(enforce_csrf_checks=True, headers={"host": HOST})


def let_in(browser: Client) -> None:
    answer = browser.get(f"/enter/{new_token(settings.HOME)}")
    assert answer.status_code == 302


def ask(browser: Client, name: str, **headers: str) -> HttpResponse:
    """Ask for a page as its own form or link would."""
    method, path, _ = PAGES[name]
    if method == "post":
        browser.get("/")
        token = browser.cookies["csrftoken"].value
        given = {"origin": ORIGIN, **headers}
        return browser.post(path, {"csrfmiddlewaretoken": token}, headers=given)
    return browser.get(path, headers=headers)


def test_every_page_is_listed_here() -> None:
    patterns = [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    assert {one.name for one in patterns} == set(PAGES)
    assert len(patterns) == len(get_resolver().url_patterns)  # no include() unseen


@pytest.mark.parametrize("name", [name for name in NAMES if PAGES[name][2]])
def test_without_a_session_a_page_is_closed(browser: Client, name: str) -> None:
    answer = ask(browser, name)
    assert answer.status_code == 403
    assert "This page is closed." in answer.content.decode()
    assert "Stillwater" not in answer.content.decode()


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
    let_in(browser)
    method, path, _ = PAGES[name]
    browser.get("/")
    token = browser.cookies["csrftoken"].value
    others: dict[str, Callable[..., HttpResponse]] = {
        "get": browser.get,
        "post": browser.post,
        "put": browser.put,
        "delete": browser.delete,
        "patch": browser.patch,
    }
    for other, call in others.items():
        if other != method:
            given = {"origin": ORIGIN, "x-csrftoken": token}
            assert call(path, headers=given).status_code == 405, other


@pytest.mark.parametrize("name", [name for name in NAMES if PAGES[name][0] == "post"])
def test_a_form_that_is_not_ours_is_refused(browser: Client, name: str) -> None:
    let_in(browser)
    _, path, _ = PAGES[name]
    browser.get("/")
    assert browser.post(path, headers={"origin": ORIGIN}).status_code == 403
    wrong = {"csrfmiddlewaretoken": "a" * 64}
    assert browser.post(path, wrong, headers={"origin": ORIGIN}).status_code == 403
    assert browser.get("/").status_code == 200  # and nothing was done


@pytest.mark.parametrize("name", NAMES)
def test_no_page_may_be_kept_framed_or_add_anything_from_elsewhere(
    browser: Client, name: str
) -> None:
    let_in(browser)
    answer = ask(browser, name)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


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
