"""Whole ways through: from nobody to a plan."""

import re

import pytest

from stillwater.core.clock import SystemClock
from stillwater.core.words import Channel, Mode, Need
from stillwater.gate import keeping
from stillwater.gate.plans import shown_plans
from stillwater.gate.setting_up import is_unfinished, said_last
from stillwater.plan.form import parse
from stillwater.plan.models import Intention, SetUp
from stillwater.vault.keys import sign_in
from stillwater.web.setup import ending
from tests.integration.mail_page.conftest import Browser, everything_kept
from tests.integration.setup_page.conftest import PASSPHRASE, QUICK, Newcomer


def test_a_partner_with_whom_nothing_is_shared_and_no_contact(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of(
        "J",
        relation="partner",
        names="Jordan\nJo",
        h_tel="0176 12345678",
        h_mail="jordan@mail.example",
        h_instagram="@jord.an",
    )
    assert "protect" in newcomer.answers_for(key).text
    newcomer.browser.post("/c/k", protects="calm", words="My mornings.")
    page = newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    assert "always reach you" in page.text
    newcomer.browser.post("/c/m", why="court", handle="court.example", add="1")
    newcomer.settles()
    page = newcomer.browser.post("/c/o")
    assert "Sleep is silence." in page.text
    (j,) = newcomer.plan.others
    assert (j.label, j.mode, j.names) == ("J", Mode.NO_CONTACT, ("Jordan", "Jo"))
    # Read as a number of the country of their zone, and kept so that none can be mistaken.
    assert j.handles == ("+4917612345678", "jordan@mail.example", "instagram:@jord.an")
    assert j.since is not None
    assert [(one.handle, one.why) for one in newcomer.plan.always_pass] == [
        ("@court.example", "court")
    ]
    assert newcomer.plan.you.timezone == "Europe/Berlin"
    said = said_last(sign_in(newcomer.person, PASSPHRASE))
    assert said is not None
    assert (said.protects, said.wants, said.words) == (("calm",), (), "My mornings.")
    assert not is_unfinished(newcomer.person)


def test_with_children_together_it_is_watch_however_the_mode_is_sent(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", relation="co_parent", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    newcomer.browser.post("/c/h", **{f"children_{key}": "yes", f"names_{key}": "Mia\nTom"})
    newcomer.browser.post("/c/i", **{f"orders_{key}": "none"})
    newcomer.browser.post("/c/j", **{f"shared_{key}": "nothing"})
    newcomer.browser.post("/c/k", skip="1")
    page = newcomer.browser.get("/c/l")
    assert "Watch, for now." in page.text
    assert "there are children" in page.text
    assert not [one for one in page.fields if one.get("type") == "radio"]
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    (j,) = newcomer.plan.others
    assert (j.mode, j.since) == (Mode.WATCH, None)
    assert [child.name for child in j.children] == ["Mia", "Tom"]
    assert not Intention.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"orders": "protects_me"},
        {"orders": "about_children"},
        {"orders": "unsure"},
        {"shared": "home"},
        {"shared": "money"},
        {"shared": "unsure"},
    ],
)
def test_what_is_not_settled_is_watched(newcomer: Newcomer, given: dict[str, str]) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key, **given)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    assert newcomer.plan.others[0].mode is Mode.WATCH


def test_an_order_against_the_person_is_to_be_obeyed(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    newcomer.browser.post("/c/h", **{f"children_{key}": "no"})
    page = newcomer.browser.post("/c/i", **{f"orders_{key}": "against_me"})
    assert "obey it" in page.text
    assert "Talk to a lawyer" in page.text
    newcomer.browser.post("/c/j", **{f"shared_{key}": "nothing"})
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    assert newcomer.plan.others[0].mode is Mode.WATCH


def test_skipping_the_questions_leaves_them_open_and_so_it_is_watch(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    for path in ("/c/h", "/c/i", "/c/j", "/c/k"):
        newcomer.browser.post(path, skip="1")
    newcomer.browser.post("/c/l")
    newcomer.settles()
    assert newcomer.plan.others[0].mode is Mode.WATCH


def test_two_others_each_with_their_own_mode_and_low_contact_asks_what_may_come(
    newcomer: Newcomer,
) -> None:
    newcomer.until_who()
    mother = newcomer.tells_of("Mother", relation="parent", h_tel="+49 30 1234567")
    father = newcomer.tells_of("Father", relation="parent", h_tel="+49 30 7654321")
    newcomer.browser.post("/c/g")
    both = (mother, father)
    newcomer.browser.post("/c/h", **{f"children_{key}": "no" for key in both})
    newcomer.browser.post("/c/i", **{f"orders_{key}": "none" for key in both})
    newcomer.browser.post("/c/j", **{f"shared_{key}": "nothing" for key in both})
    chosen = {f"mode_{mother}": "low_contact", f"mode_{father}": "no_contact"}
    page = newcomer.browser.post("/c/l", **chosen)
    assert "What may come through?" in page.text
    wrong = newcomer.browser.post(
        f"/c/l/{mother}", 422, channel="mail", subjects="health", at="25:00"
    )
    assert "That is no time of day." in wrong.text
    assert "25:00" in [one.get("value") for one in wrong.fields]
    newcomer.browser.post(
        f"/c/l/{mother}", channel="mail", subjects="health", cadence="weekly", at="9:30"
    )
    newcomer.settles()
    first, second = newcomer.plan.others
    assert (first.mode, second.mode) == (Mode.LOW_CONTACT, Mode.NO_CONTACT)
    assert (first.channel, first.subjects, first.cadence) == (
        Channel.MAIL,
        (Need.HEALTH,),
        "weekly",
    )
    assert f"{first.at:%H:%M}" == "09:30"


@pytest.mark.parametrize("want", ["back", "punish", "get"])
def test_where_it_is_not_about_protection_the_page_is_honest_and_withholds_nothing(
    newcomer: Newcomer, want: str
) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key)
    page = newcomer.browser.post("/c/k", wants=want, words="They should feel it.")
    for words in ("silent treatment", "punishes", "control", "A boundary.", "A pause."):
        assert words in page.text
    assert "/c/l" in page.addresses
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    assert newcomer.plan.others[0].mode is Mode.NO_CONTACT
    assert "They should feel it." not in everything_kept()  # it lies sealed


def test_the_plan_is_what_the_text_that_was_shown_says(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J’s “place”", names="Jordan", h_iban="DE02 1203 0000 0000 2020 51")
    newcomer.answers_for(key)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.browser.post("/c/m")
    newcomer.browser.get("/c/n")
    html = newcomer.browser.answers[-1]
    found = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found is not None
    shown = found[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    newcomer.browser.post("/c/n")
    assert newcomer.plan == parse(shown)
    ((_version, sealed),) = shown_plans(sign_in(newcomer.person, PASSPHRASE))
    assert newcomer.plan == parse(sealed)


def test_another_persons_set_up_is_never_seen(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("Quill", names="Jordan", h_mail="jordan@mail.example")
    made = keeping.new_person(
        "Robin", PASSPHRASE, home=newcomer.browser.home, clock=SystemClock(), cost=QUICK
    )
    robin = Browser(newcomer.browser.home)
    robin.enter().get("/in")
    robin.post("/in", passphrase=PASSPHRASE, name="Robin")
    for path in ("/c/", "/c/g", "/c/h", "/c/i", "/c/j", "/c/l", "/c/m", "/c/n", "/f/", "/g/"):
        robin.get(path)
    assert robin.client.get(f"/c/g/b/{key}").status_code == 403
    everything = "\n".join(robin.answers)
    assert not re.search("Quill|Jordan|jordan@mail", everything)
    assert not SetUp.objects.filter(person=made.person).exists()


def test_whoever_made_their_keys_in_the_terminal_begins_with_whom_it_is_about(
    newcomer: Newcomer,
) -> None:
    keeping.new_person(
        "me", PASSPHRASE, home=newcomer.browser.home, clock=SystemClock(), cost=QUICK
    )
    browser = newcomer.browser
    browser.enter().get("/in")
    browser.post("/in", passphrase=PASSPHRASE)
    assert "There is no plan yet" in browser.get("/f/").text
    assert "Step 7 of 15" in browser.get("/c/").text


def test_where_no_zone_was_chosen_the_plan_is_in_that_of_this_machine(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made their keys in the terminal was asked for none; the pages use the machine's."""
    monkeypatch.setattr(ending, "system_zone", lambda: "Europe/Berlin")
    keeping.new_person(
        "me", PASSPHRASE, home=newcomer.browser.home, clock=SystemClock(), cost=QUICK
    )
    newcomer.browser.enter().get("/in")
    newcomer.browser.post("/in", passphrase=PASSPHRASE)
    newcomer.answers_for(newcomer.tells_of("J"))
    newcomer.settles()
    assert newcomer.plan.you.timezone == "Europe/Berlin"
