"""The first page in each of its states: one sentence, the ring, and nothing that invites a look."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import path

from stillwater.config import urls as all_urls
from stillwater.gate.models import Mailbox, WatchedFolder
from stillwater.gate.signals.models import Way
from stillwater.recovery.models import DayNote
from tests.integration.today_page.conftest import CANARY, Browser, Life
from tests.support.sealed import notice, seal_one


def test_with_nothing_set_up_it_is_quiet(browser: Browser) -> None:
    text = browser.get("/b/")
    assert "Nothing needs you." in text
    assert "Nothing is being watched: there is no mailbox yet." in text
    assert "<img" not in browser.html


def test_the_ring_is_a_picture_with_words(life: Life, browser: Browser) -> None:
    life.plan(days_ago=22)
    browser.get("/b/")
    assert 'alt="22 of 30 protected days"' in browser.html
    for one in ("/b/p", "/b/q"):
        assert one in browser.html
        answer = browser.client.get(one)
        assert answer["Content-Type"] == "image/svg+xml"
        drawn = ElementTree.fromstring(answer.content)
        assert len(drawn) == 30
        assert "style" not in answer.content.decode()
        assert "<text" not in answer.content.decode()


def test_of_what_needs_you_it_says_the_kind_and_neither_name_nor_number(
    life: Life, browser: Browser
) -> None:
    life.plan()
    notice(life.person, ("weapon",), other="Somebody")
    once = browser.get("/b/")
    assert "This may contain a threat." in once
    assert "Somebody" not in once
    for _ in range(3):
        notice(life.person, ("weapon",))
    assert browser.get("/b/") == once


def test_a_question_is_said_in_a_neutral_sentence(life: Life, browser: Browser) -> None:
    notice(life.person, ("may_be_theirs",), tier=0, action="ask", other=None)
    assert "Somebody wrote, and you can say whose it is." in browser.get("/b/")


@pytest.mark.parametrize(("ago", "words"), [(1, "All your mailboxes"), (90, "Not watching since")])
def test_it_says_whether_all_is_watched(life: Life, browser: Browser, ago: int, words: str) -> None:
    at = life.now - timedelta(minutes=ago)
    box = Mailbox.objects.create(
        person=life.person, for_gate=b"", added_at=at, changed_at=at, watch_from=at
    )
    for role in ("inbox", "junk", "hold"):
        WatchedFolder.objects.create(mailbox=box, role=role, seen_at=at)
    assert words in browser.get("/b/")


def way(life: Life, *, trouble: str = "", is_agreed: bool = False) -> None:
    Way.objects.create(
        person=life.person, for_gate=b"", added_at=life.now, trouble=trouble, is_agreed=is_agreed
    )


def test_it_says_where_no_note_goes_out_and_how_one_would(life: Life, browser: Browser) -> None:
    life.plan()
    way(life, is_agreed=True)  # somebody else hears; the person does not
    assert "No note goes out" in browser.get("/b/")
    assert 'href="/o/"' in browser.html.partition("<main")[2]


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ([{}], None),
        ([{"trouble": "silent"}], "Notes do not get through now."),
        ([{"trouble": "silent"}, {}], "One way that notes go out on does not work now."),
        (
            [{}, {"trouble": "silent", "is_agreed": True}],
            "One way that notes go out on does not work now.",
        ),
    ],
)
def test_it_says_where_a_way_is_in_trouble_in_one_line(
    life: Life, browser: Browser, ways: list[dict], said: str | None
) -> None:
    life.plan()
    for one in ways:
        way(life, **one)
    text = browser.get("/b/")
    assert "No note goes out" not in text
    assert ("See what is wrong" in text) is (said is not None)
    assert said is None or said in text


def test_before_there_is_a_plan_nothing_could_be_told_of_and_nothing_is_said(
    browser: Browser,
) -> None:
    assert "No note goes out" not in browser.get("/b/")


def test_the_button_appears_with_its_page(browser: Browser) -> None:
    has_record = any(getattr(one, "name", "") == "record" for one in all_urls.urlpatterns)
    assert ("Something happened" in browser.get("/b/")) == has_record


class WithRecord:
    handler400 = handler403 = handler404 = "stillwater.web.views.refused"
    handler500 = "stillwater.web.views.broken"
    urlpatterns = [
        path("zz", lambda request: None, name="record"),
        path("yy", lambda request: None, name="setup"),
        *all_urls.urlpatterns,
    ]


def test_once_there_it_leads_to_it(browser: Browser) -> None:
    with override_settings(ROOT_URLCONF=WithRecord):
        assert "Something happened" in browser.get("/b/")


def test_a_note_that_does_not_open_is_said_and_all_the_rest_is_there(
    life: Life, browser: Browser
) -> None:
    life.plan()
    notice(life.person)
    DayNote.objects.create(person=life.person, sealed=b"?")
    text = browser.get("/b/")
    assert "does not open with your keys" in text
    assert "This may contain a threat." in text
    answer = browser.client.get("/b/d")
    assert answer.status_code == 422
    assert "does not open with your keys" in answer.content.decode()


def test_while_there_is_no_plan_it_leads_on_to_set_up(life: Life, browser: Browser) -> None:
    with override_settings(ROOT_URLCONF=WithRecord):
        assert "Go on setting up" in browser.get("/b/")
        life.plan()
        assert "Go on setting up" not in browser.get("/b/")


def test_all_of_it_together_is_small(life: Life, browser: Browser) -> None:
    life.plan()
    notice(life.person)
    browser.get("/b/")
    total = browser.size + len(browser.client.get("/b/p").content)
    for address in ("page.css", "today.css", "leave.js", "icon.svg"):
        answer = browser.client.get(f"/static/web/{address}")
        total += len(b"".join(answer.streaming_content))
        answer.close()
    assert total < 60_000


def test_nothing_of_an_original_is_on_any_page_before_it_is_opened(
    life: Life, browser: Browser
) -> None:
    other = life.plan()
    one = seal_one(life.person, settings.HOME, other=other)
    told = notice(life.person, ("weapon",), item=one.item.public_id)
    pages = ["/b/", "/b/d", "/b/p", "/l/", f"/l/x/{told.public_id}", "/l/c", "/d/", "/d/c/0"]
    pages += ["/d/p/0/0", "/d/w/0/0", "/d/g", f"/d/x/{one.public_id}", "/d/o", "/d/o/all"]
    pages += [f"/d/x/{one.public_id}/facts"]
    for page in pages:
        text = browser.client.get(page, follow=True).content.decode()
        assert CANARY not in text, page
        assert "kettle" not in text, page
        assert "jordan@" not in text, page
