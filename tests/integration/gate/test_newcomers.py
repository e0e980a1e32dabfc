"""A flood of new senders: a few questions, then one notice for all; danger is never in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from stillwater.gate import feedback, questions, telling
from stillwater.gate.models import Notice
from stillwater.gate.newcomers import MOST_ALONE
from stillwater.gate.signals.outgoing import Post
from stillwater.gate.signals.ways import Ways
from stillwater.gate.standing import of, sealed_notices
from stillwater.gate.told import told_to
from stillwater.vault.keys import Session
from stillwater.vault.models import Item
from stillwater.web.apps import in_memory
from stillwater.web.needs.told import MOST_OPENED
from tests.integration.gate.conftest import Life
from tests.integration.mail_page.conftest import Browser
from tests.integration.signals.conftest import PHONE, InMemory
from tests.support.mailbox import PLAN, mail

QUESTION = "Why did you block me? It is me."
THREAT = "I will kill you. I know where you live."
Asks = Notice.Asks


def forged(number: int) -> str:
    return f"new.{number}@elsewhere.example"


def flood(life: Life, first: int, last: int) -> None:
    """So many new senders, each with a question of their own."""
    mails = [mail(forged(one), QUESTION, number=one) for one in range(first, last)]
    assert life.take(*mails).asked == len(mails)


def told(life: Life) -> list[Notice]:
    return list(told_to(life.person, life.machine, life.clock.now()).order_by("pk"))


@pytest.fixture
def browser(life: Life, settings: Any) -> Browser:
    settings.HOME = life.home
    in_memory().ready()
    return Browser(life.home)


def test_five_hundred_forged_senders_ring_a_few_times_and_slow_no_page(
    life: Life, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = InMemory()
    Ways(life.person, life.home, life.machine, life.clock, transport).add(PHONE)
    for first in range(0, 500, 50):
        flood(life, first, first + 50)
        life.clock.at += timedelta(minutes=20)
        Post(life.machine, life.clock, transport).go_round()
    assert Notice.objects.count() == 500 + 1
    assert len(told(life)) == MOST_ALONE + 1
    assert len(transport.sent) <= MOST_ALONE + 1
    # Nothing is lost: each is a question that can be answered.
    assert Notice.objects.filter(asks=Asks.SILENT).count() == 500 - MOST_ALONE
    # Danger among them is told by itself, at once.
    rung = len(transport.sent)
    life.take(mail(forged(7), THREAT, number=900), mail(forged(900), THREAT, number=901))
    Post(life.machine, life.clock, transport).go_round()
    assert len(transport.sent) == rung + 1
    assert any(one.tier == 1 for one in told(life))
    # And Today opens no more than it has to.
    opened: list[bytes] = []
    opens = Session.open_private
    browser.sign_in()
    monkeypatch.setattr(
        Session, "open_private", lambda self, blob: opened.append(blob) or opens(self, blob)
    )
    page = browser.get("/b/")
    assert "Several new senders wrote" in page.text
    assert "threat" in page.text
    assert len(opened) <= MOST_OPENED + 5


def test_pages_open_a_bounded_number_and_say_that_there_is_more(
    life: Life, browser: Browser
) -> None:
    for number in range(MOST_OPENED + 5):
        at = life.clock.now() + timedelta(seconds=number)
        telling.tell(life.person, at, "Something of ours.", ["new_reviewer"])
    life.take(mail(forged(1), THREAT, number=1))
    browser.sign_in()
    for path in ("/b/", "/l/"):
        text = browser.get(path).text
        assert "There is more. It comes up as you see these." in text
        assert "threat" in text, "danger is among those that are opened, however old"
    Notice.objects.filter(tier=0).update(acknowledged_at=life.clock.now())
    assert "There is more" not in browser.get("/l/").text


def test_a_few_are_asked_about_one_by_one(life: Life) -> None:
    flood(life, 0, MOST_ALONE)
    assert [one.asks for one in told(life)] == [Asks.ALONE] * MOST_ALONE
    flood(life, MOST_ALONE, MOST_ALONE + 1)
    assert [one.asks for one in told(life)] == [Asks.ALONE] * MOST_ALONE + [Asks.SEVERAL]


def test_the_next_day_begins_anew(life: Life) -> None:
    flood(life, 0, 10)
    life.clock.at += timedelta(days=1)
    flood(life, 10, 20)
    assert [one.asks for one in told(life)].count(Asks.ALONE) == 2 * MOST_ALONE
    assert [one.asks for one in told(life)].count(Asks.SEVERAL) == 2


def test_a_clock_that_was_set_back_hides_nothing(life: Life) -> None:
    flood(life, 0, 10)
    life.clock.at -= timedelta(days=300)
    flood(life, 10, 12)
    assert [one.asks for one in told(life)].count(Asks.ALONE) == MOST_ALONE + 2


def test_seen_it_comes_up_again_with_the_next_one_and_rings_no_more(life: Life) -> None:
    transport = InMemory()
    Ways(life.person, life.home, life.machine, life.clock, transport).add(PHONE)
    flood(life, 0, 10)
    Post(life.machine, life.clock, transport).go_round()
    Notice.objects.exclude(asks=Asks.SILENT).update(acknowledged_at=life.clock.now())
    assert not of(life.home, life.person, life.clock).something_needs_you
    life.clock.at += timedelta(hours=1)
    flood(life, 10, 11)
    assert of(life.home, life.person, life.clock).something_needs_you
    rung = len(transport.sent)
    Post(life.machine, life.clock, transport).go_round()
    assert len(transport.sent) == rung


def test_each_of_them_can_be_answered_and_with_the_last_the_notice_is_gone(life: Life) -> None:
    flood(life, 0, MOST_ALONE + 2)
    session = life.session()
    asked = questions.open_questions(session)
    assert len(asked) == MOST_ALONE + 2
    assert not questions.are_more(session)
    for one in asked:
        item = Item.objects.get(public_id=one.item)
        feedback.say(session, item, "not_theirs", home=life.home, clock=life.clock)
    assert told(life) == []


def test_the_page_says_that_more_are_asked_about_than_it_shows(
    life: Life, browser: Browser
) -> None:
    flood(life, 0, questions.MOST + 1)
    browser.sign_in()
    text = browser.get("/g/").text
    assert text.count("Somebody new may be J.") == questions.MOST
    assert "There is more. It comes up as you answer these." in text


def test_a_terminal_shows_the_newest_of_those_as_well(life: Life) -> None:
    flood(life, 0, 40)
    assert MOST_ALONE + 1 < len(sealed_notices(life.home, life.person, life.clock)) < 30


def test_a_child_is_asked_about_by_itself_and_its_look_alikes_together(
    new_life: Callable[..., Life],
) -> None:
    child = 'children = [{ name = "Mia", handles = ["mia@mail.example"] }]\n\n[[wanted]]'
    life = new_life(plan=PLAN.replace("[[wanted]]", child))
    flood(life, 0, 10)
    alike = [mail(f"mia+{one}@mail.example", "hello", number=one) for one in range(50)]
    assert life.take(*alike).asked == 50
    assert [one.asks for one in told(life)].count(Asks.NOT) == 1
