"""The rest does not page: when an alert joins a notice in silence."""

from datetime import UTC, datetime, timedelta

import pytest

from stillwater.plan.paging import Page, joins

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = Page(tier=2, kinds=frozenset({"pets", "storm"}), at=AT)


def new(tier: int, kinds: set[str], hours: float) -> Page:
    return Page(tier, frozenset(kinds), AT + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("page", "silent"),
    [
        (new(2, {"pets"}, 0), True),
        (new(2, {"pets", "storm"}, 5.9), True),
        (new(0, {"pets"}, 1), True),  # less urgent
        (new(2, {"pets"}, 6), False),  # too late
        (new(2, {"weapon_bought"}, 1), False),  # a new category
        (new(2, {"pets", "weapon_bought"}, 1), False),
        (new(1, {"pets"}, 1), False),  # a higher tier
        (new(2, {"pets"}, -1), False),  # the clock was set back: told, to be safe
    ],
)
def test_what_joins(page: Page, silent: bool) -> None:
    assert joins(TOLD, page) is silent


def test_courts_do_not_swallow_danger() -> None:
    told = Page(0, frozenset({"legal_service", "pets"}), AT)
    assert not joins(told, new(2, {"pets"}, 1))
