"""Every page refuses whoever should not be there; a new page cannot be forgotten here."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from stillwater.web.apps import in_memory
from tests.refusals.browsing import (
    NOT_ONES_OWN,
    ORIGIN,
    PAGES,
    PASSPHRASE,
    address,
    ask,
    csrf_token,
    let_in,
    new_browser,
    reviewer_of,
    sign_in,
    sign_in_as_reviewer,
    somebody,
    things_of,
    without_tokens,
    words_in,
)
from tests.refusals.kept import all_rows
from tests.refusals.kinds import LINK, PERSON, REVIEWER

pytestmark = pytest.mark.django_db

NAMES = sorted(PAGES)
CALLS = sorted((name, method) for name, page in PAGES.items() for method in page.methods)


def calls_for(whom: str) -> list[tuple[str, str]]:
    return [(name, method) for name, method in CALLS if PAGES[name].whom == whom]


@pytest.fixture(autouse=True)
def _home() -> None:
    settings.HOME.prepare()
    in_memory().ready()  # nothing that an earlier test kept in mind


@pytest.fixture
def browser() -> Client:
    return new_browser()


def test_every_page_is_listed() -> None:
    patterns = [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    assert {one.name for one in patterns} == set(PAGES)
    assert len(patterns) == len(get_resolver().url_patterns)  # no include() unseen


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "method"), calls_for(LINK) + calls_for(PERSON) + calls_for(REVIEWER)
)
def test_without_a_session_a_page_is_closed(browser: Client, name: str, method: str) -> None:
    ids = things_of(name, browser, somebody())
    answer = ask(browser, name, method, ids=ids)
    assert answer.status_code == 403
    assert "This page is closed." in answer.content.decode()
    assert "Stillwater" not in answer.content.decode()


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "method"), calls_for(PERSON) + calls_for(REVIEWER))
def test_with_the_link_alone_it_leads_to_the_lock_and_nothing_is_done(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    let_in(browser)
    ids = things_of(name, browser, me)
    before = all_rows()
    answer = ask(browser, name, method, ids=ids)
    lock = "/r/in" if PAGES[name].whom == REVIEWER else "/in"
    assert (answer.status_code, answer.headers["Location"]) == (302, lock)
    assert answer.content == b""
    assert all_rows() == before


@pytest.mark.parametrize(
    ("name", "method"), [call for call in calls_for(PERSON) if words_in(call[0])]
)
def test_what_is_another_persons_is_answered_as_if_it_were_not_there(
    browser: Client, name: str, method: str
) -> None:
    somebody("me")
    robin = somebody("Robin")
    theirs = new_browser()
    sign_in(theirs, name="Robin")
    ids = things_of(name, theirs, robin)
    sign_in(browser, name="me")
    before = all_rows()
    answer = ask(browser, name, method, ids=ids)
    nothing = ask(browser, name, method)
    assert answer.status_code == nothing.status_code
    assert answer.headers.get("Location") == nothing.headers.get("Location")
    assert without_tokens(answer) == without_tokens(nothing)
    assert "Robin" not in answer.content.decode()
    assert all_rows() == before


@pytest.mark.parametrize(("name", "method"), calls_for(PERSON))
def test_a_reviewer_is_refused_at_every_page_of_the_person(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    reviewer_of(me)
    sign_in_as_reviewer(browser)
    ids = things_of(name, browser, me)
    before = all_rows()
    answer = ask(browser, name, method, ids=ids)
    assert answer.status_code == 403
    assert "This page is closed." in answer.content.decode()
    assert all_rows() == before


@pytest.mark.parametrize(("name", "method"), calls_for(REVIEWER))
def test_the_person_is_refused_at_every_page_of_a_reviewer(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    reviewer_of(me)
    sign_in(browser)
    ids = things_of(name, browser, me)
    before = all_rows()
    answer = ask(browser, name, method, ids=ids)
    assert answer.status_code == 403
    assert "This page is closed." in answer.content.decode()
    assert all_rows() == before


@pytest.mark.parametrize(
    ("name", "method"), [call for call in calls_for(REVIEWER) if words_in(call[0])]
)
def test_a_reviewer_of_somebody_else_finds_nothing(browser: Client, name: str, method: str) -> None:
    reviewer_of(somebody("me"))
    robin = somebody("Robin")
    ids = things_of(name, browser, robin)
    sign_in_as_reviewer(browser)
    before = all_rows()
    answer = ask(browser, name, method, ids=ids)
    nothing = ask(browser, name, method)
    assert (answer.status_code, nothing.status_code) == (403, 403)
    assert without_tokens(answer) == without_tokens(nothing)
    assert all_rows() == before


@pytest.mark.one_database
@pytest.mark.parametrize("name", [name for name in NAMES if words_in(name)])
def test_an_id_of_no_form_is_nothing(browser: Client, name: str) -> None:
    me = somebody()
    if PAGES[name].whom == REVIEWER:
        reviewer_of(me)
        sign_in_as_reviewer(browser)
    else:
        sign_in(browser)
    nothing = ask(browser, name, ids=dict.fromkeys(words_in(name), NOT_ONES_OWN))
    for untrusted_id in ("a", "%00", "ü", "a" * 5000):
        answer = ask(browser, name, ids=dict.fromkeys(words_in(name), untrusted_id))
        assert (answer.status_code, answer.headers.get("Location")) == (
            nothing.status_code,
            nothing.headers.get("Location"),
        )


STRANGE_HOSTS = (
    "127.0.0.1:8123",
    "[::1]:8123",
    "attacker.example",
    "localhost.attacker.example",
    "",
)
STRANGE_ORIGINS = (
    "http://localhost:9999",
    "https://localhost:8123",
    "http://attacker.example",
    "null",
    "",
)
STRANGE = [
    *(("host", host) for host in STRANGE_HOSTS),
    *(("origin", origin) for origin in STRANGE_ORIGINS),
    *(("sec-fetch-site", site) for site in ("cross-site", "same-site", "else")),
]


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
def test_another_host_another_origin_and_what_another_page_caused_are_refused(
    browser: Client, name: str
) -> None:
    let_in(browser)
    answers = {strange: ask(browser, name, **dict([strange])).status_code for strange in STRANGE}
    assert answers == dict.fromkeys(STRANGE, 403)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "headers",
    [{"host": "attacker.example"}, {"origin": "http://attacker.example"}],
    ids=["host", "origin"],
)
def test_styles_and_scripts_are_refused_to_strangers_as_well(
    browser: Client, headers: dict[str, str]
) -> None:
    refused = browser.get("/static/web/page.css", headers=headers)
    assert refused.status_code == 403
    assert (refused["Cache-Control"], refused["X-Frame-Options"]) == ("no-store", "DENY")


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
def test_another_method_is_refused(browser: Client, name: str) -> None:
    me = somebody()
    sign_in(browser)
    path = address(name, things_of(name, browser, me))
    token = csrf_token(browser)
    others: dict[str, Callable[..., HttpResponse]] = {
        "get": browser.get,
        "post": browser.post,
        "put": browser.put,
        "delete": browser.delete,
        "patch": browser.patch,
    }
    for other, call in others.items():
        if other not in PAGES[name].methods:
            given = {"origin": ORIGIN, "x-csrftoken": token}
            assert call(path, headers=given).status_code == 405, other


@pytest.mark.one_database
@pytest.mark.parametrize("name", [name for name, method in CALLS if method == "post"])
def test_a_form_that_is_not_ours_is_refused(browser: Client, name: str) -> None:
    me = somebody()
    sign_in(browser)
    path = address(name, things_of(name, browser, me))
    csrf_token(browser)
    before = all_rows()
    for form in ({}, {"csrfmiddlewaretoken": "a" * 64}):
        given = {**form, "passphrase": PASSPHRASE, "password": "any", "copies": "stays"}
        assert browser.post(path, given, headers={"origin": ORIGIN}).status_code == 403
    assert browser.get("/b/").status_code == 200  # and nothing was done
    assert all_rows() == before


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "method"), CALLS)
def test_no_page_may_be_kept_framed_or_add_anything_from_elsewhere(
    browser: Client, name: str, method: str
) -> None:
    me = somebody()
    sign_in(browser)
    answer = ask(browser, name, method, ids=things_of(name, browser, me))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in answer
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}
