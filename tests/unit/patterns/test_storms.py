"""Storms, the silence after them and new ways in: what counts, and what does not."""

import json
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillwater.core.plans import Handover, Other, Plan
from stillwater.core.words import Channel, Mode
from stillwater.patterns import scan
from stillwater.patterns.contact import Phase
from stillwater.patterns.storms import Storms
from stillwater.patterns.ways_in import is_new_way_in

FIRST = date(2026, 1, 1)  # a Thursday
JORDAN = Other("J", Mode.NO_CONTACT, handles=("+4917612345678", "jordan@mail.example"))


def after(days: int) -> date:
    return FIRST + timedelta(days=days)


def watched(counts: list[int], other: Other = JORDAN) -> tuple[Storms, list[int]]:
    """What was seen after so many attempts a day, and on which days a storm began."""
    storms = Storms(Plan((other,)))
    began = []
    for ahead, count in enumerate(counts):
        storms.move(after(ahead))
        found = [storms.attempt("J", after(ahead), Channel.SMS) for _ in range(count)]
        began += [ahead] if any(found) else []
        assert sum(found) <= 1
    return storms, began


def weekly(*, on: int, count: int, weeks: int = 12) -> list[int]:
    return [count if after(ahead).weekday() == on else 0 for ahead in range(7 * weeks)]


@pytest.mark.parametrize("usual", [[1] * 28, [0, 1, 0, 2, 0, 0, 1] * 4, [0] * 28])
def test_a_burst_is_a_storm_and_is_said_once(usual: list[int]) -> None:
    storms, began = watched([*usual, 6, 9, 8, 5])
    assert began
    assert len(began) == 1
    assert 28 <= began[0] <= 29
    assert storms.phase("J") is Phase.STORM


def test_a_burst_right_at_the_start_is_a_storm() -> None:
    _, began = watched([15])
    assert began == [0]


@pytest.mark.parametrize(
    "counts",
    [
        [1] * 60,
        [0, 0, 3, 0, 1, 0, 2] * 8,
        [3] * 60,
        [0] * 40 + [3],  # fewer than four are no storm
        [14],  # while nothing is known of what is usual
    ],
)
def test_the_usual_is_no_storm(counts: list[int]) -> None:
    assert watched(counts)[1] == []


def test_weekly_handovers_are_no_storms() -> None:
    listed = Other("J", Mode.LOW_CONTACT, handovers=(Handover("friday", time(17)),))
    counts = weekly(on=4, count=6)
    started = counts[:14]  # two weeks are needed to see a rhythm
    _, began = watched(counts, listed)
    assert all(day < len(started) for day in began)
    _, burst = watched([*counts, 0, 0, 7, 9, 8], listed)
    assert any(day >= len(counts) for day in burst)


def test_a_storm_ebbs_and_another_may_come() -> None:
    storms, began = watched([*[1] * 28, 8, 9, 7, *[1] * 20])
    assert len(began) == 1
    assert storms.phase("J") is Phase.QUIET
    _, twice = watched([*[1] * 28, 8, 9, 7, *[1] * 20, 8, 9, 7])
    assert len(twice) == 2


def test_silence_after_a_storm_is_said_once_and_not_too_soon() -> None:
    storms, _ = watched([*[1] * 28, 8, 9])
    assert storms.fallen_silent(after(30)) == []
    assert storms.fallen_silent(after(31)) == []
    assert storms.fallen_silent(after(33)) == ["J"]
    assert storms.fallen_silent(after(34)) == []
    assert storms.fallen_silent(after(60)) == []


def test_silence_after_the_usual_is_not_said() -> None:
    storms, _ = watched([1] * 28)
    assert storms.fallen_silent(after(50)) == []


def test_a_silence_is_seen_however_late_the_clock_is_asked() -> None:
    storms, _ = watched([*[1] * 28, 8, 9])
    assert storms.fallen_silent(after(70)) == ["J"]


def test_a_storm_that_is_told_nothing_of_is_told_with_the_next_attempt_while_it_is_on() -> None:
    storms, _ = watched([1] * 28)
    behind = [storms.attempt("J", after(28), Channel.SMS, is_told=False) for _ in range(9)]
    assert (any(behind), storms.phase("J")) == (False, Phase.STORM)
    later = [storms.attempt("J", after(29), Channel.SMS) for _ in range(3)]
    assert later == [True, False, False]


def test_silence_after_a_storm_that_was_told_nothing_of_is_said() -> None:
    storms, _ = watched([1] * 28)
    for _ in range(9):
        storms.attempt("J", after(28), Channel.SMS, is_told=False)
    assert storms.fallen_silent(after(40)) == ["J"]


def test_what_is_long_past_is_known_and_begins_nothing() -> None:
    storms, _ = watched([1] * 28)
    contact = storms.contact("J")
    assert contact is not None
    for behind in (8, 400):
        for _ in range(40):
            contact.long_past(after(27 - behind), Channel.MAIL)
    assert (contact.phase, contact.total()) == (Phase.QUIET, 28 + 40)
    assert contact.channels == {Channel.SMS, Channel.MAIL}
    assert not storms.attempt("J", after(28), Channel.SMS)


def test_an_attempt_before_the_first_day_that_was_watched_moves_it_back() -> None:
    storms = Storms(Plan((JORDAN,)))
    storms.watch(after(7), since=FIRST)
    assert [storms.attempt("J", after(5), Channel.SMS) for _ in range(15)][-1]
    contact = storms.contact("J")
    assert contact is not None
    assert contact.began == after(5)


def test_a_clock_that_ran_ahead_and_is_right_again_costs_nothing_more() -> None:
    storms, _ = watched([1] * 28)
    storms.move(after(30))
    for _ in range(20):
        storms.attempt("J", after(60), Channel.SMS)
    storms.set_back(after(28))
    contact = storms.contact("J")
    assert contact is not None
    assert (contact.today, contact.phase, contact.total()) == (after(28), Phase.QUIET, 28)
    assert any(storms.attempt("J", after(28), Channel.SMS) for _ in range(9))


def test_whoever_comes_into_the_plan_is_watched_from_then_on() -> None:
    storms, _ = watched([1] * 28)
    kim = Other("K", Mode.WATCH)
    more = Storms.from_data(Plan((JORDAN, kim)), storms.as_data())
    more.watch(after(28))
    found = [more.contact(label) for label in ("J", "K")]
    assert [one.began for one in found if one] == [FIRST, after(28)]


def test_whoever_is_not_in_the_plan_is_not_counted() -> None:
    storms = Storms(Plan((JORDAN,)))
    assert not any(storms.attempt("gone", FIRST, Channel.SMS) for _ in range(50))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60), st.integers(0, 59))
@settings(deadline=None, max_examples=60)
def test_what_is_kept_between_runs_changes_nothing(counts: list[int], stop: int) -> None:
    whole, _ = watched(counts)
    storms = Storms(Plan((JORDAN,)))
    for ahead, count in enumerate(counts):
        if ahead == stop:
            data = json.loads(json.dumps(storms.as_data()))
            storms = Storms.from_data(Plan((JORDAN,)), data)
        storms.move(after(ahead))
        for _ in range(count):
            storms.attempt("J", after(ahead), Channel.SMS)
    assert storms.as_data() == whole.as_data()


def test_only_counts_are_kept_and_not_for_ever() -> None:
    storms, _ = watched([1] * 400)
    contact = storms.as_data()["contacts"]["J"]
    assert set(contact) == {
        "began", "today", "counts", "channels", "phase", "storm", "earlier", "untold",
    }  # fmt: skip
    assert len(contact["counts"]) <= 91


def test_a_flood_takes_no_longer_for_its_size() -> None:
    assert scan.tail(1.0, 2.0, 10**9) == pytest.approx(0.0, abs=1e-9)
    assert scan.tail(1.0, 2.0, 0) == 1.0
    # Against the closed form for size 1: a geometric distribution.
    assert scan.tail(1.0, 2.0, 3) == pytest.approx(0.125)


SINCE = Other("J", Mode.NO_CONTACT, handles=("+4917612345678", "instagram:jord.an"), since=FIRST)


@pytest.mark.parametrize(
    ("channel", "used", "attempts", "is_new"),
    [
        (Channel.SMS, set(), 5, False),
        (Channel.INSTAGRAM, {Channel.SMS}, 5, False),
        (Channel.BANK, {Channel.SMS}, 1, True),
        (Channel.BANK, set(), 0, False),
        (Channel.BANK, {Channel.SMS, Channel.BANK}, 9, False),
        (Channel.LETTER, {Channel.SMS}, 2, True),
        (Channel.WHATSAPP, {Channel.SMS}, 2, False),
        (Channel.WHATSAPP, {Channel.SMS}, 3, True),
        (Channel.ELSEWHERE, {Channel.SMS}, 9, False),
    ],
)
def test_a_new_way_in(channel: Channel, used: set[Channel], attempts: int, is_new: bool) -> None:
    assert is_new_way_in(SINCE, channel, after(9), used, attempts, "DE") is is_new
    assert not is_new_way_in(SINCE, channel, FIRST, used, attempts, "DE")
    assert not is_new_way_in(JORDAN, channel, after(9), used, attempts, "DE")
