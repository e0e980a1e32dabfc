"""What was half-made among the files that wait to be saved goes; what is finished stays."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stillwater.core.home import Home
from stillwater.gate.leftovers import clear_half_made

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERSON = "0" * 31 + "1"
FINISHED = ("a" * 32 + ".tar.age", "backup.age", "backup.age.keys.json")
HALF_MADE = ("tmp1b2c3d", "a" * 32 + ".tar.age.part", "backup.age.part", ".backup.age.keys.json.f")


@pytest.fixture
def waiting(home: Home) -> Path:
    folder = home.outgoing / PERSON
    folder.mkdir(parents=True)
    return folder


def left(folder: Path, name: str, before_now: timedelta) -> Path:
    path = folder / name
    path.write_bytes(b"x")
    moment = (NOW - before_now).timestamp()
    os.utime(path, (moment, moment))
    return path


@pytest.mark.parametrize("name", HALF_MADE)
def test_what_nobody_writes_to_any_more_goes(home: Home, waiting: Path, name: str) -> None:
    path = left(waiting, name, timedelta(hours=2))
    assert clear_half_made(home, NOW) == 1
    assert not path.exists()


def test_what_is_being_written_now_stays(home: Home, waiting: Path) -> None:
    path = left(waiting, HALF_MADE[1], timedelta(minutes=5))
    assert clear_half_made(home, NOW) == 0
    assert path.exists()


def test_at_the_start_nobody_writes_and_so_all_of_it_goes(home: Home, waiting: Path) -> None:
    path = left(waiting, HALF_MADE[0], timedelta(0))
    assert clear_half_made(home, NOW, untouched_for=timedelta(0)) == 1
    assert not path.exists()


@pytest.mark.parametrize("name", FINISHED)
def test_what_is_finished_waits_for_as_long_as_it_must(
    home: Home, waiting: Path, name: str
) -> None:
    path = left(waiting, name, timedelta(days=400))
    assert clear_half_made(home, NOW, untouched_for=timedelta(0)) == 0
    assert path.exists()


def test_a_finished_name_in_another_place_is_not_finished(home: Home, waiting: Path) -> None:
    deeper = waiting / "any"
    deeper.mkdir()
    for folder in (home.outgoing, deeper):
        left(folder, FINISHED[0], timedelta(hours=2))
    assert clear_half_made(home, NOW) == 2


def test_a_clock_that_was_set_back_hides_nothing(home: Home, waiting: Path) -> None:
    left(waiting, HALF_MADE[0], -timedelta(days=1))
    assert clear_half_made(home, NOW) == 1


def test_a_link_is_taken_away_and_not_what_it_leads_to(home: Home, waiting: Path) -> None:
    elsewhere = home.root / "kept"
    elsewhere.write_bytes(b"x")
    (waiting / "link").symlink_to(elsewhere)
    assert clear_half_made(home, NOW + timedelta(days=9999)) == 1
    assert elsewhere.exists()
