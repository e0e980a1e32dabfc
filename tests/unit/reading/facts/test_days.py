"""Days: resolved against Thursday 5 March 2026, 9:00; what has two readings is left out."""

import pytest

from tests.unit.reading.facts.reading_of import days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("can you have them today at 5", "2026-03-05"),
        ("tonight at 7 then", "2026-03-05"),
        ("tomorrow ok?", "2026-03-06"),
        ("2moro ok?", "2026-03-06"),
        ("tmrw ok?", "2026-03-06"),
        ("the day after tomorrow ok?", "2026-03-07"),
        ("pick up on Friday please", "2026-03-06"),
        ("pick up Fri please", "2026-03-06"),
        ("this Friday", "2026-03-06"),
        ("next Friday", "2026-03-13"),
        ("Friday week", "2026-03-13"),
        ("Friday next week", "2026-03-13"),
        ("on Thursday", "2026-03-12"),  # today is left out
        ("this Thursday", "2026-03-05"),
        ("in two weeks", "2026-03-19"),
        ("in 10 days", "2026-03-15"),
        ("two weeks today", "2026-03-19"),
        ("the 14th", "2026-03-14"),
        ("the 4th", "2026-04-04"),
        ("the twenty fifth", "2026-03-25"),
        ("6 March", "2026-03-06"),
        ("March 6th", "2026-03-06"),
        ("Mar 6", "2026-03-06"),
        ("the 1st of April", "2026-04-01"),
        ("Friday the 13th", "2026-03-13"),
        ("Friday 6th", "2026-03-06"),
        ("Sunday the 22nd", "2026-03-22"),
        ("Wed 10 June", "2026-06-10"),
        ("January 14, 2027", "2027-01-14"),
        ("2026-03-06", "2026-03-06"),
        ("06.03.2026", "2026-03-06"),
        ("01/29/2027", "2027-01-29"),
        ("29/1/2027", "2027-01-29"),
        ("5/5", "2026-05-05"),
        ("Fri 3/4", "2026-04-03"),  # 3 April is a Friday, 4 March is not
        ("Good Friday", "2026-04-03"),
        ("Boxing Day", "2026-12-26"),
    ],
)
def test_a_day_is_resolved_against_the_arrival(text: str, day: str) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("I have them 16th to 20th", ["2026-03-16", "2026-03-20"]),
        ("home 16 to 30 April", ["2026-04-16", "2026-04-30"]),
        ("camp Jun 21-27", ["2026-06-21", "2026-06-27"]),
        ("from 28 March until the 4th", ["2026-03-28", "2026-04-04"]),
        ("fly out 2 April and come back on the 12th", ["2026-04-02", "2026-04-12"]),
        ("Sat 18th and keep them till Sunday", ["2026-04-18", "2026-04-19"]),
        ("25.07 to 15.08 with my parents", ["2026-07-25", "2026-08-15"]),
        ("13/6 and 3/6", ["2026-06-13", "2026-06-03"]),  # the first shows the order
    ],
)
def test_two_days_are_both_read(text: str, both: list[str]) -> None:
    assert days(text) == both


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the 18th instead of the 11th", "2026-03-18"),
        ("could I do the 18th rather than the 11th", "2026-03-18"),
        ("Saturday not Sunday", "2026-03-07"),
        ("swap the 11th for the 18th?", "2026-03-18"),
        ("can we move it from Tuesday to Wednesday", "2026-03-11"),
        ("it was the 11th, now the 18th", "2026-03-18"),
        ("can't do tonight, tomorrow?", "2026-03-06"),
    ],
)
def test_a_day_that_no_longer_holds_is_left_out(text: str, day: str) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "3/6 is fine",  # 3 June or 6 March
        "any day now",
        "24/7 with you",
        "every Friday",
        "last Friday was bad",
        "Fridays are yours",
        "we sat on Sunday",
        "the second chance",
        "his 14th birthday",
        "on the 4th floor",
        "Friday 5th",  # the 5th is a Thursday, and in the next months no Friday
        "30 February",
        "order 2026-44-99",
        "she sat in the sun",
        "you may 5 times",
        "back on 14 December 2019",
    ],
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kannst du Mia am Freitag abholen?", "2026-03-06"),
        ("wir kommen übermorgen mit dem Zug", "2026-03-07"),
        ("Termin ist am Mittwoch, 11.3., bitte kommen", "2026-03-11"),
        ("Termin am 14. April um 9 Uhr", "2026-04-14"),
        ("in zwei Wochen ist das Fest", "2026-03-19"),
        ("¿puedes recoger a Mia el viernes?", "2026-03-06"),
        ("la reunión es el 14 de abril", "2026-04-14"),
        ("te la llevo pasado mañana", "2026-03-07"),
    ],
)
def test_german_and_spanish_days(text: str, day: str) -> None:
    assert days(text, zone="Europe/Berlin") == [day]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a week on Tuesday", ["2026-03-17"]),
        ("two weeks on Friday", ["2026-03-20"]),
        ("a fortnight on Saturday", ["2026-03-21"]),
        ("school is closed today, Thursday", ["2026-03-05"]),
        ("Sat 14th/Sun 15th", ["2026-03-14", "2026-03-15"]),
        ("14th-15th March", ["2026-03-14", "2026-03-15"]),
        ("mum's away the 9th, can you have them the 16th instead", ["2026-03-16"]),
        ("Saturday's off, Sunday instead", ["2026-03-08"]),
        ("can't have them at nine tomorrow, call it eleven", ["2026-03-06"]),
        ("Saturday week the 14th", ["2026-03-14"]),
    ],
)
def test_a_day_said_about_another_is_reckoned_or_put_off(text: str, found: list[str]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "my solicitor filed on Tuesday 3 March",
        "On 14 March you shouted",
        "was over your way Saturday and knocked",
        "she used the blue inhaler twice on Saturday",
        "at the group Weds nights now",
        "Sunday school went well",
        "Thursdays at 5 from now on",
        "bank holiday Monday, noon?",
    ],
)
def test_a_day_told_of_or_of_every_week_is_no_date(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the last Friday of the month", ["2026-03-27"]),
        ("first Monday of June", ["2026-06-01"]),
        ("the long weekend 13th-15th", ["2026-03-13", "2026-03-15"]),
        ("a fortnight today", ["2026-03-19"]),
        ("paddys day parade", ["2026-03-17"]),
        ("the April rent, same on the 31st", ["2026-03-31"]),
        ("see you frid 13th", ["2026-03-13"]),
        ("sundy at the pool", ["2026-03-08"]),
    ],
)
def test_days_counted_in_their_month_and_days_mistyped(text: str, found: list[str]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Sat with the neighbours today a week ago",
        "the family have sat and talked",
        "Sun cream on please",
        "your Saturday girls are kind",
        "best Sunday in years",
        "I had a beer with your dad Friday",
        "we walked past the old house Sunday",
        "it is the second of the set",
        "yours the first week, mine the second, as ordered",
    ],
)
def test_what_sat_shone_or_was_done_is_no_day(text: str) -> None:
    assert [day for day in days(text) if day != "2026-03-05"] == []


@pytest.mark.parametrize(
    "text",
    [
        "they will fell the ash on Tuesday",
        "he has booked her in Tuesday",
        "had to move it to Tuesday",
    ],
)
def test_what_is_still_to_come_is_no_memory(text: str) -> None:
    assert days(text) == ["2026-03-10"]
