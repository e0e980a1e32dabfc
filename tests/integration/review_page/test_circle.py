"""Asking somebody, agreeing on a key, the wait, letting go; and what is never let through."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings

from stillwater.circle.models import Member
from stillwater.core.clock import SystemClock
from stillwater.core.errors import UserError
from stillwater.core.ids import system_randomness
from stillwater.gate.circle import Circle
from stillwater.gate.models import Notice
from stillwater.vault import identities, keys
from stillwater.vault.keys import Session
from stillwater.vault.machine import MachineKey
from stillwater.vault.models import Epoch, Item, Leaf, Reviewer
from stillwater.web.apps import in_memory
from tests.integration.mail.conftest import PASSPHRASE, Life
from tests.integration.mail_page.conftest import Browser
from tests.integration.review_page.conftest import ABOUT, MAIL, OWN, WORDS, YES, Two

pytestmark = pytest.mark.django_db(transaction=True)


def circle_of(two: Two) -> Circle:
    machine = MachineKey.load_or_create(settings.HOME)
    return Circle(two.person, settings.HOME, machine, SystemClock())


def test_an_empty_circle_does_not_read_as_nobody(two: Two) -> None:
    seen = two.theirs.get("/h/")
    assert "That says nothing about who is there for you." in seen.text
    assert "emergency number" in seen.text


def test_without_a_reviewer_it_is_said_what_happens_instead(two: Two) -> None:
    assert "told to you as its kind and its facts" in two.theirs.get("/h/").text
    two.agreed()
    assert "told to you as its kind and its facts" not in two.theirs.get("/h/").text


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"adult"}, "A reviewer is an adult."),
        ({"reachable"}, "can neither reach nor press"),
        ({"role"}, "As what they help is missing."),
        ({"passphrase"}, "The passphrase is missing."),
    ],
)
def test_what_must_be_so_before_a_reviewer_is_asked(
    two: Two, left_out: set[str], said: str
) -> None:
    two.theirs.get("/h/n")
    form = {name: value for name, value in ABOUT.items() if name not in left_out}
    seen = two.theirs.post("/h/n", status=422, **form)
    assert said in seen.text
    assert any(one.get("value") == "Kim Canary" for one in seen.fields)  # typed, and still there
    assert not Member.objects.exists()


def test_somebody_who_can_be_reached_may_still_be_a_supporter(two: Two) -> None:
    two.theirs.get("/h/n")
    form = {**ABOUT, "role": "supporter", "reachable": "yes"}
    assert "Part of your circle." in two.theirs.post("/h/n", **form).text
    assert not circle_of(two).has_reviewer()


def test_the_link_alone_opens_nothing(two: Two) -> None:
    link, _ = two.invited()
    two.reviewers.get(link)
    seen = two.reviewers.post("/r/i", status=422, code="0000 0000", name="kim", **YES)
    assert "That is not the code." in seen.text
    assert Member.objects.get().state == Member.State.INVITED


def test_an_invitation_opened_where_somebody_is_signed_in_drops_their_keys(two: Two) -> None:
    link, _ = two.invited()
    assert in_memory().unlocked.of(two.person.pk)
    two.theirs.get(link)
    assert in_memory().unlocked.of(two.person.pk) == []


def test_after_five_wrong_codes_the_invitation_is_over(two: Two) -> None:
    link, code = two.invited()
    wrong = "1" * 8 if code.replace(" ", "") != "1" * 8 else "2" * 8
    two.reviewers.get(link)
    for _ in range(5):
        two.reviewers.post("/r/i", status=422, code=wrong, name="kim", **YES)
    assert two.reviewers.client.get("/r/i").status_code == 403
    with pytest.raises(UserError, match="over"):
        circle_of(two).accept(Member.objects.get(), code, "kim", OWN)
    # The person makes a new one, and that works.
    assert two.agreed().state == Member.State.ACTIVE


def test_an_invitation_is_used_once(two: Two) -> None:
    link, code = two.invited()
    two.reviewers.get(link)
    two.reviewers.post("/r/i", code=code, name="kim", **YES)
    assert Browser(two.home).client.get(link).status_code == 403


def test_an_old_invitation_opens_nothing(two: Two) -> None:
    link, code = two.invited()
    Member.objects.update(expires_at=SystemClock().now() - timedelta(seconds=1))
    assert Browser(two.home).client.get(link).status_code == 403
    with pytest.raises(UserError, match="over"):
        circle_of(two).accept(Member.objects.get(), code, "kim", OWN)


def test_asking_anew_ends_the_link_before(two: Two) -> None:
    link, _ = two.invited()
    two.theirs.post(f"/h/m/{Member.objects.get().public_id}/ask", status=200)
    assert Browser(two.home).client.get(link).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"witness": ""}, "still to be ticked"),
        ({"reachable": "yes"}, "better not as a reviewer"),
        ({"again": "another one entirely"}, "differ"),
        ({"passphrase": "short", "again": "short"}, "shorter than"),
    ],
)
def test_the_reviewer_is_asked_too(two: Two, wrong: dict[str, str], said: str) -> None:
    link, code = two.invited()
    seen = two.reviewers.get(link)
    assert "as a witness" in seen.text
    form = {name: value for name, value in {**YES, **wrong}.items() if value}
    assert said in two.reviewers.post("/r/i", status=422, code=code, name="kim", **form).text
    assert Member.objects.get().state == Member.State.INVITED


def test_both_see_the_same_words_and_nothing_is_open_before_they_say_so(two: Two) -> None:
    two.held()
    member = two.accepted()
    words = identities.fingerprint(member.recipient)
    for browser, path in ((two.theirs, f"/h/m/{member.public_id}"), (two.reviewers, "/r/")):
        text = browser.get(path).text
        assert all(word in text for word in words)
    assert not Reviewer.objects.exists()
    assert "One at a time." not in two.reviewers.get("/r/").text


def test_the_wait_is_the_persons_and_can_be_taken_back(
    two: Two, new_life: Callable[..., Life]
) -> None:
    keys.keyring_of(two.person).__class__.objects.update(loosening_delay=timedelta(days=1))
    item = two.held()
    member = two.agreed()
    assert member.state == Member.State.WAITING
    assert "Not yet." in two.reviewers.get("/r/").text
    assert two.reviewers.client.get(f"/r/x/{item}").status_code == 403
    # The person is told, in case it was not them.
    assert Notice.objects.filter(person=two.person, acknowledged_at=None).exists()
    two.theirs.post(f"/h/m/{member.public_id}/off")
    circle_of(two).settle()
    assert not Reviewer.objects.exists()
    assert two.reviewers.client.get("/r/").headers["Location"] == "/r/in"


def test_those_who_are_there_see_that_somebody_joins(two: Two) -> None:
    two.agreed()
    first, two.reviewers = two.reviewers, Browser(two.home)
    keys.keyring_of(two.person).__class__.objects.update(loosening_delay=timedelta(days=1))
    two.agreed("lee")
    assert "Somebody else is about to begin" in first.get("/r/").text


def test_beginning_writes_a_leaf_without_a_name_and_a_new_epoch(two: Two) -> None:
    before = Epoch.objects.get(current=True)
    member = two.agreed()
    (leaf,) = [
        one for one in map(_leaf, Leaf.objects.order_by("pk")) if one["kind"] == "reviewer_added"
    ]
    assert leaf["who"] == member.public_id
    assert Epoch.objects.get(current=True) != before


def test_while_nobody_is_signed_in_only_what_is_new_opens(two: Two, life: Life) -> None:
    """Then the person comes, and the older months open as well."""
    old = two.held()
    member = two.accepted()
    circle_of(two).confirm(member)  # no session: as in the worker
    new = two.held(MAIL.replace(b"lake", b"pond"))
    two.reviewers.get("/r/")
    seen = two.reviewers.post(f"/r/x/{old}/open", status=422)
    assert "sealed before you began" in seen.text
    assert WORDS not in seen.text
    assert "the pond" in two.reviewers.post(f"/r/x/{new}/open").text
    Browser(two.home).sign_in()
    assert WORDS in two.reviewers.post(f"/r/x/{old}/open").text


def test_who_is_let_go_is_out_at_once(two: Two) -> None:
    member = two.agreed()
    item = two.opened()
    key = two.reviewers.client.session.session_key
    assert in_memory().unlocked.touch(key, SystemClock().now()) is not None
    two.theirs.post(f"/h/m/{member.public_id}/off")
    assert in_memory().unlocked.touch(key, SystemClock().now()) is None
    answer = two.reviewers.client.get(f"/r/x/{item}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/r/in")
    two.reviewers.enter().get("/r/in")
    seen = two.reviewers.post("/r/in", status=422, name="kim", passphrase=OWN)
    assert "That did not open it." in seen.text


def test_what_comes_after_that_is_not_sealed_to_them_any_more(two: Two) -> None:
    two.theirs.get("/h/n")
    two.theirs.post("/h/n", **ABOUT)
    member = Member.objects.get()
    own = identities.new_identity(system_randomness)
    recipient = identities.recipient_of(own)
    two.theirs.post(f"/h/m/{member.public_id}/key", recipient=recipient)
    two.theirs.post(f"/h/m/{member.public_id}/same", passphrase=PASSPHRASE)
    seen = Session(two.person, own)
    while_there = Item.objects.get(public_id=two.held())
    assert WORDS.encode() in seen.open_item(while_there, settings.HOME)
    two.theirs.post(f"/h/m/{member.public_id}/off")
    later = Item.objects.get(public_id=two.held(MAIL.replace(b"lake", b"pond")))
    for item in (later, Item.objects.get(pk=while_there.pk)):
        with pytest.raises(UserError):
            Session(two.person, own).open_item(item, settings.HOME)
    kinds = [str(one["kind"]) for one in map(_leaf, Leaf.objects.order_by("pk"))]
    changes = [kind for kind in kinds if kind.startswith("reviewer_")]
    assert changes == ["reviewer_added", "reviewer_removed"]


@pytest.mark.parametrize("recipient", ["", "age1nonsense", "AGE-SECRET-KEY-1QQQ", "x" * 5000])
def test_what_is_no_key_is_refused(two: Two, recipient: str) -> None:
    two.theirs.get("/h/n")
    two.theirs.post("/h/n", **ABOUT)
    member = Member.objects.get()
    seen = two.theirs.post(f"/h/m/{member.public_id}/key", status=422, recipient=recipient)
    assert "not an age recipient" in seen.text


def test_the_persons_own_key_is_no_reviewers(two: Two) -> None:
    two.theirs.get("/h/n")
    two.theirs.post("/h/n", **ABOUT)
    own = keys.keyring_of(two.person).recipient
    path = f"/h/m/{Member.objects.get().public_id}/key"
    assert "your own" in two.theirs.post(path, status=422, recipient=own).text


def test_saying_the_words_are_the_same_needs_the_passphrase(two: Two) -> None:
    member = two.accepted()
    path = f"/h/m/{member.public_id}/same"
    assert "did not open it" in two.theirs.post(path, status=422, passphrase="wrong words").text
    member.refresh_from_db()
    assert member.state == Member.State.KEYED


def test_a_name_to_sign_in_with_is_nobody_elses(two: Two) -> None:
    two.accepted()
    link, code = two.invited()
    other = Browser(two.home)
    other.get(link)
    seen = other.post("/r/i", status=422, code=code, name="KIM", **YES)
    assert "That name is taken here." in seen.text


def _leaf(row: Leaf) -> dict[str, object]:
    found: dict[str, object] = json.loads(bytes(row.data))
    return found
