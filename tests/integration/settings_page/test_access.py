"""The record of access: who did what, newest first, without any content, in a bounded time."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from stillwater.core.clock import SystemClock
from stillwater.gate import access, keeping
from stillwater.gate.access import Place, entries_before
from stillwater.vault import ledger
from tests.integration.settings_page.conftest import Living, mail

pytestmark = pytest.mark.django_db(transaction=True)
SALT = "ab" * 16


def write(living: Living, *leaves: dict[str, object]) -> None:
    clock = SystemClock()
    with transaction.atomic():
        ledger.write(living.person, leaves, home=living.home, clock=clock)
    ledger.pin(living.home, living.person)


def at(minutes: int) -> str:
    return ledger.moment(datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        (
            {"kind": "opened", "item": "a", "reason": "waited"},
            "You opened something that was held. After the wait.",
        ),
        ({"kind": "opened", "item": "a", "reason": "court"}, "At once: for a court."),
        ({"kind": "opened", "item": "a", "reason": "review", "who": "f" * 32}, "A reviewer opened"),
        (
            {"kind": "opened", "item": "a", "reason": "review", "by": "reviewer"},
            "A reviewer opened",
        ),
        ({"kind": "opened", "item": "a", "reason": "waited", "by": "person"}, "You opened"),
        (
            {"kind": "exported", "items": 3, "salt": SALT, "about": "x", "reason": "waited"},
            "You exported evidence: 3 items.",
        ),
        ({"kind": "exported", "items": 1, "salt": SALT, "about": "x"}, "1 item."),
        (
            {"kind": "loosened", "what": "waits", "opening_wait": 3600, "loosening_delay": 86400},
            "Before an opening: 1 hour. Before a loosening: 1 day.",
        ),
        ({"kind": "loosened", "what": "else"}, "Something was loosened"),
        ({"kind": "plan", "change": "loosened"}, "You loosened your plan."),
        ({"kind": "plan", "change": "withdrawn"}, "You took back a change of your plan."),
        ({"kind": "mailbox_added"}, "A mailbox began to be watched."),
        ({"kind": "feedback", "says": "relay"}, "they carry word"),
        ({"kind": "authorship", "says": "not_written_by_me"}, "not written by you"),
        ({"kind": "discarded"}, "was discarded"),
        ({"kind": "removal", "change": "asked"}, "You asked for everything to be removed."),
        ({"kind": "of_a_later_version"}, "Written down: of a later version."),
        ({"kind": "opened"}, "You opened"),
        ({}, "Written down"),
    ],
)
def test_every_entry_is_a_plain_sentence(
    living: Living, leaf: dict[str, object], said: str
) -> None:
    write(living, {"at": at(0), **leaf})
    assert said in living.browser.get("/j/").text


def test_what_was_only_sealed_is_no_access(living: Living) -> None:
    living.plan()
    living.vault.take([mail(1), mail(2)])
    text = living.browser.get("/j/").text
    assert "You made your plan." in text
    assert "Your record began." in text
    assert "message" not in text


def test_an_export_about_somebody_of_the_plan_says_about_whom(living: Living) -> None:
    living.plan()
    other = living.vault.other
    from stillwater.gate.exports import exported_leaf

    write(living, exported_leaf(other, 2, "age1x", clock=SystemClock()))
    assert "You exported evidence about J: 2 items." in living.browser.get("/j/").text


def test_the_newest_comes_first_and_the_rest_is_a_page_away(living: Living) -> None:
    write(living, *({"kind": "mailbox_added", "at": at(n)} for n in range(90)))
    found, place = [], None
    for _ in range(10):
        page = entries_before(living.person, place)
        assert len(page.entries) <= access.AT_ONCE
        found += [one.fields["at"] for one in page.entries if one.kind == "mailbox_added"]
        place = page.earlier
        if place is None:
            break
    assert found == [at(n) for n in reversed(range(90))]
    first = living.browser.get("/j/")
    (earlier,) = [one for one in first.addresses if "before=" in one]
    assert "Back to the newest" in living.browser.get(earlier).text


def test_several_logs_are_one_record(living: Living) -> None:
    write(living, {"kind": "mailbox_added", "at": at(1)})
    keeping.begin_again(living.person, "", "restored", home=living.home, clock=SystemClock())
    write(living, {"kind": "mailbox_removed", "at": at(2)})
    kinds = [one.kind for one in entries_before(living.person, None).entries]
    assert kinds == ["mailbox_removed", "log_started", "mailbox_added", "log_started"]


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 100])
def test_nothing_is_left_out_between_two_pages(
    living: Living, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(access, "AT_ONCE", at_once)
    living.plan()
    for n in range(3):
        living.vault.take([mail(n), mail(n + 10)])
        write(living, {"kind": "mailbox_added", "at": at(n)})
    found, place = [], None
    for _ in range(100):
        part = entries_before(living.person, place)
        found += [one.kind for one in part.entries]
        place = part.earlier
        if place is None:
            break
    assert found == ["mailbox_added"] * 3 + ["plan", "log_started"]


def test_however_long_the_ledger_only_the_index_is_read(living: Living) -> None:
    """A hundred thousand attempts between two openings are not looked at."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever index it has")
    with CaptureQueriesContext(connection) as asked:
        living.browser.get("/j/")
    (query,) = [one["sql"] for one in asked if '"data"' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "USING INDEX vault_leaf_access" in plan
    assert "TEMP B-TREE" not in plan


def test_anothers_record_is_not_there(new_living, living: Living) -> None:
    robin = new_living("Robin")
    write(robin, {"kind": "discarded", "at": at(0)})
    assert "discarded" not in living.browser.get("/j/").text
    assert "discarded" in robin.browser.get("/j/").text


@given(some.text())
def test_a_place_of_no_form_is_the_beginning(untrusted: str) -> None:
    place = Place.read(untrusted)
    assert place is None or Place.read(str(place)) == place


@pytest.mark.parametrize("before", ["1.0", "0.0", "999999999999.999999999999", "-1.5", "1.٣", "x"])
def test_any_place_can_be_asked_for(living: Living, before: str) -> None:
    assert living.browser.client.get("/j/", {"before": before}).status_code == 200


def test_a_time_of_no_form_is_no_time(living: Living) -> None:
    write(living, {"kind": "discarded", "at": json.dumps({"x": 1})})
    assert "Of an unknown day" in living.browser.get("/j/").text
