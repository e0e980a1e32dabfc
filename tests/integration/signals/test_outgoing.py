"""Notices go out: once, or again until they are acknowledged; and whatever stops half-way."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillwater.channels.mail.live.troubles import Trouble as MailTrouble
from stillwater.gate import notices
from stillwater.gate.models import Notice
from stillwater.gate.signals.models import Delivery, Signals, Way
from stillwater.gate.signals.outgoing import LEASE
from stillwater.gate.signals.schedule import Quiet
from stillwater.gate.signals.texts import Texts
from stillwater.gate.signals.transports import Note
from stillwater.gate.signals.troubles import Trouble
from stillwater.people.models import Settings
from tests.integration.gate.conftest import Life
from tests.integration.signals.conftest import CANARY, FRIEND, MAIL, PHONE, InMemory, Sending
from tests.support import mailbox

NOTE, DANGER, AGREED = Texts().note, Texts().danger, Texts().agreed


class KilledError(BaseException):
    """The worker was killed here."""


def killed() -> None:
    raise KilledError


def seen(sending: Sending) -> None:
    notices.acknowledge(sending.life.person, sending.life.clock.now())


@pytest.mark.parametrize("tier", [0, 2])
def test_what_is_no_tier_1_goes_out_once_on_every_way(sending: Sending, tier: int) -> None:
    sending.add(PHONE)
    sending.add(MAIL)
    sending.open(tier)
    sending.go_for(minutes=60)
    assert sending.transport.texts(PHONE) == [NOTE]
    assert sending.transport.texts(MAIL) == [NOTE]


def test_tier_1_is_said_at_once_and_again_until_it_is_seen(sending: Sending) -> None:
    sending.add()
    sending.open()
    sending.go()
    assert sending.transport.texts(PHONE) == [DANGER]
    sending.go_for(minutes=4)
    assert len(sending.transport.sent) == 1
    sending.go_for(minutes=1)
    assert len(sending.transport.sent) == 2
    sending.go_for(minutes=300)
    assert len(sending.transport.sent) > 7
    said = len(sending.transport.sent)
    seen(sending)
    sending.go_for(minutes=120)
    assert len(sending.transport.sent) == said


def test_the_title_is_the_name_that_they_gave_the_pages(sending: Sending) -> None:
    sending.add()
    Settings.objects.create(person=sending.life.person, display_name="Plants")
    sending.open()
    sending.go()
    assert sending.transport.sent == [(PHONE, Note("Plants", DANGER))]


def test_whoever_was_agreed_on_hears_of_tier_1_that_nobody_saw(sending: Sending) -> None:
    sending.add()
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    sending.open(0)
    sending.open(1)
    sending.go()
    sending.go_for(minutes=29)
    assert sending.transport.texts(FRIEND) == []
    sending.go_for(minutes=1)
    assert sending.transport.texts(FRIEND) == [AGREED]
    for _ in range(60):
        sending.go(minutes=10)
    assert sending.transport.texts(FRIEND) == [AGREED] * 3


def test_they_hear_nothing_of_what_was_seen_or_of_anything_else(sending: Sending) -> None:
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    sending.open(0)
    sending.open(2)
    sending.go_for(minutes=300)
    sending.open(1)
    sending.go_for(minutes=29)
    seen(sending)
    sending.go_for(minutes=300)
    assert sending.transport.sent == []


def test_they_hear_of_it_where_no_way_of_the_persons_works(sending: Sending) -> None:
    sending.add()
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    sending.transport.troubles[PHONE] = Trouble.SILENT
    sending.open()
    sending.go_for(minutes=31)
    assert sending.transport.texts(FRIEND) == [AGREED]


def test_two_notices_at_once_are_one_note(sending: Sending) -> None:
    sending.add()
    for tier in (1, 1, 0, 2):
        sending.open(tier)
    sending.go()
    assert sending.transport.texts(PHONE) == [DANGER]
    assert sending.go() == 0


def test_a_second_danger_is_said_at_once_and_then_they_keep_step(sending: Sending) -> None:
    sending.add()
    sending.open()
    sending.go()
    sending.go_for(minutes=3)
    sending.open()
    sending.go()
    assert len(sending.transport.sent) == 2
    sending.go_for(minutes=4)
    assert len(sending.transport.sent) == 2  # the first one's turn would have been at five
    sending.go_for(minutes=1)
    assert len(sending.transport.sent) == 3


def test_each_hears_on_their_own_ways_alone(
    sending: Sending, new_life: Callable[..., Life]
) -> None:
    robin = Sending(new_life("Robin"), sending.transport)
    sending.add(PHONE)
    robin.add(MAIL)
    robin.open()
    sending.go()
    assert sending.transport.sent == [(MAIL, Note("Home", DANGER))]
    seen(sending)  # one's own seeing says nothing of the other's
    robin.life.clock.at += timedelta(minutes=5)
    assert robin.post().go_round() == 1


def test_quiet_hours_hold_back_a_note_until_the_morning_and_danger_never(
    sending: Sending,
) -> None:
    Settings.objects.create(person=sending.life.person, timezone="Europe/Berlin")
    sending.add()
    sending.ways.be_quiet(Quiet(time(15), time(16)))  # it is 15:03 in Berlin
    sending.open(0)
    sending.open(2)
    assert sending.go() == 0
    sending.open(1)
    assert sending.go() == 1
    assert sending.transport.texts(PHONE) == [DANGER]
    seen(sending)
    sending.open(0)
    sending.go_for(minutes=56)
    assert sending.transport.texts(PHONE) == [DANGER]
    sending.go(minutes=1)
    assert sending.transport.texts(PHONE) == [DANGER, NOTE]


# What goes wrong


def test_what_does_not_go_out_is_tried_again_and_other_ways_are_tried(sending: Sending) -> None:
    phone = sending.add(PHONE)
    sending.add(MAIL)
    sending.transport.troubles[PHONE] = Trouble.REFUSED
    sending.open(0)
    sending.go()
    assert sending.transport.texts(MAIL) == [NOTE]
    phone.refresh_from_db()
    assert (phone.trouble, phone.trouble_since) == ("refused", sending.life.clock.at)
    sending.go_for(minutes=30)
    del sending.transport.troubles[PHONE]
    sending.go(minutes=10)
    assert sending.transport.texts(PHONE) == sending.transport.texts(MAIL) == [NOTE]
    phone.refresh_from_db()
    assert (phone.trouble, phone.trouble_since) == ("", None)
    assert phone.worked_at == sending.life.clock.at


def test_it_is_not_tried_all_the_time(sending: Sending) -> None:
    sending.add()
    sending.transport.troubles[PHONE] = Trouble.SILENT
    sending.open(1)
    sending.go_for(minutes=60)
    assert Delivery.objects.get().tries < 15


def test_two_workers_send_it_once(sending: Sending) -> None:
    sending.add()
    sending.open()
    first, second = sending.post(), sending.post()
    (one,), (other,) = first.due(), second.due()
    claimed = first.claim(one)
    assert claimed is not None
    assert second.claim(other) is None
    first.carry_out(claimed)
    assert second.claim(other) is None  # what was seen as due before is not so any more
    assert len(sending.transport.sent) == 1


def test_a_worker_killed_before_it_sent_loses_nothing(sending: Sending) -> None:
    sending.add()
    sending.open(0)
    sending.transport.meanwhile = killed
    with pytest.raises(KilledError):
        sending.go()
    sending.transport.meanwhile = lambda: None
    assert sending.go() == 0  # the lease runs
    assert sending.go(seconds=LEASE.total_seconds()) == 1
    assert sending.transport.texts(PHONE) == [NOTE]


def test_a_worker_killed_after_it_sent_doubles_one_note_at_most(
    sending: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.add()
    sending.open(0)
    with monkeypatch.context() as patched:
        patched.setattr("stillwater.gate.signals.outgoing._note_said", lambda *_: killed())
        with pytest.raises(KilledError):
            sending.go()
    sending.go_for(minutes=60)
    assert sending.transport.texts(PHONE) == [NOTE, NOTE]


def test_acknowledged_while_it_is_being_sent_it_goes_out_on_no_further_way(
    sending: Sending,
) -> None:
    sending.add(PHONE)
    sending.add(MAIL)
    sending.open()
    sending.transport.meanwhile = lambda: seen(sending)
    sending.go()
    sending.go_for(minutes=120)
    assert sending.transport.texts(PHONE) + sending.transport.texts(MAIL) == [DANGER]


def test_acknowledged_between_claiming_and_sending_it_is_not_sent(sending: Sending) -> None:
    sending.add()
    sending.open()
    post = sending.post()
    claimed = post.claim(post.due()[0])
    assert claimed is not None
    seen(sending)
    post.carry_out(claimed)
    assert sending.transport.sent == []


def test_a_clock_set_back_by_a_year_silences_nothing(sending: Sending) -> None:
    sending.add()
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    sending.open()
    post = sending.post()
    assert post.claim(post.due()[0])  # and killed: the lease now lies in the future
    sending.go(days=-365)
    assert sending.transport.texts(PHONE) == [DANGER]
    sending.go_for(minutes=5)
    assert sending.transport.texts(PHONE) == [DANGER] * 2
    sending.go_for(minutes=60)
    assert sending.transport.texts(FRIEND) != []


def test_a_way_of_another_machines_key_is_a_trouble_like_any_other(sending: Sending) -> None:
    way = sending.add()
    Way.objects.filter(pk=way.pk).update(for_gate=b"SWM1" + bytes(60))
    sending.open()
    sending.go()
    assert Way.objects.get().trouble == "key"


steps = st.lists(
    st.tuples(
        st.integers(-90, 90),  # minutes that the clock goes
        st.sampled_from([None, None, None, "open", "ask", "trouble", "mended", "seen", "killed"]),
    ),
    max_size=30,
)


@given(steps)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_danger_is_said_until_it_is_seen_and_then_no_more(
    life: Life, steps: list[tuple[int, str | None]]
) -> None:
    """Whatever the clock, the server and the worker do: four laws over what went out."""
    sending = Sending(life, InMemory())
    Notice.objects.all().delete()
    Way.objects.all().delete()
    Signals.objects.all().delete()
    sending.add()
    for minutes, event in steps:
        before = len(sending.transport.sent)
        sending.transport.meanwhile = killed if event == "killed" else lambda: None
        if event in ("open", "ask"):
            sending.open(1 if event == "open" else 0)
        elif event == "trouble":
            sending.transport.troubles[PHONE] = Trouble.SILENT
        elif event == "mended":
            sending.transport.troubles.clear()
        elif event == "seen":
            seen(sending)
        try:
            sending.go(minutes=minutes)
        except KilledError:
            continue
        now_open = Notice.objects.filter(acknowledged_at=None)
        said = sending.transport.texts(PHONE)[before:]
        assert len(said) <= 1
        assert not said or now_open.exists()
        assert set(said) <= {NOTE, DANGER}
        must_be_said = now_open.filter(tier=1).exists() and minutes >= 60
        if must_be_said and PHONE not in sending.transport.troubles:
            assert said == [DANGER]
    Notice.objects.filter(acknowledged_at=None).update(acknowledged_at=life.clock.now())
    sending.transport.troubles.clear()
    sending.transport.sent.clear()
    for _ in range(3):
        sending.go(minutes=60)
    assert sending.transport.sent == []


def test_that_nobody_watches_goes_out_as_an_ordinary_note(sending: Sending) -> None:
    sending.add()
    sending.ways.agree(FRIEND, "Kim", agreed=True)
    now = sending.life.clock.now()
    for trouble in (MailTrouble.PASSWORD, MailTrouble.SILENT):
        notices.tell_not_watching(
            sending.life.person, lambda data: data, str, trouble, "a" * 32, now, now
        )
    sending.go_for(minutes=120)
    assert sending.transport.sent == [(PHONE, Note("Home", NOTE))]


def test_a_mail_that_threatens_is_told_and_nothing_of_it_leaves(sending: Sending) -> None:
    sending.add()
    sending.life.take(mailbox.mail(mailbox.OTHER, f"I will kill you. {CANARY}"))
    assert Notice.objects.get().tier == 1
    sending.go()
    assert sending.transport.sent == [(PHONE, Note("Home", DANGER))]
