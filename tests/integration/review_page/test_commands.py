"""The circle at the terminal."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from stillwater.circle.models import Member
from stillwater.core.ids import system_randomness
from stillwater.gate import keeping, review_files
from stillwater.gate.sorting import Sorted, Sorting
from stillwater.vault import identities, openings
from stillwater.vault.models import Keyring
from tests.conftest import Said
from tests.integration.mail.conftest import PASSPHRASE
from tests.integration.review_page.conftest import ABOUT, Two

pytestmark = pytest.mark.django_db(transaction=True)
Types = Callable[..., Said]


@pytest.fixture
def passphrase(tmp_path: Path) -> tuple[str, str]:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return ("--passphrase-file", str(path))


def test_an_empty_circle_does_not_read_as_nobody(
    two: Two, stillwater: Types, passphrase: tuple[str, str]
) -> None:
    said = stillwater("circle", "list", *passphrase)
    assert said.code == 0
    assert "That says nothing about who is there for you." in said.out


def test_a_file_out_and_back_and_letting_go(
    two: Two, stillwater: Types, passphrase: tuple[str, str], tmp_path: Path
) -> None:
    own = identities.new_identity(system_randomness)
    two.theirs.get("/h/n")
    two.theirs.post("/h/n", **ABOUT)
    path = f"/h/m/{Member.objects.get().public_id}"
    two.theirs.post(f"{path}/key", recipient=identities.recipient_of(own))
    two.theirs.post(f"{path}/same", passphrase=PASSPHRASE)
    (listed,) = json.loads(stillwater("circle", "list", "--json", *passphrase).out)["members"]
    assert (listed["name"], listed["state"]) == ("Kim Canary", "active")
    member = listed["member"][:12]
    item = two.held()
    out, back = tmp_path / "out.age", tmp_path / "back.age"
    assert stillwater("circle", "file", member, "--out", str(out), *passphrase).code == 0
    opened = review_files.opened(out.read_bytes(), own)
    back.write_bytes(review_files.answer(opened, {item: Sorting(Sorted.HOOK)}))
    said = stillwater("circle", "answer", member, str(back), "--json", *passphrase)
    assert json.loads(said.out) == {"sorted": 1}
    assert stillwater("circle", "remove", member, *passphrase).code == 0
    again = stillwater("circle", "file", member, "--out", str(tmp_path / "x"), *passphrase)
    assert (again.code, again.err.splitlines()[0]) == (2, "Nobody of your circle has that id.")


def test_the_words_of_a_key_are_the_same_everywhere(stillwater: Types) -> None:
    recipient = identities.recipient_of(identities.identity_of(bytes(31) + b"\1"))
    said = stillwater("circle", "words", recipient)
    assert said.out.split() == list(identities.fingerprint(recipient))
    assert stillwater("circle", "words", "age1nothing").code == 2


def test_the_notices_of_a_reviewer_read_well_in_status(
    two: Two, stillwater: Types, passphrase: tuple[str, str]
) -> None:
    two.agreed()
    two.sorted(two.opened(), "practical", place="The town hall")
    said = stillwater("status", "--open", *passphrase)
    assert said.code == 0
    assert "Somebody new may look at what is held" in said.out
    assert "place: The town hall" in said.out


def test_a_wait_that_is_taken_back_elsewhere_begins_with_the_words_again(two: Two) -> None:
    Keyring.objects.update(loosening_delay=timedelta(days=1))
    member = two.agreed()
    assert member.state == Member.State.WAITING
    keeping.cancel(openings.waiting(two.person).get())
    seen = two.theirs.get(f"/h/m/{member.public_id}")
    assert "Read these words to each other" in seen.text
