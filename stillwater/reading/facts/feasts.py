"""Days that have a name: Boxing Day, Good Friday, Heiligabend."""

from datetime import date, timedelta

from stillwater.reading.facts.calendar import easter, thanksgiving
from stillwater.reading.facts.mention import Scene

_FIXED = {
    ("boxing", "day"): (12, 26), ("christmas", "eve"): (12, 24), ("christmas", "day"): (12, 25),
    ("xmas", "eve"): (12, 24), ("xmas", "day"): (12, 25), ("new", "year's", "eve"): (12, 31),
    ("new", "years", "eve"): (12, 31), ("new", "year's", "day"): (1, 1),
    ("new", "years", "day"): (1, 1), ("st", "patrick's", "day"): (3, 17),
    ("st", "patricks", "day"): (3, 17), ("halloween",): (10, 31), ("nochebuena",): (12, 24),
    ("heiligabend",): (12, 24), ("silvester",): (12, 31), ("nochevieja",): (12, 31),
    ("valentine's", "day"): (2, 14), ("valentines", "day"): (2, 14), ("bonfire", "night"): (11, 5),
    ("paddy's", "day"): (3, 17), ("paddys", "day"): (3, 17), ("st", "stephen's", "day"): (12, 26),
    ("st", "stephens", "day"): (12, 26), ("anzac", "day"): (4, 25), ("waitangi", "day"): (2, 6),
    ("juneteenth",): (6, 19), ("christmas", "morning"): (12, 25), ("new", "year's"): (1, 1),
}  # fmt: skip
_BY_EASTER = {
    ("good", "friday"): -2, ("easter", "sunday"): 0, ("easter", "at"): 0, ("easter", "sat"): -1,
    ("easter", "saturday"): -1, ("easter", "sun"): 0, ("easter", "monday"): 1,
    ("easter", "mon"): 1, ("karfreitag",): -2, ("ostersonntag",): 0, ("ostermontag",): 1,
    ("viernes", "santo"): -2,
}  # fmt: skip
_THANKSGIVING = (("thanksgiving", "day"), ("thanksgiving",))
FIRST_WORDS = frozenset(k[0] for k in (*_FIXED, *_BY_EASTER, *_THANKSGIVING))


def feast_at(scene: Scene, place: int) -> tuple[date, int] | None:
    """A named day that begins here, and the first token after it."""
    for length in (3, 2, 1):
        key = tuple(scene.row.word[place : place + length])
        days = _days(key, scene)
        if days:
            return min(day for day in days if day >= scene.today), place + length
    return None


def _days(key: tuple[str, ...], scene: Scene) -> list[date]:
    """That day of this year and of the next; empty where the words name none."""
    years = (scene.today.year, scene.today.year + 1)
    if key in _FIXED:
        return [date(year, *_FIXED[key]) for year in years]
    if key in _BY_EASTER:
        return [easter(year) + timedelta(days=_BY_EASTER[key]) for year in years]
    if key in _THANKSGIVING and scene.zone.startswith(("America/", "US/")):
        return [thanksgiving(year) for year in years]
    return []
