"""A house, browsers, and a watch over everything that they ask for.

Everything here lives no longer than this folder's tests: while Playwright runs, an event loop
runs in the thread of the tests, and Django would refuse its database to the others.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.house import House, open_house, start_chromium
from tests.browser.looking import larger_text
from tests.refusals.areas import all_pages
from tests.refusals.kinds import REVIEWER

PATIENCE = 20_000  # milliseconds; generous, since other tests run beside these
PAGES = all_pages()
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A page server with one person; things are made in it as the tests ask for them."""
    with open_house(tmp_path_factory.mktemp("house") / "home") as house:
        yield house


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """A page server where nobody has set up yet."""
    with open_house(tmp_path / "home", is_lived_in=False) as house:
        yield house


@dataclass
class Visit:
    """One browser that has seen nothing yet, and all that it asked for."""

    house: House
    context: BrowserContext
    asked: list[Request] = field(default_factory=list)
    answered: list[Response] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    session: str = ""
    exit_host: str = ""  # where *Leave quickly* may go

    def asks(self, request: Request) -> None:
        self.asked.append(request)

    def is_answered(self, response: Response) -> None:
        self.answered.append(response)

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("websocket", lambda one: self.sockets.append(one.url))
        return page

    def signed_in(self, *, as_reviewer: bool = False) -> "Visit":
        self.session = self.house.sign_in(self.context, as_reviewer=as_reviewer)
        return self

    def address(self, name: str) -> str:
        """Where a page of the registry is; what it is about is made."""
        path: str = self.house.asked("address", page=name, cookie=self.session)
        return self.house.at + path

    def strangers(self) -> list[str]:
        """What was asked of anybody but this house."""
        own = urlsplit(self.house.at).netloc
        addresses = [one.url for one in self.asked] + self.sockets
        return [one for one in addresses if urlsplit(one).netloc not in (own, self.exit_host)]

    @property
    def is_open(self) -> bool:
        """Whether the server still holds the keys that were opened in this browser."""
        return bool(self.house.asked("is_open", cookie=self.session))


NewVisit = Callable[..., Visit]


def begin(chromium: Browser, house: House, **options: object) -> Visit:
    """A fresh browser, watched."""
    options = {"viewport": DESK, "service_workers": "block", **options}
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    one = Visit(house, context)
    context.on("request", one.asks)
    context.on("response", one.is_answered)
    return one


@pytest.fixture
def visit(chromium: Browser, house: House) -> Iterator[NewVisit]:
    """Makes fresh browsers, for a signed-in person unless said otherwise.

    At the end of each test nothing may have been asked of anybody but the house.
    """
    made: list[Visit] = []

    def new(*, at: House = house, signed_in: bool = True, **options: object) -> Visit:
        made.append(begin(chromium, at, **options))
        return made[-1].signed_in() if signed_in else made[-1]

    yield new
    for one in made:
        one.context.close()
    for one in made:
        assert one.strangers() == []


@dataclass
class Tours:
    """One page a role that goes from address to address, for tests that only look."""

    chromium: Browser
    house: House
    scripts: bool
    made: dict[bool, tuple[Visit, Page]] = field(default_factory=dict)
    visit: Visit = field(init=False)  # the one that looked last
    shown: tuple[str, str] | None = None  # the page that it looked at, and its address
    no_pages: dict[str, str] = field(default_factory=dict)

    def go(self, name: str, size: ViewportSize = DESK, *, anew: bool = False) -> Page:
        """To a page of the registry, as whoever may see it, in a browser like a new one.

        Where the last test looked at the same page it is not asked for again, unless ``anew``.
        A test of what is on a page is skipped where the address gives no page.
        """
        if name in self.no_pages:
            pytest.skip(self.no_pages[name])
        as_reviewer = PAGES[name].whom == REVIEWER
        if as_reviewer not in self.made:
            one = begin(self.chromium, self.house, java_script_enabled=self.scripts)
            self.made[as_reviewer] = one, one.signed_in(as_reviewer=as_reviewer).new_page()
        self.visit, page = self.made[as_reviewer]
        larger_text(page, 16)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light", contrast="no-preference")
        if anew or self.shown != (name, page.url):
            self._ask_for(name, page)
        return page

    def _ask_for(self, name: str, page: Page) -> None:
        self.shown = None
        address = self.visit.address(name)
        self.visit.asked.clear()
        self.visit.answered.clear()
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
                self._is_no_page(name, "a file to keep, not a page")
            raise
        assert answer is not None
        if not answer.headers["content-type"].startswith("text/html"):
            self._is_no_page(name, "a picture, not a page")
        self.shown = name, page.url

    def _is_no_page(self, name: str, why: str) -> NoReturn:
        self.no_pages[name] = why
        pytest.skip(why)


@contextmanager
def tours(chromium: Browser, house: House, *, scripts: bool) -> Iterator[Tours]:
    one = Tours(chromium, house, scripts)
    yield one
    for visit, _ in one.made.values():
        visit.context.close()


@pytest.fixture(scope="package")
def _with_scripts(chromium: Browser, house: House) -> Iterator[Tours]:
    with tours(chromium, house, scripts=True) as one:
        yield one


@pytest.fixture(scope="package")
def _without_scripts(chromium: Browser, house: House) -> Iterator[Tours]:
    with tours(chromium, house, scripts=False) as one:
        yield one


def asks_nobody_else(tour: Tours) -> None:
    for visit, _ in tour.made.values():
        assert visit.strangers() == []


@pytest.fixture
def tour(_with_scripts: Tours) -> Iterator[Tours]:
    """A page that only looks; what it asks for stays in the house."""
    yield _with_scripts
    asks_nobody_else(_with_scripts)


@pytest.fixture
def tour_without_scripts(_without_scripts: Tours) -> Iterator[Tours]:
    """The same where the browser runs no scripts."""
    yield _without_scripts
    asks_nobody_else(_without_scripts)


@pytest.fixture
def desk(visit: NewVisit) -> Visit:
    """A signed-in person at a large screen."""
    return visit()


@pytest.fixture
def chosen(house: House) -> Iterator[Callable[..., None]]:
    """What the person chose about the pages, for this test alone."""
    yield lambda **what: house.asked("choose", **what)
    house.asked("choose_nothing")


@pytest.fixture
def phone(visit: NewVisit) -> Visit:
    """A signed-in person's phone, 360 by 740, with touch."""
    return visit(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def no_js(visit: NewVisit) -> Visit:
    """A signed-in person whose browser runs no scripts."""
    return visit(java_script_enabled=False)
