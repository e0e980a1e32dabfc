"""Ways are added at once; what tells less needs time, and stands in the ledger."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from stillwater.core.errors import UserError
from stillwater.gate.signals.models import Signals, Way
from stillwater.gate.signals.rounds import go_round
from stillwater.gate.signals.schedule import Quiet
from stillwater.gate.signals.texts import Texts
from stillwater.gate.signals.troubles import Trouble
from stillwater.vault.models import Leaf
from tests.integration.gate.conftest import Life
from tests.integration.signals.conftest import FRIEND, MAIL, PHONE, Sending, everything_kept


def leaves() -> str:
    return b"\n".join(bytes(one.data) for one in Leaf.objects.order_by("pk")).decode()


def go_round_of(sending: Sending) -> None:
    go_round(sending.post(), sending.life.home)


def worked(sending: Sending, **more: str) -> Way:
    row = sending.add(**more)
    assert sending.ways.test(row) is None
    row.refresh_from_db()
    return row


def test_a_way_is_added_at_once_and_stands_in_the_ledger_without_its_address(
    sending: Sending,
) -> None:
    row = sending.add(PHONE, untrusted_name="my phone")
    shown = sending.ways.shown(row)
    assert (shown.name, shown.kind) == ("my phone", "ntfy, ntfy.example")
    assert "way_added" in leaves()
    assert row.public_id in leaves()
    for kept in (everything_kept(), repr(shown)):
        assert "secret-of-the-phone" not in kept
    assert "my phone" not in everything_kept()


def test_the_same_address_is_added_once(sending: Sending) -> None:
    sending.add(PHONE)
    with pytest.raises(UserError):
        sending.add(PHONE)
    with pytest.raises(UserError):
        sending.ways.agree(PHONE, "Kim", agreed=True)


def test_testing_says_what_went_wrong_and_forgets_it_when_it_works(sending: Sending) -> None:
    row = sending.add()
    sending.transport.troubles[PHONE] = Trouble.NAME
    assert sending.ways.test(row) is Trouble.NAME
    row.refresh_from_db()
    assert sending.ways.shown(row).trouble is Trouble.NAME
    sending.transport.troubles.clear()
    assert sending.ways.test(row) is None
    row.refresh_from_db()
    assert sending.ways.shown(row).trouble is None
    assert sending.transport.texts(PHONE) == [Texts().note]


def test_what_worked_is_removed_after_the_delay_and_goes_on_until_then(
    sending: Sending, with_delay: timedelta
) -> None:
    row = worked(sending)
    waits = sending.ways.ask_to_remove(row)
    assert waits is not None
    assert sending.ways.ask_to_remove(row) == waits  # asked twice, it begins no wait of its own
    sending.open()
    go_round_of(sending)
    assert len(sending.transport.sent) == 2
    sending.life.clock.at += with_delay - timedelta(minutes=1)
    go_round_of(sending)
    assert Way.objects.count() == 1
    sending.life.clock.at += timedelta(minutes=1)
    go_round_of(sending)
    assert Way.objects.count() == 0
    assert "way_removed" in leaves()


def test_a_removal_is_taken_back(sending: Sending, with_delay: timedelta) -> None:
    row = worked(sending)
    sending.ways.ask_to_remove(row)
    assert sending.ways.keep(row)
    assert not sending.ways.keep(row)
    sending.life.clock.at += 2 * with_delay
    go_round_of(sending)
    assert Way.objects.count() == 1


@pytest.mark.usefixtures("with_delay")
def test_a_slip_that_never_worked_is_removed_at_once(sending: Sending) -> None:
    row = sending.add()
    assert sending.ways.ask_to_remove(row) is None
    assert Way.objects.count() == 0
    assert "way_removed" in leaves()


@pytest.mark.usefixtures("with_delay")
def test_adding_another_way_does_not_make_the_first_one_easier_to_remove(
    sending: Sending,
) -> None:
    row = worked(sending)
    sending.add("desktop://")
    assert sending.ways.ask_to_remove(row) is not None
    assert Way.objects.count() == 2


@pytest.mark.usefixtures("life")
def test_without_a_delay_it_is_removed_when_it_is_asked_for(sending: Sending) -> None:
    row = worked(sending)
    sending.ways.ask_to_remove(row)
    assert Way.objects.count() == 0


def test_a_clock_set_back_does_not_end_a_wait_nor_stop_the_notes(
    sending: Sending, with_delay: timedelta
) -> None:
    sending.ways.ask_to_remove(worked(sending))
    sending.life.clock.at -= timedelta(days=300)
    sending.open()
    go_round_of(sending)
    assert len(sending.transport.sent) == 2
    assert Way.objects.count() == 1


# Whom was agreed on


def test_nobody_is_told_who_did_not_agree(sending: Sending) -> None:
    with pytest.raises(UserError):
        sending.ways.agree(FRIEND, "Kim", agreed=False)
    with pytest.raises(UserError):
        sending.ways.agree(FRIEND, " ", agreed=True)
    with pytest.raises(UserError):
        sending.ways.agree("desktop://", "Kim", agreed=True)
    assert Way.objects.count() == 0


def test_one_person_is_agreed_on_and_hears_that_a_test_is_one(sending: Sending) -> None:
    row = sending.ways.agree(FRIEND, "Kim", agreed=True)
    sending.ways.test(row)
    assert "test" in sending.transport.texts(FRIEND)[0]
    with pytest.raises(UserError):
        sending.ways.agree(MAIL, "Robin", agreed=True)
    assert "Kim" not in everything_kept()


# Sentences and times


def test_sentences_are_sealed_and_go_out_as_they_are(sending: Sending) -> None:
    sending.add()
    sending.ways.say(Texts(note="The plants are thirsty.", danger="The plants are dry."))
    assert "plants" not in everything_kept()
    sending.open(0)
    sending.go()
    sending.open(1)
    sending.go()
    assert sending.transport.texts(PHONE) == ["The plants are thirsty.", "The plants are dry."]


@pytest.mark.parametrize(
    "texts",
    [
        Texts(note=" "),
        Texts(danger="a" * 141),
        Texts(note="one\nline"),
        Texts(note="the same", danger="the same "),
    ],
)
def test_a_sentence_is_one_sentence(sending: Sending, texts: Texts) -> None:
    with pytest.raises(UserError):
        sending.ways.say(texts)


def test_sooner_is_at_once_and_later_waits(sending: Sending, with_delay: timedelta) -> None:
    ways = sending.ways
    assert ways.change_pace(2, 10) is None
    assert (ways.chosen().repeat_minutes, ways.chosen().agreed_after_minutes) == (2, 10)
    assert ways.change_pace(15, 10) is not None
    assert ways.change_pace(10, 60) is not None  # the first one waits no more
    assert (ways.chosen().repeat_minutes, ways.chosen().agreed_after_minutes) == (2, 10)
    sending.life.clock.at += with_delay
    go_round_of(sending)
    assert (ways.chosen().repeat_minutes, ways.chosen().agreed_after_minutes) == (10, 60)
    assert '"what":"notices"' in leaves().replace(" ", "")


@pytest.mark.usefixtures("with_delay")
def test_what_is_sooner_holds_at_once_where_the_other_waits(sending: Sending) -> None:
    waits = sending.ways.change_pace(2, 120)
    assert waits is not None
    assert sending.ways.chosen().repeat_minutes == 2
    assert sending.ways.chosen().agreed_after_minutes == 30
    assert sending.ways.slower_waits() == waits


@pytest.mark.parametrize("pace", [(0, 30), (5, 0), (60, 30), (5, 10_000)])
def test_no_other_times_than_those_to_choose_from(sending: Sending, pace: tuple[int, int]) -> None:
    with pytest.raises(UserError):
        sending.ways.change_pace(*pace)


def test_quiet_hours_are_a_part_of_the_day(sending: Sending) -> None:
    sending.ways.be_quiet(Quiet(time(22), time(7)))
    for quiet in (Quiet(time(7), time(22)), Quiet(time(9), time(9))):
        with pytest.raises(UserError):
            sending.ways.be_quiet(quiet)
    assert Signals.objects.get().quiet_from == time(22)
    sending.ways.be_quiet(None)
    assert Signals.objects.get().quiet_from is None


# Two persons


@pytest.mark.usefixtures("with_delay")
def test_another_persons_way_is_nobodys(sending: Sending, new_life: Callable[..., Life]) -> None:
    row = worked(sending)
    robin = Sending(new_life("Robin"), sending.transport)
    assert robin.ways.all() == []
    with pytest.raises(UserError):
        robin.ways.find(row.public_id)
    for call in (robin.ways.ask_to_remove, robin.ways.keep, robin.ways.removal):
        with pytest.raises(UserError):
            call(row)
    with pytest.raises(UserError):
        robin.ways.shown(row)
    with pytest.raises(UserError):
        robin.ways.test(row)
    assert len(sending.transport.sent) == 1
