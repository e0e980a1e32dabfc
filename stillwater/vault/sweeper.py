"""Vault files that no row names: a stop fell between sealing and recording.

They are set aside and named, never deleted. Their source still has the
originals, so nothing is lost; but what lies in the vault is what the ledger says.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stillwater.core.home import Home
from stillwater.core.ids import new_public_id
from stillwater.people.models import Person
from stillwater.vault import files
from stillwater.vault.models import Item

_SUFFIX = ".age"


@dataclass(frozen=True, slots=True)
class Swept:
    """What was found: opaque ids of items."""

    orphans: tuple[str, ...]  # files without a row, now in orphans/<person>/
    missing: tuple[str, ...]  # rows without a file


def sweep(home: Home, person: Person) -> Swept:
    """Set aside every file that no row names, and name every row without a file.

    The caller holds the person's lock: a batch in progress has files and no rows yet.
    """
    named = set(Item.objects.filter(person=person).values_list("public_id", flat=True))
    orphans = []
    present = set()
    for path in list(_sealed_files(home.vault / person.public_id)):
        if path.stem in named and path.suffix == _SUFFIX:
            present.add(path.stem)
        else:
            orphans.append(_set_aside(home, person, path))
    return Swept(tuple(sorted(orphans)), tuple(sorted(named - present)))


def _sealed_files(folder: Path) -> Iterator[Path]:
    for beside in folder.glob("*"):
        if beside.is_dir() and not beside.is_symlink():
            yield from (path for path in beside.iterdir() if not path.is_dir())


def _set_aside(home: Home, person: Person, path: Path) -> str:
    folder = home.orphans / person.public_id
    files.private_folder(folder)
    to = folder / path.name
    if to.exists():
        to = folder / f"{path.stem}.{new_public_id()}{path.suffix}"
    os.rename(path, to)  # noqa: PTH104  never over another file: ``to`` is free
    files.sync_folder(folder)
    return to.stem
