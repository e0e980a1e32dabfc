"""The group: what ends is started again, ever more slowly; stopping ends all of it."""

import os
import queue
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillwater.workers.supervisor import BackOff, Group, Member

PATIENCE = 60  # seconds
AT_ONCE = BackOff(first=0.01, most=0.02)

WAITS = "import sys\nprint('ready', flush=True)\nsys.stdin.read()\n"
ENDS = "print('ready', flush=True)\n"
DEAF = "import signal, sys\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + WAITS

Starter = Callable[..., "tuple[Group, queue.SimpleQueue[str]]"]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Starter]:
    """Starts a group of small programs given as text, one member each."""
    groups = []

    def start(back_off: BackOff = AT_ONCE, **programs: str) -> tuple[Group, queue.SimpleQueue[str]]:
        for name, text in programs.items():
            (tmp_path / f"{name}.py").write_text(text)
        told: queue.SimpleQueue[str] = queue.SimpleQueue()
        group = Group(
            members=[Member(name, name, says_ready=True) for name in programs],
            environment={**os.environ, "PYTHONPATH": str(tmp_path)},
            back_off=back_off,
            on_ready=told.put,
        )
        groups.append(group)
        group.start()
        return group, told

    yield start
    for group in groups:
        group.stop()


def test_all_members_are_started(started: Starter) -> None:
    group, told = started(one=WAITS, two=WAITS)
    assert {told.get(timeout=PATIENCE) for _ in range(2)} == {"one", "two"}
    assert set(group.pids()) == {"one", "two"}


def test_a_member_that_ends_is_started_again_and_again(started: Starter) -> None:
    _, told = started(one=ENDS)
    assert [told.get(timeout=PATIENCE) for _ in range(4)] == ["one"] * 4


def test_one_that_ends_leaves_the_others_alone(started: Starter) -> None:
    group, told = started(steady=WAITS, weak=ENDS)
    seen = [told.get(timeout=PATIENCE) for _ in range(4)]
    assert seen.count("steady") == 1
    assert "steady" in group.pids()


def test_stopping_ends_every_member(started: Starter) -> None:
    group, told = started(one=WAITS, two=WAITS, weak=ENDS)
    for _ in range(3):
        told.get(timeout=PATIENCE)
    pids = group.pids().values()
    group.stop()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_member_that_does_not_hear_is_ended_all_the_same(
    started: Starter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stillwater.workers.supervisor.STOP_PATIENCE", 0.1)
    group, told = started(deaf=DEAF)
    told.get(timeout=PATIENCE)
    (pid,) = group.pids().values()
    group.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_stopping_while_a_member_waits_to_be_started_again_does_not_wait(
    started: Starter,
) -> None:
    group, told = started(BackOff(first=3600, most=3600), weak=ENDS)
    told.get(timeout=PATIENCE)
    group.stop()  # the test's own time limit would be an hour


def test_members_run_without_the_folder_one_stands_in(
    started: Starter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file named like a module, in the folder where somebody types, is not run."""
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "json.py").write_text("raise SystemExit('trapped')")
    monkeypatch.chdir(trap)
    _, told = started(one="import json\n" + WAITS)
    assert told.get(timeout=PATIENCE) == "one"
    assert "" not in sys.path[:0]


@given(st.lists(st.floats(0, 59), min_size=1, max_size=40))
def test_pauses_grow_to_a_bound(lives: list[float]) -> None:
    rule = BackOff()
    pauses = rule.pauses()
    waited = [pauses.after(lived) for lived in lives]
    assert waited[0] == rule.first
    assert waited == sorted(waited)
    assert max(waited) <= rule.most


def test_a_long_life_starts_the_pauses_anew() -> None:
    pauses = BackOff().pauses()
    for _ in range(10):
        pauses.after(0)
    assert pauses.after(60) == BackOff().first
