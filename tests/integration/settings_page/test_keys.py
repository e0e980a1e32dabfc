"""Passphrase, sheet, words, and who is signed in."""

import pytest

from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.vault import keys
from stillwater.web.apps import in_memory
from tests.integration.mail_page.conftest import Browser
from tests.integration.settings_page.conftest import PASSPHRASE, Living

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "another horse entirely"


def change(living: Living, **form: str) -> int:
    return living.file(
        "/k/d", **{"passphrase": PASSPHRASE, "new": NEW, "again": NEW, **form}
    ).status_code


def test_the_new_passphrase_opens_and_the_old_one_does_not(living: Living) -> None:
    assert change(living) == 302
    keys.sign_in(living.person, NEW)
    with pytest.raises(UserError):
        keys.sign_in(living.person, PASSPHRASE)


@pytest.mark.parametrize(
    "form",
    [{"passphrase": "wrong horse"}, {"again": "x" * 30}, {"new": "short", "again": "short"}],
    ids=["wrong", "not alike", "short"],
)
def test_a_slip_changes_nothing(living: Living, form: dict[str, str]) -> None:
    assert change(living, **form) == 422
    keys.sign_in(living.person, PASSPHRASE)


def test_a_new_passphrase_ends_every_other_sign_in(living: Living) -> None:
    elsewhere = Browser(living.home)
    elsewhere.sign_in()
    change(living)
    assert elsewhere.client.get("/k/").headers["Location"] == "/in"
    assert living.browser.client.get("/k/").status_code == 200


def test_the_page_says_that_old_copies_open_with_the_old_one(living: Living) -> None:
    assert "still open with the old one" in living.browser.get("/k/d").text


def test_the_words_open_and_then_a_new_passphrase_is_asked_for(living: Living) -> None:
    browser = Browser(living.home).enter()
    browser.get("/in/words")
    seen = browser.post("/in/words", words=living.words.upper())
    assert "Choose the passphrase for next time." in seen.text
    assert [one["name"] for one in seen.fields if one.get("type") == "password"] == ["new", "again"]
    assert "You came in with your recovery words." in browser.get("/k/").text
    browser.post("/k/d", new=NEW, again=NEW)
    keys.sign_in(living.person, NEW)
    # From now on the old one is asked for again.
    assert "The one you have now" in browser.get("/k/d").text


def test_words_of_another_sheet_open_nothing_and_meet_the_same_patience(living: Living) -> None:
    other = " ".join(["abandon"] * 23 + ["art"])
    browser = Browser(living.home).enter()
    browser.get("/in/words")
    for _ in range(3):
        seen = browser.post("/in/words", status=422, words=other)
        assert "did not open it" in seen.text
    # The right ones wait now, and so does the passphrase; nobody is shut out.
    assert "short pause" in browser.post("/in/words", status=422, words=living.words).text
    assert "short pause" in browser.post("/in", status=422, passphrase=PASSPHRASE).text
    assert in_memory().patience.left("", SystemClock().now()).total_seconds() <= 60


@pytest.mark.parametrize("words", ["", "one two three", "abandon " * 24, "x" * 5000, "\x00"])
def test_words_of_no_form_say_what_is_wrong_with_them(living: Living, words: str) -> None:
    browser = Browser(living.home).enter()
    browser.get("/in/words")
    browser.post("/in/words", status=422, words=words)
    assert len(in_memory().unlocked.of(living.person.pk)) == 1  # the fixture's own


def test_nobody_learns_who_lives_here_from_the_words(new_living, living: Living) -> None:
    new_living("Robin")
    browser = Browser(living.home).enter()
    browser.get("/in/words")
    of_nobody = browser.post("/in/words", status=422, name="nobody", words=living.words).text
    of_robin = browser.post("/in/words", status=422, name="Robin", words=living.words).text
    assert of_nobody.replace("nobody", "") == of_robin.replace("Robin", "")
    browser.post("/in/words", name="me", words=living.words)


def test_a_new_sheet_is_made_once_and_lies_in_memory_alone(living: Living) -> None:
    living.browser.get("/k/e")
    seen = living.browser.post("/k/e", passphrase=PASSPHRASE)
    assert "Save the sheet" in seen.text
    recipient = keys.keyring_of(living.person).recovery_recipient
    # Pressing twice makes no second one, which would make the first worthless.
    living.browser.post("/k/e", passphrase=PASSPHRASE)
    assert keys.keyring_of(living.person).recovery_recipient == recipient
    answer = living.file("/k/e/a")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"sheet.pdf" in answer["Content-Disposition"].encode()
    on_disk = [p.read_bytes() for p in living.home.root.rglob("*") if p.is_file()]
    assert not any(b"%PDF" in one for one in on_disk)
    living.browser.post("/k/e/b")
    assert living.file("/k/e/a").headers["Location"] == "/k/e"
    with pytest.raises(UserError, match="another recovery sheet"):
        keys.sign_in_with_words(living.person, living.words)


@pytest.mark.parametrize("way", ["/out", "/leave"])
def test_the_sheet_is_gone_with_the_sign_in(living: Living, way: str) -> None:
    living.file("/k/e", passphrase=PASSPHRASE)
    living.file(way, any="thing")
    living.browser.enter()
    living.browser.sign_in()
    assert living.file("/k/e/a").status_code == 302


def test_no_sheet_without_the_passphrase(living: Living) -> None:
    recipient = keys.keyring_of(living.person).recovery_recipient
    assert living.file("/k/e", passphrase="wrong horse").status_code == 422
    assert keys.keyring_of(living.person).recovery_recipient == recipient


def test_sign_ins_are_listed_and_an_ended_one_is_out_at_once(living: Living) -> None:
    elsewhere = Browser(living.home)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 <b>x"
    elsewhere.client.defaults["HTTP_USER_AGENT"] = agent
    elsewhere.sign_in()
    seen = living.browser.get("/k/f")
    assert "Firefox on Linux" in seen.text
    assert "(this one)" in seen.text
    assert "<b>x" not in seen.text
    other = next(o for o in in_memory().unlocked.of(living.person.pk) if "Firefox" in o.what)
    living.browser.post(f"/k/f/{other.public_id}")
    assert elsewhere.client.get("/b/").headers["Location"] == "/in"
    assert living.browser.client.get("/b/").status_code == 200


def test_ending_ones_own_is_the_lock(living: Living) -> None:
    (mine,) = in_memory().unlocked.of(living.person.pk)
    living.browser.get("/k/f")
    living.browser.post(f"/k/f/{mine.public_id}")
    assert living.browser.at == "/in"
    assert in_memory().unlocked.of(living.person.pk) == []


def test_another_link_in_the_same_browser_drops_what_was_open(living: Living) -> None:
    """Under the session's new key neither the lock nor *Leave quickly* would find it."""
    assert len(in_memory().unlocked.of(living.person.pk)) == 1
    living.browser.enter()
    assert in_memory().unlocked.of(living.person.pk) == []
    assert living.browser.client.get("/k/").headers["Location"] == "/in"
