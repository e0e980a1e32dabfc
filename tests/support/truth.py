"""What a household really holds: opens every item and says what is there, as JSON.

Run as ``python -m tests.support.truth PASSPHRASE_FILE`` in the household's environment.
"""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
    truth = truth_of(household)
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
    from django.conf import settings

    from stillwater.gate.models import Attempt
    from stillwater.people.models import Person
    from stillwater.vault.keys import sign_in
    from stillwater.vault.models import Item

    person = Person.objects.get()
    session = sign_in(person, Path(sys.argv[1]).read_text().splitlines()[0])
    home = settings.HOME
    originals = [
        digest(session.open_item(item, home))
        for item in Item.objects.filter(person=person).select_related("epoch", "person")
    ]
    print(
        json.dumps(
            {
                "attempts": Attempt.objects.filter(person=person).count(),
                "originals": originals,
                "files": sum(1 for _ in home.vault.rglob("*.age")),
                "waiting": sum(1 for path in home.spool.rglob("*") if path.is_file()),
                "undecided": Attempt.objects.filter(state="sealed").count(),
            }
        )
    )


if __name__ == "__main__":
    main()
