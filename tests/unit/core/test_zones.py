"""The machine's own zone."""

import pytest

from stillwater.core.zones import country_of, system_zone


def test_tz_is_believed_where_it_is_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert system_zone() == "Europe/Berlin"


@pytest.mark.parametrize("odd", ["Nowhere/Land", "../../etc/passwd", ""])
def test_what_is_no_zone_is_not(monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setenv("TZ", odd)
    assert system_zone() not in (odd, "")


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Berlin", "DE"), ("America/New_York", "US"), ("Etc/UTC", None), ("Moon/Sea", None)],
)
def test_the_country_of_a_zone_is_what_the_table_says(zone: str, country: str | None) -> None:
    assert country_of(zone) == country
