"""A wrong password is tried by one thread, and seldom."""

import threading

import pytest

from stillwater.channels.mail.live.troubles import MailError, Trouble
from stillwater.workers.door import PAUSES, Door

HOUR = 3600.0


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def refuse(trouble: Trouble) -> None:
    raise MailError(trouble)


def tries_within(seconds: float, trouble: Trouble) -> int:
    """How often a server is asked by four threads that come back every minute."""
    clock = Hands()
    door = Door(clock)
    asked: list[Trouble] = []
    while clock.now < seconds:
        for _ in range(4):
            with pytest.raises(MailError) as told:
                come_in(door, trouble, asked)
            assert told.value.trouble is trouble
        clock.now += 60
    return len(asked)


def come_in(door: Door, trouble: Trouble, asked: list[Trouble]) -> None:
    with door.knock():
        asked.append(trouble)
        refuse(trouble)


@pytest.mark.parametrize("trouble", [Trouble.PASSWORD, Trouble.TOKEN])
def test_a_wrong_password_is_tried_a_few_times_an_hour(trouble: Trouble) -> None:
    assert 2 <= tries_within(HOUR, trouble) <= 8


def test_a_server_that_is_away_is_asked_by_everybody() -> None:
    assert tries_within(HOUR, Trouble.UNREACHABLE) == 240


def test_after_it_was_taken_the_count_begins_anew() -> None:
    clock = Hands()
    door = Door(clock)
    for _ in range(3):
        with pytest.raises(MailError), door.knock():
            refuse(Trouble.PASSWORD)
        clock.now += PAUSES[-1]
    with door.knock():
        pass
    with pytest.raises(MailError), door.knock():
        refuse(Trouble.PASSWORD)
    clock.now += PAUSES[0]
    assert not door.is_shut


def test_one_at_a_time() -> None:
    door, inside, most = Door(), [0], [0]

    def come() -> None:
        for _ in range(50):
            with door.knock():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
