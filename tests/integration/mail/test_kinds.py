"""What goes out of sight and what stays, by the plan and by what kind of mail it is."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from stillwater.channels.mail.live import mailbox as live
from stillwater.core.home import Home
from stillwater.gate.models import Attempt, Notice
from tests.integration.mail.conftest import Life, mail, until, watched
from tests.support.dovecot import Dovecot
from tests.support.mailbox import OTHER, PERSON, PLAN

pytestmark = pytest.mark.django_db(transaction=True)

CHILDS = PLAN.replace(
    'mode = "no_contact"',
    f'mode = "no_contact"\nchildren = [{{ name = "Mia", handles = ["{OTHER}"] }}]',
)


def counts(life: Life) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in Attempt.objects.filter(person=life.person):
        found[one.action] = found.get(one.action, 0) + 1
    return found


def is_decided(life: Life, number: int) -> bool:
    mine = Attempt.objects.filter(person=life.person).exclude(state=Attempt.State.SEALED)
    return mine.count() == number


@pytest.mark.parametrize(
    "plan",
    [
        PLAN.replace("no_contact", "watch"),
        PLAN.replace('mode = "no_contact"', 'mode = "no_contact"\ncourt_ordered = ["mail"]'),
    ],
    ids=["watch", "court-ordered"],
)
def test_recorded_and_left_in_sight(
    new_life: Callable[..., Life], server: Dovecot, home: Home, plan: str
) -> None:
    life = new_life(plan=plan)
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: is_decided(life, 1))
    assert len(server.raws(PERSON, "INBOX")) == 1


def test_what_a_child_may_have_written_from_their_handle_is_asked_about_out_of_sight(
    new_life: Callable[..., Life], server: Dovecot, home: Home
) -> None:
    life = new_life(plan=CHILDS)
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert counts(life) == {"ask": 1}
    assert Notice.objects.filter(person=life.person, acknowledged_at=None).count() == 1


def test_junk_is_looked_at_too(life: Life, server: Dovecot, home: Home) -> None:
    life.add(server)
    with watched(home), server.client(PERSON) as client:
        client.append("Junk", mail(OTHER))
        client.append("Junk", mail("shop@offers.example"))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert len(server.raws(PERSON, "Junk")) == 1


def test_the_persons_own_mail_is_recorded_as_theirs_to_the_other(
    life: Life, server: Dovecot, home: Home
) -> None:
    """Both directions are recorded; what the person writes to anybody else is nobody's business."""
    life.add(server)
    to_other = f"From: {PERSON}\r\nTo: {OTHER}\r\nSubject: Mia\r\n\r\nFive is fine.\r\n".encode()
    to_friend = (
        f"From: {PERSON}\r\nTo: ana@friends.example\r\n\r\nI will kill myself, he said.\r\n"
    ).encode()
    with watched(home), server.client(PERSON) as client:
        client.append("Sent", to_friend)
        client.append("Sent", to_other)
        until(lambda: is_decided(life, 1))
    assert Attempt.objects.get().direction == "out"
    assert len(server.raws(PERSON, "Sent")) == 2


INVITATION = (
    "From: Calendar <calendar-notification@calendar.example>\r\n"
    f"To: {PERSON}\r\nSubject: Invitation\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain\r\n\r\nYou have been invited.\r\n"
    "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    f"ORGANIZER;CN=J:mailto:{OTHER}\r\nSUMMARY:Talk\r\nDTSTART:20261201T100000Z\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n"
).encode()
PAYMENT = (
    f"From: Payments <service@payments.example>\r\nReply-To: {OTHER}\r\nTo: {PERSON}\r\n"
    "Subject: You have been sent 0.01 EUR\r\n\r\nNote: please talk to me\r\n"
).encode()
SHARED = (
    f"From: Docs <no-reply@docs.example>\r\nTo: {PERSON}\r\nSubject: Shared with you\r\n\r\n"
    f"{OTHER} shared a document with you: Our summer\r\n"
).encode()
NAMED = (
    f'From: "{OTHER} via Pictures" <notify@pictures.example>\r\nTo: {PERSON}\r\n'
    "Subject: New comment\r\n\r\nSomebody commented on your picture.\r\n"
).encode()


@pytest.mark.parametrize(
    "raw",
    [INVITATION, PAYMENT, SHARED, NAMED],
    ids=["invitation", "payment", "shared document", "comment"],
)
def test_what_a_platform_sends_for_them_is_held(
    life: Life, server: Dovecot, home: Home, raw: bytes
) -> None:
    """And answered by nobody: an invitation is neither accepted nor declined."""
    life.add(server)
    with watched(home):
        server.deliver(PERSON, raw)
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert server.raws(PERSON, "INBOX") == []
    assert server.raws(PERSON, "Sent") == []


def test_a_forged_friend_is_not_moved_and_a_stranger_stays(
    life: Life, server: Dovecot, home: Home
) -> None:
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail("ana@friends.example"), mail("new@people.example"))
        server.deliver(PERSON, mail(OTHER))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert len(server.raws(PERSON, "INBOX")) == 2
    assert life.attempts() == 1


def test_danger_from_a_stranger_is_sealed_and_told_and_stays(
    life: Life, server: Dovecot, home: Home
) -> None:
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail("new@people.example", "I am going to kill you tonight."))
        until(lambda: is_decided(life, 1))
    assert len(server.raws(PERSON, "INBOX")) == 1
    assert counts(life) == {"alert": 1}


def test_what_is_longer_than_one_mail_can_be(
    life: Life, server: Dovecot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its head is sealed, and it goes out of sight all the same; in pieces, whatever its length."""
    monkeypatch.setattr(live, "ITEM_CAP", 2_000_000)
    life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER, "x" * 80 + "\r\n" + ("y" * 70 + "\r\n") * 50_000))
        server.deliver(PERSON, mail(OTHER, ("z" * 70 + "\r\n") * 20_000))
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
        until(lambda: is_decided(life, 2))
    assert server.raws(PERSON, "INBOX") == []


def test_what_is_there_already_is_left_unless_asked_for(
    life: Life, server: Dovecot, home: Home
) -> None:
    with server.client(PERSON) as client:
        client.append("INBOX", mail(OTHER), msg_time=datetime(2026, 1, 1, tzinfo=UTC))
    row = life.add(server)
    with watched(home):
        server.deliver(PERSON, mail(OTHER, number=2))
        until(lambda: len(server.raws(PERSON, "Later")) == 1)
    assert len(server.raws(PERSON, "INBOX")) == 1
    row.watch_from = datetime(1970, 1, 1, tzinfo=UTC)
    row.save()
    row.folders.update(uidvalidity=0)
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == 2)
    assert life.attempts() == 2


def many(server: Dovecot, number: int) -> None:
    with server.client(PERSON) as client:
        for start in range(0, number, 500):
            client.multiappend(
                "INBOX",
                [
                    mail(OTHER, number=n)
                    if n % 2
                    else mail(f"list{n % 7}@else.example", "The minutes are attached.", number=n)
                    for n in range(start, start + 500)
                ],
            )


@pytest.mark.parametrize(
    "number", [1_000, pytest.param(50_000, marks=pytest.mark.long)], ids=["1,000", "50,000"]
)
def test_very_many_at_once(life: Life, server: Dovecot, home: Home, number: int) -> None:
    life.add(server)
    many(server, number)
    with watched(home):
        until(lambda: len(server.raws(PERSON, "Later")) == number // 2, number / 20)
    assert len(server.raws(PERSON, "INBOX")) == number // 2
    assert life.attempts() == number // 2
