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
