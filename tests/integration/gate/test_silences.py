"""The silence after a storm is told by the clock: once, and never because nobody looked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from stillwater.channels.mail.live.account import Role
from stillwater.channels.mail.live.troubles import Trouble
from stillwater.gate import silences, tasks
from stillwater.gate.live import watching
from stillwater.gate.live.mailboxes import WATCHED
from stillwater.gate.models import Mailbox, Notice, WatchedFolder
from stillwater.gate.over_time import OverTime
from stillwater.gate.plans import Plans
from stillwater.plan.form import parse
from tests.integration.gate.conftest import START, Life
from tests.integration.gate.storming import (
    KIM,
    SILENCE,
    STORM,
    TWO,
    YOU,
    StoppedError,
    came,
    contact,
    days,
    kinds,
    live,
    stop,
    storm,
    take,
    told,
)
from tests.support.mailbox import PLAN


def look(life: Life, ahead: float) -> int:
    """The clock's own look, so many days after the beginning."""
    life.clock.at = START + timedelta(days=ahead)
    return silences.look(life.person, life.home, life.machine, life.clock)


def watched_mailbox(life: Life) -> Mailbox:
    """A mailbox, every folder of it looked through just now."""
    now = life.clock.now()
    row = Mailbox.objects.create(
        person=life.person, for_gate=b"", added_at=now, changed_at=now, watch_from=now
    )
    for role in WATCHED:
        WatchedFolder.objects.create(mailbox=row, role=role, seen_at=now)
    return row


def looked_through(row: Mailbox, life: Life) -> None:
    for folder in row.folders.all():
        watching.note_seen(folder, life.clock.now())


def test_silence_after_a_storm_is_told_once_and_names_whose(life: Life) -> None:
    storm(life)
    assert [look(life, ahead) for ahead in (29, 30)] == [0, 0]
    assert [look(life, ahead) for ahead in (31, 31.1, 32, 60)] == [1, 0, 0, 0]
    notice = told(life)[-1]
    assert notice["kinds"] == [SILENCE]
    assert (notice["other"], notice["item"], notice["channel"]) == ("J", None, None)
    assert notice["answers"] == []
    assert "Silence is no all-clear." in notice["text"]
    assert "It is about J." in notice["text"]
    assert Notice.objects.latest("pk").tier == 2


def test_silence_is_told_on_the_day_that_begins_in_the_plans_zone(life: Life) -> None:
    storm(life)
    gap = START + timedelta(days=31)
    midnight = datetime(gap.year, gap.month, gap.day, tzinfo=ZoneInfo("Europe/Berlin"))
    life.clock.at = midnight - timedelta(minutes=1)
    assert silences.look(life.person, life.home, life.machine, life.clock) == 0
    life.clock.at = midnight
    assert silences.look(life.person, life.home, life.machine, life.clock) == 1


def test_no_silence_without_a_storm(life: Life) -> None:
    live(life, *days(*range(0, 28, 5)))
    assert [look(life, ahead) for ahead in range(28, 60)] == [0] * 32


def test_no_silence_is_told_while_a_mailbox_is_in_trouble(life: Life) -> None:
    storm(life)
    row = watched_mailbox(life)
    life.clock.at = START + timedelta(days=32)
    looked_through(row, life)
    inbox = row.folders.get(role=Role.INBOX)
    watching.note_trouble(inbox, Trouble.UNREACHABLE, life.clock.now())
    assert look(life, 32) == 0
    looked_through(row, life)
    assert look(life, 32) == 1


def test_after_a_sleep_silence_waits_until_the_mailbox_was_looked_through(life: Life) -> None:
    storm(life)
    row = watched_mailbox(life)
    assert look(life, 31) == 0  # asleep since: nobody looked
    # What lay there is judged first, and they were not silent at all.
    take(life, START + timedelta(days=30))
    looked_through(row, life)
    assert look(life, 31) == 0
    life.clock.at = START + timedelta(days=33)
    looked_through(row, life)
    assert look(life, 33) == 1


def test_no_silence_is_told_while_something_sealed_was_not_read(life: Life) -> None:
    storm(life)
    life.clock.at = START + timedelta(days=31)
    with life.gate() as intake:
        intake.take_in([came(intake, START + timedelta(days=30))])
    assert look(life, 31) == 0
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert look(life, 31) == 0
    assert look(life, 33) == 1


def test_a_kill_while_silence_is_told_loses_nothing_and_doubles_nothing(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm(life)

    with monkeypatch.context() as patched:
        patched.setattr(OverTime, "save", stop)
        with pytest.raises(StoppedError):
            look(life, 31)
    assert kinds(life) == [[STORM]]
    assert [look(life, 31), look(life, 31.3)] == [1, 0]
    assert kinds(life) == [[STORM], [SILENCE]]


def test_of_two_others_each_silence_is_told(new_life: Callable[..., Life]) -> None:
    """Also where the second falls silent within six hours of the first."""
    life = new_life(plan=PLAN + TWO)
    live(life, *days(*range(0, 28, 5)))
    live(life, *days(*(at + 0.01 for at in range(0, 28, 5))), sender=KIM)
    burst = [28.45 + n / 300 for n in range(12)]
    live(life, *days(*burst))
    live(life, *days(*(at + 1 for at in burst)), sender=KIM)
    assert look(life, 32.35) == 1
    assert look(life, 32.4) == 1  # past midnight in Berlin
    assert [one["other"] for one in told(life) if one["kinds"] == [SILENCE]] == ["J", "K"]


def test_the_silence_of_two_people_is_apart(new_life: Callable[..., Life]) -> None:
    me, you = new_life("me"), new_life("you")
    storm(me)
    assert (look(you, 31), look(me, 31)) == (0, 1)
    assert kinds(you) == []


def test_a_label_that_leaves_the_plan_is_forgotten_and_nobody_else(
    new_life: Callable[..., Life],
) -> None:
    life = new_life(plan=PLAN + TWO)
    storm(life)
    Plans(life.person, life.home, life.machine, life.clock).set(parse(YOU + TWO), life.session())
    assert look(life, 31) == 0
    assert contact(life, "K").began == START.date()


def test_the_worker_looks_for_everybody(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    storm(life)
    life.clock.at = START + timedelta(days=31)
    monkeypatch.setattr("stillwater.gate.tasks.SystemClock", lambda: life.clock)
    monkeypatch.setattr(settings, "HOME", life.home)
    tasks.tell_of_silence.call()
    tasks.tell_of_silence.call()
    assert kinds(life) == [[STORM], [SILENCE]]
