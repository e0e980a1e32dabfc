"""The facts of one message: from its own words to days, hours, sums, names, and one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import prod
from zoneinfo import ZoneInfo

from stillwater.core.judgements import Fact
from stillwater.core.plans import Child
from stillwater.core.words import Channel, FactKind, Need
from stillwater.reading.facts import names as children_names
from stillwater.reading.facts.clock_parts import OPENS
from stillwater.reading.facts.days import find_days
from stillwater.reading.facts.frames import judge
from stillwater.reading.facts.halves import is_over, settle_halves
from stillwater.reading.facts.hours import find_hours
from stillwater.reading.facts.languages import LANGUAGES, language_of
from stillwater.reading.facts.last_hours import last_hours
from stillwater.reading.facts.mention import Day, Hour, Scene
from stillwater.reading.facts.request import About, request_for
from stillwater.reading.facts.subjects import event_in, people_in, places_in
from stillwater.reading.facts.sums import NOTES, find_bare_sums, find_sums
from stillwater.reading.facts.tokens import LONGEST, PAD, row_of
from stillwater.text.quotes import own_words

GATE = 0.6  # of the chance that there is any need at all: below it there are no facts
SURE = 0.95  # a name, an hour, a sum or a day with nothing beside it counts only from here
_FOUND = 0.5  # a need that counts beside the likeliest
MOST_FACTS = 40
_YEARS = range(1990, 2200)  # of an arrival; dates are reckoned nowhere else
_BESIDE_DEADLINE = 3  # tokens between a last day and its hour
_MEETINGS = frozenset({Need.CHILDREN, Need.WORK, Need.HEALTH})  # an hour alone is today's
_OPEN_UNTIL = frozenset({"til", "till", "until", "after", "close", "closes", "open", "opens"})
_TOLD = frozenset(
    {FactKind.CHILD, FactKind.TIME, FactKind.DATE, FactKind.DEADLINE, FactKind.AMOUNT}
)
_ORDER = {
    FactKind.REQUEST: 0, FactKind.CHILD: 1, FactKind.DEADLINE: 2, FactKind.DATE: 2,
    FactKind.TIME: 2, FactKind.AMOUNT: 3, FactKind.PLACE: 4, FactKind.WHO: 5,
}  # fmt: skip


def facts_in(
    text: str,
    *,
    received_at: datetime,
    needs: Mapping[Need, float],
    children: Sequence[Child] = (),
    channel: Channel = Channel.ELSEWHERE,
    legal: bool = False,
    before: Sequence[str] = (),
    places: Sequence[str] = (),
    zone: str | None = None,
    language: str | None = None,
    gate: float = GATE,
) -> tuple[Fact, ...]:
    """What a reasonable neutral reader would note down of a message, request first.

    ``received_at``: aware, in the plan's zone; relative days are reckoned from it.
    ``needs``: how likely each need is, 0 to 1; where the chance of any is under ``gate``
    there are no facts, since a hook has none. ``legal``: the reader took it for legal service,
    which is a legal need whatever ``needs`` says. ``before``: earlier texts of the
    same sender, oldest first. ``channel``: what was spoken holds no quotes and no
    signature. ``places``: places of the plan, given back as they
    stand there. ``zone``: an IANA name, where received_at does not carry it.
    ``language``: ISO 639-1, where it is known. Forms of values: docs/formats/decision.md.
    Never raises on any text; takes time in proportion to its length, to a bound.
    """
    likely = _likely(needs, legal, gate)
    if not likely or received_at.year not in _YEARS:
        return ()
    own = text if channel is Channel.VOICEMAIL else _own(text)
    scene = _read(own, received_at, zone, language, likely, tuple(children))
    if channel is Channel.MAIL:
        scene.days = [one for one in scene.days if not _is_bare_title(scene, one)]
    found = list(dict.fromkeys(_facts(scene, likely, places, before)))[:MOST_FACTS]
    if not legal and _chance_of_any(needs) < SURE:
        found = _without_lone_ones(found)
    about = About(
        need=likely[0],
        facts=found,
        event=event_in(scene.row, likely[0]),
        is_change=any(d.rejected for d in scene.days) or any(h.rejected for h in scene.hours),
        received_at=received_at,
    )
    request = Fact(FactKind.REQUEST, request_for(about, text), likely[0])
    return (request, *sorted(found, key=lambda fact: _ORDER[fact.kind]))


def _likely(needs: Mapping[Need, float], legal: bool, gate: float) -> list[Need]:
    """The needs that count, the likeliest first; none where the chance of any is under ``gate``."""
    sure = {**needs, Need.LEGAL: 1.0} if legal else needs
    if not sure or _chance_of_any(sure) < gate:
        return []
    first, *others = sorted(sure, key=lambda need: -sure[need])
    return [first, *(need for need in others if sure[need] >= _FOUND)]


def _chance_of_any(needs: Mapping[Need, float]) -> float:
    """How likely it is that there is any need, each taken for itself.

    It parts messages with a need from those without better than the likeliest one does.
    """
    return 1 - prod(1 - chance for chance in needs.values())


def _own(text: str) -> str:
    """Their words of now. Of a text that quotes alone nothing is left, and no fact."""
    if "\n" not in text:
        return text
    return own_words(text[: LONGEST * 4]).text


def _read(
    text: str,
    received_at: datetime,
    zone: str | None,
    language: str | None,
    likely: Sequence[Need],
    children: tuple[Child, ...],
) -> Scene:
    row = row_of(text)
    zone = zone or (received_at.tzinfo.key if isinstance(received_at.tzinfo, ZoneInfo) else "")
    tables = language_of(row.word, language)
    scene = Scene(
        row,
        tables,
        received_at,
        zone or "",
        is_money=Need.MONEY in likely,
        is_mainly_money=likely[0] is Need.MONEY,
        main=likely[0],
    )
    known = children_names.names_of(children)
    scene.children = children_names.children_in(row, known)
    scene.names = frozenset(known.of)
    for _, start, end in scene.children:
        if row.shown[start][:1].isupper():
            row.take(start, end)
    has_number = any(row.number) or not _opens_number(tables.code).isdisjoint(row.word)
    if has_number:
        find_sums(scene)
    find_days(scene)
    if has_number:
        find_hours(scene)
        find_bare_sums(scene)
    judge(scene)
    settle_halves(scene)
    return scene


@lru_cache(maxsize=8)
def _opens_number(code: str) -> frozenset[str]:
    """Words that an hour or a sum can begin with: where none stands, none is looked for."""
    return OPENS | LANGUAGES[code].numbers.keys() | {"hundred", "thousand", "grand"} | NOTES.keys()


def _is_bare_title(scene: Scene, one: Day) -> bool:
    """ "Tuesday" for a subject, and no day in what is written under it: what is meant is open."""
    alone = one.start == PAD and scene.row.word[one.end] == "\n"
    return alone and one.is_weekday and len(scene.days) == 1 and not scene.hours


# From mentions to facts --------------------------------------------------------------------


def _facts(
    scene: Scene,
    likely: Sequence[Need],
    places: Sequence[str],
    before: Sequence[str],
) -> Iterator[Fact]:
    main = likely[0]
    child_need = Need.CHILDREN if Need.CHILDREN in likely else main
    for name, _, _ in scene.children:
        yield Fact(FactKind.CHILD, name, child_need)
    days = [one for one in scene.days if not one.rejected]
    yield from _deadlines(scene, days, main)
    last_days = {one.value for one in days if one.deadline}
    for one in _that_count(scene, days):
        if one.value not in last_days:
            yield Fact(FactKind.DATE, one.value.isoformat(), main)
    hours = [one for one in scene.hours if not one.rejected and not one.used]
    meets = not _MEETINGS.isdisjoint(likely)
    if meets and hours and not days and (assumed := _next_such_hour(scene, hours, before)):
        yield Fact(FactKind.DATE, assumed.isoformat(), main)
    for hour in hours:
        yield Fact(FactKind.TIME, f"{hour.hour:02}:{hour.minute:02}", main)
    money = Need.MONEY if Need.MONEY in likely else main
    for one_sum in scene.sums:
        yield Fact(FactKind.AMOUNT, one_sum.value, money)
    for place in places_in(scene.row, places):
        yield Fact(FactKind.PLACE, place, main)
    for who in people_in(scene.row):
        yield Fact(FactKind.WHO, who, main)


def _without_lone_ones(found: list[Fact]) -> list[Fact]:
    """Without a lone name, hour, sum or day: a pull names the child and the night as well."""
    told = {fact.kind for fact in found} & _TOLD
    if len(told) == 1 and FactKind.DEADLINE not in told:
        return [fact for fact in found if fact.kind not in told]
    return found


def _deadlines(scene: Scene, days: Sequence[Day], need: Need) -> Iterator[Fact]:
    for one in days:
        if not one.deadline:
            continue
        hour = _hour_of(scene, one)
        value = one.value.isoformat()
        if hour:
            hour.used = True
            value += f"T{hour.hour:02}:{hour.minute:02}"
        yield Fact(FactKind.DEADLINE, value, need)
    for day, hour in last_hours(scene):
        hour.used = True
        yield Fact(FactKind.DEADLINE, f"{day.isoformat()}T{hour.hour:02}:{hour.minute:02}", need)


def _hour_of(scene: Scene, one: Day) -> Hour | None:
    """The hour that stands right beside a last day."""
    for hour in scene.hours:
        if hour.rejected or hour.used:
            continue
        if 0 <= one.start - hour.end < _BESIDE_DEADLINE or 0 <= hour.start - one.end < 2:
            return hour
    return None


def _that_count(scene: Scene, days: Sequence[Day]) -> Iterator[Day]:
    """Without "today" and "tonight" said in passing beside a day that was named."""
    named = any(one.value != scene.today for one in days)
    for one in days:
        is_passing = one.value == scene.today and not (one.exact or one.is_weekday)
        if one.deadline or (is_passing and named and not _has_hour(scene, one)):
            continue
        yield one


def _has_hour(scene: Scene, one: Day) -> bool:
    return any(
        -4 <= one.start - hour.end <= 4 or -4 <= hour.start - one.end <= 4
        for hour in scene.hours
        if not hour.rejected
    )


def _next_such_hour(scene: Scene, hours: Sequence[Hour], before: Sequence[str]) -> date | None:
    """The day of an hour with no day beside it: the next such hour that comes.

    None where another day was named just before, or days are a pattern; tomorrow only for a
    change of plan ("11 rather than 9.30", said in the afternoon).
    """
    is_change = any(
        one.rejected for one in scene.hours
    )  # of today's plan, whatever was said before
    if any(one.recurring for one in scene.days) or (not is_change and _named_a_day(scene, before)):
        return None
    if not scene.children and any(scene.row.word[h.start - 1] in _OPEN_UNTIL for h in hours):
        return None
    if not any(is_over(scene, one.hour, one.minute) for one in hours):
        return scene.today
    if is_change and not scene.days:
        return scene.today + timedelta(days=1)
    return None


def _named_a_day(scene: Scene, before: Sequence[str]) -> bool:
    """Whether the text just before this one spoke of a day: then the hour may be that day's."""
    if not before:
        return False
    earlier = Scene(row_of(_own(before[-1])), scene.language, scene.at, scene.zone)
    find_days(earlier)
    return any(one.value != scene.today for one in earlier.days)
