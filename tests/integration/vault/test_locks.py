"""The person's lock: one at a time, and a killed process leaves none behind."""

import os
import signal

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
