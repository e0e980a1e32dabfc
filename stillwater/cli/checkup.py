"""What ``doctor`` looks at. Each check says what it found and what to do; none changes anything."""

import importlib.metadata
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

import stillwater
from stillwater.cli.common import shown_duration
from stillwater.core.age import age_in_days, age_in_words
from stillwater.core.clock import Clock
from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.reading import seconded

OLD_AFTER = 180  # days
BACKUP_IS_OLD_AFTER = timedelta(days=30)
CHECK_IS_LATE_AFTER = timedelta(days=2)
SPOOL_IS_LATE_AFTER = timedelta(days=1)  # architecture.md: 24 hours at most
MUST_BE_FREE, SHOULD_BE_FREE = 200 * 2**20, 2 * 2**30  # bytes
CLOCK_MAY_DIFFER = timedelta(minutes=5)


class State(StrEnum):
    OK = "ok"
    LOOK = "look"  # works, and deserves a look
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor. ``do`` is empty where there is nothing to do."""

    about: str
    state: State
    says: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at, and when."""

    home: Home
    clock: Clock

    @property
    def now(self) -> datetime:
        return self.clock.now()


Check = Callable[[Patient], Iterator[Finding]]


def program(patient: Patient) -> Iterator[Finding]:
    """Whether every package is the locked one, and how old the program is."""
    lock = Path(stillwater.__file__).parent.parent / "requirements" / "run.txt"
    if not lock.exists():
        yield Finding("packages", State.LOOK, "Not run from its own folder, so nothing to compare.")
    elif other := _other_than_locked(lock):
        names = ", ".join(sorted(other)[:5])
        yield Finding("packages", State.WRONG, f"Not as locked: {names}.", "Run ./start once.")
    else:
        yield Finding("packages", State.OK, "Every package is the locked one.")
    old = age_in_days(patient.clock) > OLD_AFTER
    says = f"Stillwater {stillwater.__version__}, {age_in_words(patient.clock)}."
    if old:
        yield Finding("age", State.LOOK, says, "See whether there is a newer one: it never asks.")
    else:
        yield Finding("age", State.OK, says)


def _other_than_locked(lock: Path) -> list[str]:
    """Names of packages that are missing or of another version than the lock's."""
    other = []
    for line in lock.read_text().splitlines():
        if "==" not in line or line.startswith((" ", "#")):
            continue
        wanted = Requirement(line.removesuffix("\\").strip())
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            installed = importlib.metadata.version(wanted.name)
        except importlib.metadata.PackageNotFoundError:
            installed = ""
        if installed not in wanted.specifier:
            other.append(wanted.name)
    return other


def permissions(patient: Patient) -> Iterator[Finding]:
    """Whether only the owner can look into the home and read the keys."""
    home = patient.home
    checked = [home.root, home.database, home.vault, home.keys, *home.keys.rglob("*")]
    open_to_others = [
        path for path in checked if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if home.root in open_to_others or any(home.keys in path.parents for path in open_to_others):
        yield Finding(
            "permissions",
            State.WRONG,
            "Other users of this machine can read some of Stillwater's folder.",
            f"Close it: chmod -R go= '{home.root}'",
        )
    else:
        # The root folder is closed: what lies in it cannot be reached.
        yield Finding("permissions", State.OK, "Only you can look into Stillwater's folder.")
    written = [home.root, home.vault, home.database, *home.vault.glob("*"), *home.keys.glob("*")]
    if any(_is_closed_to_us(path) for path in written if path.exists()):
        yield Finding(
            "permissions",
            State.WRONG,
            "Stillwater cannot write into all of its own folder.",
            f"Open it to yourself: chmod -R u+rwX '{home.root}'",
        )


def _is_closed_to_us(path: Path) -> bool:
    """By the mode alone: an administrator may write whatever the mode says."""
    needed = stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR
    return path.stat().st_mode & needed != needed


def disk(patient: Patient) -> Iterator[Finding]:
    """Whether there is room to seal what comes in."""
    free = shutil.disk_usage(patient.home.root).free
    says = f"{free / 2**30:.1f} GB free."
    if free < MUST_BE_FREE:
        yield Finding("disk", State.WRONG, says, "Make room: nothing more can be taken in.")
    elif free < SHOULD_BE_FREE:
        yield Finding("disk", State.LOOK, says, "Make room before the next import.")
    else:
        yield Finding("disk", State.OK, says)


def time_zones(_: Patient) -> Iterator[Finding]:
    """Whether plans' time zones can be looked up."""
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        yield Finding("time zones", State.WRONG, "There are no time zones.", "Run ./start once.")
    else:
        yield Finding("time zones", State.OK, "Time zones are known.")


def database(patient: Patient) -> Iterator[Finding]:
    """Whether the database is whole and of this program's schema."""
    from stillwater.cli.schema import migrations_waiting

    if patient.home.database.exists() and not _is_whole(patient.home.database):
        yield Finding(
            "database",
            State.WRONG,
            "The database file is damaged.",
            "Stop Stillwater, keep a copy of the file, and put back the newest one from the "
            "folder snapshots, or a backup.",
        )
        return
    try:
        waiting = migrations_waiting()
    except UserError as error:
        yield Finding("database", State.WRONG, error.what, error.next_step)
        return
    if waiting:
        yield Finding(
            "database", State.LOOK, "The database is to be brought up to date.", "./start"
        )
    else:
        yield Finding("database", State.OK, "The database is whole and up to date.")


def _is_whole(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as opened:
            (answer,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return False
    return str(answer) == "ok"


def clock(patient: Patient) -> Iterator[Finding]:
    """Whether the clock stands behind what was recorded already."""
    from stillwater.vault.models import Checkpoint

    last = Checkpoint.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    behind = last is not None and patient.now < last - CLOCK_MAY_DIFFER
    if behind or patient.now.date() < date.fromisoformat(stillwater.__released__):
        yield Finding(
            "clock",
            State.WRONG,
            "This machine's clock stands behind: waits would last longer, dates would be wrong.",
            "Set date and time right before anything is taken in.",
        )
    else:
        yield Finding("clock", State.OK, "The clock is not behind the record.")


def machine_key(patient: Patient) -> Iterator[Finding]:
    """Where the machine key lies, and whether it can be had."""
    from stillwater.vault.machine import MachineKey, key_path

    in_file = key_path(patient.home).exists()
    if not in_file and not (patient.home.keys / "machine.id").exists():
        yield Finding("machine key", State.OK, "Not made yet; it is made when it is first needed.")
        return
    try:
        MachineKey.load_or_create(patient.home)
    except UserError as error:
        yield Finding("machine key", State.WRONG, error.what, error.next_step)
        return
    where = "in a file that only you can read" if in_file else "in this machine's keyring"
    yield Finding("machine key", State.OK, f"It lies {where}.")


def self_check(patient: Patient) -> Iterator[Finding]:
    """When vault and ledger of everyone here were last verified."""
    from stillwater.people.models import Person
    from stillwater.vault.models import SelfCheck

    for person in Person.objects.order_by("pk"):
        last = SelfCheck.objects.filter(person=person).order_by("-at").first()
        if last is None:
            yield Finding("self-check", State.LOOK, "It has not run yet.", "Start it: ./start")
        elif not last.passed:
            yield Finding(
                "self-check",
                State.WRONG,
                "Something is not as it was sealed.",
                "See what: stillwater ledger verify. Change nothing; keep your backups.",
            )
        elif patient.now - last.at > CHECK_IS_LATE_AFTER:
            days = (patient.now - last.at).days
            yield Finding(
                "self-check", State.LOOK, f"It last passed {days} days ago.", "Start it: ./start"
            )
        else:
            yield Finding("self-check", State.OK, f"Passed on {last.at:%Y-%m-%d %H:%M} UTC.")


def leftovers(patient: Patient) -> Iterator[Finding]:
    """Files that no row names, and what was sealed but not read in time."""
    orphans = sum(1 for path in patient.home.orphans.rglob("*") if path.is_file())
    if orphans:
        yield Finding(
            "orphans",
            State.LOOK,
            f"{orphans} sealed files that no row names were set aside; none is deleted.",
            "They come from an import that was cut off. Import the same files once more.",
        )
    else:
        yield Finding("orphans", State.OK, "No sealed file is without its row.")
    before = (patient.now - SPOOL_IS_LATE_AFTER).timestamp()
    late = [
        path
        for path in patient.home.spool.rglob("*")
        if path.is_file() and path.stat().st_mtime < before
    ]
    if late:
        yield Finding(
            "unread", State.WRONG, "Some of what was sealed waits to be read.", "Start it: ./start"
        )
    else:
        yield Finding("unread", State.OK, "Nothing that was sealed waits to be read.")


def mail(patient: Patient) -> Iterator[Finding]:
    """Whether every mailbox is being watched; says nothing of whose or which."""
    from stillwater.gate.live.watching import Watching, state_of_mailbox
    from stillwater.gate.models import Mailbox

    rows = Mailbox.objects.prefetch_related("folders").order_by("pk")
    if not rows:
        yield Finding("mail", State.LOOK, "No mailbox is watched.", "stillwater mail add ADDRESS")
    for number, row in enumerate(rows, start=1):
        about = "mail" if len(rows) == 1 else f"mail {number}"
        state = state_of_mailbox(row, patient.now)
        if state.watching is Watching.ALL:
            until = (
                f" The server's own rule holds up to {row.lease_until}." if row.lease_until else ""
            )
            yield Finding(about, State.OK, f"It is being watched.{until}")
        elif state.troubles:
            one = state.troubles[0]
            yield Finding(about, State.WRONG, f"{state.in_words} {one.said}", one.next_step)
        else:
            yield Finding(about, State.LOOK, state.in_words, "Start it: ./start")


def notes(_: Patient) -> Iterator[Finding]:
    """Whether notices leave the page; says nothing of whose, or where to."""
    from stillwater.gate.signals.models import Way
    from stillwater.gate.signals.troubles import Trouble

    rows = Way.objects.order_by("pk")
    if not rows:
        says = "Notes reach nobody beside the page."
        yield Finding("notes", State.LOOK, says, "stillwater notify add ADDRESS")
    for number, row in enumerate(rows, start=1):
        about = "notes" if len(rows) == 1 else f"notes {number}"
        if row.trouble:
            one = Trouble(row.trouble)
            yield Finding(about, State.WRONG, one.said, one.next_step)
        elif row.worked_at is None:
            says = "Nothing went out on this way yet."
            yield Finding(about, State.LOOK, says, "Test it: stillwater notify test")
        else:
            yield Finding(about, State.OK, f"Last went out on {row.worked_at:%Y-%m-%d %H:%M} UTC.")


def backups(patient: Patient) -> Iterator[Finding]:
    """How old the last backup is."""
    mark = patient.home.last_backup
    make = "Make one and keep it elsewhere: stillwater backup make PATH"
    if not mark.exists():
        yield Finding("backup", State.LOOK, "There is no backup yet.", make)
        return
    age = patient.now.timestamp() - mark.stat().st_mtime
    days = max(0, int(age // 86400))
    if age > BACKUP_IS_OLD_AFTER.total_seconds():
        yield Finding("backup", State.LOOK, f"The last backup is {days} days old.", make)
    else:
        yield Finding("backup", State.OK, f"The last backup is {days} days old.")


def waits(_: Patient) -> Iterator[Finding]:
    """The waits that each person set on a good day."""
    from stillwater.vault.models import Keyring

    keyrings = Keyring.objects.order_by("pk")
    if not keyrings:
        yield Finding("waits", State.LOOK, "There are no keys yet.", "stillwater keys new")
    for keyring in keyrings:
        opening, loosening = keyring.opening_wait, keyring.loosening_delay
        says = f"Opening waits {shown_duration(opening)}, loosening {shown_duration(loosening)}."
        if not opening or not loosening:
            yield Finding("waits", State.LOOK, says, "Without a wait, a bad hour decides alone.")
        else:
            yield Finding("waits", State.OK, says)


def second_reader(_: Patient) -> Iterator[Finding]:
    """Whether a second reader that is set can be used; where none is set, nothing is said."""
    try:
        second = seconded.second_reader()
    except UserError as error:
        yield Finding(
            "second reader", State.WRONG, f"{error.what} It is left out.", error.next_step
        )
        return
    if second is not None and not second.answers():
        yield Finding(
            "second reader",
            State.LOOK,
            "Nobody answers there: it is left out.",
            "Start its server.",
        )
    elif second is not None:
        yield Finding("second reader", State.OK, "It answers.")


ALWAYS: tuple[Check, ...] = (program, time_zones, second_reader)
WITH_HOME: tuple[Check, ...] = (permissions, disk, database)
WITH_DATABASE: tuple[Check, ...] = (
    clock,
    machine_key,
    waits,
    self_check,
    leftovers,
    mail,
    notes,
    backups,
)


def check_up(patient: Patient) -> list[Finding]:
    """Every finding, in order; what cannot be looked at because of another is left out."""
    found = _all(ALWAYS, patient)
    if not patient.home.vault.is_dir():
        nothing = Finding("data", State.LOOK, "There is no data on this machine yet.", "./start")
        return [*found, nothing]
    found += _all(WITH_HOME, patient)
    if any(one.about == "database" and one.state is not State.OK for one in found):
        return found
    return found + _all(WITH_DATABASE, patient)


def _all(checks: tuple[Check, ...], patient: Patient) -> list[Finding]:
    return [finding for check in checks for finding in check(patient)]
