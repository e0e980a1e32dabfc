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
