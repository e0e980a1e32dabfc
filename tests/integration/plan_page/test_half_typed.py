"""What was begun in a form and left, by the idle lock too: sealed, and there again."""

from datetime import timedelta

import pytest

from stillwater.core.clock import SystemClock
from stillwater.plan.models import Intention
from stillwater.web.apps import in_memory
from stillwater.web.half_typed import KEPT_FOR, LONGEST
from stillwater.web.models import KeptWords
from tests.integration.mail_page.conftest import everything_kept
from tests.integration.plan_page.conftest import PASSPHRASE, Planner
from tests.support import mailbox

WORDS = "So that the mornings are mine: wren."
BEGUN = "What you had begun to write is here again."


def why(planner: Planner) -> str:
    return f"/f/o/{planner.id_of('J')}/why"


def locked_and_in_again(planner: Planner) -> None:
    """Nobody touched it for long enough, as the server has it."""
    (there,) = in_memory().unlocked.of(planner.person.pk)
    there.seen_at = SystemClock().now() - timedelta(hours=1)
    planner.browser.get("/b/")
    planner.browser.post("/in", passphrase=PASSPHRASE)


def test_the_words_outlive_the_lock_and_are_in_the_form_again(planner: Planner) -> None:
    planner.browser.keeps(why(planner), protects="calm", words=WORDS)
    locked_and_in_again(planner)
    page = planner.browser.get(why(planner))
    assert BEGUN in page.text
    assert WORDS in page.text
    assert [one["value"] for one in page.fields if "checked" in one] == ["calm"]
    assert not Intention.objects.exists()  # kept is not said


def test_they_lie_sealed_and_nowhere_in_the_clear(planner: Planner) -> None:
    planner.browser.keeps(why(planner), words=WORDS, passphrase="hidden heron")
    row = KeptWords.objects.get()
    assert bytes(row.sealed).startswith(b"age-encryption.org/v1")
    assert "wren" not in everything_kept()
    # What is no field of the form is not kept at all.
    assert "heron" not in planner.browser.get(why(planner)).text


@pytest.mark.parametrize("how", [{}, {"skip": "1"}, {"go": "drop"}])
def test_once_they_are_sent_or_not_wanted_nothing_is_kept(
    planner: Planner, how: dict[str, str]
) -> None:
    planner.browser.keeps(why(planner), words=WORDS)
    planner.browser.post(why(planner), words=WORDS, **how)
    assert not KeptWords.objects.exists()
    assert BEGUN not in planner.browser.get(why(planner)).text


def test_an_error_loses_nothing(planner: Planner) -> None:
    planner.browser.keeps(why(planner), words=WORDS)
    planner.browser.post(why(planner), 422, words="x" * 3000)
    assert KeptWords.objects.exists()


def test_emptied_again_nothing_is_kept(planner: Planner) -> None:
    planner.browser.keeps(why(planner), words=WORDS)
    planner.browser.keeps(why(planner), words=" ")
    assert not KeptWords.objects.exists()


def test_what_is_kept_later_takes_the_place_of_what_was_kept_before(planner: Planner) -> None:
    for words in ("one", "one two"):
        planner.browser.keeps(why(planner), words=words)
    assert KeptWords.objects.count() == 1
    assert "one two" in planner.browser.get(why(planner)).text


def test_more_than_any_form_takes_is_not_kept(planner: Planner) -> None:
    planner.browser.keeps(why(planner), words="x" * LONGEST)
    assert not KeptWords.objects.exists()


def test_after_a_week_it_is_forgotten_also_where_nobody_looks_at_that_form(
    planner: Planner,
) -> None:
    planner.browser.keeps(why(planner), words=WORDS)
    KeptWords.objects.update(kept_at=SystemClock().now() - KEPT_FOR - timedelta(minutes=1))
    planner.browser.post("/out")
    planner.browser.post("/in", passphrase=PASSPHRASE)
    assert not KeptWords.objects.exists()


def test_signed_out_nothing_is_taken(planner: Planner) -> None:
    planner.browser.get(why(planner))
    planner.browser.post("/out")
    planner.browser.post(why(planner), go="keep", words=WORDS)
    assert planner.browser.at == "/in"
    assert not KeptWords.objects.exists()


def test_somebody_elses_are_never_seen(new_planner, planner: Planner) -> None:
    planner.browser.keeps("/f/d", plan=WORDS)
    robin = new_planner(name="Robin")
    assert WORDS not in robin.browser.get("/f/d").text


def test_the_plan_as_text_is_there_again_and_not_after_another_change(new_planner) -> None:
    """Sent then, it would take that change back unseen."""
    planner = new_planner(plan=mailbox.PLAN.replace("no_contact", "watch"))
    planner.browser.keeps("/f/d", plan=f"# {WORDS}")
    page = planner.browser.get("/f/d")
    assert BEGUN in page.text
    assert WORDS in page.text
    planner.browser.post(f"/f/o/{planner.id_of('J')}", mode="no_contact")
    assert WORDS not in planner.browser.get("/f/d").text
