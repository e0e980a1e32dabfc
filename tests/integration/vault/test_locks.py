"""The person's lock: one at a time, and a killed process leaves none behind."""

import os
import signal
import threading

import pytest

from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.people.models import Person
from stillwater.vault.locks import person_lock

ONE, TWO = Person(public_id="1" * 32), Person(public_id="2" * 32)


def busy(home: Home, person: Person) -> bool:
    try:
        with person_lock(home, person):
            return False
    except UserError as error:
        return error.exit_code is ExitCode.NOT_NOW and bool(error.next_step)


def test_only_one_has_it(home: Home) -> None:
    with person_lock(home, ONE):
        assert busy(home, ONE)
        assert not busy(home, TWO)
    assert not busy(home, ONE)


def test_it_is_given_back_whatever_happens(home: Home) -> None:
    with pytest.raises(ZeroDivisionError), person_lock(home, ONE):
        _ = 1 / 0
    assert not busy(home, ONE)


def test_a_killed_process_leaves_none_behind(home: Home) -> None:
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with person_lock(home, ONE):
            os.write(tell, b"x")
            signal.pause()
    os.read(ready, 1)
    assert busy(home, ONE)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with person_lock(home, ONE, wait=True):
        assert busy(home, ONE)
    os.close(ready)
    os.close(tell)


def test_whoever_waits_for_a_while_stands_in_the_queue_and_then_goes(home: Home) -> None:
    """So that a long work gives way to a page, and no page waits for ever."""
    refused: list[ExitCode] = []

    def come() -> None:
        try:
            with person_lock(home, ONE, wait=0.5):
                pass
        except UserError as error:
            refused.append(error.exit_code)

    with person_lock(home, ONE) as held:
        waiting = threading.Thread(target=come)
        waiting.start()
        seen = False
        while waiting.is_alive():
            seen = seen or held.is_wanted()
        waiting.join()
        assert seen
        assert refused == [ExitCode.NOT_NOW]
        assert not held.is_wanted()
    come()
    assert refused == [ExitCode.NOT_NOW]  # free again: it had it


def test_whoever_waits_for_a_while_is_given_way_to(home: Home) -> None:
    had: list[bool] = []

    def come() -> None:
        with person_lock(home, ONE, wait=20.0):
            had.append(True)

    with person_lock(home, ONE) as held:
        waiting = threading.Thread(target=come)
        waiting.start()
        while not held.is_wanted():
            pass
        held.give_way()
        assert had == [True]
    waiting.join()
