"""The worker: bells, the queue behind them, and what a broken task leaves."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from stillwater.core.clock import SetClock
from stillwater.gate import tasks
from stillwater.workers.worker import Bell, Rounds, forget_old_rings, rounds

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Rung:
    """Counts how often a bell was rung."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def test_a_bell_rings_at_the_start_and_then_every_so_often() -> None:
    rung = Rung()
    bell = Bell(rung, every=HOUR)
    heard = []
    for minutes in (0, 1, 59, 60, 61, 119, 120):
        bell.ring_if_due(NOW + timedelta(minutes=minutes), NOW)
        heard.append(rung.times)
    assert heard == [1, 1, 1, 2, 2, 2, 3]


def test_a_bell_after_a_long_sleep_rings_once() -> None:
    rung = Rung()
    bell = Bell(rung, every=HOUR)
    bell.ring_if_due(NOW, NOW)
    bell.ring_if_due(NOW + timedelta(days=3), NOW)
    bell.ring_if_due(NOW + timedelta(days=3, minutes=1), NOW)
    assert rung.times == 2


def test_a_clock_set_back_does_not_silence_a_bell() -> None:
    rung = Rung()
    bell = Bell(rung, every=HOUR)
    bell.ring_if_due(NOW, NOW)
    bell.ring_if_due(NOW - timedelta(days=365), NOW)
    assert rung.times == 2
    bell.ring_if_due(NOW - timedelta(days=365) + HOUR, NOW)
    assert rung.times == 3


def test_a_bell_that_wants_the_machine_awake_waits_after_a_sleep() -> None:
    rung = Rung()
    clock = SetClock(NOW)
    work = Rounds((Bell(rung, every=HOUR, awake_for=timedelta(minutes=10)),), clock)
    heard = []
    # Awake from the start, asleep from 15 to 60, awake again.
    for minute in [*range(16), *range(60, 73)]:
        clock.at = NOW + timedelta(minutes=minute)
        work.awake()
        heard.append((minute, rung.times))
        for bell in work.bells:
            bell.last = bell.last and clock.now() - 2 * HOUR  # due whenever it may be
            bell.ring_if_due(clock.now(), work.awake_since)
    assert {minute for (minute, before), (_, after) in pairwise(heard) if after > before} == {
        *range(10, 16),
        *range(70, 72),
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_rung_is_done_in_the_same_round() -> None:
    settings.HOME.prepare()  # as whatever starts the worker has done
    done = rounds(SetClock(NOW))
    done.go_once()
    kinds = DBTaskResult.objects.values_list("task_path", "status")
    assert set(kinds) == {
        ("stillwater.gate.tasks.sweep_and_recover", "SUCCESSFUL"),
        ("stillwater.gate.tasks.clear_outgoing", "SUCCESSFUL"),
        ("stillwater.gate.tasks.let_reviewers_begin", "SUCCESSFUL"),
        ("stillwater.gate.tasks.self_check", "SUCCESSFUL"),
    }
    done.go_once()
    assert DBTaskResult.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_task_that_breaks_leaves_its_kind_and_not_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks() -> None:
        raise ValueError("what the other wrote")

    quiet = Rounds((), SetClock(NOW))
    rounds(SetClock(NOW))  # connects what keeps the words out
    monkeypatch.setattr(type(tasks.self_check), "call", lambda *_: breaks())
    tasks.self_check.enqueue()
    quiet.go_once()
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.exception_class_path == "builtins.ValueError"
    assert "other wrote" not in str(DBTaskResult.objects.values())


@pytest.mark.django_db
def test_rings_of_long_ago_are_forgotten_even_those_whose_worker_was_killed() -> None:
    tasks.self_check.enqueue()
    DBTaskResult.objects.update(status="RUNNING")
    at = DBTaskResult.objects.get().enqueued_at
    forget_old_rings(SetClock(at + timedelta(hours=23)))
    assert DBTaskResult.objects.count() == 1
    forget_old_rings(SetClock(at + timedelta(hours=25)))
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_stopping_ends_a_wait_at_once() -> None:
    with pytest.raises(SystemExit) as ended:
        Rounds((), SetClock(NOW)).stop()
    assert ended.value.code == 0


@pytest.mark.django_db(transaction=True)
def test_stopping_finishes_the_task_at_hand_and_begins_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = Rounds((), SetClock(NOW))
    monkeypatch.setattr(type(tasks.self_check), "call", lambda *_: work.stop())
    tasks.self_check.enqueue()
    tasks.self_check.enqueue()
    work.run()  # comes back
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
