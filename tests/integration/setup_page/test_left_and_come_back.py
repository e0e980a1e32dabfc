"""Left in the middle, taken up again, and typed wrongly."""

import pytest

from stillwater.people.models import Other
from stillwater.plan.models import Intention, PlanVersion, SetUp
from tests.integration.mail_page.conftest import everything_kept
from tests.integration.setup_page.conftest import PASSPHRASE, Newcomer


def test_left_in_the_middle_and_come_back_to_after_a_lock(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", names="Jordan", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    newcomer.browser.post("/c/h", **{f"children_{key}": "no"})
    newcomer.browser.post("/out")
    assert "Your passphrase, please." in newcomer.browser.get("/c/i").text
    page = newcomer.browser.post("/in", passphrase=PASSPHRASE)
    assert newcomer.browser.at == "/c/i"
    assert "Step 9 of 15" in page.text
    assert "With J" in page.text
    again = newcomer.browser.get(f"/c/g/b/{key}")
    assert "jordan@mail.example" in again.text


def test_words_that_were_begun_and_not_sent_are_there_after_a_lock(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.answers_for(newcomer.tells_of("J", h_mail="jordan@mail.example"))
    newcomer.browser.keeps("/c/k", protects="calm", words="My mornings, wren.")
    newcomer.browser.post("/out")
    newcomer.browser.post("/in", passphrase=PASSPHRASE)
    page = newcomer.browser.get("/c/k")
    assert "My mornings, wren." in page.text
    assert "has not been sent" in page.text
    assert "wren" not in everything_kept()
    assert not Intention.objects.exists()
    newcomer.browser.post("/c/k", skip="1")
    assert "wren" not in newcomer.browser.get("/c/k").text


def test_until_it_is_finished_every_way_in_leads_back_to_it(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    assert "Step 15 of 15" in newcomer.browser.get("/").text
    assert "Set-up" in newcomer.browser.get("/a/").text  # where a mailbox is added meanwhile
    newcomer.browser.post("/c/o")
    newcomer.browser.get("/")
    assert newcomer.browser.at == "/b/"
    assert "Set-up" not in newcomer.browser.get("/a/").text


def test_until_there_is_a_plan_what_was_told_lies_sealed(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.tells_of("Quill", names="Jordan", h_mail="jordan@mail.example")
    kept = everything_kept()
    assert SetUp.objects.count() == 1
    for one in ("Quill", "Jordan", "jordan@mail.example"):
        assert one not in kept
    assert not PlanVersion.objects.exists()
    assert not Other.objects.exists()


def test_taken_out_again_nothing_of_them_is_left(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post(f"/c/g/b/{key}/off")
    assert newcomer.answers.others == ()


def test_once_there_is_a_plan_set_up_makes_no_other(newcomer: Newcomer) -> None:
    newcomer.until_who()
    key = newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.answers_for(key)
    newcomer.browser.post("/c/l", **{f"mode_{key}": "no_contact"})
    newcomer.settles()
    before = newcomer.plan
    newcomer.browser.post("/c/l", **{f"mode_{key}": "watch"})
    newcomer.browser.post("/c/n")
    assert newcomer.plan == before
    assert PlanVersion.objects.count() == 1
    assert newcomer.browser.get("/c/").text.count("Step 15 of 15") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label": ""}, "A name for them is missing."),
        ({"label": "J", "h_mail": "not an address"}, "Line 1 of the mail addresses"),
        ({"label": "J", "h_tel": "+49 30 1234567\nxyz"}, "Line 2 of the phone numbers"),
        ({"label": "J" * 60}, "too long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    newcomer: Newcomer, typed: dict[str, str], said: str
) -> None:
    newcomer.until_who()
    page = newcomer.browser.post(
        "/c/g/new", 422, **{"names": "Jordan", "relation": "boss", **typed}
    )
    assert said in page.text
    assert "Jordan" in page.text
    for value in typed.values():
        assert value in newcomer.browser.answers[-1]
    assert newcomer.answers.others == ()


def test_a_question_without_an_answer_is_asked_again(newcomer: Newcomer) -> None:
    newcomer.until_who()
    newcomer.tells_of("J", h_mail="jordan@mail.example")
    newcomer.browser.post("/c/g")
    for path in ("/c/h", "/c/i", "/c/j"):
        assert "One question has no answer yet." in newcomer.browser.post(path, 422).text


def test_somebody_who_is_also_always_let_pass_is_asked_about_kindly(newcomer: Newcomer) -> None:
    newcomer.until_who()
    page = newcomer.browser.get("/c/m")
    wrong = newcomer.browser.post("/c/m", 422, why="lawyer", handle="nothing at all", add="1")
    assert "That is no address, and no number." in wrong.text
    assert "nothing at all" in newcomer.browser.answers[-1]
    assert "proves nothing" in page.text
