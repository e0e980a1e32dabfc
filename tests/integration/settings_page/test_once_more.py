"""A bundle in the clear that did not arrive whole: once more, for a while, and on record."""

import io
import tarfile
from datetime import timedelta

import pytest

from stillwater.gate.exports import AGAIN_WITHIN
from stillwater.vault.models import Request
from stillwater.web.models import AskedExport
from tests.integration.settings_page.conftest import PASSPHRASE, Living
from tests.integration.settings_page.exporting import ask, choose, leaves, make

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = "you can have it once more without a wait"


def handed_over(held: Living, **form: str) -> str:
    """A bundle in the clear was made; gives its page."""
    at = choose(held, **{"to": "clear", **form})
    ask(held, at)
    assert make(held, at, reason="court").status_code in (200, 302)
    return at


def once_more(held: Living, at: str, passphrase: str = PASSPHRASE):
    return held.file(f"{at}/again", passphrase=passphrase)


def made_ago(ago: timedelta) -> None:
    row = AskedExport.objects.get()
    AskedExport.objects.update(made_at=row.made_at - ago)


def test_what_did_not_arrive_is_had_once_more_and_goes_on_record_again(held: Living) -> None:
    at = handed_over(held)
    assert OFFER in held.browser.get(at).text
    answer = once_more(held, at)
    assert answer["Content-Disposition"].startswith('attachment; filename="bundle-')
    with tarfile.open(fileobj=io.BytesIO(answer.getvalue())) as tar:
        originals = [name for name in tar.getnames() if "/originals/" in name]
    assert len(originals) == 3
    assert (leaves(held, "opened"), leaves(held, "exported")) == (6, 2)
    # No wait runs, and none was given back: an opening elsewhere waits for its own.
    assert set(Request.objects.values_list("state", flat=True)) == {Request.State.DONE}


def test_it_needs_the_passphrase(held: Living) -> None:
    at = handed_over(held)
    held.browser.get(at)
    assert once_more(held, at, "not this one").status_code == 422
    assert leaves(held, "exported") == 1


def nothing_more(held: Living, at: str) -> None:
    assert OFFER not in held.browser.get(at).text
    answer = once_more(held, at)
    assert (answer.status_code, answer["Location"]) == (302, at)
    assert leaves(held, "exported") == 1


@pytest.mark.parametrize("ago", [AGAIN_WITHIN, -timedelta(minutes=5)])
def test_after_an_hour_or_with_the_clock_set_back_it_waits_anew(
    held: Living, ago: timedelta
) -> None:
    at = handed_over(held)
    made_ago(ago)
    nothing_more(held, at)


def test_having_it_does_not_make_the_hour_longer(held: Living) -> None:
    at = handed_over(held)
    made_ago(AGAIN_WITHIN - timedelta(minutes=1))
    held.browser.get(at)
    assert once_more(held, at).status_code == 200
    made_ago(timedelta(minutes=1))
    assert OFFER not in held.browser.get(at).text


def test_after_the_lock_it_waits_anew(held: Living) -> None:
    """Whoever comes after is perhaps somebody who made the person sign in."""
    at = handed_over(held)
    held.browser.post("/out")
    held.browser.sign_in()
    nothing_more(held, at)


def test_what_was_added_since_has_not_waited_and_so_nothing_goes(
    held: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = handed_over(held)
    held.browser.get(at)
    monkeypatch.setattr("stillwater.web.evidence.asked._item_ids", lambda _: ("another",))
    assert once_more(held, at).status_code == 422
    assert leaves(held, "exported") == 1


def test_a_sealed_one_is_saved_as_often_as_one_likes_and_offers_nothing_of_the_kind(
    held: Living,
) -> None:
    at = handed_over(held, to="me")
    nothing_more(held, at)
