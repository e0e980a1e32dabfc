"""Last days: as deadlines, and then not as days too."""

import pytest

from stillwater.core.words import FactKind, Need
from tests.unit.reading.facts.reading_of import deadlines, read, values


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("please pay by Friday", "2026-03-06"),
        ("before the 14th please", "2026-03-14"),
        ("no later than 20 March", "2026-03-20"),
        ("you have until noon tomorrow", "2026-03-06T12:00"),
        ("deadline is 20 March", "2026-03-20"),
        ("due 20 March", "2026-03-20"),
        ("due on Friday", "2026-03-06"),
        ("20 March latest", "2026-03-20"),
        ("latest by 20th March", "2026-03-20"),
        ("Friday at the latest", "2026-03-06"),
        ("tomorrow EOD", "2026-03-06"),
        ("by 5pm on Friday", "2026-03-06T17:00"),
        ("by Friday noon", "2026-03-06T12:00"),
        ("by the end of March", "2026-03-31"),
        ("it goes out on the 28th and must be in by then", "2026-03-28"),
        ("last day 20 March", "2026-03-20"),
    ],
)
def test_a_last_day_is_a_deadline_and_no_date(text: str, deadline: str) -> None:
    facts = read(text, Need.MONEY)
    assert values(facts, FactKind.DEADLINE) == [deadline]
    assert values(facts, FactKind.DATE, FactKind.TIME) == []


@pytest.mark.parametrize("text", ["I have them until Sunday", "drop her by mine on Friday"])
def test_the_end_of_a_stay_is_no_deadline(text: str) -> None:
    assert deadlines(text) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("bitte überweise die Miete bis Freitag", "2026-03-06"),
        ("die Rechnung ist am 20. März fällig", "2026-03-20"),
        ("tienes que pagar antes del viernes, por favor", "2026-03-06"),
    ],
)
def test_german_and_spanish_deadlines(text: str, deadline: str) -> None:
    assert deadlines(text, need=Need.MONEY, zone="Europe/Berlin") == [deadline]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("they want it Friday", "2026-03-06"),
        ("school want the form back on Friday", "2026-03-06"),
        ("it's got to be in Wednesday", "2026-03-11"),
        ("I need it before the lease ends on the 30th", "2026-03-30"),
        ("you got till Sunday to fetch it", "2026-03-08"),
        ("there's a late fee after the 8th", "2026-03-08"),
        ("last chance to order is Friday", "2026-03-06"),
        ("books are due back the 13th", "2026-03-13"),
        ("by eod Friday", "2026-03-06"),
        ("cut-off is Friday", "2026-03-06"),
        ("160 or they cut it Thursday", "2026-03-12"),
        ("15 lakhs by month end", "2026-03-31"),
        ("must be out by then, we plaster on 30 March", "2026-03-30"),
        ("the D81 must go back by noon tomorrow", "2026-03-06T12:00"),
        ("can you sign the form TONIGHT", "2026-03-05"),
    ],
)
def test_what_is_wanted_or_ends_by_a_day_is_due_then(text: str, deadline: str) -> None:
    facts = read(text, Need.MONEY)
    assert values(facts, FactKind.DEADLINE) == [deadline]
    assert values(facts, FactKind.DATE, FactKind.TIME) == []


@pytest.mark.parametrize(
    "text",
    [
        "I want them on Saturday",
        "she needs you there on Friday",
        "drop-off is the 29th",
        "I'll sign the form tonight",
        "they want it at the show on the 30th",
        "he starts before school on Monday",
    ],
)
def test_a_day_to_be_somewhere_is_no_deadline(text: str) -> None:
    assert deadlines(text) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("swimming club, 28 quid, Monday", "2026-03-09"),
        ("the bill is 890 for the 15th", "2026-03-15"),
        ("90 for the cleaner friday or they cancel", "2026-03-06"),
        ("the skip lorry takes the boxes Friday if nobody moves them", "2026-03-06"),
        ("the storage lease ends the 15th", "2026-03-15"),
        ("anything left in the flat after 20 March goes to the tip", "2026-03-20"),
        ("the offer is extended to 17:00 on 20 March", "2026-03-20T17:00"),
        ("payable within 14 days", "2026-03-19"),
        ("you have 21 days to object", "2026-03-26"),
        ("send it back, you have 30 days from today", "2026-04-04"),
        ("the bursar wants it by the end of the month, Tuesday 31st", "2026-03-31"),
        ("£412, due on the last Friday of the month", "2026-03-27"),
        ("the painter starts on the 20th, clear it by the Sunday before", "2026-03-15"),
        ("they wait for your answer on the shares until the 20th", "2026-03-20"),
        ("the test is free through the 22nd", "2026-03-22"),
        ("Sunday's the last day for the deposit", "2026-03-08"),
        ("file by close of play Friday", "2026-03-06"),
        ("they want 775 or they don't load tomorrow", "2026-03-06"),
        ("they auction the unit if not paid Friday", "2026-03-06"),
        ("the places go tomorrow if the 960 isn't in", "2026-03-06"),
        ("VAT. £1375. 20th of March. Do it", "2026-03-20"),
        ("the deposit is wanted a week on Tuesday", "2026-03-17"),
        ("the suit must be ordered to Friday", "2026-03-06"),
        ("pay the fee tomorrow before they close", "2026-03-06"),
    ],
)
def test_a_day_that_is_paid_lost_or_counted_to_is_due(text: str, deadline: str) -> None:
    assert deadlines(text, need=Need.MONEY) == [deadline]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("need a yes for the camp by 1.30", "2026-03-05T13:30"),
        ("tell me by quarter to ten", "2026-03-05T09:45"),
        ("both signatures are wanted by five", "2026-03-05T17:00"),
        ("Demo at 11, send me the slides before then", "2026-03-05T11:00"),
    ],
)
def test_an_hour_that_an_answer_is_due_by_is_a_deadline_of_today(text: str, deadline: str) -> None:
    facts = read(text)
    assert values(facts, FactKind.DEADLINE) == [deadline]
    assert values(facts, FactKind.DATE, FactKind.TIME) == []


def test_what_lies_about_until_a_day_is_to_be_fetched_by_then() -> None:
    assert deadlines("your boxes are in my garage until the 20th", need=Need.PROPERTY) == [
        "2026-03-20"
    ]
    text = "the buyers come on the 20th, so it must be gone before."
    assert deadlines(text, need=Need.PROPERTY) == ["2026-03-20"]


@pytest.mark.parametrize(
    "text",
    [
        "I'll transfer 1,200 back to you, Friday",
        "your final pay 840 comes Friday",
        "I have 10 days to think",
        "holiday pay going in Tuesday before the fair",
        "she hands it over Sunday if you don't want it",
        "home by 6",
        "will drop Leo by 9.45 not 9.30",
    ],
)
def test_a_payment_that_comes_or_an_hour_to_be_home_is_no_deadline(text: str) -> None:
    assert deadlines(text) == []
    assert deadlines(text, need=Need.MONEY) == []


def test_a_child_that_comes_unless_ill_is_no_deadline() -> None:
    assert deadlines("bring her Friday if she's not ill") == []
