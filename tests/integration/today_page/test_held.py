"""What is held: no number unasked, counts that are true, and a way to one of them."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from stillwater.core.words import Channel
from stillwater.gate import held
from tests.integration.today_page.conftest import Browser, Life
from tests.support.sealed import seal_one

BERLIN = ZoneInfo("Europe/Berlin")


@given(st.integers(0, 300), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - made aware below
def test_weeks_follow_each_other_without_a_gap(ago: int, naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    older, newer = held.week(ago + 1, now, BERLIN), held.week(ago, now, BERLIN)
    assert older.until == newer.first
    assert newer.monday.weekday() == 0
    this = held.week(0, now, BERLIN)
    assert this.first <= now < this.until


def test_at_first_there_is_no_number(life: Life, browser: Browser) -> None:
    assert "Nothing came in so far." in browser.get("/d/")
    for _ in range(7):
        seal_one(life.person, settings.HOME)
    text = browser.get("/d/")
    assert "lies here sealed" in text
    assert "7" not in text.replace("Lock", "")


def test_counts_are_true_week_by_week_and_what_left_is_not_among_them(life: Life) -> None:
    now = life.now
    for ago, channel in ((0, Channel.MAIL), (8, Channel.MAIL), (8, Channel.MAIL), (8, Channel.SMS)):
        seal_one(life.person, settings.HOME, at=now - timedelta(days=ago), channel=channel)
    seal_one(life.person, settings.HOME, direction="out")
    weeks = held.weeks(0, 26, now, BERLIN)
    found = {one.channel: one.numbers for one in held.counts(life.person, weeks)}
    assert set(found) == {Channel.MAIL, Channel.SMS}
    assert sum(found[Channel.MAIL]) == 3
    assert found[Channel.MAIL][-1] == 1
    for at, span in enumerate(weeks):
        there = held.in_week(life.person, span).filter(channel="mail").count()
        assert there == found[Channel.MAIL][at]


def test_the_picture_has_words_and_a_table_behind_it(life: Life, browser: Browser) -> None:
    for _ in range(3):
        seal_one(life.person, settings.HOME, channel=Channel.SMS)
    text = browser.get("/d/c/0")
    assert 'alt="Text messages: at most 3 a week' in browser.html
    assert "<details>" in browser.html
    assert "Week from" in text
    place = list(Channel).index(Channel.SMS)
    for way in ("p", "q"):
        assert f"/d/{way}/{place}/0" in browser.html
        answer = browser.client.get(f"/d/{way}/{place}/0")
        assert answer["Content-Type"] == "image/svg+xml"
        drawn = ElementTree.fromstring(answer.content)
        assert len(drawn) == 2  # the ground, and one week


@pytest.mark.parametrize("half", ["-1", "x", "99999", "1.5", "²", "1" * 4000])
def test_half_a_year_of_no_form_is_nothing(browser: Browser, half: str) -> None:
    assert browser.client.get(f"/d/c/{half}").status_code == 403
    assert browser.client.get(f"/d/p/0/{half}").status_code == 403


def test_a_day_leads_to_its_week_and_the_week_to_one_of_them(life: Life, browser: Browser) -> None:
    at = life.now - timedelta(days=15)
    one = seal_one(life.person, settings.HOME, at=at)
    browser.get("/d/g")
    browser.post("/d/g", day=at.astimezone(BERLIN).date().isoformat())
    assert f"/d/x/{one.public_id}" in browser.html
    assert browser.at.startswith("/d/w/")


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "20.11.2026"])
def test_what_is_no_day_stays_in_the_field(browser: Browser, day: str) -> None:
    browser.get("/d/g")
    text = browser.post("/d/g", status=422, day=day)
    assert "That is no day." in text
    assert f'value="{day}"' in browser.html


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_far_away_is_an_empty_week(browser: Browser, day: str) -> None:
    browser.get("/d/g")
    assert "Nothing came in this week." in browser.post("/d/g", day=day)


def test_a_full_week_is_shown_in_pieces(life: Life, browser: Browser) -> None:
    now = life.now
    ids = {seal_one(life.person, settings.HOME, at=now).public_id for _ in range(60)}
    seen = set()
    for piece in (0, 1):
        browser.get(f"/d/w/0/{piece}")
        here = {one for one in ids if one in browser.html}
        assert not here & seen
        seen |= here
    assert seen == ids
