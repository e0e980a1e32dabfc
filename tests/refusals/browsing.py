"""A person, and a browser at their page: CSRF is checked as it is for real."""

import re
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from stillwater.circle.models import Member
from stillwater.circle.permissions import Role
from stillwater.core.clock import SystemClock
from stillwater.gate import keeping
from stillwater.gate.circle import About, Circle
from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Keyring
from stillwater.vault.wrapping import Cost
from stillwater.web.entry import new_token
from tests.refusals.areas import all_pages, all_things

HOST = "localhost:8123"
ORIGIN = f"http://{HOST}"
PASSPHRASE = "correct horse battery"
REVIEWERS_PASSPHRASE = "another horse battery"
QUICK = Cost(iterations=1, memory_kib=64, lanes=1)
NOT_ONES_OWN = "f" * 32  # an id that nobody has

PAGES = all_pages()
THINGS = all_things()
_WORD = re.compile(r"\b[A-Z][A-Z_]+\b")


def new_browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": HOST})


def somebody(name: str = "me") -> Person:
    made = keeping.new_person(
        name,
        PASSPHRASE,
        home=settings.HOME,
        clock=SystemClock(),
        cost=QUICK,
        loosening_delay=timedelta(days=1),
    )
    return made.person


def reviewer_of(person: Person, name: str = "Kim") -> Member:
    """Somebody who was asked, agreed on a key made here, and began: without any wait."""
    machine = MachineKey.load_or_create(settings.HOME)
    circle = Circle(person, settings.HOME, machine, SystemClock())
    about = About(name, Role.REVIEWER, is_adult=True, is_out_of_reach=True)
    member = circle.add(about)
    code = circle.invite(member).code
    circle.accept(member, code, name, REVIEWERS_PASSPHRASE, cost=QUICK)
    mine = Keyring.objects.filter(person=person)
    before = mine.get().loosening_delay
    mine.update(loosening_delay=timedelta())
    circle.confirm(member)
    mine.update(loosening_delay=before)
    member.refresh_from_db()
    return member


def sign_in_as_reviewer(browser: Client, name: str = "Kim") -> None:
    """Come in by a link, and sign in with the reviewer's own name and passphrase."""
    let_in(browser)
    form = {"name": name, "passphrase": REVIEWERS_PASSPHRASE}
    answer = ask(browser, "review_in", "post", form=form)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/r/")


def words_in(name: str) -> list[str]:
    """The words of an address that stand for ids."""
    return _WORD.findall(PAGES[name].address)


def things_of(name: str, browser: Client, person: Person) -> dict[str, str]:
    """Ids of things of this person for every word of an address; made where they are not there."""
    return {word: THINGS[word](browser, person) for word in words_in(name)}


def address(name: str, ids: dict[str, str] | None = None) -> str:
    return _WORD.sub(lambda word: (ids or {}).get(word[0], NOT_ONES_OWN), PAGES[name].address)


def let_in(browser: Client) -> None:
    answer = browser.get(f"/enter/{new_token(settings.HOME)}")
    assert answer.status_code == 302


def sign_in(browser: Client, **more: str) -> None:
    """Come in by a link, and type the passphrase (``name`` where several live here)."""
    let_in(browser)
    answer = ask(browser, "sign_in", "post", form={"passphrase": PASSPHRASE, **more})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/b/")


def ask(
    browser: Client,
    name: str,
    method: str = "",
    *,
    ids: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    **headers: str,
) -> HttpResponse:
    """Ask for a page as its own form or link would."""
    path = address(name, ids)
    if (method or PAGES[name].methods[0]) == "post":
        given = {"origin": ORIGIN, **headers}
        fields = {**(form or {}), "csrfmiddlewaretoken": csrf_token(browser)}
        return browser.post(path, fields, headers=given)
    return browser.get(path, headers=headers)


def csrf_token(browser: Client) -> str:
    if "csrftoken" not in browser.cookies:
        browser.get("/in")
    if "csrftoken" not in browser.cookies:
        browser.get("/away")
        browser.get("/")
    return browser.cookies["csrftoken"].value


def without_tokens(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
