"""Children: those of the plan alone, and under the plan's own names."""

import pytest

from stillwater.core.plans import Child
from stillwater.core.words import FactKind
from tests.unit.reading.facts.reading_of import names, read, values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mimi has a cold", ["Mia"]),
        ("mimis coat", ["Mia"]),
        ("MIA's coat", ["Mia"]),
        ("Leo and Mia", ["Leo", "Mia"]),
        ("Leo's and Leo", ["Leo"]),
        ("Junebug and Leo", ["June", "Leo"]),
        ("June 23 it is", []),
        ("the miami leotard", []),
        ("Ben is ill", []),
    ],
)
def test_only_the_plans_children_are_named(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I will be there", []),
        ("you may go in may", []),
        ("Will has football", ["Will"]),
        ("pick up Will and May", ["Will", "May"]),
        ("On 3 May it is", []),
        ("Rose's coat", ["Rose"]),
        ("He rose at six", []),
    ],
)
def test_names_that_are_words_are_taken_with_care(text: str, found: list[str]) -> None:
    children = (Child("Will"), Child("May"), Child("Rose"))
    assert values(read(text, children=children), FactKind.CHILD) == found
