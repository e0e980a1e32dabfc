"""Storms and new ways in, as the live gate tells them."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from stillwater.core.words import Action, Channel
from stillwater.gate.models import Attempt, Notice
from stillwater.gate.models import Happened as Row
from stillwater.gate.over_time import OverTime
from stillwater.patterns.contact import Phase
from tests.integration.gate.conftest import START, Life
from tests.integration.gate.storming import (
    STORM,
    StoppedError,
    came,
    contact,
    days,
    kinds,
    live,
    stop,
    storm,
    take,
    told,
)
from tests.support.mailbox import OTHER, mail


def test_a_storm_of_live_mail_is_told_once_and_what_follows_is_held(life: Life) -> None:
    storm(life)
    (notice,) = told(life)
    assert (notice["kinds"], notice["other"]) == ([STORM], "J")
    assert Notice.objects.get().tier == 2
    actions = Attempt.objects.order_by("pk").values_list("action", "tier")
    assert list(actions).count((Action.ALERT, 2)) == 1
    assert list(actions).count((Action.HELD, 0)) == len(actions) - 1
    attempt = Attempt.objects.get(action=Action.ALERT)
    record = json.loads(life.session().open_private(bytes(attempt.sealed_reading)))
    assert record["reading"]["danger"] == [STORM]
    assert notice["item"] == attempt.item.public_id


def test_in_one_batch_and_out_of_order_it_is_the_same(life: Life) -> None:
    live(life, *days(*range(0, 28, 5)))
    life.clock.at = START + timedelta(days=28, hours=2)
    take(life, *reversed(list(days(*(28 + n / 300 for n in range(12))))))
    assert kinds(life) == [[STORM]]
    assert contact(life).on((START + timedelta(days=28)).date()) == 12


def test_old_mail_tells_nothing_and_is_known(life: Life) -> None:
    """Three years, with storms in them, in two batches; the last of it within what is kept."""
    old = [START - timedelta(days=1100 - n) for n in range(600)]
    bursts = [START - timedelta(days=at, minutes=n) for at in (700, 60, 8) for n in range(40)]
    take(life, *old)
    take(life, *bursts)
    assert kinds(life) == []
    known = contact(life)
    assert (known.phase, known.total()) == (Phase.QUIET, 80)
    assert known.channels == {Channel.MAIL}
    assert known.began == START.date()


def test_a_storm_in_the_last_week_of_an_import_is_told(life: Life) -> None:
    take(life, *(START - timedelta(days=2, minutes=n) for n in range(40)))
    assert kinds(life) == [[STORM]]


def test_mail_that_only_its_sender_dates_makes_no_storm(life: Life) -> None:
    """An archive of undated mails is read in one minute: that is no storm."""
    undated = [mail(OTHER, "hm", number=n).replace(b"\nDate:", b"\nX-Was:") for n in range(40)]
    life.take(*undated)
    assert kinds(life) == []
    assert contact(life).total() == 0
    assert contact(life).channels == {Channel.MAIL}


def test_a_day_to_come_is_today(life: Life) -> None:
    take(life, START + timedelta(days=4000))
    assert contact(life).on(START.date()) == 1
    storm(life)
    assert kinds(life) == [[STORM]]


def test_a_clock_that_ran_ahead_costs_what_it_forgot_and_no_more(life: Life) -> None:
    life.clock.at = START + timedelta(days=3000)
    take(life, life.clock.at)
    storm(life)
    assert kinds(life) == [[STORM]]


def test_a_storm_while_the_machine_was_off_for_long_is_told_while_it_is_on(life: Life) -> None:
    live(life, *days(*range(0, 28, 5)))
    life.clock.at = START + timedelta(days=40)
    take(life, *days(*(at + n / 300 for at in (31, 32, 33, 34) for n in range(12))))
    assert kinds(life) == [[STORM]]


def test_two_people_are_apart(new_life: Callable[..., Life]) -> None:
    me, you = new_life("me"), new_life("you")
    storm(me)
    live(you, START + timedelta(days=29))
    assert kinds(me) == [[STORM]]
    assert kinds(you) == []
    assert contact(you).total() == 1
    rows = {row.person_id: bytes(row.for_gate) for row in Row.objects.all()}
    assert set(rows) == {me.person.pk, you.person.pk}
    # A row of one, put under the other, does not open: nothing is known anew.
    Row.objects.filter(person=you.person).update(for_gate=rows[me.person.pk])
    assert contact(you).total() == 0


def test_what_is_kept_names_nobody_even_when_it_is_opened(life: Life) -> None:
    storm(life)
    opened = life.machine.open_profile(life.person.public_id, bytes(Row.objects.get().for_gate))
    other = Attempt.objects.order_by("pk")[0].other
    assert other is not None
    assert list(json.loads(opened)["contacts"]) == [other.public_id]
    assert OTHER.encode() not in opened


def test_a_kill_before_it_is_decided_loses_nothing_and_doubles_nothing(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(life, *days(*range(0, 28, 5)))
    life.clock.at = START + timedelta(days=28, hours=1)
    burst = list(days(*(28 + n / 300 for n in range(12))))

    with monkeypatch.context() as patched:
        patched.setattr(OverTime, "save", stop)  # the last step of the transaction
        with pytest.raises(StoppedError):
            take(life, *burst)
    assert kinds(life) == []
    assert contact(life).total() == 6
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert kinds(life) == [[STORM]]
    assert contact(life).total() == 18


def test_a_kill_after_it_is_decided_loses_nothing_and_doubles_nothing(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(life, *days(*range(0, 28, 5)))
    life.clock.at = START + timedelta(days=28, hours=1)

    with monkeypatch.context() as patched:
        patched.setattr("stillwater.gate.spooling.Spool.empty", stop)
        with pytest.raises(StoppedError):
            take(life, *days(*(28 + n / 300 for n in range(12))))
    before = list(Attempt.objects.order_by("pk").values())
    life.clock.at += timedelta(hours=7)  # nothing joins in silence any more
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert not list(life.home.spool.rglob("*.spool"))
    assert kinds(life) == [[STORM]]
    assert contact(life).total() == 18
    assert list(Attempt.objects.order_by("pk").values()) == before


def test_what_is_left_over_is_counted_on_the_day_that_its_server_said(life: Life) -> None:
    live(life, *days(*range(0, 28, 5)))
    life.clock.at = START + timedelta(days=28, hours=1)
    with life.gate() as intake:
        intake.take_in([came(intake, at) for at in days(*(28 + n / 300 for n in range(12)))])
    life.clock.at += timedelta(days=1)
    with life.gate() as intake:
        intake.finish_what_was_left()
    assert kinds(life) == [[STORM]]
    assert contact(life).on((START + timedelta(days=28)).date()) == 12
