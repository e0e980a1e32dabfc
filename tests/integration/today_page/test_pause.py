"""The deliberate pause: nothing opens by itself, and everything can be taken back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from stillwater.gate.models import Attempt
from stillwater.vault.models import Leaf, Request, Reviewer
from stillwater.web.apps import in_memory
from tests.integration.today_page.conftest import CANARY, PASSPHRASE, Browser, Life
from tests.support.sealed import RAW, seal_one

MAIL = b"""\
From: =?utf-8?q?J=C3=B6rdan?= <jordan@mail.example>
Date: Fri, 20 Nov 2026 14:03:00 +0000
Subject: the kettle
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<p onclick="x()">violet harbour canary <img src="http://tracker.example/a.gif"></p><script>x()</script>
--b
Content-Type: text/html; name="evil.html"
Content-Disposition: attachment; filename="evil\xe2\x80\xae.html"
Content-Transfer-Encoding: base64

PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
--b--
"""


@pytest.fixture
def one(life: Life) -> Attempt:
    life.plan()
    return seal_one(life.person, settings.HOME, raw=MAIL)


def leaves(kind: str) -> list[dict[str, object]]:
    found = (json.loads(bytes(one.data)) for one in Leaf.objects.order_by("pk"))
    return [one for one in found if one["kind"] == kind]


def wait_is_over() -> None:
    Request.objects.update(ready_at=Request.objects.get().asked_at)


def test_it_says_what_the_wait_is_and_why_and_the_other_ways(
    browser: Browser, one: Attempt
) -> None:
    text = browser.get(f"/d/x/{one.public_id}")
    assert "There is a wait of 1 day. You set it on a good day" in text
    for way in ("See the facts", "Call", "Begin the wait", "It cannot wait"):
        assert way in text
    assert not Request.objects.exists()  # looking begins nothing


@pytest.mark.parametrize("has_reviewer", [True, False])
def test_a_reviewer_is_asked_where_there_is_one_and_else_it_says_how_to_have_one(
    life: Life, browser: Browser, one: Attempt, has_reviewer: bool
) -> None:
    if has_reviewer:
        Reviewer.objects.create(person=life.person, recipient="age1", from_at=life.ago(1))
    text = browser.get(f"/d/x/{one.public_id}")
    assert ("Ask my reviewer" in text) is has_reviewer
    assert ("Ask somebody you trust" in text) is not has_reviewer


def test_the_wait_runs_and_is_taken_back_with_one_press(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    text = browser.post(f"/d/x/{one.public_id}/wait")
    assert "1 day more" in text
    assert "Open it now" not in text
    assert "You asked to open" in browser.get("/d/")
    assert "Taken back. It stays sealed." in browser.post(f"/d/x/{one.public_id}/stop")
    assert Request.objects.get().state == Request.State.CANCELLED
    assert "You asked to open" not in browser.get("/d/")


def test_while_it_runs_nothing_opens(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    text = browser.post(f"/d/x/{one.public_id}/open", status=422)
    assert "The wait that you set runs" in text
    assert "--now" not in text
    assert CANARY not in text
    assert leaves("opened") == []
    assert CANARY not in browser.get("/d/o")


def test_without_having_asked_nothing_opens(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="curiosity")
    assert leaves("opened") == []
    assert CANARY not in browser.get("/d/o")


def test_a_wait_outlives_the_lock_and_shows_nothing_meanwhile(
    browser: Browser, one: Attempt
) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    browser.client.post(
        "/out",
        {"csrfmiddlewaretoken": browser.client.cookies["csrftoken"].value},
        headers={"origin": "http://localhost:8123"},
    )
    assert browser.client.get(f"/d/x/{one.public_id}")["Location"] == "/in"
    assert "wait" not in browser.get("/in").lower()
    browser.post("/in", passphrase=PASSPHRASE)
    assert "1 day more" in browser.get(f"/d/x/{one.public_id}")


def test_when_it_is_ready_it_warns_again_and_can_stay_sealed(
    browser: Browser, one: Attempt
) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    wait_is_over()
    assert "The wait is over." in browser.get("/d/")
    text = browser.get(f"/d/x/{one.public_id}")
    assert "You need not look." in text
    assert "Leave it sealed" in text
    assert CANARY not in text
    assert leaves("opened") == []


def test_opened_it_is_plain_text_and_nothing_in_it_runs_or_loads(
    browser: Browser, one: Attempt
) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    wait_is_over()
    text = browser.post(f"/d/x/{one.public_id}/open")
    assert browser.at == "/d/o"
    assert CANARY in text
    assert "Jördan <jordan@mail.example>" in text
    assert "tracker.example" not in browser.html
    assert "onclick" not in browser.html
    (leaf,) = leaves("opened")
    assert (leaf["item"], leaf["reason"]) == (one.item.public_id, "waited")


@pytest.mark.parametrize("reason", ["danger", "court", "child", "officer"])
def test_a_reason_ends_the_wait_with_one_press_and_is_on_record(
    browser: Browser, one: Attempt, reason: str
) -> None:
    browser.get(f"/d/x/{one.public_id}")
    assert CANARY in browser.post(f"/d/x/{one.public_id}/open", reason=reason)
    assert [leaf["reason"] for leaf in leaves("opened")] == [reason]
    assert Request.objects.get().ended_by == reason


def test_the_leaf_is_there_before_any_plaintext(
    browser: Browser, one: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    from stillwater.vault.keys import Session

    whole = Session.open_item_to

    def looks(self: Session, *given: object, **named: object) -> None:
        seen.append(len(leaves("opened")))
        whole(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "open_item_to", looks)
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    assert seen
    assert 0 not in seen


def test_a_sealed_file_that_was_changed_uses_up_no_wait_and_shows_nothing(
    browser: Browser, one: Attempt
) -> None:
    (path,) = Path(settings.HOME.vault / one.person.public_id).rglob(f"{one.item.public_id}.age")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    browser.get(f"/d/x/{one.public_id}")
    text = browser.post(f"/d/x/{one.public_id}/open", status=422, reason="danger")
    assert "was changed" in text
    assert leaves("opened") == []


def test_closing_leads_away_and_it_is_shut(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    browser.post("/d/o/close")
    assert browser.at == "/b/"
    assert CANARY not in browser.get("/d/o")
    assert browser.at == "/d/"
    assert browser.client.get("/d/o/all").status_code == 403


@pytest.mark.parametrize("minutes", [9, 11, -1])
def test_it_shuts_by_itself(life: Life, browser: Browser, one: Attempt, minutes: int) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    (unlocked,) = in_memory().unlocked.of(life.person.pk)
    assert unlocked.showing is not None
    opened = unlocked.showing.until - timedelta(minutes=10)
    moved = opened - timedelta(minutes=minutes)
    unlocked.showing = type(unlocked.showing)(one.public_id, moved + timedelta(minutes=10))
    assert (CANARY in browser.get("/d/o")) is (minutes == 9)


def test_signing_in_anew_finds_it_shut(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    browser.get("/in")
    browser.post("/in", passphrase=PASSPHRASE)
    assert CANARY not in browser.get("/d/o")


def test_attachments_are_listed_and_come_as_bytes_alone(browser: Browser, one: Attempt) -> None:
    browser.get(f"/d/x/{one.public_id}")
    text = browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    assert r"evil\u202e.html" in text
    answer = browser.client.get("/d/o/1")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="attachment-1.bin"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    whole = browser.client.get("/d/o/all")
    assert whole.content == MAIL
    assert whole["Content-Type"] == "application/octet-stream"
    for number in ("0", "2", "x", "-1", "²", "9" * 4000):
        assert browser.client.get(f"/d/o/{number}").status_code == 403


def test_what_is_no_mail_is_shown_as_text(life: Life, browser: Browser) -> None:
    from stillwater.core.words import Channel

    one = seal_one(life.person, settings.HOME, raw=b"<b>hi</b>\x1b[31m", channel=Channel.SMS)
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/open", reason="danger")
    assert "&lt;b&gt;hi&lt;/b&gt;\\x1b[31m" in browser.html


def test_asking_the_reviewer_takes_back_the_wait(
    life: Life, browser: Browser, one: Attempt
) -> None:
    Reviewer.objects.create(person=life.person, recipient="age1", from_at=life.ago(1))
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    assert "Your reviewer is asked" in browser.post(f"/d/x/{one.public_id}/ask")
    assert Attempt.objects.get(pk=one.pk).wants_review
    assert Request.objects.get().state == Request.State.CANCELLED


def test_asking_where_nobody_is_there_leaves_the_wait_running(
    browser: Browser, one: Attempt
) -> None:
    browser.get(f"/d/x/{one.public_id}")
    browser.post(f"/d/x/{one.public_id}/wait")
    assert "It waits for one" in browser.post(f"/d/x/{one.public_id}/ask")
    assert Request.objects.get().state == Request.State.WAITING


def test_facts_are_ours_and_names_stand_only_where_the_gate_lets_them(
    life: Life, browser: Browser
) -> None:
    facts = [
        {"kind": "date", "value": "2026-11-27", "need": None},
        {"kind": "place", "value": "the violet harbour canary", "need": None},
    ]
    reading = {
        "version": 1,
        "reading": {"danger": ["weapon"], "facts": facts},
        "decision": {"shown": None},
    }
    one = seal_one(life.person, settings.HOME, raw=RAW, reading=reading)
    text = browser.get(f"/d/x/{one.public_id}/facts")
    assert "weapons" in text
    assert "Friday, 27 November 2026" in text
    assert CANARY not in text


def test_what_no_machine_read_is_said_so(browser: Browser, one: Attempt) -> None:
    assert "No machine has read it." in browser.get(f"/d/x/{one.public_id}/facts")


def test_what_left_is_not_opened_here(life: Life, browser: Browser) -> None:
    sent = seal_one(life.person, settings.HOME, direction="out")
    assert browser.client.get(f"/d/x/{sent.public_id}").status_code == 403
