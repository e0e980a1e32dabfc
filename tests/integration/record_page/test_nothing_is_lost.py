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
        assert b"xylophone" not in b"".join(*in_memory().late._kept.values())
        browser.sign_in().get(f"/e/d/{draft}/s/check")
        assert "Written for a long xylophone." in browser.text
        assert life.drafts.all()[0].words == "Written for a long xylophone."

    def test_an_older_form_that_is_sent_after_the_lock_writes_over_nothing(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        draft, story, older = browser.draft, browser.at, browser.seen_mark
        browser.post(words="At the gate, with a knife.", place="Home", go="on")
        browser.post("/out")
        browser.post(story, words="At the gate.", place="The road", seen=older, go="on")
        browser.post(story, words="He shouted.", place="", seen="0" * 32, go="on")
        browser.post(story.replace("story", "witnesses"), witnesses="A. Neighbour", seen=older)
        browser.sign_in().get(f"/e/d/{draft}/s/check")
        (kept,) = life.drafts.all()
        assert kept.words.startswith("At the gate, with a knife.\n\nSent at ")
        assert kept.words.endswith("when the page was locked:\nHe shouted.")
        assert kept.place == "Home / The road"
        assert kept.witnesses == "A. Neighbour"
        assert "He shouted." in browser.text

    def test_whoever_sits_at_the_lock_takes_nothing_away(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        draft, story = browser.draft, browser.at
        browser.post(words="All that happened.", go="on")
        browser.post("/out")
        for seen in ("", "0" * 32):
            browser.post(story, words="", place="", seen=seen, go="on")
            browser.post(story, words="Nothing.", place="", seen=seen, go="on")
        browser.sign_in().get(f"/e/d/{draft}/s/check")
        assert "All that happened." in life.drafts.all()[0].words

    def test_what_one_takes_out_oneself_is_out_also_after_the_lock(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story").post(words="So it was. Or not.", go="on")
        browser.step("story")
        draft, story, seen = browser.draft, browser.at, browser.seen_mark
        browser.post("/out")
        browser.post(story, words="So it was.", place="", seen=seen, go="on")
        browser.sign_in().get(f"/e/d/{draft}/s/check")
        assert life.drafts.all()[0].words == "So it was."

    def test_a_page_that_is_older_writes_over_nothing_while_one_is_here(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        story, older = browser.at, browser.seen_mark
        browser.post(words="A long account.", go="on")
        browser.post(story, words="Another beginning.", seen=older, go="on")
        words = life.drafts.all()[0].words
        assert words.startswith("A long account.")
        assert words.endswith("from a page that was older:\nAnother beginning.")
        browser.post(story, words="Another beginning.", seen=older, go="on")  # pressed twice
        assert life.drafts.all()[0].words == words

    def test_what_a_page_kept_while_one_types_is_its_own(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        story, seen = browser.at, browser.seen_mark
        browser.post(story, words="Half a sen", seen=seen, go="keep")
        mark = browser.headers["Mark"]
        assert mark != seen
        browser.post(story, words="Something else", seen=mark, go="on")
        assert life.drafts.all()[0].words == "Something else"

    def test_an_account_longer_than_may_be_saved_is_said_and_none_of_it_is_cut(
        self, browser: Browser, life: Life
    ) -> None:
        long = "a " * 12_000 + "end"
        browser.begin("visit").step("story").post(words=long, go="on")
        assert (browser.status, browser.at[-8:]) == (422, "/s/story")
        assert "too long to be saved" in browser.text
        assert long in browser.text
        assert life.drafts.all()[0].words == long
        browser.post(words=long[:20_000], seen=browser.seen_mark, go="check")
        assert browser.at.endswith("/s/check")

    @pytest.mark.parametrize(("name", "step"), [("place", "story"), ("badge", "officer")])
    def test_so_is_a_line(self, browser: Browser, life: Life, name: str, step: str) -> None:
        browser.begin("visit").step(step).post(**{name: "b" * 2001}, go="on")
        assert browser.status == 422
        assert getattr(life.drafts.all()[0], name) == "b" * 2001

    def test_nothing_too_long_is_saved_for_good_and_the_draft_stays(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("witnesses").post(witnesses="c" * 20_001, go="on")
        browser.save()
        assert browser.status == 422
        assert life.drafts.all()[0].witnesses == "c" * 20_001

    def test_both_of_two_pages_are_kept_however_long_they_are_together(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("witnesses")
        at, older = browser.at, browser.seen_mark
        browser.post(witnesses="a" * 15_000, go="on")
        browser.post(at, witnesses="b" * 15_000, seen=older, go="on")
        assert browser.status == 422
        kept = life.drafts.all()[0].witnesses
        assert kept.startswith("a" * 15_000)
        assert kept.endswith("b" * 15_000)

    def test_so_is_what_came_after_the_lock(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("witnesses")
        at, older = browser.at, browser.seen_mark
        browser.post(witnesses="a" * 15_000, go="on")
        browser.post("/out")
        browser.post(at, witnesses="b" * 25_000, seen=older, go="on")
        browser.sign_in().get(at)
        kept = life.drafts.all()[0].witnesses
        assert kept.startswith("a" * 15_000)
        assert kept.endswith("b" * 25_000)

    def test_what_is_typed_into_a_page_of_what_was_saved_becomes_a_correction(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        story = browser.at
        browser.post(words="At the gate.", go="on")
        browser.save()
        browser.get("/e/")
        browser.post(story, words="At the gate, and he shouted.", place="", go="on")
        assert "It was saved in the meantime." in browser.text
        assert "At the gate, and he shouted." in browser.text
        browser.post(story, words="At the gate.", place="", go="on")
        assert browser.at.startswith("/e/n/")

    def test_what_has_no_place_any_more_after_the_lock_is_said(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("story")
        story = browser.at
        browser.save()
        browser.post("/out")
        browser.post(story, words="And then.", go="on")
        assert (browser.status, browser.at) == (503, story)
        assert "This was not kept" in browser.text

    def test_one_may_go_to_the_end_from_any_step(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("story").post(words="Short.", go="check")
        assert browser.at.endswith("/s/check")
        assert "Short." in browser.text
