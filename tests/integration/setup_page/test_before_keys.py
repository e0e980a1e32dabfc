"""Before there are keys, and the sheet that opens everything."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from stillwater.people.models import Person, Settings
from stillwater.vault.keys import keyring_of, sign_in_with_words
from stillwater.web.apps import in_memory
from tests.integration.mail_page.conftest import Browser, everything_kept
from tests.integration.setup_page.conftest import PASSPHRASE, Newcomer

_WORD = re.compile(r"<li>([a-z]+)</li>")


def words_shown(newcomer: Newcomer) -> str:
    return " ".join(_WORD.findall(newcomer.browser.answers[-1]))


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
