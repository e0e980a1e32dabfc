"""A sign of life that somebody else may watch: a sleeping machine cannot say that it sleeps.

A small signed file, written anew every half minute to a place that the person
chose (a folder that is synchronised to somebody of their circle). It says when
it was written and whether all is being watched, and nothing of anybody.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from stillwater.core.clock import Clock
from stillwater.core.errors import ExitCode, UserError
from stillwater.core.home import Home
from stillwater.gate.live.watching import Watching, state_of
from stillwater.gate.models import Heartbeat
from stillwater.people.models import Person
from stillwater.vault import files
from stillwater.vault.keys import signing_key
from stillwater.vault.ledger import moment
from stillwater.vault.machine import MachineKey
from stillwater.vault.note import NoteError, open_note, sign, verifier_key

NAME = "heartbeat"
_FIRST = "heartbeat v1"
_FORM = "%Y-%m-%dT%H:%M:%SZ"
LONGEST = 4096  # bytes of a file that is one


@dataclass(frozen=True, slots=True)
class Beat:
    """What one sign of life says."""

    at: datetime
    watching: Watching


def write_to(person: Person, machine: MachineKey, path: Path) -> None:
    """From now on, to this file. Raises UserError where nothing can be written there."""
    if not path.parent.is_dir() or path.is_dir():
        raise UserError("That is no place for a file.", "Name a file in a folder that exists.")
    if path.exists() and not path.read_bytes()[: len(_FIRST)] == _FIRST.encode():
        raise UserError(
            "There is a file of that name already, and it would be written over.",
            "Name a new file.",
        )
    kept = json.dumps({"path": str(path.absolute())}).encode()
    Heartbeat.objects.update_or_create(
        person=person, defaults={"for_gate": machine.seal_profile(person.public_id, kept)}
    )


def end(person: Person) -> bool:
    """Write none any more; whether one was written."""
    deleted, _ = Heartbeat.objects.filter(person=person).delete()
    return bool(deleted)


def key_of(person: Person, home: Home) -> str:
    """What whoever watches checks it with."""
    public = signing_key(home, person).public_key()
    return verifier_key(NAME, public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def beat(person: Person, home: Home, machine: MachineKey, clock: Clock) -> bool:
    """Write one, where the person wants it; whether they do. Raises OSError."""
    row = Heartbeat.objects.filter(person=person).first()
    if row is None:
        return False
    kept = json.loads(machine.open_profile(person.public_id, bytes(row.for_gate)))
    now = clock.now()
    said = f"{_FIRST}\n{moment(now)}\n{state_of(person, now).watching.value}\n"
    files.replace(Path(kept["path"]), sign(said, NAME, signing_key(home, person)).encode())
    return True


def read(untrusted: bytes, key: str) -> Beat:
    """What such a file says. Raises UserError where it is none, or signed by somebody else."""
    try:
        name, _, encoded = key.strip().split("+", 2)
        text = open_note(untrusted[:LONGEST].decode(), name, _public(encoded))
        at, watching = text.removeprefix(f"{_FIRST}\n").splitlines()
        return Beat(datetime.strptime(at, _FORM).replace(tzinfo=UTC), Watching(watching))
    except (NoteError, ValueError) as error:
        raise UserError(
            "This is no sign of life of that key.",
            "Check the file and the key: the person's own machine shows the key.",
            ExitCode.FOUND_WRONG,
        ) from error


def _public(encoded: str) -> bytes:
    return base64.b64decode(encoded, validate=True)[1:]
