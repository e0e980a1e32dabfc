"""A sign of life for somebody else: signed, and empty of everything else."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from stillwater.cli.heartbeat import check
from stillwater.core.clock import SetClock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate.live import heartbeat, watching
from stillwater.gate.live.watching import Watching
from tests.integration.mail.conftest import Life, now, until, watched
from tests.support.dovecot import Dovecot

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_written_while_all_is_watched(
    life: Life, server: Dovecot, home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "shared.txt"
    heartbeat.write_to(life.person, life.machine, file)
    life.add(server)
    key = heartbeat.key_of(life.person, home)
    with watched(home):
        until(file.exists)
        until(lambda: watching.state_of(life.person, now()).watching is Watching.ALL)
        heartbeat.beat(life.person, home, life.machine, life.clock)
        said = heartbeat.read(file.read_bytes(), key)
    assert (now() - said.at).total_seconds() < 60
    assert said.watching is Watching.ALL


def test_nobody_else_can_write_it(life: Life, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "shared.txt"
    heartbeat.write_to(life.person, life.machine, file)
    heartbeat.beat(life.person, home, life.machine, life.clock)
    key = heartbeat.key_of(life.person, home)
    told = file.read_bytes()
    for changed in (b"", told[:-5], told.replace(b"nothing", b"all"), b"\xff" * 5000):
        with pytest.raises(UserError):
            heartbeat.read(changed, key)
    with pytest.raises(UserError):
        heartbeat.read(told, "no key")


def test_it_says_nothing_of_anybody(life: Life, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "shared.txt"
    heartbeat.write_to(life.person, life.machine, file)
    heartbeat.beat(life.person, home, life.machine, life.clock)
    lines = file.read_text().splitlines()
    assert lines[0] == "heartbeat v1"
    assert lines[2] == "nothing"
    assert life.person.public_id not in file.read_text()
    assert "stillwater" not in file.read_text().lower()


def test_a_file_of_the_persons_own_is_not_written_over(life: Life, tmp_path: Path) -> None:
    file = tmp_path / "diary.txt"
    file.write_text("mine")
    with pytest.raises(UserError, match="already"):
        heartbeat.write_to(life.person, life.machine, file)


def test_one_of_ours_may_be_written_on(life: Life, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "shared.txt"
    for _ in range(2):
        heartbeat.write_to(life.person, life.machine, file)
        heartbeat.beat(life.person, home, life.machine, life.clock)


def test_a_time_to_come_is_not_well(life: Life, home: Home, tmp_path: Path) -> None:
    """Else a clock that is a year ahead would say for a year that all is well."""
    file = tmp_path / "shared.txt"
    heartbeat.write_to(life.person, life.machine, file)
    ahead = SetClock(now() + timedelta(days=300))
    heartbeat.beat(life.person, home, life.machine, ahead)
    done = CliRunner().invoke(
        check, [str(file), "--key", heartbeat.key_of(life.person, home), "--json"]
    )
    assert done.exit_code == ExitCode.FOUND_WRONG
    assert json.loads(done.stdout)["well"] is False
