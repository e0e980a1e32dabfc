"""Asked, agreed, opened, sorted; and the person hears category and facts, and nothing else."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from stillwater.circle.models import Member, Opened
from stillwater.core.clock import SystemClock
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.opening import open_gate
from stillwater.gate.signals.ways import Ways
from stillwater.vault.models import Leaf
from tests.integration.mail.conftest import PASSPHRASE, Life
from tests.integration.mail_page.conftest import Browser, everything_kept
from tests.integration.review_page.conftest import MAIL, OWN, WORDS, Two, plain
from tests.refusals.areas.review import held
from tests.support.mailbox import PLAN

FIRST = PLAN.replace('mode = "no_contact"', 'mode = "no_contact"\nsuicide_first = "reviewer"')
pytestmark = pytest.mark.django_db(transaction=True)


def leaves() -> list[dict[str, object]]:
    return [json.loads(bytes(one.data)) for one in Leaf.objects.order_by("pk")]


def test_the_whole_way(two: Two) -> None:
    before = two.held()  # sealed before anybody could review it
    member = two.agreed()
    assert member.state == Member.State.ACTIVE
    after = two.held(MAIL.replace(b"lake", b"pond"))
    seen = two.reviewers.get("/r/")
    assert "One at a time." in seen.text
    assert WORDS not in seen.text
    for item in (before, after):
        shown = two.reviewers.post(f"/r/x/{item}/open")
        assert "I keep thinking of the" in shown.text
        assert "Jo jordan@mail.example" in shown.text
    answer = two.sorted(
        before, "practical", request="Somebody else can fetch the keys.", date="2026-12-01",
        need="property", safe_note="nothing",
    )  # fmt: skip
    assert "Sorted. Thank you." in answer.text
    told = two.told()
    assert "Something practical" in told
    assert "Somebody else can fetch the keys." in told
    assert "2026-12-01" in told
    assert "There is nothing in it that you need." in told
    assert not Attempt.objects.get(item__public_id=before).wants_review
    assert Attempt.objects.get(item__public_id=after).wants_review


def test_the_person_sees_neither_what_was_opened_nor_its_words(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.sorted(item, "hook")
    two.told()
    everything = plain(two.theirs.answers)
    assert WORDS not in everything
    assert "the lake" not in everything
    assert item not in everything


def test_a_hook_without_a_note_is_told_nowhere(two: Two) -> None:
    two.agreed()
    told_before = Notice.objects.count()
    two.sorted(two.opened(), "hook")
    assert Notice.objects.count() == told_before
    assert "Nothing yet." in two.told()


def test_danger_opens_a_notice_by_its_category(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.sorted(item, "danger", category="weapon")
    notice = Notice.objects.get(tier=1)
    assert notice.acknowledged_at is None
    assert "May be danger: weapons" in two.told()


def test_danger_needs_its_category(two: Two) -> None:
    two.agreed()
    item = two.opened()
    seen = two.sorted(item, "danger", status=422, note="Please be careful today.")
    assert "Which danger it is" in seen.text
    assert "Please be careful today." in seen.text  # what was typed is still there


def test_each_opening_is_on_record_before_the_words_and_names_who(two: Two) -> None:
    member = two.agreed()
    item = two.held()
    # Asking for the page shows nothing, and is no opening.
    assert WORDS not in two.reviewers.get(f"/r/x/{item}").text
    assert not [leaf for leaf in leaves() if leaf["kind"] == "opened"]
    two.reviewers.post(f"/r/x/{item}/open")
    (leaf,) = [leaf for leaf in leaves() if leaf["kind"] == "opened"]
    assert (leaf["item"], leaf["reason"], leaf["who"]) == (item, "review", member.public_id)
    two.reviewers.get(f"/r/x/{item}")  # looked at once more on the same day: no other opening
    assert len([leaf for leaf in leaves() if leaf["kind"] == "opened"]) == 1


@pytest.mark.parametrize(
    "note",
    [
        f"They wrote: {WORDS}.",
        "so I KEEP   thinking, of the lake",
        "i k\u200beep thinking of the lake",
        "I кeep thinkіng of the lake",
        "1 k33p thinking of the l4ke",
    ],
)
@pytest.mark.parametrize("where", ["note", "request"])
def test_a_note_that_repeats_their_words_is_refused(two: Two, note: str, where: str) -> None:
    two.agreed()
    item = two.opened()
    seen = two.sorted(item, "practical", status=422, **{where: note})
    assert "This repeats their words" in seen.text
    assert "thinking" not in two.told()
    assert Attempt.objects.get(item__public_id=item).wants_review  # nothing was kept


def test_a_run_that_is_spread_over_the_fields_is_refused(two: Two) -> None:
    two.agreed()
    item = two.opened()
    fields = {"place": "of the lake", "who": "by the hills"}
    assert "This repeats their words" in two.sorted(item, "practical", status=422, **fields).text


def test_what_is_sorted_already_is_no_address_any_more(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.sorted(item, "hook")
    assert two.reviewers.client.get(f"/r/x/{item}").status_code == 403


def test_a_note_in_ones_own_words_is_passed_on(two: Two) -> None:
    two.agreed()
    two.sorted(two.opened(), "hook", note="I was glad to take this off you.")
    assert "I was glad to take this off you." in two.told()


def test_pictures_are_blurred_until_they_are_asked_for(two: Two) -> None:
    two.agreed()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 10, 10)).save(picture, "PNG")
    item = two.opened(_with_attachment("image/png", picture.getvalue()))
    seen = two.reviewers.get(f"/r/x/{item}")
    assert f"/r/x/{item}/p/0" in seen.addresses
    assert not any("/c/0" in one for one in seen.addresses)
    asked = two.reviewers.get(f"/r/x/{item}/s/0")
    assert f"/r/x/{item}/c/0" in asked.addresses
    for which in ("p", "c"):
        answer = two.reviewers.client.get(f"/r/x/{item}/{which}/0")
        assert answer["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
    # What may show a minor is never copied: a picture is looked at, and not saved.
    assert two.reviewers.client.get(f"/r/x/{item}/f/0").status_code == 403


def test_a_file_is_saved_under_a_name_of_ours_and_never_opened(two: Two) -> None:
    two.agreed()
    item = two.opened(_with_attachment("text/html", b"<script>alert(1)</script>"))
    answer = two.reviewers.client.get(f"/r/x/{item}/f/0")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="file-1"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_html_loads_nothing_and_runs_nothing(two: Two) -> None:
    two.agreed()
    raw = (
        b"From: jordan@mail.example\nContent-Type: text/html\n\n"
        b'<p>hi</p><img src="https://spy.example/x.png"><script>alert(1)</script>'
    )
    item = two.opened(raw)
    body = two.reviewers.client.get(f"/r/x/{item}").content.decode()
    assert "spy.example" not in " ".join(two.reviewers.get(f"/r/x/{item}").addresses)
    assert "<script>alert" not in body


def test_not_theirs_teaches_the_gate_and_the_person_hears_it(two: Two) -> None:
    two.agreed()
    item = two.opened(b"From: School <office@school.example>\n\nThe bus comes at eight.\n")
    two.sorted(item, "not_theirs")
    said = [leaf for leaf in leaves() if leaf["kind"] == "feedback"]
    assert [(leaf["item"], leaf["says"]) for leaf in said] == [(item, "not_theirs")]
    assert said[0]["who"] == Member.objects.get().public_id
    assert "From somebody else" in two.told()


def test_what_the_plan_lists_stays_theirs_whatever_a_reviewer_says(two: Two) -> None:
    two.agreed()
    two.sorted(two.opened(), "not_theirs")
    assert not [leaf for leaf in leaves() if leaf["kind"] == "feedback"]
    assert "From somebody else" in two.told()


def test_no_name_no_note_and_no_word_stands_in_the_open(two: Two) -> None:
    link, code = two.invited()
    two.reviewers.get(link)
    form = {"adult": "on", "witness": "on", "reachable": "no", "passphrase": OWN, "again": OWN}
    two.reviewers.post("/r/i", code=code, name="kim canary", **form)
    member = Member.objects.get()
    two.theirs.post(f"/h/m/{member.public_id}/same", passphrase=PASSPHRASE)
    two.sorted(two.opened(), "practical", note="An own note, canary.", place="Canary Wharf")
    kept = everything_kept()
    for secret in ("anary", WORDS, code, code.replace(" ", ""), link[-32:], OWN):
        assert secret not in kept


def test_a_reviewer_of_somebody_else_sees_nothing_of_it(two: Two, new_life: object) -> None:
    two.agreed()
    mine = two.held()
    robin = new_life("Robin")  # type: ignore[operator]
    theirs = held(robin.person, MAIL).item.public_id
    seen = two.reviewers.get("/r/")
    assert any(mine in one for one in seen.addresses)
    assert not any(theirs in one for one in seen.addresses)
    for path in (f"/r/x/{theirs}", f"/r/x/{theirs}/f/0"):
        assert two.reviewers.client.get(path).status_code == 403


def test_signing_in_again_with_ones_own_name(two: Two) -> None:
    two.agreed()
    item = two.held()
    elsewhere = Browser(two.home).enter()
    elsewhere.get("/r/in")
    seen = elsewhere.post("/r/in", name=" KIM ", passphrase=OWN)
    assert any(item in one for one in seen.addresses)
    # Lock leads back to their own door.
    elsewhere.post("/out")
    assert elsewhere.at == "/r/in"


@pytest.mark.parametrize(("name", "passphrase"), [("kim", "wrong words here"), ("nobody", OWN)])
def test_a_wrong_passphrase_and_nobodys_name_are_answered_alike(
    two: Two, name: str, passphrase: str
) -> None:
    two.agreed()
    elsewhere = Browser(two.home).enter()
    elsewhere.get("/r/in")
    seen = elsewhere.post("/r/in", status=422, name=name, passphrase=passphrase)
    assert "That did not open it." in seen.text


def test_opening_counts_once_an_item_and_a_day(two: Two) -> None:
    two.agreed()
    item = two.opened()
    two.reviewers.post(f"/r/x/{item}/open")
    assert Opened.objects.count() == 1


def _with_attachment(kind: str, content: bytes) -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "jordan@mail.example", "hey"
    mail.set_content("look")
    main, _, sub = kind.partition("/")
    mail.add_attachment(content, maintype=main, subtype=sub, filename="../../x.bin")
    return mail.as_bytes()


def test_a_suicide_threat_that_the_reviewer_sorted_first_does_not_reach_the_person(
    new_life: Callable[..., Life],
) -> None:
    life = new_life(delay=timedelta(), plan=FIRST)
    two = Two(life.home, life.person, Browser(life.home), Browser(life.home))
    two.theirs.sign_in()
    assert "so you hear at once" in two.theirs.get("/f/").text
    two.agreed()
    ways = Ways(life.person, life.home, life.machine, SystemClock())
    ways.agree("ntfys://ntfy.example/kim-word", "Kim", agreed=True)
    assert "Kim hears first" in two.theirs.get("/f/").text
    Notice.objects.update(acknowledged_at=SystemClock().now())  # that somebody joined
    raw = MAIL.replace(WORDS.encode(), b"I am going to kill myself")
    with open_gate(life.home, life.person) as intake:
        intake.take([intake.triage(raw)])
    item = Attempt.objects.get().item.public_id
    assert Notice.objects.filter(acknowledged_at=None).count() == 1
    assert "Nothing needs you." in two.theirs.get("/b/").text
    two.reviewers.get("/r/")
    two.reviewers.post(f"/r/x/{item}/open")
    two.sorted(item, "hook")
    assert not Notice.objects.filter(acknowledged_at=None).exists()
    assert "Nothing needs you." in two.theirs.get("/b/").text
