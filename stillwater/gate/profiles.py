"""What identity learnt, kept between runs: one file a person, sealed under the machine key.

Counts, sums, times and keyed hashes; no text, no word, no handle of a stranger
(docs/sealed.md). Unknown senders are forgotten after 30 days. A file that does not
open begins anew: recognising is a help, and known handles need none of it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from stillwater.core.errors import UserError
from stillwater.core.home import Home
from stillwater.core.plans import Plan
from stillwater.identity.recognising import VERSION, Recogniser
from stillwater.people.models import Person
from stillwater.vault import files
from stillwater.vault.machine import MachineKey

_SALT = b"what the hashes of a profile are keyed with"


def path_of(home: Home, person: Person) -> Path:
    """Where the profile of one person lies."""
    return home.profiles / f"{person.public_id}.sealed"


def changed_at(home: Home, person: Person) -> int | None:
    """When it was last written, in nanoseconds of its file; None: it is not there."""
    path = path_of(home, person)
    return path.stat().st_mtime_ns if path.exists() else None


def load(home: Home, machine: MachineKey, person: Person, plan: Plan) -> Recogniser:
    """What was learnt for this person; a new beginning where nothing is kept, or nothing opens."""
    salt = machine.fingerprint(person.public_id, _SALT)
    try:
        sealed = files.read_private(path_of(home, person))
        data = json.loads(machine.open_profile(person.public_id, sealed))
    except (FileNotFoundError, UserError):
        return Recogniser(plan, salt)
    if data.get("version") != VERSION:
        return Recogniser(plan, salt)
    return Recogniser.from_data(plan, data, salt)


def save(
    home: Home, machine: MachineKey, person: Person, recogniser: Recogniser, now: datetime
) -> None:
    """Keep what was learnt; who was last seen more than 30 days before ``now`` is left out."""
    recogniser.forget_old(now)
    data = json.dumps(recogniser.as_data(), separators=(",", ":")).encode()
    files.private_folder(home.profiles)
    files.replace(path_of(home, person), machine.seal_profile(person.public_id, data))


@contextmanager
def kept(
    home: Home,
    machine: MachineKey,
    person: Person,
    plan: Plan,
    now: Callable[[], datetime],
) -> Iterator[Recogniser]:
    """What was learnt, and kept again at the end, however that comes about."""
    recogniser = load(home, machine, person, plan)
    try:
        yield recogniser
    finally:
        save(home, machine, person, recogniser, now())
