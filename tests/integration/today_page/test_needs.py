"""What needs the person: facts, three ways on, and each notice is seen by itself."""

from datetime import timedelta

import pytest
from django.conf import settings

from stillwater.core.words import DangerCategory
from stillwater.gate.models import Attempt, Feedback, Notice
from stillwater.vault.models import Reviewer
from stillwater.web.needs import words
from stillwater.web.needs.calling import ANYWHERE, LINES, country_here, lines_for
from tests.integration.today_page.conftest import Browser, Life
from tests.refusals.browsing import PASSPHRASE
from tests.support.sealed import notice, seal_one

SUICIDE = "A message speaks of suicide. You need not answer. Emergency services can check on them."


def test_every_category_has_words() -> None:
    assert set(words.CATEGORIES) == set(DangerCategory)


def test_nothing_is_said_as_nothing(browser: Browser) -> None:
    assert "Nothing needs you." in browser.get("/l/")


def test_the_most_urgent_comes_first(life: Life, browser: Browser) -> None:
    notice(life.person, ("legal_service",), tier=0)
    notice(life.person, ("pets",), tier=2)
    notice(life.person, ("suicide_threat",), tier=1)
    text = browser.get("/l/")
    places = [text.index(one) for one in (SUICIDE, "This may contain a threat.", "a court.")]
    assert places == sorted(places)


def test_it_says_kind_facts_when_and_whose_and_three_ways_on(life: Life, browser: Browser) -> None:
    one = seal_one(life.person, settings.HOME)
    told = notice(
        life.person,
        ("weapon", "location"),
        item=one.item.public_id,
        facts=[{"kind": "date", "value": "2026-11-27", "need": None}],
        received_at="2026-11-20T14:03:00+00:00",
    )
    Reviewer.objects.create(person=life.person, recipient="age1", from_at=life.ago(1))
    text = browser.get(f"/l/x/{told.public_id}")
    assert "It may be about: weapons; knowing where someone is." in text
    assert "Friday, 27 November 2026" in text
    assert "20 November 2026, 15:03" in text  # in the zone of the person
    for way in ("Ask my reviewer", "See the facts", "Call"):
        assert way in text
    assert f"/d/x/{one.public_id}" in browser.html


def test_silence_after_a_storm_is_no_all_clear(life: Life, browser: Browser) -> None:
    told = notice(life.person, ("silence_after_storm",), tier=2, channel=None)
    text = browser.get(f"/l/x/{told.public_id}")
    assert "This may be a sign of danger." in text
    assert "Silence is no all-clear." in text
    assert "It may be about: sudden silence after many attempts." in text
    # It came by no way, and there are no words of it anywhere.
    assert "By what way" not in text
    assert "The words themselves" not in text


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("suicide_threat",), SUICIDE),
        (("suicide_threat", "weapon"), SUICIDE),
        (("storm",), "This may be a sign of danger."),
        (("unread_by_machine",), "could not be read by the machine"),
        (("claims_to_pass",), "claims to come from a sender that you let pass"),
        (("child",), "A child wrote to you."),
        (("a_kind_of_tomorrow",), "Something came that you should know of."),
    ],
)
def test_each_kind_in_plain_words(
    life: Life, browser: Browser, kinds: tuple[str, ...], said: str
) -> None:
    assert said in browser.get(f"/l/x/{notice(life.person, kinds).public_id}")


def test_court_papers_say_which_court_and_by_when(life: Life, browser: Browser) -> None:
    facts = [
        {"kind": "who", "value": "Amtsgericht Mitte", "need": "legal"},
        {"kind": "deadline", "value": "2026-12-04T10:00", "need": "legal"},
    ]
    told = notice(life.person, ("legal_service",), tier=0, facts=facts)
    text = browser.get(f"/l/x/{told.public_id}")
    assert "What is sealed still counts as received in law." in text
    assert "Amtsgericht Mitte" in text
    assert "Friday, 4 December 2026, 10:00" in text
    assert "it stays where it came, and you can read it there, without a wait" in text


def test_a_mailbox_that_is_not_watched_leads_to_the_mailboxes(life: Life, browser: Browser) -> None:
    told = notice(life.person, ("not_watching",), tier=0, other=None, text="Its server is gone.")
    assert "Its server is gone." in browser.get(f"/l/x/{told.public_id}")
    assert "/a/" in browser.html


def test_what_does_not_open_is_said_and_the_others_are_there(life: Life, browser: Browser) -> None:
    notice(life.person)
    Notice.objects.create(
        person=life.person, tier=1, opened_at=life.now, last_joined_at=life.now, sealed=b"?"
    )
    text = browser.get("/l/")
    assert "does not open with your keys" in text
    assert "This may contain a threat." in text


def test_each_is_seen_by_itself(life: Life, browser: Browser) -> None:
    first, second = notice(life.person), notice(life.person, ("pets",), tier=2)
    browser.get("/l/")
    assert "Noted: you have seen it." in browser.post(f"/l/x/{first.public_id}/seen")
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.acknowledged_at is not None
    assert second.acknowledged_at is None
    # Back, and a second press, lead to the others.
    at = f"/l/x/{first.public_id}"
    assert browser.client.get(at).status_code == 302
    assert "What needs you" in browser.post(f"{at}/seen")


def test_when_it_was_nothing_we_say_sorry(life: Life, browser: Browser) -> None:
    told = notice(life.person)
    browser.get("/l/")
    said = browser.post(f"/l/x/{told.public_id}/seen", nothing="yes")
    assert "That was ours. Sorry." in said


def suspected(life: Life, handle: str, confidence: float = 0.6) -> Notice:
    """Danger from somebody who may be them; from 0.95 on it was held."""
    life.plan()
    reading = {
        "version": 2,
        "senders": [{"handle": handle, "name": None}],
        "match": {"other": "J", "how": "suspected", "confidence": confidence, "relay": None},
    }
    one = seal_one(life.person, settings.HOME, reading=reading)
    Attempt.objects.filter(pk=one.pk).update(how="suspected", action="alert")
    answers = ["theirs", "not_theirs"]
    return notice(life.person, item=one.item.public_id, answers=answers)


def test_that_it_was_not_from_them_is_learnt(life: Life, browser: Browser) -> None:
    told = suspected(life, "somebody@else.example")
    assert "It was nothing, and not from them" in browser.get(f"/l/x/{told.public_id}")
    said = browser.post(f"/l/x/{told.public_id}/seen", nothing="not_theirs")
    assert "That was ours. Sorry." in said
    assert Feedback.objects.filter(person=life.person).count() == 1


def test_where_it_was_held_the_passphrase_is_asked_for(life: Life, browser: Browser) -> None:
    told = suspected(life, "somebody@else.example", confidence=0.97)
    seen = f"/l/x/{told.public_id}/seen"
    browser.get("/l/")
    assert "needs your passphrase" in browser.post(seen, status=200, nothing="not_theirs")
    browser.post(seen, status=422, nothing="not_theirs", passphrase="not it")
    told.refresh_from_db()
    assert told.acknowledged_at is None
    assert not Feedback.objects.exists()
    said = browser.post(seen, nothing="not_theirs", passphrase=PASSPHRASE)
    assert "That was ours. Sorry." in said
    assert Feedback.objects.filter(person=life.person).count() == 1


def test_of_a_handle_that_the_plan_lists_it_cannot_be_said_and_the_notice_stays(
    life: Life, browser: Browser
) -> None:
    told = suspected(life, "jordan@mail.example")
    browser.get("/l/")
    text = browser.post(f"/l/x/{told.public_id}/seen", status=422, nothing="not_theirs")
    assert "Nothing can be said of its sender here" in text
    assert "stillwater plan" not in text
    told.refresh_from_db()
    assert told.acknowledged_at is None
    assert not Feedback.objects.exists()


def test_where_nobody_asked_whose_it_is_nothing_is_learnt(life: Life, browser: Browser) -> None:
    life.plan()
    told = notice(life.person)
    browser.get("/l/")
    browser.post(f"/l/x/{told.public_id}/seen", nothing="not_theirs")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("has_reviewer", [True, False])
def test_asking_the_reviewer(life: Life, browser: Browser, has_reviewer: bool) -> None:
    one = seal_one(life.person, settings.HOME)
    if has_reviewer:
        at = life.now - timedelta(days=1)
        Reviewer.objects.create(person=life.person, recipient="age1", from_at=at)
    told = notice(life.person, item=one.item.public_id)
    text = browser.get(f"/l/x/{told.public_id}")
    assert ("Ask my reviewer" in text) is has_reviewer
    assert ("Nobody can look in your place yet." in text) is not has_reviewer
    assert "See the facts" in text
    said = browser.post(f"/l/x/{told.public_id}/ask")
    assert ("Your reviewer is asked." if has_reviewer else "Nobody is your reviewer yet.") in said
    assert Attempt.objects.get(pk=one.pk).wants_review
    told.refresh_from_db()
    assert told.acknowledged_at is None


def test_the_numbers_are_those_of_where_they_live(life: Life, browser: Browser) -> None:
    browser.get("/l/c")
    assert "tel:110" in browser.html  # its time zone is Germany's
    life.plan()  # its region is Germany
    assert "116 016" in browser.get("/l/c")


@pytest.mark.parametrize(
    ("region", "zone", "country"),
    [
        ("de", "America/New_York", "DE"),
        (None, "America/New_York", "US"),
        (None, "Europe/London", "GB"),
        (None, "Australia/Perth", "AU"),
        (None, "Etc/UTC", ""),
    ],
)
def test_the_plan_says_where_else_the_zone(region: str | None, zone: str, country: str) -> None:
    assert country_here(region, zone) == country


def test_beside_every_call_stands_a_way_without_a_voice() -> None:
    for lines in (*LINES.values(), ANYWHERE):
        assert lines[0].is_emergency
        assert all(line.text for line in lines)
        assert all(line.dialled.isdigit() for line in lines)
    assert lines_for("") == ANYWHERE
