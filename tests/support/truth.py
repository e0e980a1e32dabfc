"""What a household really holds: opens every item and says what is there, as JSON.

Run as ``python -m tests.support.truth PASSPHRASE_FILE`` in the household's environment.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.household import Household


@dataclass(frozen=True)
class Truth:
    attempts: int
    originals: list[str]  # sha256 of every sealed original
    files: int  # in the vault folder
    waiting: int  # files in the spool
    undecided: int  # attempts that were sealed and never decided


def truth_of(household: Household) -> Truth:
    """Ask the household itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.truth", str(household.passphrase_file)],
        env=household.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return Truth(**json.loads(done.stdout))


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def assert_each_once(household: Household, originals: frozenset[bytes]) -> None:
    """Every one of theirs lies in the vault once, and nothing else does."""
    assert_holds(truth_of(household), originals)


def assert_holds(truth: Truth, originals: frozenset[bytes]) -> None:
    """The same of what was looked at already."""
    assert sorted(truth.originals) == sorted(digest(raw) for raw in originals)
    assert truth.attempts == len(originals)
    assert truth.undecided == 0
    assert truth.waiting == 0
    assert truth.files == len(originals)


def assert_verifies(household: Household) -> None:
    """The ledger and the vault are whole, and the command says so."""
    done = household.run("ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> None:
    import django

    django.setup()
    print(json.dumps(what_is_there(Path(sys.argv[1]))))


def what_is_there(passphrase_file: Path, remembered_in: Path | None = None) -> dict[str, Any]:
    """All of it, in a process where Django runs and the home is set.

    ``remembered_in``: a folder that keeps the identity of copies of the same household:
    deriving it takes half a second each time.
    """
    from django.conf import settings

    from stillwater.gate.models import Attempt
    from stillwater.people.models import Person
    from stillwater.vault.models import Item

    person = Person.objects.get()
    session = _signed_in(person, passphrase_file, remembered_in)
    home = settings.HOME
    originals = [
        digest(session.open_item(item, home))
        for item in Item.objects.filter(person=person).select_related("epoch", "person")
    ]
    return {
        "attempts": Attempt.objects.filter(person=person).count(),
        "originals": originals,
        "files": sum(1 for _ in home.vault.rglob("*.age")),
        "waiting": sum(1 for path in home.spool.rglob("*") if path.is_file()),
        "undecided": Attempt.objects.filter(state="sealed").count(),
    }


def _signed_in(person: Any, passphrase_file: Path, remembered_in: Path | None) -> Any:
    from stillwater.vault import identities
    from stillwater.vault.keys import Session, sign_in

    kept = remembered_in / "identity" if remembered_in else None
    if kept is not None and kept.exists():
        return Session(person, identities.identity_of(kept.read_bytes()))
    session = sign_in(person, passphrase_file.read_text().splitlines()[0])
    if kept is not None:
        kept.write_bytes(identities.secret_of(session.identity))
    return session


if __name__ == "__main__":
    main()
