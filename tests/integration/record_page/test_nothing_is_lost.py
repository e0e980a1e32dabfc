"""Nothing that was typed is lost, whatever is pressed, and whatever ends."""

import pytest

from stillwater.channels.by_hand.happenings import Happening
from stillwater.gate.models import (
    Attempt,
    HandDraft,
    HandPart,
    HandPicture,
)
from stillwater.vault.models import Item, Leaf
from stillwater.web.apps import in_memory
from tests.integration.record_page.conftest import (
    Browser,
    Life,
    walk,
)
from tests.refusals.kept import all_rows
from tests.support.pictures import plain_picture

pytestmark = pytest.mark.django_db


class TestNothingIsLost:
    def test_each_step_outlives_the_lock_and_the_program(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit")
        browser.post(go="skip")
        browser.post(choice="yesterday", time="07:30", go="on")
        browser.post(words="At the gate.", go="on")
        draft = browser.draft
        browser.upload(plain_picture())
        browser.post("/out")
        assert browser.get(f"/e/d/{draft}/s/story").at == "/in"
        in_memory().ready()  # as after a new start: memory is empty
        browser.sign_in().get("/e/")
        assert f"/e/d/{draft}/s/check" in browser.text
        assert "At the gate." in browser.get(f"/e/d/{draft}/s/story").text
        assert "Picture 1" in browser.step("pictures").text
        assert "07:30" in browser.step("check").text

    @pytest.mark.parametrize("go", ["back", "skip", "on"])
    def test_every_button_keeps_what_was_typed(self, browser: Browser, life: Life, go: str) -> None:
        browser.begin("visit")
        browser.step("story").post(words="So it was.", place="Here", go=go)
        assert "So it was." in browser.step("story").text

    def test_back_leads_to_the_step_before_and_in_the_end_to_the_beginning(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("apart")
        for step in ("officer", "witnesses", "story", "when", "who", "what"):
            browser.post(go="back")
            assert browser.at.endswith(f"/s/{step}")
        assert browser.post(go="back").at == "/e/"
        assert "They came by" in browser.text

    def test_another_happening_can_be_chosen_and_the_rest_stays(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story").post(words="So it was.", go="on")
        browser.step("what").post(happening="drive_by")
        (draft,) = life.drafts.all()
        assert (draft.happening, draft.words) == (Happening.DRIVE_BY, "So it was.")
        browser.step("what").post(happening="nothing of the kind")
        assert life.drafts.all() == [draft]

    def test_what_cannot_be_read_stays_in_the_form(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("when").post(choice="other", day="soon", time="18:05", go="on")
        assert browser.status == 422
        assert 'value="soon"' in browser.text
        assert 'value="18:05"' in browser.text

    def test_a_time_that_was_kept_is_not_made_anew_by_going_past_it(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("when").post(choice="yesterday", time="07:30", go="on")
        kept = life.drafts.all()[0].happened
        browser.step("when").post(choice="", go="on")
        assert life.drafts.all()[0].happened == kept

    def test_a_kill_while_saving_leaves_the_draft_and_no_half_entry(
        self, browser: Browser, life: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        walk(browser)
        draft, leaves = browser.draft, Leaf.objects.count()

        def dies(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as killed:
            killed.setattr("stillwater.gate.by_hand.saving.HandEntry.objects.create", dies)
            with pytest.raises(KeyboardInterrupt):
                browser.save()
        assert (Attempt.objects.count(), Item.objects.count()) == (0, 0)
        assert Leaf.objects.count() == leaves
        browser.get(f"/e/d/{draft}/s/check").save()
        assert Attempt.objects.count() == 1
        assert HandPart.objects.count() == 4

    def test_a_draft_is_thrown_away_only_after_asking(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture())
        draft = browser.draft
        browser.get(f"/e/d/{draft}/drop")
        assert HandDraft.objects.count() == 1
        browser.post(f"/e/d/{draft}/drop")
        assert (HandDraft.objects.count(), HandPicture.objects.count()) == (0, 0)

    def test_what_is_being_typed_is_kept_without_leaving_the_page(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story").post(words="Half a sen", go="keep")
        assert (browser.status, browser.text) == (204, "")
        assert life.drafts.all()[0].words == "Half a sen"

    def test_what_is_sent_after_the_lock_fell_is_there_after_signing_in(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        draft, story = browser.draft, browser.at
        browser.post("/out")
        before = all_rows()
        browser.post(story, words="Written for a long xylophone.", place="", technology="", go="on")
        assert browser.at == "/in"
        assert all_rows() == before  # nobody was signed in: nothing was changed
        assert b"xylophone" not in b"".join(in_memory().late._kept.values())
        browser.sign_in().get(f"/e/d/{draft}/s/check")
        assert "Written for a long xylophone." in browser.text
        assert life.drafts.all()[0].words == "Written for a long xylophone."

    def test_one_may_go_to_the_end_from_any_step(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("story").post(words="Short.", go="check")
        assert browser.at.endswith("/s/check")
        assert "Short." in browser.text
