"""The whole tour: nobody but the house is asked; the reviewer alone sees what was held."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Error, Page, Response, expect

from tests.browser.conftest import PAGES, NewVisit, Visit, begin
from tests.browser.house import House
from tests.browser.mails import mail
from tests.refusals.browsing import REVIEWERS_PASSPHRASE
from tests.refusals.kinds import REVIEWER

SUBJECT = "the zephyrine lantern"
# It may be danger, so it comes first in the queue; and "wrenlock" stands in it alone.
WORDS = "I have a gun, wrenlock, and I will bring it along."
CANARIES = ("zephyrine", "wrenlock")
DAY, DAY_IN_WORDS = "11 February 2026", "11 Feb 2026"
ALL = sorted(name for name, page in PAGES.items() if "get" in page.methods and name != "enter")
THEIRS = [name for name in ALL if PAGES[name].whom != REVIEWER]
REVIEWERS = [name for name in ALL if PAGES[name].whom == REVIEWER]


@dataclass
class Toured:
    """Where a browser went, and what it was shown."""

    visit: Visit
    page: Page
    pages: dict[str, str] = field(default_factory=dict)  # by the name of the page: what it said

    def go(self, name: str) -> None:
        address = self.visit.address(name)
        try:
            answer = self.page.goto(address)
            self.pages[name] = said(answer) + self.page.content()
        except Error as error:  # a file to keep, which the browser itself shows to nobody
            if "Download is starting" not in error.message and "ERR_ABORTED" not in error.message:
                raise
            self.pages[name] = self.visit.context.request.get(address).body().decode("latin-1")

    def all_that_was_said(self) -> str:
        return "\n".join(self.pages.values()).casefold()


def said(answer: Response | None) -> str:
    assert answer is not None
    return f"{answer.url} {answer.status} {answer.all_headers()} {answer.text()}"


@pytest.fixture(scope="module")
def something_is_held(house: House) -> None:
    house.asked("reviewer")
    house.asked("takes_in", mails=[mail(DAY_IN_WORDS, SUBJECT, WORDS)])


New = Callable[..., Toured]


@pytest.fixture
def toured(chromium: Browser, house: House, something_is_held: None) -> Iterator[New]:
    """Makes a tour of pages, in a browser of its own."""
    made: list[Visit] = []

    def tour(names: list[str], *, as_reviewer: bool = False) -> Toured:
        made.append(begin(chromium, house).signed_in(as_reviewer=as_reviewer))
        one = Toured(made[-1], made[-1].new_page())
        for name in names:
            one.go(name)
        return one

    yield tour
    for each in made:
        each.context.close()


def gives_nothing_away(one: Toured) -> None:
    found = one.all_that_was_said()
    assert [each for each in CANARIES if each in found] == []


def test_the_whole_tour_asks_nobody_else(toured: New) -> None:
    one = toured(THEIRS)
    assert sorted(one.pages) == THEIRS
    assert len(one.visit.asked) >= len(THEIRS)
    assert one.visit.strangers() == []
    gives_nothing_away(one)


def test_the_reviewers_tour_asks_nobody_else(toured: New) -> None:
    one = toured(REVIEWERS, as_reviewer=True)
    assert sorted(one.pages) == REVIEWERS
    assert one.visit.strangers() == []


def test_what_was_held_is_read_by_the_reviewer_and_by_nobody_else(
    visit: NewVisit, house: House, toured: New
) -> None:
    reviewer = visit(signed_in=False)
    house.let_in(reviewer.context)
    page = reviewer.new_page()
    sign_in(page, house)
    reads(page)
    told_of_it = ["today", "needs", "need", "circle_passed_on", "held", "held_counts", "access"]
    gives_nothing_away(toured(told_of_it))
    page.get_by_role("radio", name="Danger").check()
    page.get_by_label("If it is danger: which?").select_option("weapon")
    page.get_by_role("button", name="That is what it is").click()
    expect(page.get_by_role("status")).to_contain_text("Sorted. Thank you.")
    gives_nothing_away(toured(told_of_it))


def sign_in(page: Page, house: House) -> None:
    page.goto(f"{house.at}/r/in")
    page.get_by_label("The name you chose").fill("Kim")
    page.get_by_label("Passphrase").fill(REVIEWERS_PASSPHRASE)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One at a time.")


def reads(page: Page) -> None:
    """The queue says how it came and when; only opening shows what is in it."""
    queue = page.content().casefold()
    assert not any(each in queue for each in CANARIES)
    page.get_by_role("button", name=f"Open Mail, {DAY}").click()
    theirs = page.get_by_role("group", name="What came in")
    expect(theirs).to_have_text(WORDS)
    expect(page.locator("main")).to_contain_text(SUBJECT)
