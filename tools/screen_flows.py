"""Ways through the pages whose later steps no address leads to: pressed as a person presses.

Each flow is handed a page that is signed in, the house, and ``shoot(name)``, which takes the
picture of what is in sight under that name.
"""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.house import House
from tests.browser.mails import mail
from tests.refusals.browsing import PASSPHRASE
from tests.support.pictures import plain_picture

Shoot = Callable[[str], None]
PLAN = """
[you]
timezone = "Europe/Berlin"
[[others]]
label = "J"
mode = "low_contact"
since = 2026-01-10
handles = ["jordan@mail.example"]
channel = "mail"
subjects = ["children", "money"]
[[others.children]]
name = "Mia"
[[others.handovers]]
day = "friday"
time = 17:00:00
place = "school"
"""
LETTER = (
    "You never answer me. I know that you read this.\n\nThe papers of the school have to be signed "
    "by Friday, 4 December, and the office is open until noon. After all these years you could at "
    "least tell me whether you are coming.\n\nI keep the light on for you."
)


class Flow(NamedTuple):
    """One way through."""

    go: Callable[[Page, House, Shoot], None]
    as_reviewer: bool = False


def evidence(page: Page, house: House, shoot: Shoot) -> None:
    """From choosing to the finished bundle: in the clear, then sealed to oneself and checked."""
    house.asked("plans", toml=PLAN)
    house.asked(
        "takes_in", mails=[mail(f"{day} Mar 2026", "hey", f"Call me, {day}.") for day in (2, 3, 9)]
    )
    for to in ("clear", "me"):
        _export(page, house, lambda name, to=to: shoot(f"{to}_{name}"), to)
    page.goto(f"{house.at}/i/")
    page.get_by_role("button", name="Check the record").click()
    shoot("overview")


def _export(page: Page, house: House, shoot: Shoot, to: str) -> None:
    page.goto(f"{house.at}/i/a")
    page.locator(f"input[name=to][value={to}]").check()
    shoot("1_choose")
    page.get_by_role("button", name="See how much it is").click()
    shoot("2_counted")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Ask for it").click()
    shoot("3_waits")
    page.locator("main summary").last.click()
    shoot("4_cannot_wait")
    house.asked("waits_are_over")
    page.reload()
    shoot("5_ready")
    one = page.url
    page.locator("#passphrase").last.fill(PASSPHRASE)
    button = page.get_by_role("button", name="Make the bundle", exact=True)
    if to == "clear":
        with page.expect_download() as saved:
            button.click()
        saved.value.delete()  # else the browser may not close
        page.goto(one)
    else:
        button.click()
    shoot("6_made")
    if to == "me":
        page.get_by_role("button", name="Check it").click()
        shoot("7_checked")


def record(page: Page, house: House, shoot: Shoot) -> None:
    """Record by hand from the first question to the saved entry."""
    house.asked("plans", toml=PLAN)
    page.goto(f"{house.at}/e/")
    shoot("1_begin")
    page.get_by_role("button", name="They came by").click()
    shoot("2_who")
    page.get_by_role("button", name="J", exact=True).click()
    page.get_by_label("Another day").check()
    # As in a browser that has no field for days.
    page.locator("#day").evaluate("field => { field.type = 'text'; field.value = '3/6/2026' }")
    page.get_by_role("button", name="Go on").click()
    shoot("3_two_readings")
    page.locator("button[name=this_day]").first.click()
    shoot("4_story")
    page.get_by_label("In your own words").fill("They rang twice, and waited at the gate.")
    for name in ("5_witnesses", "6_officer", "7_apart", "8_pictures"):
        page.get_by_role("button", name="Go on").click()
        shoot(name)
    picture = {"name": "gate.png", "mimeType": "image/png", "buffer": plain_picture()}
    page.locator("input[type=file]").set_input_files([picture])  # type: ignore[list-item]
    page.get_by_role("button", name="Go on").click()
    shoot("9_check")
    page.get_by_role("button", name="Save it").click()
    shoot("10_saved")
    page.get_by_role("link", name="Add a correction").click()
    page.get_by_label("What was different").fill("It was half past, not six.")
    shoot("11_correction")
    page.get_by_role("button", name="Save it").click()
    shoot("12_corrected")


def mailboxes(page: Page, house: House, shoot: Shoot) -> None:
    """A mailbox that is watched, and one that is not."""
    for name, ago, trouble in (("1_watched", 1, ""), ("2_not_watched", 90, "password")):
        house.asked("watched", minutes_ago=ago, trouble=trouble)
        for where in ("mailboxes", "today"):
            page.goto(house.at + {"mailboxes": "/a/", "today": "/b/"}[where])
            shoot(f"{name}_{where}")
        page.goto(f"{house.at}/a/")
        page.locator("main h2 a, main li a").first.click()
        shoot(f"{name}_one")


def plan(page: Page, house: House, shoot: Shoot) -> None:
    """A plan with low contact: as it is read, and its form."""
    house.asked("plans", toml=PLAN)
    page.goto(f"{house.at}/f/")
    shoot("1_read")
    page.locator("section.card .ways a").first.click()
    shoot("2_form")
    for one in page.locator("main summary").all():
        one.click()
    shoot("3_form_open")


def review(page: Page, house: House, shoot: Shoot) -> None:
    """A reviewer's hour: the queue, one opened and sorted, a letter on paper, a rest."""
    house.asked("nothing_waits_for_a_reviewer")
    page.goto(f"{house.at}/r/")
    shoot("1_before")
    house.asked("holds", subject="School", text=LETTER, picture=True)
    house.asked("holds", subject="hey", text="Call me.", tier=2)
    house.asked("holds", subject="hey", text="I am outside.", tier=1)
    page.goto(f"{house.at}/r/")
    shoot("2_queue")
    page.locator("main details summary").click()
    shoot("3_heavy")
    page.get_by_role("button", name="Open Mail").last.click()
    shoot("4_open")
    page.locator("input[name=sorted][value=practical]").check()
    page.locator("form[data-keep] summary").click()
    page.get_by_label("What is asked").fill("You never answer me.")
    page.get_by_role("button", name="That is what it is").click()
    shoot("5_not_taken")
    page.get_by_label("What is asked").fill("Sign a paper")
    page.get_by_role("button", name="That is what it is").click()
    shoot("6_sorted")
    page.get_by_role("link", name="A letter came on paper").click()
    shoot("7_letter")
    page.goto(f"{house.at}/r/l")
    shoot("8_limits")
    page.goto(f"{house.at}/r/")
    page.locator("main details summary").click()
    page.get_by_role("button", name="Rest").click()
    shoot("9_resting")
    page.get_by_role("button", name="I am back").click()
    page.goto(f"{house.at}/r/l")
    page.locator("#daily_limit").fill("1")
    page.get_by_role("button", name="Keep it so").click()
    shoot("10_enough")
    page.goto(f"{house.at}/r/l")
    page.locator("#daily_limit").fill("50")
    page.get_by_role("button", name="Keep it so").click()


FLOWS = {
    "flow_evidence": Flow(evidence),
    "flow_mailboxes": Flow(mailboxes),
    "flow_plan": Flow(plan),
    "flow_record": Flow(record),
    "flow_review": Flow(review, as_reviewer=True),
}
