"""From nobody to a plan: what set-up asks, keeps, and makes of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from stillwater.core.clock import SystemClock
from stillwater.core.words import Channel, Mode, Need
from stillwater.gate import keeping
from stillwater.gate.plans import shown_plans
from stillwater.gate.setting_up import is_unfinished, said_last
from stillwater.people.models import Other, Person, Settings
from stillwater.plan.form import parse
from stillwater.plan.models import Intention, PlanVersion, SetUp
from stillwater.vault.keys import keyring_of, sign_in, sign_in_with_words
from stillwater.web.apps import in_memory
from stillwater.web.setup import ending
from tests.integration.mail_page.conftest import Browser, everything_kept
from tests.integration.setup_page.conftest import PASSPHRASE, QUICK, Newcomer

_WORD = re.compile(r"<li>([a-z]+)</li>")


def words_shown(newcomer: Newcomer) -> str:
    return " ".join(_WORD.findall(newcomer.browser.answers[-1]))


# Before there are keys


def test_the_first_question_is_who_could_see_this(newcomer: Newcomer) -> None:
    assert "who else could see this?" in newcomer.comes_in().text


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_whoever_may_be_seen_is_told_of_another_device_and_may_still_go_on(
    newcomer: Newcomer, answer: str
) -> None:
    newcomer.comes_in()
    page = newcomer.browser.post("/c/a", seen=answer)
    assert "Another device is safer" in page.text
    assert "/c/b" in page.addresses
    assert "What is left on this device" in newcomer.browser.get("/c/b").text
    kept = [one.get_decoded() for one in Session.objects.all()]
    assert all(set(one) <= {"entered"} for one in kept)


def test_before_the_passphrase_nothing_is_kept_but_how_the_pages_look(newcomer: Newcomer) -> None:
    newcomer.comes_in()
    newcomer.browser.post("/c/a", seen="no")
    newcomer.browser.post(
        "/c/c", title="Home", language="de", timezone="Europe/Berlin", label="J", names="Jordan"
    )
    newcomer.browser.post("/c/d", wait="72", delay="168")
    (kept,) = [one.get_decoded() for one in Session.objects.all() if "chosen" in one.get_decoded()]
    assert set(kept) <= {"entered", "chosen"}
    assert set(kept["chosen"]) == {"title", "language", "timezone", "wait", "delay"}
    assert not Person.objects.exists()


def test_what_was_chosen_before_the_keys_holds_after_them(newcomer: Newcomer) -> None:
    newcomer.comes_in()
    newcomer.browser.post("/c/c", title="Home", language="de", timezone="Europe/Vienna")
    newcomer.browser.post("/c/d", wait="72", delay="168")
    newcomer.browser.post("/c/e", passphrase=PASSPHRASE, again=PASSPHRASE)
    chosen = Settings.of(newcomer.person)
    assert (chosen.display_name, chosen.language, chosen.timezone) == (
        "Home",
        "de",
        "Europe/Vienna",
    )
    keyring = keyring_of(newcomer.person)
    assert keyring.opening_wait == timedelta(days=3)
    assert keyring.loosening_delay == timedelta(days=7)
    assert all("chosen" not in one.get_decoded() for one in Session.objects.all())


def test_a_zone_that_is_none_is_said_and_what_was_typed_stays(newcomer: Newcomer) -> None:
    newcomer.comes_in()
    page = newcomer.browser.post("/c/c", 422, title="Garden", language="en", timezone="Moon/Sea")
    assert "That is no time zone." in page.text
    assert "Garden" in [one.get("value") for one in page.fields]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "shorter than 8 characters"),
        (PASSPHRASE, "another one", "The two are not the same."),
        ("", "", "shorter than 8 characters"),
    ],
)
def test_a_passphrase_that_does_not_do_makes_no_keys(
    newcomer: Newcomer, first: str, second: str, said: str
) -> None:
    newcomer.comes_in()
    page = newcomer.browser.post("/c/e", 422, passphrase=first, again=second)
    assert said in page.text
    assert not Person.objects.exists()


def test_once_somebody_lives_here_nobody_else_sets_up(newcomer: Newcomer) -> None:
    newcomer.until_keys()
    other = Browser(newcomer.browser.home).enter()
    for path in ("/c/a", "/c/b", "/c/c", "/c/d", "/c/e"):
        assert "Your passphrase, please." in other.get(path).text
    other.post("/c/e", passphrase=PASSPHRASE, again=PASSPHRASE)
    assert Person.objects.count() == 1


# The sheet


def test_the_words_are_shown_until_they_are_on_paper_and_open_everything(
    newcomer: Newcomer,
) -> None:
    newcomer.until_keys()
    words = words_shown(newcomer)
    assert len(words.split()) == 24
    assert sign_in_with_words(newcomer.person, words).person == newcomer.person
    refused = newcomer.browser.post("/c/f", 422)
    assert "Not yet" in refused.text
    assert words_shown(newcomer) == words
    newcomer.browser.post("/c/f", on_paper="1")
    newcomer.browser.get("/c/f")
    assert words_shown(newcomer) == ""
    # Three in a row, however they might be written down: one alone may stand anywhere.
    in_a_row = re.compile(r"[^a-z]{1,6}".join(words.split()[:3]))
    assert in_a_row.search(words)
    assert not in_a_row.search(everything_kept())


def test_the_sheet_is_a_page_to_print_while_its_words_are_shown(newcomer: Newcomer) -> None:
    newcomer.until_keys()
    answer = newcomer.browser.client.get("/c/f/a")
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    newcomer.browser.post("/c/f", on_paper="1")
    assert newcomer.browser.client.get("/c/f/a").status_code == 302


def test_locked_before_the_words_were_on_paper_a_new_sheet_is_made(newcomer: Newcomer) -> None:
    newcomer.until_keys()
    lost = words_shown(newcomer)
    newcomer.browser.post("/out")
    page = newcomer.browser.post("/in", passphrase=PASSPHRASE)
    assert "A new recovery sheet" in page.text
    assert "did not open" in newcomer.browser.post("/c/f/b", 422, passphrase="not this one").text
    newcomer.browser.post("/c/f/b", passphrase=PASSPHRASE)
    words = words_shown(newcomer)
    assert len(words.split()) == 24
    assert words != lost
    assert sign_in_with_words(newcomer.person, words).person == newcomer.person


def test_while_the_words_are_shown_it_locks_later_and_then_as_chosen(newcomer: Newcomer) -> None:
    newcomer.until_keys()
    (there,) = in_memory().unlocked.of(newcomer.person.pk)
    assert there.idle == timedelta(minutes=30)
    newcomer.browser.post("/c/f", on_paper="1")
    assert there.idle == timedelta(minutes=5)
    assert there.sheet is None


# Whole ways through


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


# Why


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


# Left and come back to


def test_left_in_the_middle_and_come_back_to_after_a_lock(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", names="Jordan", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    newcomer.browser.post("/c/h", **{f"children_{key}": "no"})
    newcomer.browser.post("/out")
    assert "Your passphrase, please." in newcomer.browser.get("/c/i").text
    page = newcomer.browser.post("/in", passphrase=PASSPHRASE)
    assert newcomer.browser.at == "/c/i"
    assert "Step 9 of 15" in page.text
    assert "With J" in page.text
    again = newcomer.browser.get(f"/c/g/b/{key}")
    assert "jordan@mail.example" in again.text


def test_until_it_is_finished_every_way_in_leads_back_to_it(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    assert "Step 15 of 15" in newcomer.browser.get("/").text
    assert "Set-up" in newcomer.browser.get("/a/").text  # where a mailbox is added meanwhile
    newcomer.browser.post("/c/o")
    newcomer.browser.get("/")
    assert newcomer.browser.at == "/b/"
    assert "Set-up" not in newcomer.browser.get("/a/").text


def test_until_there_is_a_plan_what_was_told_lies_sealed(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.tells_of("Quill", names="Jordan", h_mail="jordan@mail.example")
    kept = everything_kept()
    assert SetUp.objects.count() == 1
    for one in ("Quill", "Jordan", "jordan@mail.example"):
        assert one not in kept
    assert not PlanVersion.objects.exists()
    assert not Other.objects.exists()


def test_taken_out_again_nothing_of_them_is_left(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post(f"/c/g/b/{key}/off")
    assert newcomer.answers.others == ()


def test_once_there_is_a_plan_set_up_makes_no_other(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    before = newcomer.plan
    newcomer.browser.post("/c/l", **{f"mode_{key}": "watch"})
    newcomer.browser.post("/c/n")
    assert newcomer.plan == before
    assert PlanVersion.objects.count() == 1
    assert newcomer.browser.get("/c/").text.count("Step 15 of 15") == 1


# What is typed wrongly


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label": ""}, "A name for them is missing."),
        ({"label": "J", "h_mail": "not an address"}, "Line 1 of the mail addresses"),
        ({"label": "J", "h_tel": "+49 30 1234567\nxyz"}, "Line 2 of the phone numbers"),
        ({"label": "J" * 60}, "too long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    newcomer: Newcomer, typed: dict[str, str], said: str
) -> None:
    newcomer.until_who()
    page = newcomer.browser.post(
        "/c/g/new", 422, **{"names": "Jordan", "relation": "boss", **typed}
    )
    assert said in page.text
    assert "Jordan" in page.text
    for value in typed.values():
        assert value in newcomer.browser.answers[-1]
    assert newcomer.answers.others == ()


def test_a_question_without_an_answer_is_asked_again(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    for path in ("/c/h", "/c/i", "/c/j"):
        assert "One question has no answer yet." in newcomer.browser.post(path, 422).text


def test_somebody_who_is_also_always_let_pass_is_asked_about_kindly(newcomer: Newcomer) -> None:
    newcomer.until_who()
    page = newcomer.browser.get("/c/m")
    wrong = newcomer.browser.post("/c/m", 422, why="lawyer", handle="nothing at all", add="1")
    assert "That is no address, and no number." in wrong.text
    assert "nothing at all" in newcomer.browser.answers[-1]
    assert "proves nothing" in page.text


# The plan that is shown, and walls


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
