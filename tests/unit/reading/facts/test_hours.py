"""Times of day: the afternoon is assumed from 1 to 7, and what is put off is left out."""

from datetime import datetime

import pytest

from stillwater.core.words import Need
from tests.unit.reading.facts.reading_of import days, times


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("half 5 on Friday", "17:30"),
        ("half five on Friday", "17:30"),
        ("Friday 5ish pm", "17:00"),
        ("Friday 5ish", "17:00"),
        ("Friday 5pm", "17:00"),
        ("Friday 5 p.m.", "17:00"),
        ("Friday 17.30", "17:30"),
        ("Friday 1730h", "17:30"),
        ("Friday 5:30", "17:30"),
        ("quarter past 3 on Friday", "15:15"),
        ("quarter to seven on Friday", "18:45"),
        ("ten past 5 on Friday", "17:10"),
        ("two thirty on Friday", "14:30"),
        ("noon on Friday", "12:00"),
        ("Friday 3 o'clock", "15:00"),
        ("Friday at 4", "16:00"),
        ("Friday at 9", "09:00"),
        ("Friday 8.40 at the gate", "08:40"),
        ("Friday at 8 in the evening", "20:00"),
        ("Friday at 6 in the morning", "06:00"),
        ("tonight at 8", "20:00"),
        ("Friday 11 for Mia", "11:00"),
        ("make it 6", "18:00"),
        ("24 March 0930", "09:30"),
    ],
)
def test_a_time_of_day_is_read(text: str, time: str) -> None:
    assert times(text) == [time]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("not 5, 6", "18:00"),
        ("gonna be 6 not 5", "18:00"),
        ("6 instead of 5", "18:00"),
        ("7 at the shop not 6.15", "19:00"),
        ("please hold her till 8.15 rather than 7", "20:15"),
        ("can we do 5.30 instead of half four", "17:30"),
    ],
)
def test_a_correction_gives_the_new_time_alone(text: str, time: str) -> None:
    assert times(text) == [time]


def test_of_a_span_both_ends_are_read() -> None:
    assert times("Friday 5-6pm") == ["17:00", "18:00"]


@pytest.mark.parametrize(
    "text",
    [
        "she is 7 and 41 kilos",
        "three times at 2 metres",
        "from 3 weeks on",
        "room 2.14",
        "we lost 3-0",
        "call 07700 900123",
        "version 5.30",
        "the M25 is shut",
        "key is with Barbara at 14",
        "up since 4 today",
        "one time in twelve years",
    ],
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    assert times(text) == []


def test_of_two_halves_of_today_the_one_to_come_is_meant() -> None:
    evening = datetime(2026, 3, 5, 20, 40)  # noqa: DTZ001
    assert times("check again at 10", at=evening) == ["22:00"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Freitag um halb sechs, bitte mit Jacke", "17:30"),
        ("am Freitag um 17 Uhr bei der Oma", "17:00"),
        ("ich hole Mia am Freitag Viertel nach drei ab", "15:15"),
        ("nicht um 5, sondern um 6, ich bin noch im Zug", "18:00"),
        ("el viernes a las cinco y media en la puerta", "17:30"),
        ("el viernes a las 6 menos cuarto por la tarde", "17:45"),
    ],
)
def test_german_and_spanish_times(text: str, time: str) -> None:
    assert times(text, zone="Europe/Berlin") == [time]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Saturday 8 to 12", ["08:00", "12:00"]),
        ("Thursday between 9 and 1", ["09:00", "13:00"]),
        ("this Saturday, noon to 3", ["12:00", "15:00"]),
        ("Friday 3-5", ["15:00", "17:00"]),
        ("10-12 on Saturday", ["10:00", "12:00"]),
        ("Thursday 7 in the morning", ["07:00"]),
        ("have Mia ready 11 tomorrow", ["11:00"]),
        ("her bus is 7.20 tomorrow", ["07:20"]),
        ("8 Friday night", ["20:00"]),
        ("we land 19.40 tomorrow, with you about nine", ["19:40", "21:00"]),
    ],
)
def test_both_ends_of_a_span_and_the_half_that_is_meant(text: str, found: list[str]) -> None:
    assert times(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the tenants rang at nine",
        "picked her up at 4 like you said",
        "get one for Mia too",
        "Mia turns 7 on the 12th",
        "nothing to eat after midnight",
        "I've done the last nine. Nine.",
        "Leo:\n1. Boots\n2. Coat\n3. Bag",
        "she sits at the door at ten past six every day",
    ],
)
def test_what_is_told_counted_or_of_every_day_is_no_hour(text: str) -> None:
    assert times(text) == []


def test_an_opening_hour_is_of_no_day() -> None:
    assert days("open til 6", need=Need.HEALTH) == []
    assert days("we close at 5", need=Need.MONEY) == []


def test_an_hour_that_is_near_is_of_the_same_half_of_the_day() -> None:
    assert times("are you in for 7 or not", at=datetime(2026, 3, 5, 6, 1)) == ["07:00"]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tomorrow I come at 20 h 30, not 19 h", ["20:30"]),
        ("I come for the boys at 17 not 15:20", ["17:00"]),
        ("fathers' day at nursery, Thursday at 14, I go", ["14:00"]),
        ("consult thurs 8 40 at the clinic", ["08:40"]),
        ("Leo gets out 220 not 320", ["14:20"]),
        ("can I have Leo sunday 11 riverside", ["11:00"]),
        ("be at the gate at 10 put his boots on", ["10:00"]),
        ("the show is the 10th at 6 Forest Hall", ["18:00"]),
        ("can't be there at 2 today. 4 instead, the bakery", ["16:00"]),
        ("outside yours, five on the dot", ["17:00"]),
        ("grandma brings them at 5:45 instead of me at 5:15", ["17:45"]),
        ("Leo from the club 4.30 rather than the gate 3.30", ["16:30"]),
        ("contact ends 20 July 07h30", ["07:30"]),
    ],
)
def test_hours_as_they_are_typed_and_put_in_another_ones_stead(text: str, found: list[str]) -> None:
    assert times(text) == found


@pytest.mark.parametrize(
    ("text", "need", "time"),
    [
        ("induction tomorrow 6.30 at the site", Need.WORK, "06:30"),
        ("his blood test is Monday 7.30", Need.HEALTH, "07:30"),
        ("swimming is Monday 7.30", Need.CHILDREN, "19:30"),
    ],
)
def test_shifts_and_wards_begin_in_the_morning(text: str, need: Need, time: str) -> None:
    assert times(text, need=need) == [time]


@pytest.mark.parametrize(
    "text",
    ["syrup was given at four", "we are at 14 elm grove", "saturday 3 boxes", "at 9 other schools"],
)
def test_what_was_done_or_is_a_house_or_a_count_is_no_hour(text: str) -> None:
    assert times(text) == []


def test_a_change_of_the_hour_is_of_today_whatever_was_said_before() -> None:
    assert days("traffic, 5 not 4.15", before=["Saturday the 14th then"]) == ["2026-03-05"]
