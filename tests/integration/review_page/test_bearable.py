"""Limits, quiet hours, a rest, handing on, thanks: what protects the one who looks."""

import pytest
from django.utils import timezone

from stillwater.circle.models import HandedOn, Member
from stillwater.core.clock import SystemClock
from stillwater.core.words import Action
from tests.integration.mail_page.conftest import Browser
from tests.integration.review_page.conftest import MAIL, WORDS, Two

pytestmark = pytest.mark.django_db(transaction=True)


def numbered(number: int) -> bytes:
    return MAIL.replace(b"lake", f"lake{number}".encode())


def test_after_the_limit_it_is_enough_for_today(two: Two) -> None:
    member = two.agreed()
    Member.objects.filter(pk=member.pk).update(daily_limit=2)
    for number in range(2):
        two.opened(numbered(number))
    third = two.held(numbered(3))
    assert "That is enough for today." in two.reviewers.get("/r/").text
    seen = two.reviewers.post(f"/r/x/{third}/open", status=422)
    assert "That is enough for today." in seen.text
    assert "lake3" not in seen.text


def test_danger_passes_the_limit_the_quiet_hours_and_a_rest(two: Two) -> None:
    member = two.agreed()
    now = timezone.localtime(SystemClock().now())
    Member.objects.filter(pk=member.pk).update(
        daily_limit=0,
        quiet_from=now.replace(hour=(now.hour - 1) % 24).time(),
        quiet_until=now.replace(hour=(now.hour + 1) % 24).time(),
        rests_until=now.replace(year=now.year + 1),
    )
    plain, danger = two.held(numbered(1)), two.held(numbered(2), tier=1, action=Action.ALERT)
    seen = two.reviewers.get("/r/")
    assert any(danger in one for one in seen.addresses)
    assert not any(plain in one for one in seen.addresses)
    assert "lake2" in two.reviewers.post(f"/r/x/{danger}/open").text


def test_quiet_hours_hold_what_can_wait(two: Two) -> None:
    member = two.agreed()
    now = timezone.localtime(SystemClock().now())
    Member.objects.filter(pk=member.pk).update(
        quiet_from=now.replace(hour=(now.hour - 1) % 24).time(),
        quiet_until=now.replace(hour=(now.hour + 1) % 24).time(),
    )
    item = two.held()
    assert "These are your quiet hours." in two.reviewers.get("/r/").text
    assert WORDS not in two.reviewers.post(f"/r/x/{item}/open", status=422).text


def test_the_limits_are_the_reviewers_own(two: Two) -> None:
    two.agreed()
    two.reviewers.get("/r/l")
    two.reviewers.post("/r/l", daily_limit="3", quiet_from="22:00", quiet_until="07:00")
    member = Member.objects.get()
    assert (member.daily_limit, f"{member.quiet_from:%H:%M}") == (3, "22:00")
    for wrong in (
        {"daily_limit": "51"},
        {"daily_limit": "x"},
        {"daily_limit": "5", "quiet_from": "x"},
    ):
        two.reviewers.post("/r/l", status=422, **wrong)
    member.refresh_from_db()
    assert member.daily_limit == 3


def test_a_rest_and_its_end(two: Two) -> None:
    two.agreed()
    item = two.held()
    two.reviewers.get("/r/")
    assert "You rest until" in two.reviewers.post("/r/z", until="tomorrow").text
    assert two.reviewers.post(f"/r/x/{item}/open", status=422)
    seen = two.reviewers.post("/r/z")
    assert any(item in one for one in seen.addresses)


def test_danger_stands_first_then_what_may_be_needed_then_the_oldest(two: Two) -> None:
    two.agreed()
    oldest = two.held(numbered(1))
    digest = two.held(numbered(2), action=Action.DIGEST)
    slower = two.held(numbered(3), tier=2, action=Action.ALERT)
    danger = two.held(numbered(4), tier=1, action=Action.ALERT)
    seen = two.reviewers.get("/r/")
    shown = [one.split("/")[3] for one in seen.addresses if one.endswith("/open")]
    assert shown == [danger, slower, digest, oldest]


def test_never_how_many_there_are(two: Two) -> None:
    two.agreed()
    for number in range(7):
        two.held(numbered(number))
    seen = two.reviewers.get("/r/")
    assert len([one for one in seen.addresses if one.endswith("/open")]) == 5
    assert "7" not in seen.text.replace("2027", "")


def test_handing_on_needs_somebody_who_takes_it(two: Two) -> None:
    two.agreed()
    item = two.opened()
    seen = two.reviewers.post(f"/r/x/{item}/on", status=422)
    assert "nobody else who could take it yet" in seen.text
    assert not HandedOn.objects.exists()
    first, two.reviewers = two.reviewers, Browser(two.home)
    two.agreed("lee")
    assert "Somebody else takes it." in first.post(f"/r/x/{item}/on").text
    assert not any(item in one for one in first.get("/r/").addresses)
    assert any(item in one for one in two.reviewers.get("/r/").addresses)
    # The second cannot give it back into nowhere.
    two.reviewers.post(f"/r/x/{item}/on", status=422)


def test_thanks_arrive_once(two: Two) -> None:
    member = two.agreed()
    two.theirs.post(f"/h/m/{member.public_id}/thanks")
    assert "You were sent thanks." in two.reviewers.get("/r/").text
    assert "You were sent thanks." not in two.reviewers.get("/r/").text


def test_sorting_what_somebody_sorted_meanwhile_changes_nothing(two: Two) -> None:
    two.agreed()
    item = two.opened()
    first, two.reviewers = two.reviewers, Browser(two.home)
    two.agreed("lee")
    two.reviewers.post(f"/r/x/{item}/open")
    two.sorted(item, "hook")
    answer = first.client.get(f"/r/x/{item}")
    assert answer.status_code == 403
