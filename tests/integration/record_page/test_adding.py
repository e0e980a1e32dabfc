"""Adding to what was written down, and reading it again: the first words stay."""

import json
import re

import pytest

from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.gate.by_hand.saving import is_not_mine, say_who_wrote
from stillwater.gate.models import (
    Attempt,
    Authorship,
    HandPart,
)
from stillwater.vault import keys
from stillwater.vault.models import Leaf
from tests.integration.record_page.conftest import (
    CHEAP,
    PASSPHRASE,
    Browser,
    Life,
    everything_kept,
    walk,
)

pytestmark = pytest.mark.django_db


class TestAddingToIt:
    def test_a_correction_is_appended_and_the_first_words_stay(
        self, browser: Browser, life: Life
    ) -> None:
        walk(browser).save()
        attempt = Attempt.objects.get()
        sealed = bytes(attempt.item.ciphertext_sha256)
        browser.get(f"/e/n/{attempt.public_id}/more")
        key = re.search(r'name="key" value="(\w+)"', browser.text)
        assert key
        for _ in range(2):
            browser.post(
                f"/e/n/{attempt.public_id}/more", text="It was <i>half past</i>.", key=key[1]
            )
        assert "They rang &lt;b&gt;twice" in browser.text
        assert "It was &lt;i&gt;half past" in browser.text
        part = HandPart.objects.get(role="correction")
        said = json.loads(life.session.open_item(part.item, life.home))
        assert (said["part"], said["of"]) == ("correction", attempt.item.public_id)
        attempt.refresh_from_db()
        assert bytes(attempt.item.ciphertext_sha256) == sealed

    def test_a_correction_that_was_begun_is_there_after_the_lock_and_is_none_until_it_is_saved(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        more = browser.at + "/more"
        browser.get(more).post(text="It was a xylophone.", go="keep")
        assert browser.status == 204
        assert b"xylophone" not in everything_kept(life.home)
        browser.post("/out").sign_in().get(more)
        assert "It was a xylophone." in browser.text
        assert not HandPart.objects.exists()
        browser.post(text="It was a xylophone.", key="a" * 32)
        assert HandPart.objects.count() == 1
        assert "xylophone" not in browser.get(more).text.partition("<form")[2]

    def test_an_empty_correction_is_said_and_not_written(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        browser.get(browser.at + "/more").post(text="  ")
        assert browser.status == 422
        assert not HandPart.objects.exists()

    def test_a_correction_longer_than_may_be_is_said_whole_and_not_cut(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        browser.get(browser.at + "/more").post(text="d" * 20_001)
        assert browser.status == 422
        assert "d" * 20_001 in browser.text
        assert not HandPart.objects.exists()

    def test_who_it_was_can_be_said_later_and_not_changed_then(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        entry = browser.at
        browser.get(entry + "/more")
        j, m = other_id_in_radio(browser, "J"), other_id_in_radio(browser, "M")
        browser.post(text="", other=j, key="a" * 32)
        browser.post(entry + "/more", text="No.", other=m, key="b" * 32)
        other = Attempt.objects.get().other
        assert other
        assert other.public_id == j

    def test_not_written_by_me_is_said_in_the_ledger_and_can_be_taken_back(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        entry = browser.at
        for said in ("yes", "yes", "no"):
            browser.post(f"{entry}/author", not_mine=said)
        leaves = [json.loads(bytes(one)) for one in Leaf.objects.values_list("data", flat=True)]
        said_of = [one["says"] for one in leaves if one["kind"] == "authorship"]
        assert said_of == ["not_written_by_me", "taken_back"]
        assert "You say: not written by me." not in browser.text
        assert "You say: not written by me." in browser.seen[-2]


class TestWhoWrote:
    """Of any item that is held, not only of what was written by hand."""

    def test_it_is_said_of_an_item_by_its_id_and_another_persons_is_refused(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        item = Attempt.objects.get().item
        elsewhere = keeping.new_person(
            "Robin", PASSPHRASE, home=life.home, clock=SystemClock(), cost=CHEAP
        )
        robin = keys.sign_in(elsewhere.person, PASSPHRASE)
        with pytest.raises(UserError):
            say_who_wrote(robin, item, not_mine=True, home=life.home, clock=SystemClock())
        assert not Authorship.objects.exists()
        say_who_wrote(life.session, item, not_mine=True, home=life.home, clock=SystemClock())
        assert is_not_mine(life.person, item)
        assert not is_not_mine(elsewhere.person, item)


def other_id_in_radio(browser: Browser, label: str) -> str:
    found = re.search(rf'name="other" value="(\w+)"> {label}</label>', browser.text)
    assert found
    return found[1]


class TestTheList:
    def test_it_is_read_in_pages_with_as_many_questions_for_many_as_for_few(
        self, browser: Browser, life: Life, django_assert_max_num_queries
    ) -> None:
        for _ in range(21):
            browser.begin("hang_up").step("check").save()
        with django_assert_max_num_queries(20):
            browser.get("/e/all")
        assert browser.text.count("/e/n/") == 20
        assert browser.get("/e/all?page=2").text.count("/e/n/") == 1
        assert browser.get("/e/all?page=x").text.count("/e/n/") == 20

    def test_what_happened_last_stands_first(self, browser: Browser, life: Life) -> None:
        for happening, day in (("gift", "2026-03-01"), ("letter", "2026-04-01")):
            browser.begin(happening).step("when").post(choice="other", day=day, go="on")
            browser.step("check").save()
        text = browser.get("/e/all").text
        assert text.index("A letter or card") < text.index("A gift or thing")
