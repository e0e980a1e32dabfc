"""Takes pictures of every page of the registry, from a real page server with things in it."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.config.settings")
django.setup()  # the registry of pages names models; nothing is opened here

from tests.browser.house import House, open_house, start_chromium  # noqa: E402
from tests.refusals.areas import all_pages  # noqa: E402
from tests.refusals.kinds import REVIEWER  # noqa: E402

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


def take(browser: Browser, house: House, folder: Path, begins: tuple[str, ...]) -> int:
    """All pictures of one house; gives how many."""
    taken = 0
    for scheme, width in LOOKS:
        size = {"width": width, "height": HEIGHT}
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        cookie = house.sign_in(context)
        page = context.new_page()
        for name, go in pages(house, cookie):
            if name.startswith(begins) and go(page):
                page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=True)
                taken += 1
        context.close()
    return taken


def main(folder: Path, begins: tuple[str, ...]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="stillwater-screens-") as home,
        open_house(Path(home) / "home") as house,
        sync_playwright() as playwright,
    ):
        browser = start_chromium(playwright)
        print(f"{take(browser, house, folder, begins)} pictures in {folder}")
        browser.close()
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("tools/screens FOLDER [NAME…]")
    sys.exit(main(Path(sys.argv[1]), tuple(sys.argv[2:]) or ("",)))
