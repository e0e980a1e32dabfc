"""The machine's own zone."""

import pytest

from stillwater.core.zones import system_zone


def test_tz_is_believed_where_it_is_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert system_zone() == "Europe/Berlin"


@pytest.mark.parametrize("odd", ["Nowhere/Land", "../../etc/passwd", ""])
def test_what_is_no_zone_is_not(monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setenv("TZ", odd)
    assert system_zone() not in (odd, "")
