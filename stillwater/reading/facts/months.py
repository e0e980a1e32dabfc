"""Days that begin with their month: "March 6th", "Jun 21-27", "Mar 6, 2026"."""

from collections.abc import Iterator

from stillwater.reading.facts.day_parts import day_number, month_after, resolved, year_after
from stillwater.reading.facts.mention import Day, Scene


def from_month(scene: Scene, place: int) -> Iterator[Day]:
    """ "March 6th", "Jun 21-27", "Mar 6, 2026"."""
    row = scene.row
    month = scene.language.months[row.word[place]]
    at = place + 1
    at += row.word[at] == "." or row.word[at] in {"the"}
    first = day_number(scene, at)
    if first is None or (not first[2] and not _ends_dated(scene, first[1], at)):
        return
    joint = row.word[first[1]]
    second = (
        day_number(scene, first[1] + 1) if joint in {"-", "–", "to", "through", "thru"} else None
    )
    end = second[1] if second and second[0] > first[0] and second[1] else first[1]
    if second and row.word[first[1] + 1 :][:1] and month_after(scene, second[1]):
        second, end = None, first[1]
    year, end = year_after(scene, end)
    one = resolved(scene, year, month, first[0])
    other = resolved(scene, year, month, second[0]) if second and second[0] > first[0] else None
    if one is None:
        row.take(place, end)
        return
    yield Day(one, place, first[1] if other else end, exact=True, has_month=True)
    if other:
        yield Day(other, first[1] + 1, end, exact=True, has_month=True)


def _ends_dated(scene: Scene, end: int, number: int) -> bool:
    """Whether a bare number after a month is its day, and not an hour or a count."""
    row = scene.row
    if not row.number[number]:
        return row.word[end] not in scene.language.no_sum_after
    return row.word[end] not in scene.language.no_sum_after or row.word[end] == "x"
