"""What a reviewer had begun to say of an item: sealed to them, and to nobody else."""

import pytest

from stillwater.core.errors import UserError
from stillwater.vault import keys
from stillwater.web.models import KeptWords
from tests.integration.mail.conftest import PASSPHRASE
from tests.integration.mail_page.conftest import everything_kept
from tests.integration.review_page.conftest import OWN, Two

NOTE = "He asks for the blue wren again."
BEGUN = "What you had begun to write is here again."


def test_a_note_outlives_the_lock_and_opens_for_the_reviewer_alone(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.reviewers.keeps(f"/r/x/{item}", sorted="practical", place="At the pier", note=NOTE)
    assert "wren" not in everything_kept()
    row = KeptWords.objects.get()
    with pytest.raises(UserError):
        keys.sign_in(two.person, PASSPHRASE).open_private(bytes(row.sealed))
    two.reviewers.post("/out")
    two.reviewers.get("/r/in")
    two.reviewers.post("/r/in", name="kim", passphrase=OWN)
    page = two.reviewers.get(f"/r/x/{item}")
    for one in (BEGUN, NOTE):
        assert one in page.text
    assert "At the pier" in [one.get("value") for one in page.fields]
    assert NOTE not in two.told()


def test_once_it_is_sorted_nothing_is_kept(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.reviewers.keeps(f"/r/x/{item}", note=NOTE)
    two.sorted(item, "hook")
    assert not KeptWords.objects.exists()


def test_what_is_not_open_takes_no_words(two: Two) -> None:
    two.agreed()
    item = two.held()
    two.reviewers.get("/r/")
    two.reviewers.post(f"/r/x/{item}", status=200, go="keep", note=NOTE)
    assert not KeptWords.objects.exists()


def test_with_the_reviewer_their_half_typed_words_go(two: Two) -> None:
    member = two.agreed()
    item = two.opened()
    two.reviewers.keeps(f"/r/x/{item}", note=NOTE)
    two.theirs.post(f"/h/m/{member.public_id}/off")
    assert not KeptWords.objects.exists()
