"""Name, language, time, locking and leaving: what is chosen holds at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from stillwater.people.models import Settings
from stillwater.vault.keys import keyring_of
from stillwater.vault.models import Request
from stillwater.web.apps import in_memory
from tests.integration.settings_page.conftest import HOST, PASSPHRASE, Living

pytestmark = pytest.mark.django_db(transaction=True)
DAY, HOUR = 86400, 3600


def html(living: Living, path: str) -> str:
    return living.browser.client.get(path).content.decode()


def test_the_name_stands_in_the_title_and_gives_nothing_away(living: Living) -> None:
    form = {"name": "Recipes", "language": "en", "timezone": ""}
    assert living.file("/k/a", **form).status_code == 302
    assert "<title>Recipes</title>" in html(living, "/k/")
    # Also at the lock: where one lives, it is theirs.
    assert "<title>Recipes</title>" in html(living, "/in")


def test_the_language_stands_in_the_page(living: Living) -> None:
    assert '<html lang="en">' in html(living, "/k/")
    living.file("/k/a", name="", language="de", timezone="")
    assert '<html lang="de">' in html(living, "/k/")


def test_times_are_shown_in_the_chosen_zone(living: Living) -> None:
    living.file("/k/a", name="", language="en", timezone="Asia/Kathmandu")
    (one,) = in_memory().unlocked.of(living.person.pk)
    one.since = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
    assert "10 January, 17:45" in html(living, "/k/f")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "fr"),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../etc/passwd"),
        ("name", "x" * 41),
        ("name", "a\x00b"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(living: Living, field: str, value: str) -> None:
    form = {"name": "", "language": "en", "timezone": "", field: value}
    assert living.file("/k/a", **form).status_code == 422
    assert not Settings.objects.exists()


def test_the_lock_time_holds_for_whoever_is_signed_in_already(living: Living) -> None:
    living.browser.get("/k/b")
    living.browser.post("/k/b", minutes="2", where="here", target="")
    (one,) = in_memory().unlocked.of(living.person.pk)
    assert one.idle == timedelta(minutes=2)
    one.seen_at -= timedelta(minutes=3)
    assert living.browser.client.get("/k/").headers["Location"] == "/in"


def test_whoever_sits_at_the_open_page_can_only_make_it_safer(living: Living) -> None:
    for form in (
        {"minutes": "6", "where": "here"},
        {"minutes": "5", "where": "elsewhere", "target": "https://theirs.example/"},
    ):
        assert living.file("/k/b", **form).status_code == 422
        assert living.file("/k/b", **form, passphrase="not this one").status_code == 422
    assert not Settings.objects.exists()
    assert living.file("/k/b", minutes="1", where="here").status_code == 302
    assert living.file("/k/b", minutes="5", where="here").status_code == 422
    assert living.file("/k/b", minutes="5", where="here", passphrase=PASSPHRASE).status_code == 302


@pytest.mark.parametrize("minutes", ["0", "31", "-1", "", "five", "²", "1e1"])
def test_the_lock_closes_after_one_to_thirty_minutes(living: Living, minutes: str) -> None:
    assert living.file("/k/b", minutes=minutes, where="here").status_code == 422


@pytest.mark.parametrize(
    "target",
    [
        "http://weather.example/",
        "javascript:alert(1)",
        "https://localhost/",
        "https://me@weather.example/",
        "https://weather.example:8000/",
        "https://weather.example/ x",
        'https://weather.example/"x',
        "https://[",
        "//weather.example",
        "",
        "https://weather.example/" + "a" * 200,
    ],
)
def test_only_a_whole_https_address_can_be_left_to(living: Living, target: str) -> None:
    answer = living.file("/k/b", minutes="5", where="elsewhere", target=target)
    assert answer.status_code == 422
    assert not Settings.objects.exists()


def left(living: Living) -> tuple[str, str]:
    """Where the answer to *Leave quickly* leads, and the page there."""
    answer = living.file("/leave", any="thing")
    assert answer.status_code == 303
    return answer.headers["Location"], living.browser.client.get("/away").content.decode()


def test_leaving_goes_by_the_calendar_to_the_chosen_site(living: Living) -> None:
    """A form of ours may not be answered with another origin: the calendar leads on."""
    living.file(
        "/k/b",
        minutes="5",
        where="elsewhere",
        target="https://weather.example/?a&b",
        passphrase=PASSPHRASE,
    )
    assert 'data-target="https://weather.example/?a&amp;b"' in html(living, "/k/")
    location, away = left(living)
    assert location == "/away"
    assert '<meta http-equiv="refresh" content="0;url=https://weather.example/?a&amp;b">' in away
    # Once: whoever looks at the calendar later stays there.
    assert "refresh" not in html(living, "/away")
    assert living.browser.client.get("/k/").headers["Location"] == "/in"


def test_the_chosen_site_holds_at_the_lock_too(living: Living) -> None:
    living.file(
        "/k/b",
        minutes="5",
        where="elsewhere",
        target="https://weather.example/",
        passphrase=PASSPHRASE,
    )
    living.file("/out", any="thing")
    assert "https://weather.example/" in html(living, "/in")
    assert "weather" in left(living)[1]


def test_whoever_did_not_come_by_a_link_learns_no_address(living: Living) -> None:
    living.file(
        "/k/b",
        minutes="5",
        where="elsewhere",
        target="https://weather.example/",
        passphrase=PASSPHRASE,
    )
    stranger = Client(headers={"host": HOST})
    for path in ("/", "/away", "/k/"):
        assert b"weather" not in stranger.get(path).content


def test_where_nothing_is_chosen_the_calendar_stays(living: Living) -> None:
    assert "data-target" not in html(living, "/k/")
    assert "refresh" not in left(living)[1]


def waits(living: Living, opening: int, delay: int, **more: str) -> Any:
    return living.file("/k/c", opening=str(opening), delay=str(delay), **more)


def test_a_longer_wait_holds_at_once_and_needs_no_passphrase(living: Living) -> None:
    assert waits(living, 3 * DAY, DAY).status_code == 302
    keyring = keyring_of(living.person)
    assert keyring.opening_wait == timedelta(days=3)
    assert not Request.objects.exists()


def test_a_shorter_wait_needs_the_passphrase_and_waits(living: Living) -> None:
    assert waits(living, HOUR, DAY).status_code == 422
    assert waits(living, HOUR, DAY, passphrase="wrong horse").status_code == 422
    assert not Request.objects.exists()
    assert waits(living, HOUR, DAY, passphrase=PASSPHRASE).status_code == 302
    assert keyring_of(living.person).opening_wait == timedelta(days=1)
    assert "before an opening 1 hour" in living.browser.get("/k/c").text
    living.wait_is_over("settings")
    living.browser.get("/k/c")
    assert keyring_of(living.person).opening_wait == timedelta(hours=1)


def test_shorter_waits_can_be_taken_back(living: Living) -> None:
    waits(living, HOUR, DAY, passphrase=PASSPHRASE)
    assert "Taken back" in living.browser.post("/k/c/keep").text
    living.wait_is_over("settings")
    living.browser.get("/k/c")
    assert keyring_of(living.person).opening_wait == timedelta(days=1)


def test_no_other_wait_can_be_sent(living: Living) -> None:
    assert waits(living, 1, DAY, passphrase=PASSPHRASE).status_code == 422
