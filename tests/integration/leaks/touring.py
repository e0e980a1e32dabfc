"""A tour of every page of the registry, and of every page that those lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from stillwater.people.models import Person
from tests.integration.leaks.looking import Words
from tests.refusals.browsing import PAGES, address, things_of

MOST = 400  # pages of one tour; a tour that goes on for longer leads in circles


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer, whole: what any browser or proxy could have kept of it."""

    name: str  # of the page
    path: str
    answer: HttpResponse
    body: bytes

    @property
    def whole(self) -> bytes:
        lines = "\n".join(f"{name}: {value}" for name, value in self.answer.items())
        cookies = self.answer.cookies.output()
        return f"{self.path}\n{lines}\n{cookies}\n".encode() + self.body

    @property
    def is_page(self) -> bool:
        return self.answer.get("Content-Type", "").startswith("text/html")


def tour(browser: Client, person: Person) -> Iterator[Seen]:
    """Every page that can be asked for with GET; then wherever their links lead."""
    names = [name for name, page in PAGES.items() if "get" in page.methods]
    left = [address(name, things_of(name, browser, person)) for name in names]
    been: set[str] = set()
    while left:
        path = left.pop(0)
        if path in been:
            continue
        been.add(path)
        assert len(been) <= MOST
        answer = browser.get(path)
        seen = Seen(_name(path), path, answer, _body(answer))
        yield seen
        if seen.is_page:
            left += [one for one in map(_ours, Words(seen.body.decode()).links) if one]


def _body(answer: HttpResponse) -> bytes:
    if answer.streaming:
        return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.content


def _ours(link: str) -> str:
    """The address of a link to a page of ours; "" for a place within the page."""
    parts = urlsplit(link)
    if parts.scheme in ("tel", "sms"):
        return ""  # for a telephone
    assert not parts.netloc, f"a link leads elsewhere: {link}"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _name(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""
