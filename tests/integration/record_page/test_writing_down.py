"""From the first question to the sealed entry: nothing typed is lost, nothing is there twice."""

import json
import re
from datetime import timedelta

import pytest

from stillwater.channels.by_hand.happenings import Happening
from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.gate import keeping
from stillwater.gate.by_hand.saving import is_not_mine, say_who_wrote
from stillwater.gate.models import (
    Attempt,
    Authorship,
    HandDraft,
    HandEntry,
    HandPart,
    HandPicture,
    Notice,
)
from stillwater.people.models import Settings
from stillwater.vault import keys
from stillwater.vault.models import Item, Leaf
from stillwater.vault.selfcheck import run_self_check
from stillwater.web.apps import in_memory
from tests.integration.record_page.conftest import (
    CHEAP,
    PASSPHRASE,
    Browser,
    Life,
    everything_kept,
)
from tests.refusals.kept import all_rows
from tests.support.pictures import camera_picture, plain_picture

pytestmark = pytest.mark.django_db


def entry_json(life: Life, attempt: Attempt) -> dict:
    return json.loads(life.session.open_item(attempt.item, life.home))


def other_id(browser: Browser, label: str = "J") -> str:
    found = re.search(rf'name="other" value="(\w+)"[^>]*>{label}<', browser.text)
    assert found
    return found[1]


def walk(browser: Browser, happening: str = "visit") -> Browser:
    """Every step of it, up to looking it over."""
    browser.begin(happening)
    browser.post(other=other_id(browser))
    browser.post(choice="other", day="2026-03-06", time="18:05", about="1", go="on")
    browser.post(words="They rang <b>twice</b>.", place="At home", technology="A grey car", go="on")
    browser.post(witnesses="A. Neighbour, 030 1234", go="on")
    browser.post(officer="K. Stone", badge="77", report_number="2026/11", go="on")
    browser.post(effect="No sleep for days.", medical="A bruise on the arm.", go="on")
    return browser.upload(camera_picture(place=True), plain_picture(), go="on")


class TestTheWholeWay:
    def test_an_entry_is_sealed_with_both_times_and_all_that_was_written(
        self, browser: Browser, life: Life
    ) -> None:
        before = SystemClock().now()
        walk(browser)
        for said in ("They rang", "At home", "A grey car", "A. Neighbour", "K. Stone", "2026/11"):
            assert said in browser.text
        assert "6 March 2026, about 18:05" in browser.text
        browser.save()
        assert browser.at.startswith("/e/n/")
        attempt = Attempt.objects.get()
        assert (attempt.channel, attempt.kind, attempt.direction) == ("visit", "visit", "in")
        assert (attempt.tier, attempt.action, attempt.how) == (2, "recorded", "none")
        assert attempt.other in life.person.others.all()
        assert attempt.received_at.isoformat() == "2026-03-06T17:05:00+00:00"
        assert attempt.recorded_at >= before
        said = entry_json(life, attempt)
        assert said["words"] == "They rang <b>twice</b>."
        assert said["happened"]["at"] == "2026-03-06T18:05:00+01:00"
        assert said["happened"]["exactness"] == "about"
        assert said["written_at"] >= before.replace(microsecond=0).isoformat()[:10]
        assert (said["officer"], said["badge"], said["report_number"]) == (
            "K. Stone", "77", "2026/11",
        )  # fmt: skip
        assert not HandDraft.objects.exists()
        assert not HandPicture.objects.exists()

    def test_the_person_is_not_paged_about_what_they_wrote_themself(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("gift")
        browser.step("check").save()
        assert Attempt.objects.get().tier == 2
        assert not Notice.objects.exists()
        assert not Attempt.objects.get().wants_review

    def test_effect_and_medical_are_items_of_their_own(self, browser: Browser, life: Life) -> None:
        walk(browser).save()
        attempt = Attempt.objects.get()
        assert "sleep" not in json.dumps(entry_json(life, attempt))
        assert "bruise" not in json.dumps(entry_json(life, attempt))
        apart = HandPart.objects.filter(role="apart")
        opened = [json.loads(life.session.open_item(one.item, life.home)) for one in apart]
        assert {one["part"]: one["text"] for one in opened} == {
            "effect": "No sleep for days.",
            "medical": "A bruise on the arm.",
        }
        assert {one["of"] for one in opened} == {attempt.item.public_id}

    def test_pictures_are_sealed_untouched_and_tied_to_the_entry(
        self, browser: Browser, life: Life
    ) -> None:
        raws = [camera_picture(place=True), plain_picture()]
        walk(browser)
        assert "taken 1 March 2026, 18:02" in browser.text
        browser.step("pictures")
        assert browser.text.count("says where it was taken") == 1
        browser.save()
        parts = HandPart.objects.filter(role="picture").order_by("pk")
        assert [life.session.open_item(one.item, life.home) for one in parts] == raws
        said = entry_json(life, Attempt.objects.get())
        assert [one["length"] for one in said["pictures"]] == [len(raw) for raw in raws]
        assert run_self_check(life.home, life.person, SystemClock().now()).passed

    @pytest.mark.parametrize("happening", list(Happening))
    def test_every_choice_can_be_saved_with_everything_left_out(
        self, browser: Browser, life: Life, happening: str
    ) -> None:
        browser.begin(happening)
        for _ in range(7):
            browser.post(go="skip")
        assert browser.at.endswith("/s/check")
        browser.save()
        attempt = Attempt.objects.get()
        assert (attempt.other, attempt.kind) == (None, Happening(happening).kind)
        assert entry_json(life, attempt)["happened"]["exactness"] == "unknown"
        assert attempt.received_at_is_guess
        assert "The time is not known." in browser.text


class TestNothingIsThereTwice:
    def test_save_pressed_twice_makes_one_entry(self, browser: Browser, life: Life) -> None:
        browser.begin("letter").step("check")
        draft = browser.draft
        browser.save()
        first = browser.at
        browser.post(f"/e/d/{draft}/save")
        assert browser.at == first
        assert Attempt.objects.count() == HandEntry.objects.count() == 1

    @pytest.mark.parametrize("step", ["s/check", "s/what", "pictures"])
    def test_back_after_saving_leads_to_what_was_saved(
        self, browser: Browser, life: Life, step: str
    ) -> None:
        browser.begin("letter").step("check")
        draft = browser.draft
        browser.save()
        entry = browser.at
        browser.get(f"/e/d/{draft}/{step}")
        assert browser.at == entry

    def test_the_first_choice_pressed_twice_begins_one_draft(
        self, browser: Browser, life: Life
    ) -> None:
        key = re.search(r'name="key" value="(\w+)"', browser.get("/e/").text)
        assert key
        for _ in range(2):
            browser.post("/e/", happening="visit", key=key[1])
        assert HandDraft.objects.count() == 1

    def test_the_same_picture_twice_is_there_once(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures")
        browser.upload(plain_picture(), plain_picture())
        browser.upload(plain_picture())
        assert HandPicture.objects.count() == 1


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


class TestTime:
    def test_a_day_with_two_readings_is_asked_about(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("when").post(choice="other", day="3/6/2026", go="on")
        assert browser.status == 422
        assert "3 June 2026" not in browser.text or "6 March 2026" in browser.text
        days = re.findall(r'name="this_day" value="([\d-]+)"', browser.text)
        assert days == ["2026-03-06", "2026-06-03"]
        assert life.drafts.all()[0].happened is None
        browser.post(this_day=days[0], choice="other", day="3/6/2026", time="", go="")
        happened = life.drafts.all()[0].happened
        assert happened
        assert happened.at.date().isoformat() == "2026-03-06"
        assert happened.exactness == "day"

    def test_now_is_the_moment_of_pressing_and_not_of_saving(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("hang_up").step("when").post(choice="now", go="on")
        happened = life.drafts.all()[0].happened
        assert happened
        assert timedelta(0) <= SystemClock().now() - happened.at < timedelta(minutes=2)

    def test_what_is_still_to_come_is_refused(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("when").post(choice="other", day="2999-01-01", go="on")
        assert browser.status == 422
        assert "still to come" in browser.text

    @pytest.mark.parametrize(
        ("language", "said"), [("de", "Das liegt noch in der Zukunft."), ("es", "por venir")]
    )
    def test_what_is_refused_is_said_in_the_persons_language(
        self, browser: Browser, life: Life, language: str, said: str
    ) -> None:
        Settings.objects.update_or_create(person=life.person, defaults={"language": language})
        browser.begin("visit").step("when").post(choice="other", day="2999-01-01", go="on")
        assert browser.status == 422
        assert said in browser.text


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

    def test_an_empty_correction_is_said_and_not_written(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("check").save()
        browser.get(browser.at + "/more").post(text="  ")
        assert browser.status == 422
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


class TestWhatLiesOpen:
    def test_no_word_of_it_lies_open_anywhere(
        self, browser: Browser, life: Life, logged: list[str]
    ) -> None:
        words = {
            name: f"canary-{name}-xylophone"
            for name in ("words", "place", "witnesses", "officer", "effect", "medical")
        }
        browser.begin("visit")
        browser.post(go="skip")
        browser.post(choice="yesterday", time="", go="on")
        browser.post(words=words["words"], place=words["place"], technology="", go="on")
        browser.post(witnesses=words["witnesses"], go="on")
        browser.post(officer=words["officer"], badge="", report_number="", go="on")
        browser.post(effect=words["effect"], medical=words["medical"], go="on")
        picture = camera_picture(place=True, noise=b"canary-picture-xylophone")
        browser.upload(picture, name="canary-name-xylophone.jpg", go="on")
        kept = everything_kept(life.home)
        browser.save()
        browser.post(browser.at + "/more", text="canary-correction-xylophone", key="c" * 32)
        kept += everything_kept(life.home)
        assert b"xylophone" not in kept
        assert picture[:64] not in kept
        assert b"2026:03:01" not in kept
        assert "xylophone" not in "\n".join(logged)

    def test_the_list_shows_nothing_that_the_other_sent(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("check").save()
        browser.get("/e/all")
        assert "They came by" in browser.text
        assert "jordan@mail.example" not in "".join(browser.seen)


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


class TestPictures:
    def test_what_is_no_picture_is_said_and_the_rest_is_kept(
        self, browser: Browser, life: Life
    ) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture(), b"MZ no picture")
        assert browser.status == 422
        assert HandPicture.objects.count() == 1
        assert len(life.drafts.all()[0].pictures) == 1

    def test_one_over_25_mb_is_said(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture() + b"x" * 25_000_000)
        assert browser.status == 422
        assert "25 MB" in browser.text

    def test_the_eleventh_is_said(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures")
        browser.upload(*(plain_picture(n) for n in range(11)))
        assert browser.status == 422
        assert HandPicture.objects.count() == 10

    def test_one_can_be_taken_out(self, browser: Browser, life: Life) -> None:
        browser.begin("visit").step("pictures").upload(plain_picture(1), plain_picture(2))
        first, second = life.drafts.all()[0].pictures
        browser.post(f"/e/d/{browser.draft}/pictures/{first.id}")
        assert life.drafts.all()[0].pictures == (second,)
        assert HandPicture.objects.count() == 1

    def test_no_temporary_file_is_made(
        self, browser: Browser, life: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(*_: object, **__: object) -> None:
            raise AssertionError("a temporary file")

        browser.begin("visit").step("pictures")
        for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
            monkeypatch.setattr(f"tempfile.{name}", refuses)
        monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuses)
        browser.upload(camera_picture(noise=b"x" * 6_000_000))
        assert browser.status == 302
        assert len(life.drafts.all()[0].pictures) == 1


def test_where_the_plan_has_nobody_nobody_is_asked_about(browser: Browser, life: Life) -> None:
    from stillwater.plan.models import PlanVersion

    PlanVersion.objects.all().delete()
    browser.begin("visit")
    assert browser.at.endswith("/s/when")
    browser.step("check").save()
    assert Attempt.objects.get().plan_number == 0
