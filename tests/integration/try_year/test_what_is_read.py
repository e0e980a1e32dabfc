"""The words of the made-up year pull in every way that there is, and need all there is to need."""

from datetime import UTC, datetime

from stillwater.cli.try_year import scenes
from stillwater.core.words import DangerCategory, Need, Tactic
from tests.unit.reading.asking import from_other

LIKELY = 0.5


def test_every_tactic_and_every_need_is_in_it() -> None:
    theirs = [
        from_other(one.text, subject=one.subject)
        for one in scenes.written(datetime(2026, 11, 24, tzinfo=UTC))
        if one.sender.address.startswith(("robin", "quietriver", "a.nonym"))
    ]
    tactics = {t for one in theirs for t, sure in one.tactics.items() if sure >= LIKELY}
    needs = {n for one in theirs for n, sure in one.needs.items() if sure >= LIKELY}
    assert set(Tactic) - tactics == set()
    assert set(Need) - needs == set()
    hooks = [
        one
        for one in theirs
        if max(one.needs.values(), default=0) >= LIKELY
        and max(one.tactics.values(), default=0) >= LIKELY
    ]
    assert len(hooks) >= 5
    told = {category for one in theirs for category in one.danger.categories}
    assert {DangerCategory.POSSESSION, DangerCategory.LOCATION} <= told
