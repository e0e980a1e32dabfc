"""The page server's application, asked in this process as a server would ask it."""

import io
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from stillwater.people.models import Person

_ASKED_FOR = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')


@dataclass
class Answer:
    """One answer, and how long it took until its last byte was there."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    seconds: float
    processor: float  # of those, how many this process worked

    def body_size(self) -> int:
        return len(self.body)

    def sent(self) -> int:
        """Bytes with status line and headers."""
        lines = [f"HTTP/1.1 {self.status} OK", *(f"{n}: {v}" for n, v in self.headers), "", ""]
        return len("\r\n".join(lines).encode()) + len(self.body)

    def asks_for(self) -> list[str]:
        """What the page makes a browser fetch: styles, scripts, icon, pictures."""
        return list(dict.fromkeys(_ASKED_FOR.findall(self.body.decode())))


@dataclass
class Server:
    """The application, and the cookies of those who are signed in."""

    application: Any
    cookies: str
    reviewers: str
    addresses: dict[str, str] = field(default_factory=dict)
    for_reviewers: frozenset[str] = frozenset()  # addresses

    @classmethod
    def signed_in(cls, person: "Person") -> "Server":
        """Come in by a link and type the passphrase, as the tests of refusals do.

        A reviewer does the same, and has one letter open.
        """
        from django.core.wsgi import get_wsgi_application

        from tests.refusals.areas.review import RAW, held
        from tests.refusals.browsing import (
            PAGES,
            address,
            ask,
            new_browser,
            reviewer_of,
            sign_in,
            sign_in_as_reviewer,
            things_of,
        )
        from tests.refusals.kinds import REVIEWER

        reviewer_of(person)
        browser, reviewers = new_browser(), new_browser()
        sign_in(browser)
        sign_in_as_reviewer(reviewers)
        letter = {"ITEM": held(person, RAW).item.public_id}
        ask(reviewers, "review_open", "post", ids=letter)
        addresses: dict[str, str] = {}
        theirs = set()
        for name, page in PAGES.items():
            if "get" not in page.methods:
                continue
            if page.whom == REVIEWER:
                addresses[name] = address(name, letter)
                theirs.add(addresses[name])
            else:
                addresses[name] = address(name, things_of(name, browser, person))
        return cls(
            get_wsgi_application(),
            _cookies(browser),
            _cookies(reviewers),
            addresses,
            frozenset(theirs),
        )

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page by its name, and where it is."""
        yield from sorted(self.addresses.items())

    def ask(self, path: str) -> Answer:
        """One GET, as a browser on this machine sends it."""
        parts = urlsplit(path)
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            told.update(status=int(status.split(maxsplit=1)[0]), headers=headers)

        asked = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8123",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost:8123",
            "HTTP_COOKIE": self.reviewers if path in self.for_reviewers else self.cookies,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }
        began, worked = time.perf_counter(), time.process_time()
        answered = self.application(asked, start)
        body = b"".join(answered)
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        answered.close()
        assert told["status"] < 500, path
        return Answer(told["status"], told["headers"], body, seconds, processor)


def _cookies(browser: Any) -> str:
    return "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
