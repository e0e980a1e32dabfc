"""Takes pictures of every page of the registry, from a real page server with things in it."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
django.setup()  # the registry of pages names models; nothing is opened here

from tests.browser.house import House, open_house, start_chromium  # noqa: E402
from tests.refusals.areas import all_pages  # noqa: E402
from tests.refusals.kinds import REVIEWER  # noqa: E402
from tools.screen_flows import FLOWS, Flow  # noqa: E402

HEIGHT = 800
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
Going = Callable[[Page], bool]  # whether a page is there, and no picture or file


def pages(house: House, cookie: str) -> Iterator[tuple[str, Going]]:
    """What there is to see for a signed-in person: a name, and how one gets there."""
    for name, page in sorted(all_pages().items()):
        if "get" not in page.methods or name in ("enter", "home") or page.whom == REVIEWER:
            continue
        address = house.asked("address", page=name, cookie=cookie)
        yield name, lambda page, address=address: _goto(page, house.at + address)
    yield "closed", lambda page: _goto(page, f"{house.at}/nowhere")
    yield "menu_open", lambda page: _open_menu(page, house.at)
    yield "wrong_passphrase", lambda page: _wrong_passphrase(page, house.at)


def _goto(page: Page, address: str) -> bool:
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
            return False
        raise
    return answer is not None and answer.headers["content-type"].startswith("text/html")


def _open_menu(page: Page, at: str) -> bool:
    page.goto(f"{at}/b/")
    more = page.locator(".menu summary")
    if more.count() and more.is_visible():
        more.click()
    return True


def _wrong_passphrase(page: Page, at: str) -> bool:
    page.goto(f"{at}/in")
    page.locator("#passphrase").fill("not this one")
    page.locator("main button").click()
    return True


@dataclass
class Pictures:
    """Where they go, and which of them are wanted."""

    folder: Path
    begins: tuple[str, ...]
    taken: int = 0

    def take(self, page: Page, name: str, look: str) -> None:
        """One picture of the whole page that is in sight."""
        if name.startswith(self.begins):
            page.wait_for_load_state("load")
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=self.folder / f"{name}-{look}.png", full_page=True)
            self.taken += 1

    def want_some_of(self, flow: str) -> bool:
        """Whether any picture of this flow is wanted."""
        return any(flow.startswith(one) or one.startswith(flow) for one in self.begins)


def take(browser: Browser, house: House, pictures: Pictures) -> None:
    """All pictures of one house."""
    for scheme, width in LOOKS:
        look = f"{scheme}-{width}"
        with _context(browser, scheme, width) as context:
            cookie = house.sign_in(context)
            page = context.new_page()
            for name, go in pages(house, cookie):
                if name.startswith(pictures.begins) and go(page):
                    pictures.take(page, name, look)
        for name, flow in FLOWS.items():
            if pictures.want_some_of(name):
                with _context(browser, scheme, width) as context:
                    cookie = house.sign_in(context, as_reviewer=flow.as_reviewer)
                    _walk(flow, name, house, context.new_page(), cookie, pictures, look)


def _walk(
    flow: Flow, name: str, house: House, page: Page, cookie: str, pictures: Pictures, look: str
) -> None:
    if not flow.as_reviewer:
        house.asked("address", page="mailbox", cookie=cookie)  # there is one
    flow.go(page, house, lambda part: pictures.take(page, f"{name}_{part}", look))


@contextmanager
def _context(browser: Browser, scheme: str, width: int) -> Iterator[BrowserContext]:
    size = {"width": width, "height": HEIGHT}
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(5000)
    yield context
    context.close()


def main(folder: Path, begins: tuple[str, ...]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="stillwater-screens-") as home,
        open_house(Path(home) / "home") as house,
        sync_playwright() as playwright,
    ):
        if language := os.environ.get("SCREENS_LANGUAGE"):
            house.asked("speaks", language=language)
        browser, pictures = start_chromium(playwright), Pictures(folder, begins)
        take(browser, house, pictures)
        print(f"{pictures.taken} pictures in {folder}")
        browser.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("tools/screens FOLDER [NAME…]")
    sys.exit(main(Path(sys.argv[1]), tuple(sys.argv[2:]) or ("",)))
