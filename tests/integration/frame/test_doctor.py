"""``stillwater doctor`` finds what is wrong, says what to do, and changes nothing."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from stillwater.cli import checkup
from stillwater.cli.checkup import Finding, Patient, State, check_up
from stillwater.core.clock import SetClock
from stillwater.core.errors import ExitCode
from stillwater.core.home import Home
from stillwater.people.models import Person
from stillwater.vault.models import Checkpoint, Keyring, Log, SelfCheck
from tests.conftest import Said

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(home: Home) -> Patient:
    return Patient(home, SetClock(NOW))


@pytest.fixture
def me() -> Person:
    return Person.objects.create(name="me", created_at=NOW)


def keep(path: Path, data: bytes) -> None:
    """Write a file as the program would: for its owner alone."""
    path.write_bytes(data)
    path.chmod(0o600)


def found(check: checkup.Check, patient: Patient) -> Finding:
    """The one finding of a check, or the worst of them."""
    return max(check(patient), key=lambda one: list(State).index(one.state))


def test_without_data_it_says_how_to_begin(tmp_path: Path) -> None:
    findings = check_up(Patient(Home(tmp_path / "none"), SetClock(NOW)))
    assert findings[-1].about == "data"
    assert not (tmp_path / "none").exists()


def test_every_finding_that_is_not_ok_says_what_to_do(patient: Patient, me: Person) -> None:
    for finding in check_up(patient):
        assert finding.says.endswith(".")
        assert finding.do or finding.state is State.OK or finding.about == "packages"


def test_packages_are_compared_with_the_lock(
    patient: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(checkup.program, patient).state is not State.WRONG
    lock = tmp_path / "run.txt"
    lock.write_text(
        "click==0.0.1 \\\n    --hash=sha256:00\n"
        "not-installed-here==1.0 \\\n    --hash=sha256:00\n"
        "only-elsewhere==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    )
    assert checkup._other_than_locked(lock) == ["click", "not-installed-here"]


def test_an_old_program_is_said(home: Home) -> None:
    later = SetClock(datetime(2028, 1, 1, tzinfo=UTC))
    findings = {one.about: one for one in checkup.program(Patient(home, later))}
    assert findings["age"].state is State.LOOK


@pytest.mark.parametrize("name", ["machine.key", "p/ledger.key"])
def test_a_key_that_others_can_read_is_wrong(patient: Patient, name: str) -> None:
    assert found(checkup.permissions, patient).state is State.OK
    key = patient.home.keys / name
    key.parent.mkdir(exist_ok=True)
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)
    assert found(checkup.permissions, patient).state is State.WRONG
    assert key.stat().st_mode & 0o777 == 0o644  # found, not changed


def test_a_home_that_others_can_enter_is_wrong(patient: Patient) -> None:
    patient.home.root.chmod(0o711)
    assert found(checkup.permissions, patient).state is State.WRONG


def test_a_home_that_we_cannot_write_into_is_wrong(patient: Patient) -> None:
    patient.home.vault.chmod(0o500)
    finding = found(checkup.permissions, patient)
    assert finding.state is State.WRONG
    assert "u+rwX" in finding.do
    patient.home.vault.chmod(0o700)
    assert found(checkup.permissions, patient).state is State.OK


@pytest.mark.parametrize(
    ("free", "state"), [(2**20, State.WRONG), (2**30, State.LOOK), (2**34, State.OK)]
)
def test_a_disk_that_fills_up_is_said(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, free: int, state: State
) -> None:
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert found(checkup.disk, patient).state is state


def test_a_database_file_that_is_none_is_wrong(patient: Patient) -> None:
    patient.home.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert found(checkup.database, patient).state is State.WRONG


def test_a_damaged_page_in_the_database_is_found(patient: Patient) -> None:
    with sqlite3.connect(patient.home.database) as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("CREATE INDEX i ON t (x)")
        database.executemany("INSERT INTO t VALUES (?)", [(f"{n:080}",) for n in range(2000)])
    database.close()
    assert checkup._is_whole(patient.home.database)
    with patient.home.database.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(b"\xff" * 4096)
    assert not checkup._is_whole(patient.home.database)


def test_a_clock_behind_the_record_is_wrong(patient: Patient, me: Person) -> None:
    assert found(checkup.clock, patient).state is State.OK
    log = Log.objects.create(person=me, number=1, origin="x")
    Checkpoint.objects.create(
        person=me, log=log, size=1, note="", made_at=NOW + timedelta(minutes=6)
    )
    assert found(checkup.clock, patient).state is State.WRONG


def test_a_clock_before_the_program_was_made_is_wrong(home: Home) -> None:
    long_ago = SetClock(datetime(2020, 1, 1, tzinfo=UTC))
    assert found(checkup.clock, Patient(home, long_ago)).state is State.WRONG


def test_a_machine_key_of_another_size_is_wrong(patient: Patient) -> None:
    assert found(checkup.machine_key, patient).state is State.OK
    assert list(patient.home.keys.iterdir()) == []  # looking makes none
    keep(patient.home.keys / "machine.key", b"k" * 32)
    assert found(checkup.machine_key, patient).state is State.OK
    keep(patient.home.keys / "machine.key", b"short")
    assert found(checkup.machine_key, patient).state is State.WRONG


@pytest.mark.parametrize(
    ("ago", "passed", "state"),
    [
        (timedelta(hours=5), True, State.OK),
        (timedelta(days=3), True, State.LOOK),
        (timedelta(hours=5), False, State.WRONG),
    ],
)
def test_the_self_check(
    patient: Patient, me: Person, ago: timedelta, passed: bool, state: State
) -> None:
    assert found(checkup.self_check, patient).state is State.LOOK  # never run
    SelfCheck.objects.create(person=me, at=NOW - ago, passed=passed, items=1)
    assert found(checkup.self_check, patient).state is state


def test_orphans_and_what_waits_to_be_read(patient: Patient) -> None:
    assert found(checkup.leftovers, patient).state is State.OK
    (patient.home.orphans / "x.age").write_bytes(b"")
    assert found(checkup.leftovers, patient).state is State.LOOK
    waiting = patient.home.spool / "x.spool"
    waiting.write_bytes(b"")
    os.utime(waiting, (NOW.timestamp() - 3600,) * 2)
    assert found(checkup.leftovers, patient).state is State.LOOK
    os.utime(waiting, (NOW.timestamp() - 2 * 86400,) * 2)
    assert found(checkup.leftovers, patient).state is State.WRONG


@pytest.mark.parametrize(("days", "state"), [(0, State.OK), (29, State.OK), (31, State.LOOK)])
def test_backups(patient: Patient, days: int, state: State) -> None:
    assert found(checkup.backups, patient).state is State.LOOK
    patient.home.last_backup.touch()
    at = NOW.timestamp() - days * 86400
    os.utime(patient.home.last_backup, (at, at))
    assert found(checkup.backups, patient).state is state


@pytest.mark.parametrize(("hours", "state"), [(24, State.OK), (0, State.LOOK)])
def test_waits_of_nothing_are_said(patient: Patient, me: Person, hours: int, state: State) -> None:
    Keyring.objects.create(
        person=me,
        recipient="age1x",
        recovery_recipient="age1y",
        wrapped={},
        for_recovery=b"",
        ledger_public_key=b"",
        opening_wait=timedelta(hours=hours),
        loosening_delay=timedelta(hours=24),
        changed_at=NOW,
    )
    assert found(checkup.waits, patient).state is state


@pytest.fixture
def own_home() -> Iterator[Home]:
    settings.HOME.prepare()
    yield settings.HOME
    (settings.HOME.keys / "machine.key").unlink(missing_ok=True)  # it is not left broken


def test_as_a_command_it_ends_with_1_when_something_is_wrong(
    own_home: Home, stillwater: Callable[..., Said]
) -> None:
    well = stillwater("doctor", "--json")
    answer = json.loads(well.out)
    assert (well.code, answer["ok"]) == (ExitCode.OK, True)
    keep(own_home.keys / "machine.key", b"short")
    ill = stillwater("doctor", "--json")
    assert (ill.code, json.loads(ill.out)["ok"]) == (ExitCode.FOUND_WRONG, False)
    lines = stillwater("doctor").out.splitlines()
    assert any(line.startswith("wrong  machine key") for line in lines)
