"""By what more of the same is known while nobody is signed in: keyed hashes, never the words."""

import json

from stillwater.people.models import Person
from stillwater.vault.machine import MachineKey


def hidden(person: Person, machine: MachineKey, sameness: str) -> str:
    """A keyed hash: which category it was is derived from content."""
    return machine.fingerprint(person.public_id, b"notice\0" + sameness.encode()).hex()


def danger_of(label: str | None, kind: str, finer: object = None) -> str:
    """What two notices about one other and one kind share."""
    return json.dumps([label, kind, finer])
